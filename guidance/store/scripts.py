"""The scripts: each does one thing in one step, on keys of one slot."""

ACCEPT = """
-- KEYS inbox, mark ('' where there is none); ARGV arrival, mark's life in ms
if KEYS[2] ~= KEYS[1] and not redis.call('SET', KEYS[2], '1', 'NX', 'PX', ARGV[2]) then return 0 end
redis.call('XADD', KEYS[1], '*', 'a', ARGV[1])
return 1
"""

SAVED, FINISHED_ELSEWHERE = 1, 2
"""What `SAVE` answers first; 0 where somebody else was. An entry that another worker finished meanwhile is not worked again."""

SAVE = """
-- KEYS case, out, due, work, followups, inbox, trimmed, requester, promised, settled, counts, then owners' promises
-- ARGV expected version, case, life in s, now in ms, stream's life in ms, inbox entry or '', group, ticket id,
--      requester as in its key, or '' where nobody knows yet, then per effect: kind and its arguments
-- Answers the outcome, and whose ticket it was before, '' for nobody's.
-- A ticket's first version is the server's time, so that none of an erased ticket fits one that began after it.
if ARGV[6] ~= '' and #redis.call('XRANGE', KEYS[6], ARGV[6], ARGV[6]) == 0 then return {2, ''} end
local known = redis.call('HMGET', KEYS[1], 'v', 'r')
if (known[1] or '0') ~= ARGV[1] then return {0, ''} end
local version = tonumber(ARGV[1])
if version == 0 then
  local at = redis.call('TIME')
  version = (at[1] * 1000 + math.floor(at[2] / 1000)) * 1000
end
redis.call('HSET', KEYS[1], 'v', string.format('%.0f', version + 1), 'c', ARGV[2], 'r', ARGV[9])
redis.call('EXPIRE', KEYS[1], ARGV[3])
local function live_on(key)
  if redis.call('TTL', key) < tonumber(ARGV[3]) then redis.call('EXPIRE', key, ARGV[3]) end
end
if ARGV[9] ~= '' then
  redis.call('SADD', KEYS[8], ARGV[8])
  live_on(KEYS[8])
end
local i = 10
while i <= #ARGV do
  local kind = ARGV[i]
  if kind == 'publish' then
    redis.call('XADD', KEYS[2], '*', 'e', ARGV[i + 1])
    i = i + 2
  elseif kind == 'schedule' then
    redis.call('ZADD', KEYS[3], ARGV[i + 2], ARGV[i + 1])
    redis.call('HSET', KEYS[4], ARGV[i + 1], ARGV[i + 3])
    redis.call('HDEL', KEYS[4], ARGV[i + 1] .. '#')
    i = i + 4
  elseif kind == 'unschedule' then
    redis.call('ZREM', KEYS[3], ARGV[i + 1])
    redis.call('HDEL', KEYS[4], ARGV[i + 1], ARGV[i + 1] .. '#')
    i = i + 2
  elseif kind == 'count' then
    redis.call('HINCRBY', KEYS[11], ARGV[i + 1], ARGV[i + 2])
    redis.call('EXPIRE', KEYS[11], ARGV[i + 3])
    i = i + 4
  else
    -- follow_up: id, body, due in ms or '' where closed, time closed in ms or '', number of the owner's key, of the one before or ''
    local id = ARGV[i + 1]
    redis.call('HSET', KEYS[5], id, ARGV[i + 2])
    if ARGV[i + 6] ~= '' then redis.call('ZREM', KEYS[tonumber(ARGV[i + 6])], id) end
    local owned = KEYS[tonumber(ARGV[i + 5])]
    if ARGV[i + 3] ~= '' then
      redis.call('ZADD', KEYS[9], ARGV[i + 3], id)
      redis.call('ZADD', owned, ARGV[i + 3], id)
      redis.call('ZREM', KEYS[10], id)
      live_on(owned)
    else
      redis.call('ZREM', KEYS[9], id)
      redis.call('ZREM', owned, id)
      redis.call('ZADD', KEYS[10], ARGV[i + 4], id)
    end
    for _, key in ipairs({KEYS[5], KEYS[9], KEYS[10]}) do live_on(key) end
    i = i + 7
  end
end
for _, id in ipairs(redis.call('ZRANGEBYSCORE', KEYS[10], '-inf', '(' .. (ARGV[4] - ARGV[3] * 1000), 'LIMIT', 0, 20)) do
  redis.call('HDEL', KEYS[5], id)
  redis.call('ZREM', KEYS[10], id)
end
local before = ARGV[4] - ARGV[5]
if redis.call('EXISTS', KEYS[2]) == 1 and redis.call('XTRIM', KEYS[2], 'MINID', '~', before) > 0 then
  redis.call('SET', KEYS[7], before)
end
if ARGV[6] ~= '' then
  redis.call('XACK', KEYS[6], ARGV[7], ARGV[6])
  redis.call('XDEL', KEYS[6], ARGV[6])
end
return {1, known[2] or ''}
"""

