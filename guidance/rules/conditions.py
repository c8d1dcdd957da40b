"""Every kind of condition that a `when` may name, a function each. docs/rules.md has a row for each, and a test insists on it.

A kind takes the argument from the YAML, refuses it with `Problem` where it can't be meant, and gives a test and its anchors.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from math import isfinite
from typing import Any

from msgspec import Struct

from guidance.model import Audience, Channel, Evidence, Moment, Priority, Status, Visibility
from guidance.rules import course, culture, facts, griefs, personal_data, placed, praise, wording
from guidance.rules.schema import Match, Scope, Test
from guidance.rules.situation import Situation
from guidance.rules.terms import Terms, strings
from guidance.rules.yamlfile import Problem
from guidance.signals import AGENT, CUSTOMER, IN_SENTENCES, Heard
from guidance.signals.names import is_handle


class Built(Struct, frozen=True):
    """A condition ready to be asked; the other fields as in `Node`."""

    test: Test
    anchors: frozenset[str] | None = None
    scope: Scope = Scope()
    moments: frozenset[Moment] | None = None


Kind = Callable[[Any, Terms], Built]
KINDS: dict[str, Kind] = {}

TYPING = frozenset({Moment.DRAFT})
"""When there is a draft."""

WRITTEN = frozenset(Moment) - {Moment.CUSTOMER}
"""When the agent may have said something since the customer's turn; at `customer`, the customer has just spoken."""

WAITING = frozenset(Moment) - {Moment.SENT}
"""When the customer may be waiting for an answer."""

HOLDS = 0.5
"""From this value on a signal is there; a rule may ask for one that is surer, or not sure enough."""


def kind(name: str) -> Callable[[Kind], Kind]:
    """Register a kind of condition under its name in YAML."""

    def register(build: Kind) -> Kind:
        KINDS[name] = build
        return build

    return register


def _side(situation: Situation, place: str) -> Heard:
    return situation.last if place == "last" else situation.draft


def _signal(place: str, signal: str) -> None:
    @kind(f"{place}.{signal}")
    def build(argument: Any, _terms: Terms) -> Built:
        least, most = (HOLDS, 1.0) if argument is None else _bounds(argument)

        def test(situation: Situation) -> Match:
            side = _side(situation, place)
            return side.evidence(signal) if least <= side.value(signal) <= most else None

        anchors = frozenset({f"{place}:{signal}"}) if least >= HOLDS else None
        scope = Scope(least=max(least, 0.0), most=min(most, 1.0))
        return Built(test, anchors, scope, _when_said(place) if least > 0 else None)


for _name in CUSTOMER:
    _signal("last", _name)
for _name in (*AGENT, *IN_SENTENCES):
    _signal("draft", _name)


def _terms(place: str) -> None:
    @kind(f"{place}.says")
    def says(argument: Any, terms: Terms) -> Built:
        phrases = terms.phrases_in(argument)
        return _quoting(place, [terms.add_phrases(phrases)], phrases)

    @kind(f"{place}.matches")
    def matches(argument: Any, terms: Terms) -> Built:
        ids = [terms.add_pattern(pattern) for pattern in strings(argument)]
        return _quoting(place, ids, [terms.patterns[name] for name in ids])


def _quoting(place: str, ids: list[str], words: Sequence[str]) -> Built:
    def test(situation: Situation) -> Match:
        return _side(situation, place).quotes(ids) or None

    scope = Scope(among=frozenset(words), single=False)
    return Built(test, frozenset(f"{place}:{name}" for name in ids), scope, _when_said(place))


def _when_said(place: str) -> frozenset[Moment] | None:
    return WRITTEN if place == "draft" else None


_terms("last")
_terms("draft")


def _placed(name: str, find: Callable[[Heard, str, Sequence[str]], tuple[Evidence, ...]]) -> None:
    """Words of the agent's turn that count only where they stand: by the sentence on which one of its signals rests."""

    @kind(name)
    def build(argument: Any, terms: Terms) -> Built:
        if not isinstance(argument, dict) or set(argument) != {"signal", "says"}:
            raise Problem("write `signal:` with the name of one, and `says:` with phrases")
        signal, phrases = argument["signal"], terms.phrases_in(argument["says"])
        if signal not in AGENT:
            raise Problem(f"`{signal}` is no signal of the agent's side; they are {', '.join(AGENT)}")
        term = terms.add_phrases(phrases)

        def test(situation: Situation) -> Match:
            return find(situation.draft, signal, [term]) or None

        scope = Scope(among=frozenset(f"{signal}: {phrase}" for phrase in phrases), single=False)
        return Built(test, frozenset({f"draft:{term}"}), scope, WRITTEN)


