"""Overlays: a rule in other words, of another weight, or off, on the tickets of one account, group or brand; read and applied."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec.structs import replace

from guidance.model import EVERYWHERE, SCOPES, Level, Ticket, scopes_of
from guidance.rules.reader import SAY_LIMIT, Reader, by_language, exceptions_of, limit_of
from guidance.rules.schema import Limit, Overlay, Pack, Rule, Variation
from guidance.rules.terms import Terms
from guidance.rules.trees import Gathered, excepting
from guidance.rules.yamlfile import Document

KEYS = frozenset({"say", "offer", "level", "weight", "limit", "except", "off"})
_NEAREST = (EVERYWHERE, *reversed(SCOPES))
"""Of what holds for one ticket, the nearer has the last word: an account, then a brand, then a group."""


def read_overlay(document: Document, terms: Terms, macros: dict[str, Any], problems: Gathered) -> Overlay | None:
    """The overlay of a file, None where it has none. Problems go to `problems`."""
    value = document.value
    if "for" not in value and "changes" not in value:
        return None
    account, scope = _scope(value.get("for"), problems)
    changes = value.get("changes")
    if not isinstance(changes, dict) or not changes:
        problems.add(("changes",), "`changes` names rules, each with what is other about it")
        changes = {}
    read = {str(rule): _variation(str(rule), told, document, terms, macros, problems) for rule, told in changes.items()}
    return Overlay(account=account, scope=scope, variations=read)


def _scope(given: Any, problems: Gathered) -> tuple[str, str]:
    told = given if isinstance(given, dict) else {}
    kinds = [kind for kind in SCOPES if kind in told]
    is_read = all(isinstance(one, str) and one.strip() for one in told.values())
    if "account" not in told or set(told) - {"account", *SCOPES} or len(kinds) > 1 or not is_read:
        problems.add(("for",), "`for` names an `account`, and of it one `group` or one `brand`, or neither")
        return "", EVERYWHERE
    return told["account"], f"{kinds[0]}:{told[kinds[0]]}" if kinds else EVERYWHERE


def _variation(
    rule: str, value: Any, document: Document, terms: Terms, macros: dict[str, Any], problems: Gathered
) -> Variation:
    path = ("changes", rule)
    line = document.line_of(path)
    if not isinstance(value, dict) or not value or set(value) - KEYS:
        problems.add(path, f"what may be other about a rule is {', '.join(sorted(KEYS))}")
        return Variation(line=line)
    reader = Reader(value, path, document, problems)
    return Variation(
        line=line,
        say=by_language(reader, value["say"], "say", limit=SAY_LIMIT) if value.get("say") else {},
        offers=by_language(reader, value["offer"], "offer") if value.get("offer") else {},
        level=reader.choice("level", Level, Level.SUGGESTION) if "level" in value else None,
        weight=reader.number("weight", 1.0) if "weight" in value else None,
        limit=limit_of(reader),
        exceptions=tuple(exceptions_of(reader, terms, macros)),
        off=reader.flag("off"),
    )


def varied(rule: Rule, variation: Variation) -> Rule:
    """A rule as an overlay has it."""
    hint = rule.hint
    fitting = () if variation.offers else hint.fitting
    wording = replace(hint, say=hint.say | variation.say, offers=hint.offers | variation.offers, fitting=fitting)
    limit = {name: getattr(rule.limit, name) for name in Limit.__struct_fields__}
    return replace(
        rule,
        hint=wording,
        level=variation.level or rule.level,
        weight=rule.weight if variation.weight is None else variation.weight,
        limit=Limit(**limit | variation.limit),
        when=excepting(rule.when, variation.exceptions),
        off=rule.off or variation.off,
    )


class Variations:
    """What overlays say, by rule; each variant of a rule is made once."""

    def __init__(self, packs: Sequence[Pack]) -> None:
        self._said: dict[str, list[tuple[str, str, Variation]]] = {}
        for overlay in sorted((one for pack in packs if (one := pack.overlay)), key=_nearness):
            for rule, variation in overlay.variations.items():
                said = (overlay.account, overlay.scope.casefold(), variation)
                self._said.setdefault(rule, []).append(said)
        self._made: dict[tuple[str, tuple[int, ...]], Rule] = {}

    def of(self, rule: Rule, account: str, ticket: Ticket) -> Rule:
        """The rule as it is on this ticket of an account."""
        said = self._said.get(rule.id)
        if said is None:
            return rule
        holding = (*scopes_of(ticket), EVERYWHERE)
        places = tuple(n for n, (of, scope, _) in enumerate(said) if of == account and scope in holding)
        return self._variant(rule, places) if places else rule

    def _variant(self, rule: Rule, places: tuple[int, ...]) -> Rule:
        made = self._made.get((rule.id, places))
        if made is None:
            made = rule
            for place in places:
                made = varied(made, self._said[rule.id][place][2])
            self._made[rule.id, places] = made
        return made


def _nearness(overlay: Overlay) -> tuple[int, str, str]:
    return _NEAREST.index(overlay.scope.partition(":")[0]), overlay.account, overlay.scope
