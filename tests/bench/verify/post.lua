-- Posts bodies from a file, one after the other and round again. They are of one length, so that the head of every
-- request is the same, and they are read in pieces, so that any number of them fits.
local length = tonumber(os.getenv("BITTING_LENGTH"))
local piece = math.max(1, math.floor(65536 / length)) * length
local bodies, head
local text, at = "", 1

function init(args)
  bodies = assert(io.open(os.getenv("BITTING_BODIES"), "rb"))
  bodies:seek("set", tonumber(os.getenv("BITTING_FIRST")) * length)
  wrk.headers["Authorization"] = "Bearer " .. os.getenv("BITTING_TOKEN")
  wrk.headers["Content-Type"] = "application/json"
  local whole = wrk.format("POST", nil, nil, string.rep(" ", length))
  head = whole:sub(1, #whole - length)
end

local function more()
  text = bodies:read(piece)
  if not text then
    bodies:seek("set", 0)
    text = bodies:read(piece)
  end
  at = 1
end

function request()
  if at > #text then more() end
  local from = at
  at = at + length
  return head .. text:sub(from, at - 1)
end

function done(summary, latency)
  local e = summary.errors
  io.write(string.format(
    'RESULT {"requests":%d,"us":%d,"bytes":%d,"errors":%d,"p50":%d,"p99":%d}\n',
    summary.requests, summary.duration, summary.bytes, e.connect + e.read + e.write + e.status + e.timeout,
    latency:percentile(50), latency:percentile(99)))
end
