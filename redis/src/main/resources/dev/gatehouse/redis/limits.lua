-- One decision about several limits: all of them are taken from, or none. The same arithmetic as that of the gateway's
-- own memory (dev.gatehouse.engine.store.limit), with the clock of this server.
--
-- KEYS     the bucket of each wish, no two the same
-- ARGV[1]  'take'; 'look' to write nothing; 'back' to give back
-- ARGV[2]  the time in microseconds since 1970, or '' for the clock of this server
-- then seven for each wish: kind, capacity, cost, extra (up to so many more are taken if they are left), and three
-- numbers that mean something to the kind
--
-- Answers with five numbers for each wish: 1 if it is allowed, what is left, milliseconds until all of it is there
-- again, milliseconds until the wish can be met, how many of the extra were taken. After 'back' with nothing.
--
-- A bucket that another kind has left under the key counts for nothing. Whole numbers are written with %.0f, because
-- Lua's own way loses digits from 10^14 on; they are exact up to 2^53. Every key gets an expiry, a second longer than
-- it means something.

local PARTS = 125
local GRACE = 1000

local now = tonumber(ARGV[2])
if not now then
  local clock = redis.call('TIME')
  now = clock[1] * 1000000 + clock[2]
end

local function whole(number) return string.format('%.0f', number) end
local function millis(micros) return math.max(0, math.ceil(micros / 1000)) end

local function keep(key, text, micros)
  redis.call('SET', key, text, 'PX', whole(millis(micros) + GRACE))
end

-- What stands in a bucket of one text: its numbers, if it begins with the letter of this kind.
local function numbers(key, letter)
  local text = redis.pcall('GET', key)
  if type(text) ~= 'string' then
    return nil
  end
  local first, second = string.match(text, '^' .. letter .. ' (%d+) (%d+)$')
  return tonumber(first), tonumber(second)
end

-- Each kind looks at a bucket and says: `used` of the capacity, or `enough` by itself; `reset`, the µs until all is
-- there again, and `after`, what that is once something is taken; `retry`, the µs until the wish can be met; and how to
-- `take` and to give `back`. A wish is capacity, cost, extra and the numbers a, b, c.
local kinds = {}

