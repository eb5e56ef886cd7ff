-- Creates keys, each with another name; half have a description and an end.
local requests = {}
local nth = 0

wrk.method = "POST"
wrk.headers["Authorization"] = "Bearer " .. os.getenv("BITTING_TOKEN")
wrk.headers["Content-Type"] = "application/json"

function init(args)
  for i = 1, 1000 do
    local body = string.format('{"name":"Deployment key %06d"', i * 7919 % 1000000)
    if i % 2 == 0 then
      body = body .. string.format(
        ',"description":"Used by job %d","end_time":"2099-01-%02d 00:00:00"', i * 104729 % 1000000, i % 28 + 1)
    end
    requests[i] = wrk.format(nil, nil, nil, body .. "}")
  end
end

function request()
  nth = nth % #requests + 1
  return requests[nth]
end

function done(summary, latency)
  local e = summary.errors
  io.write(string.format(
    'RESULT {"requests":%d,"us":%d,"errors":%d,"p50":%d,"p99":%d}\n',
    summary.requests, summary.duration, e.connect + e.read + e.write + e.status + e.timeout,
    latency:percentile(50), latency:percentile(99)))
end
