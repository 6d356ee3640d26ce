-- A crowd looks at the free times. Each request names another address, as the proxy before the platform would:
-- the brake on addresses works as it does in service, and nobody of the crowd is refused.
local at = 0

function request()
  at = at + 1
  local address = "100." .. math.floor(at / 65536) % 64 + 64 .. "." .. math.floor(at / 256) % 256 .. "." .. at % 256
  return wrk.format("GET", nil, { ["X-Forwarded-For"] = address, ["Accept-Encoding"] = "gzip" })
end
