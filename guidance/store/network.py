"""The network of tickets: cards, the index of solved ones, the circle of open ones, and questions between colleagues.

An account's keys share one slot, so that a card changes with all its entries in one step. Words and people stand there as
keyed marks only: whoever has the disk and not the key can't tell what they mean.
"""

from __future__ import annotations

import struct
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from guidance.model import Card, OpenQuestion, Roster, Similar
from guidance.network import scoring
from guidance.store import keys
from guidance.store.base import Base, from_milliseconds, milliseconds, reachable, text
from guidance.store.retention import CASES_LIVE_FOR, ROSTERS_LIVE_FOR
from guidance.store.sealing import Seal

MOST_POSTINGS = 8_000
"""Solved tickets that are kept of one term: one that stands in more tells nothing (`scoring.COMMON_SHARE`)."""

_KINDS = ("open", "solved")
_SWEPT_AT_ONCE = 500
_MOST_AROUND = 200
_TRIES = 5

_LEARN = """
-- KEYS cards, then others; ARGV ticket, card as it is or '', card as it will be or '', life in s, then commands of four:
--   what, number of its key, two values
if (redis.call('HGET', KEYS[1], ARGV[1]) or '') ~= ARGV[2] then return 0 end
if ARGV[3] == '' then redis.call('HDEL', KEYS[1], ARGV[1]) else
  redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
  redis.call('EXPIRE', KEYS[1], ARGV[4])
end
local function unpost(key, number)
  local found = redis.call('GET', key)
  local at = 1
  while found do
    local first = string.find(found, number, at, true)
    if not first then return end
    if (first - 1) % 5 == 0 then
      local rest = string.sub(found, 1, first - 1) .. string.sub(found, first + 5)
      if rest == '' then redis.call('DEL', key) else redis.call('SET', key, rest, 'KEEPTTL') end
      return
    end
    at = first + 1
  end
end
for i = 5, #ARGV, 4 do
  local what, key, one, two = ARGV[i], KEYS[tonumber(ARGV[i + 1])], ARGV[i + 2], ARGV[i + 3]
  if what == 'unpost' then unpost(key, one)
  elseif what == 'srem' then redis.call('SREM', key, one)
  elseif what == 'zrem' then redis.call('ZREM', key, one)
  elseif what == 'hdel' then redis.call('HDEL', key, one)
  else
    if what == 'post' then
      if redis.call('STRLEN', key) < tonumber(two) then redis.call('APPEND', key, one) end
    elseif what == 'sadd' then redis.call('SADD', key, one)
    elseif what == 'zadd' then redis.call('ZADD', key, two, one)
    elseif what == 'hset' then redis.call('HSET', key, one, two) end
    redis.call('EXPIRE', key, ARGV[4])
  end
end
return 1
"""


class _Kept(Struct, frozen=True, omit_defaults=True, array_like=True):
    """A card as it is stored: its words as packed term ids; `asked`: agents to whom a question is open there."""

    card: Card
    terms: bytes = b""
    asked: tuple[str, ...] = ()


_read = msgspec.msgpack.Decoder(_Kept).decode
_write = msgspec.msgpack.Encoder().encode
_read_question = msgspec.msgpack.Decoder(OpenQuestion).decode
_read_roster = msgspec.msgpack.Decoder(Roster).decode


