-- Adds to a number, which begins at 0.
--
-- KEYS[1]  the number
-- ARGV[1]  what is added
-- ARGV[2]  for how many milliseconds it is kept, from the first addition on
local sum = redis.call('INCRBY', KEYS[1], ARGV[1])
if redis.call('PTTL', KEYS[1]) < 0 then
  redis.call('PEXPIRE', KEYS[1], ARGV[2])
end
return sum
