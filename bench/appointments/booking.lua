-- Arguments: the list, of which each line is one person's request (bearer token, slot, key), and the path to ask.
local requests, at = {}, 0

function init(args)
  for line in io.lines(args[1]) do
    local token, slot, key = line:match("(%S+) (%S+) (%S+)")
    local headers = { ["Authorization"] = "Bearer " .. token, ["Content-Type"] = "application/json" }
    local body = '{"slot":"' .. slot .. '","key":"' .. key .. '"}'
    requests[#requests + 1] = wrk.format("POST", args[2], headers, body)
  end
end

-- At the end of the list the last is repeated: it gets the same booking, and whoever measures counts bookings.
function request()
  if at < #requests then at = at + 1 end
  return requests[at]
end
