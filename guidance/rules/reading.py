"""From the YAML of one rule to a rule, every problem noted with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from enum import StrEnum
from typing import Any, TypeVar

from guidance.model import Channel, Level, Moment, Place
from guidance.rules.formvalues import WAIT
from guidance.rules.reader import SAY_LIMIT, Reader, by_language, check_text, exceptions_of, limit_of
from guidance.rules.schema import Example, Examples, Fitting, Limit, Proposal, Quoted, Rule, RuleStatus, Wording
from guidance.rules.terms import Terms
from guidance.rules.trees import Gathered, build_tree, excepting
from guidance.rules.yamlfile import Document, Path
from guidance.text.nearest import meant

KEYS = frozenset(
    {
        "id", "principle", "family", "title", "status", "default", "asks", "conflicts", "level", "moments", "when", "except", "hint", "settled",
        "any_language", "clears_when", "limit", "weight", "after", "references", "evidence", "false_positives", "follow_up", "examples",
    }
)  # fmt: skip
REQUIRED = ("id", "principle", "title", "moments", "when", "hint", "examples")
EXAMPLES_NEEDED = 1

_OneOf = TypeVar("_OneOf", bound=StrEnum)
_ID = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+")


def read_rule(
    value: Any,
    path: Path,
    document: Document,
    pack: str,
    languages: frozenset[str],
    terms: Terms,
    macros: dict[str, Any],
    problems: Gathered,
) -> Rule | None:
    """One rule; None where so much is missing that nothing can be made of it. Problems go to `problems`."""
    if not isinstance(value, dict):
        problems.add(path, "a rule is a mapping that begins with `id:`")
        return None
    reader = Reader(value, path, document, problems)
    has = f"; it has {', '.join(sorted(KEYS))}"
    for key in value:
        if key not in KEYS:
            reader.note(key, f"a rule has no `{key}`{meant(key, KEYS) or has}")
    missing = [key for key in REQUIRED if value.get(key) in (None, "", [], {})]
    for key in missing:
        problems.add(path, f"`{key}` is missing")
    return None if missing else _rule(reader, pack, languages, terms, macros)


def _rule(reader: Reader, pack: str, languages: frozenset[str], terms: Terms, macros: dict[str, Any]) -> Rule:
    value = reader.value
    rule_id = str(value["id"])
    if not _ID.fullmatch(rule_id):
        reader.note("id", "an id is lower-case words with dots between them, as in three-as.acknowledge-first")
    on, channels = _default(reader)

    def tree(key: str) -> Any:
        return build_tree(value[key], (*reader.path, key), terms, macros, reader.problems)

    exceptions = exceptions_of(reader, terms, macros)
    return Rule(
        id=rule_id,
        pack=pack,
        principle=reader.text("principle"),
        family=reader.text("family", default=str(value["principle"])),
        title=reader.text("title"),
        level=reader.choice("level", Level, Level.SUGGESTION),
        moments=_moments(reader),
        when=excepting(tree("when"), exceptions),
        hint=_wording(reader, terms, macros),
        examples=_examples(reader),
        line=reader.document.line_of((*reader.path, "id")),
        languages=languages,
        when_line=reader.document.line_of((*reader.path, "when")),
        after_line=reader.document.line_of((*reader.path, "after")),
        status=reader.choice("status", RuleStatus, RuleStatus.STABLE),
        on=on,
        channels=channels,
        asks=reader.text("asks"),
        conflicts=frozenset(reader.texts("conflicts")),
        needs_settled=reader.flag("settled"),
        needs_language=not reader.flag("any_language"),
        clears_when=tree("clears_when") if value.get("clears_when") else None,
        limit=Limit(**limit_of(reader)),
        weight=reader.number("weight", 1.0),
        after=_after(reader),
        references=reader.texts("references"),
        evidence=reader.text("evidence"),
        false_positives=reader.texts("false_positives"),
        follow_up=_follow_up(reader),
    )


_SPANS = ("hours", "days", "business_hours", "business_days")
_OWNERS = ("agent", "assignee", "group")


def _follow_up(reader: Reader) -> Proposal | None:
    """`what`, `after: {business_days: 1}`, `from: named_day` or now, `to`: agent, assignee or group."""
    given = reader.value.get("follow_up")
    if given is None:
        return None
    after = given.get("after") if isinstance(given, dict) else None
    unit, amount = next(iter(after.items()), ("", 0)) if isinstance(after, dict) and len(after) == 1 else ("", 0)
    is_whole = isinstance(given, dict) and given.get("what") and not set(given) - {"what", "after", "from", "to"}
    if not is_whole or unit not in _SPANS or isinstance(amount, bool) or not isinstance(amount, int | float):
        reader.note(
            "follow_up", f"a follow_up has `what` and `after`, as in `after: {{{_SPANS[3]}: 1}}` ({', '.join(_SPANS)})"
        )
        return None
    to, counted_from = given.get("to", "agent"), given.get("from", "now")
    if to not in _OWNERS or counted_from not in ("now", "named_day") or not 0 <= amount <= 730:
        reader.note("follow_up", f"`to` is {', '.join(_OWNERS)}; `from` is now or named_day; `after` is 730 at most")
        return None
    what = tuple(map(str, given["what"])) if isinstance(given["what"], list) else (str(given["what"]),)
    for text in what:
        check_text(text, None, lambda message: reader.note("follow_up", message, "what"))
    return Proposal(what=what, after=float(amount), unit=unit, from_named_day=counted_from == "named_day", to=to)


def _default(reader: Reader) -> tuple[bool, frozenset[Channel] | None]:
    given = reader.value.get("default", "on")
    if given in ("on", True):
        return True, None
    if given in ("off", False):
        return False, None
    try:
        channels = frozenset(Channel(name) for name in reader.texts("default"))
    except ValueError:
        channels = frozenset()
    if not channels:
        reader.note("default", f"`default` is on, off, or a list of channels: {', '.join(Channel)}")
    return True, channels or None


def _moments(reader: Reader) -> frozenset[Moment]:
    try:
        moments = frozenset(Moment(name) for name in reader.texts("moments"))
    except ValueError:
        reader.note("moments", f"moments are among {', '.join(Moment)}")
        return frozenset()
    if Moment.TIMER in moments and not reader.value.get("after"):
        reader.note("moments", "a rule of moment `timer` says `after:` how long, as in `after: 4h`")
    return moments


_UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}


def _after(reader: Reader) -> timedelta | None:
    given = reader.value.get("after")
    if given is None:
        return None
    found = WAIT.fullmatch(str(given))
    if not found:
        reader.note("after", "`after` is a number with m, h or d, as in 30m, 4h or 2d")
        return None
    return int(found[1]) * _UNITS[found[2]]


def _wording(reader: Reader, terms: Terms, macros: dict[str, Any]) -> Wording:
    given = reader.value["hint"]
    if (
        not isinstance(given, dict)
        or set(given) - {"say", "why", "offer", "offer_where", "place", "quotes"}
        or not given.get("say")
        or not given.get("why")
    ):
        reader.note(
            "hint", "a hint has `say` and `why`, and may have `offer`, `offer_where`, their `place` and `quotes`"
        )
        return Wording(say={"en": ("",)}, why="")
    if isinstance(given["why"], dict | list | bool):
        reader.note("hint", "`why` takes a text; put it in quotes", "why")
    return Wording(
        say=by_language(reader, given["say"], "hint", "say", limit=SAY_LIMIT),
        why=str(given["why"]),
        offers=by_language(reader, given.get("offer") or {}, "hint", "offer"),
        fitting=tuple(_fitting(reader, given.get("offer_where") or [], terms, macros)),
        place=_chosen(reader, given, "place", Place) or Place.OPENING,
        quotes=_chosen(reader, given, "quotes", Quoted),
    )


def _chosen(reader: Reader, given: dict[str, Any], key: str, kinds: type[_OneOf]) -> _OneOf | None:
    """What a hint says under a key that takes one of a few words; None where it says nothing, or none of them."""
    told = str(given.get(key, ""))
    if key in given and told not in set(kinds):
        reader.note("hint", f"`{key}` is {' or '.join(kinds)}", key)
    return kinds(told) if told in set(kinds) else None


def _fitting(reader: Reader, given: Any, terms: Terms, macros: dict[str, Any]) -> Iterator[Fitting]:
    if not isinstance(given, list):
        reader.note("hint", "`offer_where` is a list, as in `- {when: last.worry, offer: …}`", "offer_where")
        return
    for number, one in enumerate(given):
        place = ("offer_where", number)
        if not isinstance(one, dict) or set(one) != {"when", "offer"}:
            reader.note("hint", "each of `offer_where` has `when` and `offer`", *place)
            continue
        yield Fitting(
            when=build_tree(one["when"], (*reader.path, "hint", *place, "when"), terms, macros, reader.problems),
            offers=by_language(reader, one["offer"], "hint", *place, "offer"),
        )


def _examples(reader: Reader) -> Examples:
    given = reader.value["examples"]
    if (
        not isinstance(given, dict)
        or set(given) - set(Examples.__struct_fields__)
        or not all(isinstance(found, list | None) for found in given.values())
    ):
        reader.note("examples", f"examples are {', '.join(Examples.__struct_fields__)}, each a list")
        return Examples()
    for key in ("fires", "silent"):
        if len(given.get(key) or ()) < EXAMPLES_NEEDED:
            reader.note("examples", f"a rule needs examples that it is `{key}` on")
    read = {
        key: tuple(_example(reader, key, n, one) for n, one in enumerate(found or ())) for key, found in given.items()
    }
    return Examples(**read)


def _example(reader: Reader, key: str, number: int, given: Any) -> Example:
    path = (*reader.path, "examples", key, number)
    if not isinstance(given, dict):
        reader.problems.add(path, "an example is a mapping, as in {last: what the customer wrote, draft: the reply}")
        given = {}
    return Example(given=given, line=reader.document.line_of(path))
