"""The scripts: each does one thing in one step, on keys of one slot."""

ACCEPT = """
-- KEYS inbox, mark ('' where there is none); ARGV arrival, mark's life in ms
if KEYS[2] ~= KEYS[1] and not redis.call('SET', KEYS[2], '1', 'NX', 'PX', ARGV[2]) then return 0 end
redis.call('XADD', KEYS[1], '*', 'a', ARGV[1])
return 1
"""

SAVE = """
-- KEYS case, out, due, work, followups, inbox, trimmed, requester, counts
-- ARGV expected version, case, life in s, now in ms, stream's life in ms, inbox entry or '', group, ticket id,
--      then per effect: kind and its arguments
-- An entry that another worker finished meanwhile is not worked again: 2.
if ARGV[6] ~= '' and #redis.call('XRANGE', KEYS[6], ARGV[6], ARGV[6]) == 0 then return 2 end
local known = redis.call('HGET', KEYS[1], 'v') or '0'
if known ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], 'v', tostring(tonumber(ARGV[1]) + 1), 'c', ARGV[2])
redis.call('EXPIRE', KEYS[1], ARGV[3])
redis.call('SADD', KEYS[8], ARGV[8])
redis.call('EXPIRE', KEYS[8], ARGV[3])
local i = 9
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
    redis.call('HINCRBY', KEYS[9], ARGV[i + 1], ARGV[i + 2])
    redis.call('EXPIRE', KEYS[9], ARGV[i + 3])
    i = i + 4
  else
    redis.call('HSET', KEYS[5], ARGV[i + 1], ARGV[i + 2])
    redis.call('EXPIRE', KEYS[5], ARGV[3])
    i = i + 3
  end
end
local before = ARGV[4] - ARGV[5]
if redis.call('EXISTS', KEYS[2]) == 1 and redis.call('XTRIM', KEYS[2], 'MINID', '~', before) > 0 then
  redis.call('SET', KEYS[7], before)
end
if ARGV[6] ~= '' then
  redis.call('XACK', KEYS[6], ARGV[7], ARGV[6])
  redis.call('XDEL', KEYS[6], ARGV[6])
end
return 1
"""

SETTLE = """
-- KEYS inbox, failures; ARGV entry, group, failure's id or '', failure, now in ms, life in ms
if redis.call('XDEL', KEYS[1], ARGV[1]) == 0 then return 0 end
redis.call('XACK', KEYS[1], ARGV[2], ARGV[1])
if ARGV[3] ~= '' then
  redis.call('HSET', KEYS[2], ARGV[3], ARGV[4])
end
return 1
"""

CLAIM_DUE = """
-- KEYS due, work; ARGV now in ms, lease in ms, most
local found = {}
for _, id in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1], 'LIMIT', 0, ARGV[3])) do
  local body = redis.call('HGET', KEYS[2], id)
  if body then
    local attempt = redis.call('HINCRBY', KEYS[2], id .. '#', 1)
    redis.call('ZADD', KEYS[1], ARGV[1] + ARGV[2], id)
    table.insert(found, body)
    table.insert(found, tostring(attempt))
    table.insert(found, tostring(ARGV[1] + ARGV[2]))
  else
    redis.call('ZREM', KEYS[1], id)
  end
end
return found
"""

SETTLE_DUE = """
-- KEYS due, work, failures; ARGV work id, body as claimed, new time in ms or '', failure's id or '', failure
-- Work that was planned anew meanwhile has another body: it stays as planned.
if redis.call('HGET', KEYS[2], ARGV[1]) ~= ARGV[2] then return 0 end
if ARGV[3] ~= '' then
  redis.call('ZADD', KEYS[1], ARGV[3], ARGV[1])
else
  redis.call('ZREM', KEYS[1], ARGV[1])
  redis.call('HDEL', KEYS[2], ARGV[1], ARGV[1] .. '#')
end
if ARGV[4] ~= '' then redis.call('HSET', KEYS[3], ARGV[4], ARGV[5]) end
return 1
"""

RETRY = """
-- KEYS failures, inbox, due, work; ARGV failure's id, 'inbox' or 'due', body, work id, now in ms
if redis.call('HDEL', KEYS[1], ARGV[1]) == 0 then return 0 end
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
-- KEYS hash, changes, revision; ARGV field, expected ('': absent), value ('': remove), change ('': none), oldest change kept in ms
local held = redis.call('HGET', KEYS[1], ARGV[1]) or ''
if held ~= ARGV[2] then return 0 end
if ARGV[3] == '' then redis.call('HDEL', KEYS[1], ARGV[1]) else redis.call('HSET', KEYS[1], ARGV[1], ARGV[3]) end
if ARGV[4] ~= '' then redis.call('XADD', KEYS[2], 'MINID', '~', ARGV[5], '*', 'e', ARGV[4]) end
redis.call('INCR', KEYS[3])
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

MOVE_JOB = """
-- KEYS jobs; ARGV id, the job as it was, the job as it is to be
if redis.call('HGET', KEYS[1], ARGV[1]) ~= ARGV[2] then return 0 end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
return 1
"""