TRIM = """
-- KEYS out, trimmed; ARGV up to when, in ms
if redis.call('XTRIM', KEYS[1], 'MINID', '=', ARGV[1]) > 0 then redis.call('SET', KEYS[2], ARGV[1]) end
return 1
"""

TAKE_OVER = """
-- KEYS inbox; ARGV group, consumer, times an entry may have been handed out, entries at most, names of those that ended
-- Only what lies with them still: what somebody else has taken up meanwhile is theirs.
local ids = {}
for i = 5, #ARGV do
  for _, one in ipairs(redis.call('XPENDING', KEYS[1], ARGV[1], '-', '+', ARGV[4], ARGV[i])) do
    if one[4] <= tonumber(ARGV[3]) then table.insert(ids, one[1]) end
  end
end
if #ids == 0 then return {} end
return redis.call('XCLAIM', KEYS[1], ARGV[1], ARGV[2], 0, unpack(ids))
"""

WATCH = """
-- KEYS a ticket's watchers, due; ARGV who watches, now in ms, for how many seconds, then where they have opened it just now:
--      work that it may wait for, and the longest lease in ms, beyond which no worker is at it
-- Windows that were closed long ago go: the key lives on as long as any other one has the ticket open.
local held = redis.call('HGETALL', KEYS[1])
for i = 1, #held, 2 do
  if tonumber(held[i + 1]) <= tonumber(ARGV[2]) then redis.call('HDEL', KEYS[1], held[i]) end
end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2] + ARGV[3] * 1000)
redis.call('EXPIRE', KEYS[1], ARGV[3])
if ARGV[4] and (tonumber(redis.call('ZSCORE', KEYS[2], ARGV[4])) or 0) > ARGV[2] + ARGV[5] then
  redis.call('ZADD', KEYS[2], ARGV[2], ARGV[4])
end
return 1
"""

SETTLE = """
-- KEYS inbox, failures, failed; ARGV entry, group, arrival in its place or '', then where it failed: when in ms, failure's id,
--      failure, then where only so many are kept each for itself: how many, id and failure that stand for all others
-- Those that count are named by shard and entry alone; what failed otherwise takes none of their room.
local function kept(most)
  local found, from = 0, 0
  repeat
    local names = redis.call('ZREVRANGE', KEYS[3], from, from + 999)
    for _, name in ipairs(names) do
      if string.find(name, '^%d+%-%d+%-%d+$') then found = found + 1 end
    end
    from = from + 1000
  until found >= most or #names == 0
  return found
end
if redis.call('XDEL', KEYS[1], ARGV[1]) == 0 then return 0 end
redis.call('XACK', KEYS[1], ARGV[2], ARGV[1])
if ARGV[3] ~= '' then redis.call('XADD', KEYS[1], '*', 'a', ARGV[3]) end
if ARGV[4] then
  local id, failure = ARGV[5], ARGV[6]
  if ARGV[7] and kept(tonumber(ARGV[7])) >= tonumber(ARGV[7]) then id, failure = ARGV[8], ARGV[9] end
  redis.call('HSET', KEYS[2], id, failure)
  redis.call('ZADD', KEYS[3], ARGV[4], id)
end
return 1
"""

CLAIM_DUE = """
-- KEYS due, work, leased; ARGV now in ms, lease in ms, most
local found, until_ms = {}, ARGV[1] + ARGV[2]
for _, id in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1], 'LIMIT', 0, ARGV[3])) do
  local body = redis.call('HGET', KEYS[2], id)
  if body then
    local attempt = redis.call('HINCRBY', KEYS[2], id .. '#', 1)
    redis.call('ZADD', KEYS[1], until_ms, id)
    redis.call('ZADD', KEYS[3], until_ms, id)
    table.insert(found, body)
    table.insert(found, tostring(attempt))
    table.insert(found, id)
  else
    redis.call('ZREM', KEYS[1], id)
  end
end
if #found > 0 then
  redis.call('ZREMRANGEBYSCORE', KEYS[3], '-inf', ARGV[1])
  redis.call('PEXPIRE', KEYS[3], ARGV[2])
end
return found
"""