-- Sliding windows and leases. a: the window or lease in milliseconds.
-- A hash: a count for each part of the window; `used`, their sum; the numbers of the `first` and `last` of them;
-- `part`, how long each is. One counts until a whole window after it has ended.
function kinds.parts(key, wish)
  local part = wish.a * 1000 / PARTS
  local at = math.floor(now / part)
  local stored = redis.pcall('HMGET', key, 'used', 'first', 'last', 'part')
  local used, first, last = tonumber(stored[1]), tonumber(stored[2]), tonumber(stored[3])
  local other = stored.err or (used and tonumber(stored[4]) ~= part)
  if used and not other then
    at = math.max(at, last) -- the clock of another server may be behind
  end
  local oldest = at - PARTS
  local empty = other or not used or last < oldest

  local function fields(from, to)
    local names = {}
    for index = from, to do
      names[#names + 1] = whole(index)
    end
    return names
  end
  local past = {}
  if empty then
    used, first, last = 0, at, at
  elseif first < oldest then
    past = fields(first, oldest - 1)
    for _, count in ipairs(redis.call('HMGET', key, unpack(past))) do
      used = used - (tonumber(count) or 0)
    end
    first = oldest
  end

  local function over(index) return (index + PARTS + 1) * part - now end
  local function write(sum, newest)
    redis.call('HSET', key, 'used', whole(sum), 'first', whole(first), 'last', whole(newest), 'part', whole(part))
    redis.call('PEXPIRE', key, whole(millis(over(newest)) + GRACE))
  end
  local bucket = { used = used, reset = used > 0 and over(last) or 0 }

  function bucket.retry()
    local missing = used + wish.cost - wish.capacity
    if used > 0 and wish.cost <= wish.capacity then
      for offset, count in ipairs(redis.call('HMGET', key, unpack(fields(first, last)))) do
        missing = missing - (tonumber(count) or 0)
        if missing <= 0 then
          return over(first + offset - 1)
        end
      end
    end
    return bucket.reset
  end

  function bucket.take(cost)
    if empty then
      redis.call('DEL', key)
    elseif #past > 0 then
      redis.call('HDEL', key, unpack(past))
    end
    redis.call('HINCRBY', key, whole(at), whole(cost))
    write(used + cost, at)
  end

  -- The newest first: a lease that nobody will give back grows old and ends.
  function bucket.back(cost)
    local left = math.min(cost, used)
    if left == used then
      redis.call('DEL', key)
      return
    end
    local sum, newest = used - left, last
    local counts = redis.call('HMGET', key, unpack(fields(first, last)))
    for index = last, first, -1 do
      local count = tonumber(counts[index - first + 1]) or 0
      local back = math.min(count, left)
      left, newest = left - back, index
      if back < count then
        redis.call('HSET', key, whole(index), whole(count - back))
        break
      end
      redis.call('HDEL', key, whole(index))
    end
    write(sum, newest)
  end

  function bucket.after() return over(at) end
  return bucket
end

-- An even flow with a burst, which is the capacity. a: nanoseconds between two of the flow.
-- 'g', the nanoseconds by which what was taken is ahead of the flow, and when it was so.
function kinds.gcra(key, wish)
  local ahead, seen = numbers(key, 'g')
  local time = math.max(now, seen or 0)
  ahead = ahead and math.max(0, ahead - (time - seen) * 1000) or 0
  local interval, room = wish.a, wish.capacity * wish.a
  local bucket = {
    left = math.floor(math.max(0, room - ahead) / interval),
    enough = wish.cost <= wish.capacity and ahead + wish.cost * interval <= room,
    reset = ahead / 1000,
  }
  local function write(amount) keep(key, 'g ' .. whole(amount) .. ' ' .. whole(time), amount / 1000) end
  function bucket.retry()
    return (wish.cost > wish.capacity and ahead or ahead + wish.cost * interval - room) / 1000
  end
  function bucket.take(cost) write(ahead + cost * interval) end
  function bucket.back(cost) write(math.max(0, ahead - cost * interval)) end
  function bucket.after(cost) return (ahead + cost * interval) / 1000 end
  return bucket
end

-- A window that begins with what is taken first. a: the window in milliseconds.
-- 'f', how much is used, and when the window ends.
function kinds.fixed(key, wish)
  local used, ends = numbers(key, 'f')
  if not used or used == 0 or now >= ends then
    used, ends = 0, now + wish.a * 1000
  end
  local function write(amount) keep(key, 'f ' .. whole(amount) .. ' ' .. whole(ends), ends - now) end
  local bucket = { used = used, reset = used > 0 and ends - now or 0 }
  function bucket.retry() return bucket.reset end
  function bucket.take(cost) write(used + cost) end
  function bucket.back(cost) write(math.max(0, used - cost)) end
  function bucket.after() return ends - now end
  return bucket
end

-- A stretch of time that everybody knows. b: when it begins, c: when it ends, in milliseconds since 1970.
-- 'c', how much is used, and when it began. Whose clock says it is still the one before is counted in the new one.
function kinds.calendar(key, wish)
  local used, from = numbers(key, 'c')
  if not used or wish.b > from then
    used, from = 0, wish.b
  end
  local left = wish.c * 1000 - now
  local function write(amount) keep(key, 'c ' .. whole(amount) .. ' ' .. whole(from), left) end
  local bucket = { used = used, reset = used > 0 and left or 0 }
  function bucket.retry() return left end
  function bucket.take(cost) write(used + cost) end
  function bucket.back(cost) write(math.max(0, used - cost)) end
  function bucket.after() return left end
  return bucket
end

local wishes, all = {}, true
for index, key in ipairs(KEYS) do
  local at = 3 + (index - 1) * 7
  local wish = {
    capacity = tonumber(ARGV[at + 1]),
    cost = tonumber(ARGV[at + 2]),
    extra = tonumber(ARGV[at + 3]),
    a = tonumber(ARGV[at + 4]),
    b = tonumber(ARGV[at + 5]),
    c = tonumber(ARGV[at + 6]),
  }
  wish.bucket = kinds[ARGV[at]](key, wish)
  if ARGV[1] == 'back' then
    wish.bucket.back(wish.cost)
  else
    local bucket = wish.bucket
    bucket.left = bucket.left or math.max(0, wish.capacity - bucket.used)
    if bucket.enough == nil then
      bucket.enough = bucket.used + wish.cost <= wish.capacity
    end
    wish.allowed = wish.cost == 0 or bucket.enough
    all = all and wish.allowed
    wishes[index] = wish
  end
end

local answer = {}
for _, wish in ipairs(wishes) do
  local bucket, cost, extra = wish.bucket, 0, 0
  if all and wish.cost > 0 then
    extra = math.min(wish.extra, bucket.left - wish.cost)
    cost = wish.cost + extra
    if ARGV[1] == 'take' then
      bucket.take(cost)
    end
  end
  answer[#answer + 1] = wish.allowed and 1 or 0
  answer[#answer + 1] = bucket.left - cost
  answer[#answer + 1] = millis(cost > 0 and bucket.after(cost) or bucket.reset)
  answer[#answer + 1] = wish.allowed and 0 or millis(bucket.retry())
  answer[#answer + 1] = extra
end
return answer