class Network(Base):
    """The part of the store that keeps the network."""

    seal: Seal

    @reachable
    def roster(self, account: str) -> Roster | None:
        found = self.client.get(keys.roster(account))
        return _read_roster(found) if found else None

    @reachable
    def keep_roster(self, account: str, roster: Roster) -> None:
        self.client.set(keys.roster(account), _write(roster), ex=int(ROSTERS_LIVE_FOR.total_seconds()))

    @reachable
    def drop_roster(self, account: str) -> None:
        self.client.delete(keys.roster(account))

    @reachable
    def learn(
        self, account: str, ticket_id: str, card: Card | None, questions: Sequence[OpenQuestion] = (), *, now: datetime
    ) -> None:
        after, postings = self._kept(card, questions)
        for _ in range(_TRIES):
            stored = self.client.hget(keys.cards(account), ticket_id)
            change = _Change(account, ticket_id)
            change.take_out(_read(stored) if stored else None)
            change.put_in(after, postings, questions, milliseconds(now))
            fixed = [ticket_id, stored or b"", _write(after) if after else b"", int(CASES_LIVE_FOR.total_seconds())]
            if self.run(_LEARN, change.keys, [*fixed, *change.commands]):
                return

    def _kept(self, card: Card | None, questions: Sequence[OpenQuestion]) -> tuple[_Kept | None, dict[bytes, int]]:
        if card is None:
            return None, {}
        postings = {self._term(word): weight for word, weight in card.words.items() if _number(card.ticket_id)}
        sealed = replace(
            card,
            own=tuple(map(self.seal.mark, card.own)),
            circle=tuple(map(self.seal.mark, card.circle)),
            words={},
        )
        return _Kept(sealed, b"".join(postings), tuple(one.agent_id for one in questions)), postings

    def _term(self, word: str) -> bytes:
        return bytes.fromhex(self.seal.mark(f"term|{word}")[:8])

    @reachable
    def card(self, account: str, ticket_id: str) -> Card | None:
        return next(iter(self._cards(account, [ticket_id])), None)

    def _cards(self, account: str, ticket_ids: Sequence[Any]) -> list[Card]:
        stored = self.client.hmget(keys.cards(account), ticket_ids) if ticket_ids else []
        return [_read(one).card for one in stored if one]

    @reachable
    def around(self, account: str, marks: Sequence[str], *, but_not: Sequence[str], count: int) -> list[Card]:
        names = [keys.circle(account, self.seal.mark(mark)) for mark in marks]
        found = self.client.sunion(names) if names else ()
        newest = sorted(found, key=int, reverse=True)[:_MOST_AROUND]
        theirs = set(map(self.seal.mark, but_not))
        return [one for one in self._cards(account, newest) if one.is_open and theirs.isdisjoint(one.own)][:count]

    def cards_of(self, account: str, mark: str) -> list[str]:
        """Ids of all tickets that are found by a mark."""
        return [text(one) for one in self.client.smembers(keys.circle(account, self.seal.mark(mark)))]

    @reachable
    def similar(self, account: str, words: Collection[str], *, count: int) -> list[Similar]:
        names = [keys.term(account, self._term(word).hex()) for word in words]
        reading = self.client.pipeline(transaction=False)
        reading.zcard(keys.known(account, "solved"))
        for name in names:
            reading.strlen(name)
        of, *lengths = reading.execute()
        found_in = [length // scoring.POSTING.itemsize for length in lengths]
        worths = [0.0 if many >= MOST_POSTINGS else scoring.rarity(many, of) for many in found_in]
        asked = sorted(zip(worths, names, strict=True), reverse=True)[: scoring.MOST_ASKED]
        rare = [name for worth, name in asked if worth]
        postings = self.client.mget(rare) if rare else []
        hits = scoring.best([packed for packed in postings if packed], of=of, count=count)
        stored = self.client.hmget(keys.cards(account), [number for number, _, _ in hits]) if hits else []
        return [
            Similar(_read(one).card, score, shared) for one, (_, score, shared) in zip(stored, hits, strict=True) if one
        ]

    @reachable
    def asked_of(self, account: str, agent_id: str) -> dict[str, OpenQuestion]:
        found = self.client.hgetall(keys.asked(account, agent_id))
        return {text(ticket_id): _read_question(value) for ticket_id, value in found.items()}

    @reachable
    def rest(self, account: str, agent_id: str, until: datetime | None) -> None:
        self.client.hset(keys.resting(account), agent_id, milliseconds(until) if until else "")

    @reachable
    def take_part(self, account: str, agent_id: str) -> None:
        self.client.hdel(keys.resting(account), agent_id)

    @reachable
    def resting(self, account: str, *, now: datetime) -> dict[str, datetime | None]:
        found = {text(name): value for name, value in self.client.hgetall(keys.resting(account)).items()}
        told = {name: from_milliseconds(int(value)) if value else None for name, value in found.items()}
        return {name: until for name, until in told.items() if until is None or until > now}

    @reachable
    def unknown(self, account: str, ticket_ids: Sequence[str]) -> list[str]:
        stored = self.client.hmget(keys.cards(account), ticket_ids) if ticket_ids else []
        return [ticket_id for ticket_id, one in zip(ticket_ids, stored, strict=True) if one is None]

    @reachable
    def forget_old_cards(self, account: str, *, before: datetime) -> int:
        """Forget all tickets that were learnt of last before then; how many there were."""
        return sum(self._forget_old(account, keys.known(account, kind), before) for kind in _KINDS)

    def _forget_old(self, account: str, known: str, before: datetime) -> int:
        gone = 0
        while old := self.client.zrangebyscore(known, "-inf", f"({milliseconds(before)}", start=0, num=_SWEPT_AT_ONCE):
            for ticket_id in old:
                self.learn(account, text(ticket_id), None, now=before)
            gone += len(old)
        return gone


class _Change:
    """The commands that put one card in another's place, and the keys that they need."""

    def __init__(self, account: str, ticket_id: str) -> None:
        self.keys = [keys.cards(account)]
        self.commands: list[Any] = []
        self._numbers = {self.keys[0]: 1}
        self._account = account
        self._ticket_id = ticket_id

    def take_out(self, kept: _Kept | None) -> None:
        for kind in _KINDS:
            self._add("zrem", keys.known(self._account, kind), self._ticket_id)
        if kept is None:
            return
        for term in _cut(kept.terms):
            self._add("unpost", keys.term(self._account, term.hex()), _number(self._ticket_id))
        for mark in kept.card.circle:
            self._add("srem", keys.circle(self._account, mark), self._ticket_id)
        for agent_id in kept.asked:
            self._add("hdel", keys.asked(self._account, agent_id), self._ticket_id)

    def put_in(
        self, kept: _Kept | None, postings: dict[bytes, int], questions: Iterable[OpenQuestion], at: int
    ) -> None:
        if kept is None:
            return
        most = MOST_POSTINGS * scoring.POSTING.itemsize
        for term, weight in postings.items():
            record = (_number(self._ticket_id) or b"") + bytes((weight,))
            self._add("post", keys.term(self._account, term.hex()), record, most)
        for mark in kept.card.circle:
            self._add("sadd", keys.circle(self._account, mark), self._ticket_id)
        for one in questions:
            self._add("hset", keys.asked(self._account, one.agent_id), self._ticket_id, _write(one))
        self._add("zadd", keys.known(self._account, "open" if kept.card.is_open else "solved"), self._ticket_id, at)

    def _add(self, what: str, name: str, one: Any, two: Any = "") -> None:
        if name not in self._numbers:
            self.keys.append(name)
            self._numbers[name] = len(self.keys)
        self.commands += [what, self._numbers[name], one, two]


def _number(ticket_id: str) -> bytes | None:
    """A ticket's number as it stands in postings; None for one that is no number, or too large: it is not indexed."""
    if not ticket_id.isascii() or not ticket_id.isdecimal() or int(ticket_id) > scoring.LARGEST_NUMBER:
        return None
    return struct.pack("<I", int(ticket_id))


def _cut(terms: bytes) -> Iterator[bytes]:
    for at in range(0, len(terms), 4):
        yield terms[at : at + 4]