TAKE_OVER_DUE = """
-- KEYS due, work, leased of each worker that has ended; ARGV now in ms, times it may have been claimed, then beginnings of
-- names that are left alone. Work whose time is no more the end of that lease was planned anew, put off, or is somebody else's.
local function is_left(id)
  for i = 3, #ARGV do
    if string.sub(id, 1, #ARGV[i]) == ARGV[i] then return true end
  end
  return (tonumber(redis.call('HGET', KEYS[2], id .. '#')) or 0) > tonumber(ARGV[2])
end
for i = 3, #KEYS do
  local held = redis.call('ZRANGE', KEYS[i], 0, -1, 'WITHSCORES')
  for n = 1, #held, 2 do
    if redis.call('ZSCORE', KEYS[1], held[n]) == held[n + 1] and not is_left(held[n]) then
      redis.call('ZADD', KEYS[1], ARGV[1], held[n])
    end
  end
  redis.call('DEL', KEYS[i])
end
return 1
"""

SETTLE_DUE = """
-- KEYS due, work, failures, failed; ARGV work id, body as claimed, new time in ms or '', '1' where it was no attempt,
--      then where it is given up: when in ms, failure's id, failure
-- Work that was planned anew meanwhile has another body: it stays as planned.
if redis.call('HGET', KEYS[2], ARGV[1]) ~= ARGV[2] then return 0 end
if ARGV[3] ~= '' then
  redis.call('ZADD', KEYS[1], ARGV[3], ARGV[1])
  if ARGV[4] == '1' then redis.call('HINCRBY', KEYS[2], ARGV[1] .. '#', -1) end
else
  redis.call('ZREM', KEYS[1], ARGV[1])
  redis.call('HDEL', KEYS[2], ARGV[1], ARGV[1] .. '#')
end
if ARGV[5] then
  redis.call('HSET', KEYS[3], ARGV[6], ARGV[7])
  redis.call('ZADD', KEYS[4], ARGV[5], ARGV[6])
end
return 1
"""

RETRY = """
-- KEYS failures, inbox, due, work, failed; ARGV failure's id, 'inbox' or 'due', body, work id, now in ms
if redis.call('HDEL', KEYS[1], ARGV[1]) == 0 then return 0 end
redis.call('ZREM', KEYS[5], ARGV[1])
if ARGV[2] == 'inbox' then
  redis.call('XADD', KEYS[2], '*', 'a', ARGV[3])
else
  redis.call('ZADD', KEYS[3], ARGV[5], ARGV[4])
  redis.call('HSET', KEYS[4], ARGV[4], ARGV[3])
  redis.call('HDEL', KEYS[4], ARGV[4] .. '#')
end
return 1
"""

COUNT = """
-- KEYS habits, mark; ARGV mark's life in ms, habits' life in ms, then triples: command, field, value
if not redis.call('SET', KEYS[2], '1', 'NX', 'PX', ARGV[1]) then return 0 end
for i = 3, #ARGV, 3 do
  if ARGV[i] == 'add' then redis.call('HINCRBY', KEYS[1], ARGV[i + 1], 1)
  elseif ARGV[i] == 'set' then redis.call('HSET', KEYS[1], ARGV[i + 1], ARGV[i + 2])
  else redis.call('HDEL', KEYS[1], ARGV[i + 1]) end
end
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return 1
"""

REPLACE = """
-- KEYS hash, changes, revision; ARGV field, expected ('': absent), value ('': remove), 1 where open sidebars are to ask anew,
--      change ('': none), oldest change kept in ms
local held = redis.call('HGET', KEYS[1], ARGV[1]) or ''
if held ~= ARGV[2] then return 0 end
if ARGV[3] == '' then redis.call('HDEL', KEYS[1], ARGV[1]) else redis.call('HSET', KEYS[1], ARGV[1], ARGV[3]) end
if ARGV[5] ~= '' then redis.call('XADD', KEYS[2], 'MINID', '~', ARGV[6], '*', 'e', ARGV[5]) end
if ARGV[4] == '1' then redis.call('INCR', KEYS[3]) end
return 1
"""

PUBLISH = """
-- KEYS editions, changes, revision; ARGV expected head, number, edition, change, oldest change kept in ms
if (redis.call('HGET', KEYS[1], 'head') or '0') ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], ARGV[2], ARGV[3], 'head', ARGV[2])
redis.call('XADD', KEYS[2], 'MINID', '~', ARGV[5], '*', 'e', ARGV[4])
redis.call('INCR', KEYS[3])
return 1
"""

TALLY = """
-- KEYS counter; ARGV its life in seconds, from the first count
local count = redis.call('INCR', KEYS[1])
if count == 1 then redis.call('EXPIRE', KEYS[1], ARGV[1]) end
return count
"""

UNTALLY = """
--- KEYS counter
if redis.call('EXISTS', KEYS[1]) == 1 then redis.call('DECR', KEYS[1]) end
return 0
"""

