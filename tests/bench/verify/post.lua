-- Sends what a file has, one after the other and round again. Each is of one length, so that the rest of every request
-- is the same, and they are read in pieces, so that any number of them fits.
local length = tonumber(os.getenv("BITTING_LENGTH"))
local piece = math.max(1, math.floor(65536 / length)) * length
local bodies, before, after
local text, at = "", 1

-- A request with so much of nothing in the place of what is sent.
local function whole(nothing)
  local form = os.getenv("BITTING_FORM")
  if form == "header" then
    wrk.headers["X-API-Key"] = nothing
    return wrk.format("GET")
  end
  local json = form == "json"
  wrk.headers["Authorization"] = "Bearer " .. os.getenv("BITTING_TOKEN")
  wrk.headers["Content-Type"] = json and "application/json" or "application/x-www-form-urlencoded"
  return wrk.format("POST", nil, nil, nothing)
end

function init(args)
  bodies = assert(io.open(os.getenv("BITTING_BODIES"), "rb"))
  bodies:seek("set", tonumber(os.getenv("BITTING_FIRST")) * length)
  local nothing = string.rep("#", length)
  local request = whole(nothing)
  local from, to = request:find(nothing, 1, true)
  before, after = request:sub(1, from - 1), request:sub(to + 1)
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
  return before .. text:sub(from, at - 1) .. after
end

function done(summary, latency)
  local e = summary.errors
  io.write(string.format(
    'RESULT {"requests":%d,"us":%d,"bytes":%d,"errors":%d,"p50":%d,"p99":%d}\n',
    summary.requests, summary.duration, summary.bytes, e.connect + e.read + e.write + e.status + e.timeout,
    latency:percentile(50), latency:percentile(99)))
end
