-- Each line of the list is one person's request: bearer token, slot, key.
local requests, at = {}, 0

function init(args)
  for line in io.lines(args[1]) do
    local token, slot, key = line:match("(%S+) (%S+) (%S+)")
    local headers = { ["Authorization"] = "Bearer " .. token, ["Content-Type"] = "application/json" }
    local body = '{"slot":"' .. slot .. '","key":"' .. key .. '"}'
    requests[#requests + 1] = wrk.format("POST", "/rush/v1/bookings", headers, body)
  end
end

-- At the end of the list the last is repeated: it gets the same booking, and whoever measures counts bookings.
function request()
  if at < #requests then at = at + 1 end
  return requests[at]
end