MOVE_JOB = """
-- KEYS jobs; ARGV id, the job as it was, the job as it is to be
if redis.call('HGET', KEYS[1], ARGV[1]) ~= ARGV[2] then return 0 end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
return 1
"""
_SIZE = """
-- The bucket's size and a minute's refill are together the share of a minute, so no minute, begun whenever, sees more.
local function measured(total, share)
  local most = math.max(tonumber(total) * share, 10)
  local size = math.max(0.4 * most, 6)
  return size, (most - size) / 60000
end
"""

SPEND = (
    _SIZE
    + """
-- KEYS budget, waiting; ARGV now in ms, credits, floor (a part of the bucket), share, name in the queue or '', rank, life in s,
-- 1 where it has days, calls a minute where the helpdesk has not said.
-- Answers 0 where the credits were taken, else after how many ms to ask again.
local now, credits, name = tonumber(ARGV[1]), tonumber(ARGV[2]), ARGV[5]
local known = redis.call('HMGET', KEYS[1], 'tokens', 'at', 'total', 'held', 'full')
if not known[3] then redis.call('HSET', KEYS[1], 'total', ARGV[9]) end
local size, rate = measured(known[3] or ARGV[9], tonumber(ARGV[4]))
local tokens, at = tonumber(known[1]) or size, tonumber(known[2]) or now
-- Another machine's clock may be ahead: what was earned by it is not earned again by ours. By minutes none is for long.
if at > now + 60000 then at = now end
tokens = math.min(size, tokens + math.max(0, now - at) * rate)
-- What is more than the bucket holds is taken when that is full, and owed.
local floor = math.min(tonumber(ARGV[3]) * size, size - credits)
local ahead = 0
if name ~= '' then
  redis.call('ZADD', KEYS[2], ARGV[6], name)
  for _, other in ipairs(redis.call('ZRANGE', KEYS[2], 0, 99)) do
    if other == name or (tonumber(redis.call('HGET', KEYS[1], 'w:' .. other)) or 0) >= now then break end
    redis.call('ZREM', KEYS[2], other)
    redis.call('HDEL', KEYS[1], 'w:' .. other)
  end
  ahead = redis.call('ZRANK', KEYS[2], name)
end
local held = math.max(0, (tonumber(known[4]) or 0) - now)
if ARGV[8] == '1' then held = math.max(held, (tonumber(known[5]) or 0) - now) end
local wait = 0
if credits <= 0 or (held == 0 and ahead == 0 and tokens - credits >= floor) then
  tokens = math.min(size, tokens - credits)
  redis.call('ZREM', KEYS[2], name)
  redis.call('HDEL', KEYS[1], 'w:' .. name)
else
  local lacking = math.max(0, floor + (ahead + 1) * credits - tokens)
  wait = math.max(held, lacking / rate, 200)
  -- Far back in the queue, ask again when half the way is done: thousands who ask twice a minute would keep everybody else from
  -- their turn. Half, since those ahead may give up, and the helpdesk may allow more than it did.
  wait = math.ceil(math.min(wait, math.max(30000, name ~= '' and math.min(wait / 2, 1800000) or 0)))
  if name ~= '' then redis.call('HSET', KEYS[1], 'w:' .. name, now + wait + 15000) end
end
redis.call('HSET', KEYS[1], 'tokens', tostring(tokens), 'at', tostring(math.max(now, at)))
redis.call('EXPIRE', KEYS[1], ARGV[7])
redis.call('EXPIRE', KEYS[2], ARGV[7])
return wait
"""
)

HEAR = (
    _SIZE
    + """
-- KEYS budget; ARGV now in ms, total a minute or '', remaining or '', resets in s or '', credits beyond those we took, ms to be
-- left alone, share. Where the helpdesk allows another number than we thought, the bucket is as full as it would have been.
local now, share, resets = tonumber(ARGV[1]), tonumber(ARGV[7]), tonumber(ARGV[4])
local known = redis.call('HMGET', KEYS[1], 'tokens', 'total')
local tokens, total, remaining = tonumber(known[1] or ''), tonumber(ARGV[2]) or tonumber(known[2] or ''), tonumber(ARGV[3])
if ARGV[2] ~= '' then
  if tokens then tokens = tokens + measured(total, share) - measured(known[2], share) end
  redis.call('HSET', KEYS[1], 'total', ARGV[2])
end
local held = tonumber(ARGV[6])
if remaining == 0 and resets then held = math.max(held, resets * 1000) end
if held > 0 then redis.call('HSET', KEYS[1], 'held', tostring(now + held)) end
if total and remaining then
  local is_full = remaining <= total * (1 - share)
  redis.call('HSET', KEYS[1], 'full', is_full and tostring(now + (resets or 60) * 1000) or '0')
end
if tokens then
  tokens = math.min(tokens - tonumber(ARGV[5]), remaining or tokens)
  redis.call('HSET', KEYS[1], 'tokens', tostring(tokens))
end
return 1
"""
)
