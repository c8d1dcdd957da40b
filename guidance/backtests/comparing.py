"""Two rulebooks over the same conversations: what a candidate would say beside what is said today.

Conversations are judged in as many processes as there are processors, a few at a time, so that somebody can watch and stop it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from guidance.backtests.corpus import WHEN, lines_of
from guidance.backtests.hits import Hit, answered, beginning, hits_of, replies_of
from guidance.conversations.wire import Asked, read_conversation
from guidance.errors import GuidanceError, MalformedError
from guidance.model import AccountSettings, Evidence, Moment
from guidance.rules import PackFile, Rule, Rulebook, Situation, build_rulebook, fires, read_packs
from guidance.rules.closest import lacking
from guidance.rules.engine import Told, explain, holds, unquoted
from guidance.rules.overlays import overlaid
from guidance.rules.schema import Combine, Node
from guidance.signals import hear
from guidance.signals.remembering import Known, RememberingEar

CHUNK = 16
MOST_KEPT = 20
"""Hits and near misses to look at: as many as one judges in a few minutes."""


class Stopped(GuidanceError):  # noqa: N818 - somebody wanted it so; nothing is wrong
    """A backtest was cancelled."""


class Books(Struct, frozen=True, kw_only=True):
    """What a process needs to build both rulebooks: all packs as text, and the rules to look at closely."""

    live: tuple[PackFile, ...]
    candidate: tuple[PackFile, ...]
    base: int
    focus: tuple[str, ...] = ()
    settings: AccountSettings = AccountSettings()


class Near(Struct, frozen=True, kw_only=True):
    """A reply on which a rule was one of its conditions short of firing.

    `lacking`: of that condition the branch that came closest, as it was written; `tree`: all of it, without anybody's words.
    """

    conversation: str
    reply: str
    rule: str
    lacking: tuple[str, ...] = ()
    tree: Told | None = None
    text: str = ""
    turn: str = ""


class Compared(Struct, frozen=True, kw_only=True):
    """What both said: hints by rule, and examples of what is new, gone or changed: said with other words, or of others."""

    conversations: int = 0
    replies: int = 0
    agent_hours: int = 0
    live: dict[str, int] = {}
    candidate: dict[str, int] = {}
    new: tuple[Hit, ...] = ()
    gone: tuple[Hit, ...] = ()
    changed: tuple[Hit, ...] = ()
    new_count: int = 0
    gone_count: int = 0
    changed_count: int = 0
    hits: tuple[Hit, ...] = ()
    near: tuple[Near, ...] = ()
    unread: tuple[str, ...] = ()
    unread_count: int = 0

    def per_hundred(self, count: int) -> float:
        return 100 * count / self.replies if self.replies else 0.0


Chunk = tuple[int, Sequence[bytes], Sequence[str]]
"""The number of its first line, its lines, and what they are called."""


def compare(
    lines: Sequence[bytes],
    books: Books,
    *,
    places: Sequence[str] = (),
    processes: int | None = None,
    on_progress: Callable[[int], bool] = lambda _: True,
) -> Compared:
    """Judge conversations in wire format, one a line, under both rulebooks.

    `places`: what each line is called, `line 13` unless it is told. `on_progress` hears how many are done, and may say False to stop: `Stopped`. Lines that are no conversations are counted
    and named in `unread`. Raises `PackError` where a rulebook can't be built, and `MalformedError` where no line can be read.
    """
    named = places or [f"line {number}" for number in range(1, len(lines) + 1)]
    chunks = [(at, lines[at : at + CHUNK], named[at : at + CHUNK]) for at in range(0, len(lines), CHUNK)]
    parts: dict[int, Compared] = {}
    for start, part in _judged(chunks, books, processes or os.cpu_count() or 1):
        parts[start] = part
        if not on_progress(min(len(lines), CHUNK * len(parts))):
            raise Stopped("This backtest was cancelled.")
    merged = Compared()
    for start in sorted(parts):
        merged = _added(merged, parts[start])
    if lines and not merged.conversations:
        first = f"; {merged.unread[0]}" if merged.unread else ""
        raise MalformedError(f"no line is a conversation{first}", path="line 1")
    return merged


def _judged(chunks: Sequence[Chunk], books: Books, processes: int) -> Iterator[tuple[int, Compared]]:
    if len(chunks) < 3 or processes == 1:
        judge = _Judge(books)
        for start, lines, places in chunks:
            yield start, judge.judged(lines, places)
        return
    pool = ProcessPoolExecutor(processes, get_context("spawn"), _start, (books,))
    waiting = iter(chunks)
    try:
        open_now: set[Future[tuple[int, Compared]]] = {
            pool.submit(_work, one) for one in islice(waiting, 2 * processes)
        }
        while open_now:
            done, open_now = wait(open_now, return_when=FIRST_COMPLETED)
            for future in done:
                yield future.result()
                open_now |= {pool.submit(_work, one) for one in islice(waiting, 1)}
    except BrokenProcessPool:
        _Judge(books)  # where no rulebook can be built, this says why; a process of the pool can't
        raise
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


class _Judge:
    """Both rulebooks, built once in each process."""

    def __init__(self, books: Books) -> None:
        self.books = books
        self.candidate = built(books.candidate, books.base)
        self.live = self.candidate if books.live == books.candidate else built(books.live, books.base)

    def judged(self, lines: Sequence[bytes], places: Sequence[str]) -> Compared:
        """One chunk."""
        told = Compared()
        for line, place in zip(lines, places, strict=True):
            if not line.strip():
                continue
            try:
                asked = read_conversation(line, clock=lambda: WHEN)
            except MalformedError as error:
                where = f"{place}: {f'{error.path}: ' if error.path else ''}{error}"
                told = replace(told, unread=(*told.unread, where)[:MOST_KEPT], unread_count=told.unread_count + 1)
                continue
            told = _added(told, self._one(asked))
        return told

    def _one(self, asked: Asked) -> Compared:
        settings = replace(self.books.settings, hours=asked.case.settings.hours, paused=False, holdout=0.0)
        asked = replace(asked, case=replace(asked.case, settings=settings))
        told, hours = Compared(conversations=1), set[tuple[str, str]]()
        known: Known = {}
        today, then = _remembering(self.live, known), _remembering(self.candidate, known)
        before, is_same = _heard(asked, today), self.live is self.candidate
        after = before if is_same else _heard(asked, then)
        for (name, one), (_, other) in zip(replies_of(before), replies_of(after), strict=True):
            hours.add((one.case.readers[0].agent_id, f"{one.now:%Y-%m-%d %H}"))
            live = {hit.rule: hit for hit in hits_of(one, name, today)}
            candidate = live if is_same else {hit.rule: hit for hit in hits_of(other, name, then)}
            told = _added(told, _difference(live, candidate, self.books.focus))
            told = replace(told, near=(*told.near, *self._near(other, name, then))[:MOST_KEPT])
        return replace(told, agent_hours=len(hours))

    def _near(self, asked: Asked, name: str, book: Rulebook) -> Iterator[Near]:
        rules = [book.rules[one] for one in self.books.focus if one in book.rules]
        rules = [rule for rule in rules if rule.when.combine is Combine.ALL and Moment.DRAFT in rule.moments]
        if not rules or asked.draft is None:
            return
        draft = asked.draft.draft
        situation = Situation(asked.case, Moment.DRAFT, asked.now, draft=draft, ear=book.ear)
        for rule in rules:
            if missing := lacks(rule, situation):
                yield Near(
                    conversation=asked.id,
                    reply=name,
                    rule=rule.id,
                    lacking=lacking(missing, situation),
                    tree=unquoted(explain(missing, situation)),
                    text=beginning(draft.text),
                    turn=answered(asked.case),
                )


def _remembering(rulebook: Rulebook, known: Known) -> Rulebook:
    return rulebook.hearing_with(RememberingEar(rulebook.ear, known))


def _heard(asked: Asked, rulebook: Rulebook) -> Asked:
    """Read once for all replies: what a comment says does not depend on what came after it."""
    return replace(asked, case=hear(asked.case, rulebook.ear))


def lacks(rule: Rule, situation: Situation) -> Node | None:
    """The one condition for want of which a rule is silent; None where it fires, or wants more than one."""
    if fires(rule, situation) is not None:
        return None
    missing = [child for child in rule.when.children if holds(child, situation) is None]
    return missing[0] if len(missing) == 1 else None


def _difference(live: Mapping[str, Hit], candidate: Mapping[str, Hit], focus: Sequence[str]) -> Compared:
    """One reply under both rulebooks."""
    new = tuple(hit for rule, hit in candidate.items() if rule not in live)
    gone = tuple(hit for rule, hit in live.items() if rule not in candidate)
    changed = tuple(hit for rule, hit in candidate.items() if rule in live and _told(hit) != _told(live[rule]))
    return Compared(
        replies=1,
        live=dict.fromkeys(live, 1),
        candidate=dict.fromkeys(candidate, 1),
        new=new,
        gone=gone,
        changed=changed,
        new_count=len(new),
        gone_count=len(gone),
        changed_count=len(changed),
        hits=tuple(hit for rule, hit in candidate.items() if not focus or rule in focus),
    )


def _told(hit: Hit) -> tuple[str, tuple[Evidence, ...]]:
    return hit.say, hit.evidence


def _added(one: Compared, other: Compared) -> Compared:
    """Both together; of what is kept to look at, the first ones."""
    told: dict[str, object] = {}
    for name in Compared.__struct_fields__:
        mine, theirs = getattr(one, name), getattr(other, name)
        if isinstance(mine, dict):
            told[name] = {rule: mine.get(rule, 0) + theirs.get(rule, 0) for rule in mine | theirs}
        elif isinstance(mine, tuple):
            told[name] = (*mine, *theirs)[:MOST_KEPT]
        else:
            told[name] = mine + theirs
    return Compared(**told)  # type: ignore[arg-type]


def built(files: Sequence[PackFile], base: int) -> Rulebook:
    """A rulebook whose first `base` files are the packs that the others lie over. Raises `PackError`."""
    packs = read_packs(files)
    return build_rulebook(overlaid(packs[:base], packs[base:]))


_judge: _Judge | None = None


def _start(books: Books) -> None:
    global _judge  # noqa: PLW0603 - a process of the pool builds its rulebooks once
    _judge = _Judge(books)


def _work(chunk: Chunk) -> tuple[int, Compared]:
    assert _judge is not None
    start, lines, places = chunk
    return start, _judge.judged(lines, places)


def lines_in(path: Path) -> tuple[list[bytes], list[str]]:
    """The lines of a `.jsonl` file, or of all of a folder's, and what each is called. Raises `MalformedError` where there is none."""
    files = sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
    placed = [
        (line, f"line {number}" if path == file else f"{file.name}, line {number}")
        for file in files
        for number, line in enumerate(lines_of(file.read_bytes()), 1)
    ]
    if not any(line.strip() for line, _ in placed):
        raise MalformedError(f"there is no conversation in {path}", path=str(path))
    return [line for line, _ in placed], [place for _, place in placed]