_placed("draft.says_beside", placed.words_beside)
_placed("draft.says_before", placed.words_before)


@kind("draft.sentences_match")
def _sentences_match(argument: Any, terms: Terms) -> Built:
    """So many sentences of the agent's turn, each with one of these patterns in it."""
    if not isinstance(argument, dict) or set(argument) != {"matches", "at_least"}:
        raise Problem("write `matches:` with patterns, and `at_least:` with the number of sentences")
    least = argument["at_least"]
    if not isinstance(least, int) or isinstance(least, bool) or least < 1:
        raise Problem("`at_least` takes a whole number")
    ids = [terms.add_pattern(pattern) for pattern in strings(argument["matches"])]

    def test(situation: Situation) -> Match:
        quotes = placed.one_a_sentence(situation.draft, ids)
        return quotes[:2] if len(quotes) >= least else None

    scope = Scope(least=least, among=frozenset(terms.patterns[name] for name in ids), single=False)
    return Built(test, frozenset(f"draft:{name}" for name in ids), scope, WRITTEN)


def _number(
    name: str, measure: Callable[[Situation], float | None], *, moments: frozenset[Moment] | None = None
) -> None:
    @kind(name)
    def build(argument: Any, _terms: Terms) -> Built:
        least, most = _bounds(argument)

        def test(situation: Situation) -> Match:
            value = measure(situation)
            return () if value is not None and least <= value <= most else None

        return Built(test, scope=Scope(least=least, most=most), moments=moments if least > 0 else None)


_number("last.words", lambda s: s.last.words)
_number("draft.words", lambda s: s.typed.reading.words if s.typed else s.draft.words, moments=WRITTEN)
_number("draft.times_longer", lambda s: s.draft.words / max(1, s.last.words), moments=WRITTEN)
_number("last.questions", lambda s: len(s.questions))
_number("last.feeling", lambda s: course.feeling_of(s.last))
_number("draft.of_us_alone", wording.of_us_alone, moments=TYPING)
_number("thread.customer_turns", lambda s: len(s.customer_turns))
_number("thread.open_promises", course.open_promises)
_number("thread.bubbles", lambda s: len(s.turns.since), moments=WRITTEN)
_number("agent.asked_for_hours", course.asked_for_hours)
_number("thread.replies", lambda s: len(s.turns.earlier_replies) + len(s.turns.since))
_number("thread.waited_hours", lambda s: s.waited_for.total_seconds() / 3600 if s.waited_for else None, moments=WAITING)


@kind("draft.apologies")
def _apologies(argument: Any, _terms: Terms) -> Built:
    least, most = _bounds(argument)

    def test(situation: Situation) -> Match:
        said = wording.apologies(situation)
        return tuple(said) if least <= len(said) <= most else None

    return Built(test, scope=Scope(least=least, most=most), moments=TYPING if least > 0 else None)


def _one_of(name: str, allowed: Collection[str] | None, value: Callable[[Situation], str | None]) -> None:
    """Where nothing is `allowed`, the words are names of the house's own: they are one in small and large letters, as in overlays."""

    @kind(name)
    def build(argument: Any, _terms: Terms) -> Built:
        wanted = frozenset(strings(argument))
        if allowed is None:
            folded = frozenset(one.casefold() for one in wanted)
            return Built(lambda s: () if (value(s) or "").casefold() in folded else None, scope=Scope(among=folded))
        if unknown := wanted - frozenset(allowed):
            raise Problem(f"`{min(unknown)}` is none of {', '.join(sorted(allowed))}")
        return Built(lambda situation: () if value(situation) in wanted else None, scope=Scope(among=wanted))


_one_of("ticket.channel", list(Channel), lambda s: s.case.conversation.ticket.channel)
_one_of("ticket.audience", list(Audience), lambda s: s.case.conversation.ticket.audience)
_one_of("ticket.status", list(Status), lambda s: s.case.conversation.ticket.status)
_one_of("ticket.priority", list(Priority), lambda s: s.case.conversation.ticket.priority)
_one_of("ticket.brand", None, lambda s: s.case.conversation.ticket.brand)
_one_of("ticket.group", None, lambda s: s.case.conversation.ticket.group)
_one_of("draft.visibility", list(Visibility), lambda s: s.written.visibility if s.written else Visibility.PUBLIC)


