-- A gateway says that it lives, or that it ends, and learns how many live.
--
-- KEYS[1]  a sorted set of gateways by when they count as gone
-- ARGV[1]  the gateway's name
-- ARGV[2]  for how many milliseconds it counts as living; 0 when it ends
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
local lasts = tonumber(ARGV[2])
if lasts > 0 then
  redis.call('ZADD', KEYS[1], string.format('%.0f', now + lasts), ARGV[1])
else
  redis.call('ZREM', KEYS[1], ARGV[1])
end
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', string.format('%.0f', now))
redis.call('PEXPIRE', KEYS[1], 60000)
return redis.call('ZCARD', KEYS[1])
