"""The house's own packs over the shipped ones: a rule of the house with a shipped rule's id stands in its place.

What is other about a rule on the tickets of one account, group or brand is `variations`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from guidance.errors import PackError
from guidance.rules.engine import Rulebook, build_rulebook
from guidance.rules.examples import check_examples, check_overlay
from guidance.rules.loader import PackFile, read_pack, read_packs
from guidance.rules.schema import Pack
from guidance.text.masking import private_in
from guidance.text.patterns import Pattern

_CALLED = {"e-mail": "e-mail address", "phone": "phone number", "card": "card number"}
_MADE_UP = Pattern(r"(?i)@(?:[\w-]+\.)*example(?:\.(?:com|org|net))?$|555.?01\d\d$|7946.?0\d{3}$|30.?23125.?\d{3}$")
"""Addresses and numbers that are set aside for examples (RFC 2606; North America's 555-01xx, London's 7946 0xxx, Berlin's 23125)."""
_PLACED = re.compile(r"^(?P<source>.*?):(?P<line>\d+): (?:rule (?P<rule>[a-z0-9.-]+): )?(?P<message>.*)$", re.DOTALL)


class Flaw(Struct, frozen=True, kw_only=True):
    """One thing that keeps a file from being published: its line, counted from 1, and what would be right."""

    line: int
    message: str
    rule: str | None = None


def overlaid(shipped: Sequence[Pack], house: Sequence[Pack]) -> list[Pack]:
    """All packs of an installation, shipped rules left out where the house has its own of the same id."""
    own = {rule.id for pack in house for rule in pack.rules}
    kept = [replace(pack, rules=tuple(rule for rule in pack.rules if rule.id not in own)) for pack in shipped]
    return [*kept, *house]


def house_rulebook(shipped: Sequence[Pack], files: Mapping[str, str]) -> Rulebook:
    """The rulebook of shipped packs and house files (name -> text). Raises `PackError` with every problem."""
    return build_rulebook(overlaid(shipped, read_packs(house_files(files))))


def house_files(files: Mapping[str, str]) -> list[PackFile]:
    """House files in order of name."""
    return [PackFile(name, text) for name, text in sorted(files.items())]


def flaws_as_typed(file: PackFile) -> list[Flaw]:
    """What is wrong with a file on its own, up to its examples and whose data they hold: quick enough to ask while somebody types."""
    try:
        pack = read_pack(file)
        problems: Sequence[str] = [*check_examples(pack, build_rulebook([pack]))]
    except PackError as error:
        problems = error.problems
    return [*map(_placed, problems), *_private(file.text)]


def flaws_together(shipped: Sequence[Pack], files: Mapping[str, str], name: str) -> list[Flaw]:
    """What keeps a file from being published beside all others: as it is typed, then what stands between packs."""
    if flaws := flaws_as_typed(PackFile(name, files[name])):
        return flaws
    files = without_refused(files, files.keys() - {name})
    if unnamed := list(_unnamed(shipped, files, name)):
        return unnamed
    try:
        rulebook = house_rulebook(shipped, files)
    except PackError as error:
        return [_placed(one) for one in error.problems]
    return list(_overlaid_badly(rulebook, name))


def flaws_of_all(shipped: Sequence[Pack], files: Mapping[str, str]) -> list[tuple[str, Flaw]]:
    """What keeps these files from being published as they are, by file: each on its own, then what stands between packs."""
    alone = [(name, one) for name in sorted(files) for one in flaws_as_typed(PackFile(name, files[name]))]
    if alone or not files:
        return alone
    between = [(name, one) for name in sorted(files) for one in _unnamed(shipped, files, name)]
    if between:
        return between
    try:
        rulebook = house_rulebook(shipped, files)
    except PackError as error:
        return [(min(files), _placed(one)) for one in error.problems]
    return [(name, one) for name in sorted(files) for one in _overlaid_badly(rulebook, name)]


def _overlaid_badly(rulebook: Rulebook, name: str) -> Iterator[Flaw]:
    """What this file's overlay changes that is not there, or takes from a rule what its examples promise; of others, what of its rules."""
    mine = {rule.id for pack in rulebook.packs if pack.source == name for rule in pack.rules}
    for pack in rulebook.packs:
        for flaw in map(_placed, check_overlay(pack, rulebook)):
            if pack.source == name:
                yield flaw
            elif flaw.rule in mine:
                yield replace(flaw, line=1, message=f"in {pack.source}: {flaw.message}")


def _private(text: str) -> Iterator[Flaw]:
    """Published versions are kept for good, so nobody's own address or number may be in one."""
    for line, words in enumerate(text.splitlines(), 1):
        for one in private_in(words):
            if not _MADE_UP.search(words[one.start : one.end]):
                told = f"this looks like somebody's {_CALLED[one.kind]}, and published rules are kept for good; make one up"
                yield Flaw(line=line, message=f"{told}, as in rana@example.com or 212-555-0123")


def _unnamed(shipped: Sequence[Pack], files: Mapping[str, str], name: str) -> Iterator[Flaw]:
    """Two packs of one name would mix up their words."""
    mine = read_pack(PackFile(name, files[name])).name
    others = [pack.name for pack in shipped]
    others += [read_pack(file).name for file in house_files(files) if file.source != name]
    if mine in others:
        yield Flaw(line=1, message=f"another pack is called `{mine}` already; give this one a name of its own")


def by_file(problems: Iterable[str]) -> list[tuple[str, Flaw]]:
    """The problems of a `PackError`, each with its file; '' where it names none."""
    return [(found["source"] if (found := _PLACED.match(one)) else "", _placed(one)) for one in problems]


def without_refused(files: Mapping[str, str], unchanged: Collection[str]) -> dict[str, str]:
    """House files but for those `unchanged` ones that can't be read any more: they keep no other one from being published."""
    return {name: text for name, text in files.items() if name not in unchanged or _can_be_read(PackFile(name, text))}


def usable(shipped: Sequence[Pack], files: Mapping[str, str]) -> dict[str, str]:
    """Of house files, those that can be used where others can't; none where they can't be used together."""
    good = without_refused(files, files)
    try:
        house_rulebook(shipped, good)
    except PackError:
        return {}
    return good


def _can_be_read(file: PackFile) -> bool:
    try:
        read_pack(file)
    except PackError:
        return False
    return True


def _placed(problem: str) -> Flaw:
    found = _PLACED.match(problem)
    if not found:
        return Flaw(line=1, message=problem)
    return Flaw(line=int(found["line"]), rule=found["rule"], message=found["message"])