@kind("ticket.tags")
def _tags(argument: Any, _terms: Terms) -> Built:
    wanted = frozenset(strings(argument))
    return Built(
        lambda situation: () if wanted & set(situation.case.conversation.ticket.tags) else None,
        scope=Scope(among=wanted, single=False),
    )


def _fact(name: str, test: Test, *anchors: str, moments: frozenset[Moment] | None = None) -> None:
    """A condition without an argument: however many rules ask, the answer is worked out once."""

    def once(situation: Situation) -> Match:
        return situation.told(name, test)

    @kind(name)
    def build(argument: Any, _terms: Terms) -> Built:
        _no_argument(argument)
        return Built(once, frozenset(anchors) or None, moments=moments)


_fact("requester.name_known", lambda s: () if s.name else None)
_fact("requester.goes_by_handle", lambda s: () if is_handle(s.case.conversation.requester.name) else None)
_fact("draft.uses_name", facts.uses_name)
_fact("draft.opens", lambda s: () if s.opens else None)
_fact("draft.asked_name", facts.asks_for_name, moments=WRITTEN)
_fact("draft.goes_on", facts.goes_on, moments=TYPING)
_fact("draft.leaves_question", facts.leaves_question, "last:asks", moments=WRITTEN)
_fact("draft.leaves_some_questions", facts.leaves_some, "last:asks", moments=WRITTEN)
_fact("draft.promises_no_time", facts.promises_no_time, "draft:promise", moments=TYPING)
_fact("draft.understanding_comes_late", facts.understanding_comes_late, moments=TYPING)
_fact("draft.greets_by_name", facts.greets_by_name, moments=TYPING)
_fact("draft.greets_somebody_else", facts.greets_somebody_else, moments=TYPING)
_fact("draft.has_placeholder", facts.has_placeholder, moments=TYPING)
_fact("draft.misses_attachment", facts.misses_attachment, moments=TYPING)
_fact("draft.has_wrong_weekday", facts.has_wrong_weekday, moments=TYPING)
_fact("draft.has_foreign_data", facts.has_foreign_data, moments=TYPING)
_fact("draft.asks_again", facts.asks_again, "draft:asks", "draft:action", moments=TYPING)
_fact("draft.repeats_reply", facts.repeats_reply, moments=TYPING)
_fact("last.shouts", wording.customer_shouts)
_fact("last.in_first_person", facts.speaks_of_themselves)
_fact("last.tells_of_death", griefs.tells_of_death)
_fact("last.tells_of_grief", griefs.tells_of_grief)
_fact("last.tells_of_ailing", griefs.tells_of_ailing)
_fact("last.thanks_somebody_else", praise.thanks_somebody_else)
_fact("draft.introduces_somebody", wording.introduces_somebody, moments=WRITTEN)
_fact("draft.throws_back_insult", wording.throws_back_insult, moments=TYPING)
_fact("draft.lists_steps", wording.lists_steps, moments=TYPING)
_fact("draft.mostly_diagnoses", wording.mostly_diagnoses, moments=WRITTEN)
_fact("draft.shows_personal_data", personal_data.shows_personal_data, moments=TYPING)
_fact("draft.asks_for_personal_data", personal_data.asks_for_personal_data, moments=TYPING)
_fact("draft.misses_latest", course.misses_latest, moments=TYPING)
_fact("draft.has_ambiguous_date", culture.has_ambiguous_date, moments=TYPING)
_fact("draft.is_too_familiar", culture.is_too_familiar, moments=TYPING)
_fact("draft.in_another_language", culture.is_in_another_language, moments=TYPING)
_fact("requester.is_foreign_to_english", culture.is_foreign_to_english)
_fact("thread.feeling_fell", course.feeling_fell)
_fact("thread.reply_landed_badly", course.reply_landed_badly)
_fact("thread.understood_before", course.understood_before)
_fact("thread.promise_open", course.quotes_open_promise)
_fact("thread.promise_overdue", course.promise_is_overdue)
_fact("agent.asked_by_colleague", course.asked_by_colleague)


def _no_argument(argument: Any) -> None:
    if argument is not None:
        raise Problem("this condition takes no argument: write its name alone")


def _bounds(argument: Any) -> tuple[float, float]:
    if not isinstance(argument, dict) or not argument or set(argument) - {"at_least", "at_most"}:
        raise Problem("write `at_least:` or `at_most:` with a number, or both")
    if not all(
        isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)
        for value in argument.values()
    ):
        raise Problem("`at_least` and `at_most` take numbers")
    return argument.get("at_least", float("-inf")), argument.get("at_most", float("inf"))


__all__ = ["KINDS", "Built", "Evidence", "kind"]
