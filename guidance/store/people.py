"""What belongs to agents, to accounts, and small values that live for minutes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from guidance.hints.habits import MASTERED_AFTER
from guidance.model import AgentHabits, Counted, CountHabit, Mute
from guidance.ports import Account
from guidance.store import keys, scripts
from guidance.store.base import from_milliseconds, milliseconds, reachable, text
from guidance.store.retention import COUNTED_LIVES_FOR, FEEDS_LIVE_FOR, HABITS_LIVE_FOR
from guidance.store.sealing import Sealed

_EVERYWHERE_OVER = timedelta(days=1)


class People(Sealed):
    """The part of the store that keeps habits, accounts and small values."""

    @reachable
    def habits(self, account: str, agent_id: str, *, now: datetime) -> AgentHabits:
        found = {text(name): text(value) for name, value in self.client.hgetall(keys.habits(account, agent_id)).items()}
        counted = {name[2:]: int(times) for name, times in found.items() if name.startswith("n:")}
        mutes = [(name[2:], value) for name, value in found.items() if name.startswith("m:")]
        return AgentHabits(
            agent_id=agent_id,
            muted=tuple(
                Mute(what=what, until=from_milliseconds(int(until)) if until else None) for what, until in sorted(mutes)
            ),
            mastered=tuple(sorted(name for name, times in counted.items() if _is_mastered(name, times))),
            counted=tuple(Counted(name=name, times=times) for name, times in sorted(counted.items())),
        )

    @reachable
    def count(self, account: str, effects: Sequence[CountHabit], *, now: datetime) -> None:
        lives = [int(span.total_seconds() * 1000) for span in (COUNTED_LIVES_FOR, HABITS_LIVE_FOR)]
        for effect in effects:
            names = [keys.habits(account, effect.agent_id), keys.habit_mark(account, effect.agent_id, effect.id)]
            past = self._past_days(names[0], now) if effect.count else ()
            self.run(scripts.COUNT, names, [*lives, *_commands(effect), *past])

    def _past_days(self, name: str, now: datetime) -> Iterator[str]:
        """What makes room for a new count: those of days that are over in every zone are forgotten."""
        yesterday = f"{now - _EVERYWHERE_OVER:%Y-%m-%d}"
        for held in map(text, self.client.hkeys(name)):
            day = held.rpartition("@")[2]
            if held.startswith("n:") and day != held and day < yesterday:
                yield from ("del", held, "")

    @reachable
    def put_account(self, account: Account) -> None:
        self.client.hset(keys.accounts(), account.id, self.closed(account))
        self.client.incr(keys.revision())

    @reachable
    def account(self, account_id: str) -> Account | None:
        found = self.client.hget(keys.accounts(), account_id)
        return self.opened(found) if found else None

    @reachable
    def accounts(self) -> list[Account]:
        found = self.client.hgetall(keys.accounts())
        return [self.opened(found[name]) for name in sorted(found)]

    @reachable
    def drop_account(self, account_id: str) -> None:
        self.client.hdel(keys.accounts(), account_id)
        self.client.incr(keys.revision())

    @reachable
    def open_feed(self, account: str, agent_id: str, secret: str) -> None:
        self.close_feed(account, agent_id)
        life = int(FEEDS_LIVE_FOR.total_seconds())
        self.client.set(keys.feed(secret), f"{account}|{agent_id}", ex=life)
        self.client.set(keys.feed_of(account, agent_id), keys.feed(secret), ex=life)

    @reachable
    def feed(self, secret: str) -> tuple[str, str] | None:
        found = self.client.get(keys.feed(secret))
        account, _, agent_id = text(found).partition("|") if found else ("", "", "")
        return (account, agent_id) if found else None

    @reachable
    def has_feed(self, account: str, agent_id: str) -> bool:
        return bool(self.client.exists(keys.feed_of(account, agent_id)))

    @reachable
    def close_feed(self, account: str, agent_id: str) -> None:
        name = self.client.get(keys.feed_of(account, agent_id))
        if name:
            self.client.delete(name)
            self.client.delete(keys.feed_of(account, agent_id))

    @reachable
    def remember(self, name: str, value: bytes, *, seconds: int, replace: bool = False) -> bool:
        return bool(self.client.set(keys.value(name), value, nx=not replace, ex=seconds))

    @reachable
    def recall(self, name: str) -> bytes | None:
        found: bytes | None = self.client.get(keys.value(name))
        return found

    @reachable
    def release(self, name: str) -> None:
        self.client.delete(keys.value(name))


def _is_mastered(name: str, times: int) -> bool:
    return "@" not in name and times >= MASTERED_AFTER


def _commands(effect: CountHabit) -> list[str]:
    commands: list[str] = []
    if effect.count:
        commands += ["add", f"n:{effect.count}", ""]
    if effect.mute:
        commands += ["set", f"m:{effect.mute}", str(milliseconds(effect.until)) if effect.until else ""]
    if effect.unmute:
        commands += ["del", f"m:{effect.unmute}", ""]
    if effect.uncount:
        commands += ["del", f"n:{effect.uncount}", ""]
    return commands
