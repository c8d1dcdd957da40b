"""Attention is scarce: at most two hints a reply slot, one a family, nothing again that was obeyed or dismissed.

Candidates are ranked by level, then weight, then how many words they rest on. In live chat one hint is the most. On the same words
there is one hint at a time: what is shown stays before what comes later, unless that is a warning, and gives way to what a draft calls for.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from guidance.hints.holdout import HOLDOUT, parted
from guidance.hints.proposing import propose
from guidance.hints.quoting import readable, spoken_of
from guidance.hints.stages import held_by_stage
from guidance.hours.zones import zone_of
from guidance.model import (
    AgentHabits,
    Case,
    Channel,
    Evidence,
    HeldBack,
    Hint,
    Level,
    Moment,
    Seen,
    Slot,
    TicketKey,
    Verdict,
)
from guidance.rules import Fired, Rule, Situation
from guidance.rules.templates import fill

BUDGET = 2
BUDGET_IN_CHAT = 1
FULL = 60
"""How many of the latest hints an agent's list on a ticket holds."""


class Attended(Struct, frozen=True):
    """What one agent is shown now, and the case that remembers it."""

    hints: tuple[Hint, ...]
    held_back: tuple[HeldBack, ...]
    case: Case


def attend(
    situation: Situation, fired: Sequence[Fired], *, standing: Sequence[Fired] = (), everything: bool = False
) -> Attended:
    """Choose among the rules that fire. `everything`: show all that fired, hold nothing back, remember nothing.

    `standing`: what the reader has before them already and does not fire just now.
    """
    if everything:
        return Attended(tuple(hint_of(one, situation) for one in ranked(fired)), (), situation.case)
    passing = [one for one in standing if situation.moment not in one.rule.moments]
    chosen, held = _choose(situation, ranked(fired), [one for one in standing if one not in passing])
    shown, withheld = parted(situation.case, chosen)
    held += [HeldBack(one.rule.id, one.rule.principle, HOLDOUT) for one in withheld]
    held += [HeldBack(one.rule.id, one.rule.principle, "family") for one in passing if _says_again(one, chosen)]
    hints = tuple(hint_of(one, situation) for one in shown)
    return Attended(hints, tuple(held), _remember(situation, shown, withheld))


def ranked(fired: Sequence[Fired]) -> list[Fired]:
    """The most important first."""
    return sorted(fired, key=lambda one: (*one.rule.rank, -len(one.evidence), one.rule.id))


def hint_id(key: TicketKey, slot: str, rule: str) -> str:
    """One hint per rule and slot, the same for as long as the slot lasts."""
    return "h_" + hashlib.sha256(f"{key}|{slot}|{rule}".encode()).hexdigest()[:16]


def hint_of(one: Fired, situation: Situation) -> Hint:
    """The hint as the agent reads it: `say` in their language, the offer in the draft's, none where there is none."""
    rule, case = one.rule, situation.case
    turn = int(hashlib.sha256(f"{case.key}{rule.id}".encode()).hexdigest()[:6], 16)
    spoken = case.settings.agent_locale.partition("-")[0]
    say = rule.hint.say.get(spoken) or rule.hint.say.get("en") or next(iter(rule.hint.say.values()))
    quotes = readable(_named_first(spoken_of(one.evidence, rule.hint.quotes, situation), say)[:4], situation)
    return Hint(
        id=hint_id(case.key, situation.turns.slot, rule.id),
        rule=rule.id,
        pack=rule.pack,
        principle=rule.principle,
        family=rule.family,
        level=rule.level,
        say=fill(say, situation, quotes) or rule.title,
        why=rule.hint.why,
        offer=_offer(rule, situation, quotes, turn),
        evidence=quotes,
        proposal=propose(one, situation),
        place=rule.hint.place,
    )


def _offer(rule: Rule, situation: Situation, quotes: Sequence[Evidence], turn: int) -> str | None:
    """A line that fits this situation, else one that fits any."""
    language = _written_language(situation)
    fitting = (one.offers for one in rule.hint.fitting if one.when.test(situation) is not None)
    for offers in (*fitting, rule.hint.offers):
        if filled := fill(offers.get(language, ()), situation, quotes, turn=turn):
            return filled
    return None


def _named_first(evidence: Sequence[Evidence], say: Sequence[str]) -> Sequence[Evidence]:
    """The words that a hint rests on, the draft's first where the hint names them: the card quotes them below what it says of them."""
    if not any("{draft.quote}" in one for one in say):
        return evidence
    return sorted(evidence, key=lambda one: one.where != "draft")


def _written_language(situation: Situation) -> str:
    sides = (situation.typed.reading if situation.typed else None, *(one.reading for one in situation.last.said))
    return next((reading.language for reading in sides if reading and reading.language), "en")


def _choose(
    situation: Situation, candidates: Sequence[Fired], standing: Sequence[Fired]
) -> tuple[list[Fired], list[HeldBack]]:
    chosen: list[Fired] = []
    held: list[HeldBack] = []
    seen = seen_in_slot(situation)
    budget = BUDGET_IN_CHAT if situation.case.conversation.ticket.channel is Channel.CHAT else BUDGET
    spent = {one.rule for one in seen}
    again = [one for one in candidates if one.rule.id in spent and _held(one.rule, situation, seen) is None]
    families: set[str] = set()
    heeded = _heeded(seen, {one.rule.id for one in candidates})
    for one in candidates:
        because = _held(one.rule, situation, seen)
        others = chosen if one.rule.level is Level.WARNING or one in again else [*chosen, *again, *standing]
        told = families if one.rule.level is Level.WARNING else families | heeded
        if because is None and (one.rule.family in told or _says_again(one, others)):
            because = "family"
        if because is None and one.rule.id not in spent and len(spent) >= budget:
            because = "budget"
        if because is None:
            chosen.append(one)
            families.add(one.rule.family)
            spent.add(one.rule.id)
        else:
            held.append(HeldBack(one.rule.id, one.rule.principle, because))
    return chosen, held


def _heeded(seen: Iterable[Seen], firing: Collection[str]) -> set[str]:
    """The families of hints that were there on a settled draft and fire no more: what was asked for stands in it now."""
    return {
        one.family
        for one in seen
        if one.family and one.on_settled and one.verdict is Verdict.SHOWN and one.rule not in firing
    }


def _says_again(one: Fired, others: Iterable[Fired]) -> bool:
    """Whether all that one of two hints rests on stands under the other as well: the draft's words, else the customer's.

    A warning speaks of the words around its own, too: where a date is wrong, nothing else is said of the promise that names it.
    """
    words = _words_under(one)
    if not words:
        return False
    under = [(other.rule.level, _words_under(other)) for other in others]
    return any(
        quoted and (words <= quoted or quoted <= words or (level is Level.WARNING and _hold(words, quoted)))
        for level, quoted in under
    )


def _hold(words: set[tuple[str, int, int]], quoted: set[tuple[str, int, int]]) -> bool:
    """Whether each of the words has one of the quotes within it."""
    return all(
        any(where == other and start <= first and last <= end for other, first, last in quoted)
        for where, start, end in words
    )


def _words_under(one: Fired) -> set[tuple[str, int, int]]:
    quoted = {(quote.where, quote.start, quote.end) for quote in one.evidence}
    return {quote for quote in quoted if quote[0] == "draft"} or quoted


def _held(rule: Rule, situation: Situation, seen: Sequence[Seen]) -> str | None:
    """What keeps this rule from this agent now, None where nothing does."""
    case, reader = situation.case, situation.reader
    staged = held_by_stage(rule, case.settings, case.conversation.ticket)
    if staged:
        return staged
    if rule.follow_up is not None and any(one.rule == rule.id for one in case.follow_ups):
        return "planned"
    if mutes(rule, situation):
        return "muted"
    for one in seen:
        if one.rule == rule.id and one.verdict in (Verdict.OBEYED, Verdict.DISMISSED):
            return str(one.verdict)
    if _rests(rule, situation):
        return "cool-down"
    if _is_capped(rule, situation, seen):
        return "cap"
    return "mastered" if rule.id in reader.mastered and rule.level is Level.SUGGESTION else None


def _is_capped(rule: Rule, situation: Situation, seen: Sequence[Seen]) -> bool:
    """Whether this agent had as many hints of the rule today as it may give. One that is there already stays there."""
    if rule.limit.per_day is None or any(one.rule == rule.id for one in seen):
        return False
    name = f"{rule.id}@{day_of(situation.case, situation.now)}"
    return _counted(situation.reader, name) >= rule.limit.per_day


def day_of(case: Case, now: datetime) -> str:
    """The day that it is where the desk is, as hints of a day are counted."""
    return f"{now.astimezone(zone_of(None, case.settings.hours)):%Y-%m-%d}"


def mutes(rule: Rule, situation: Situation) -> set[str]:
    """By which names this agent has muted the rule just now: `all`, its id, its principle."""
    named = {"all", rule.id, rule.principle}
    held = [one.what for one in situation.reader.muted if one.until is None or one.until > situation.now]
    return named.intersection(held)


def _rests(rule: Rule, situation: Situation) -> bool:
    """Whether the rule was shown on this ticket often enough, or went unheeded in one of the slots just before."""
    slot = situation.turns.slot
    history = [one for one in _seen(situation) if one.rule == rule.id and one.slot != slot]
    if len({one.slot for one in history}) >= rule.limit.per_ticket:
        return True
    replies = [c.id for c in (*situation.turns.earlier_replies, *situation.turns.since)]
    recent = ["", *replies][-1 - rule.limit.rest_slots : -1] if rule.limit.rest_slots and replies else []
    return any(one.slot in recent and one.verdict is not Verdict.OBEYED for one in history)


def _counted(reader: AgentHabits, name: str) -> int:
    return next((one.times for one in reader.counted if one.name == name), 0)


def _seen(situation: Situation) -> tuple[Seen, ...]:
    reader = situation.reader.agent_id
    return next((slot.seen for slot in situation.case.slots if slot.agent_id == reader), ())


def seen_in_slot(situation: Situation) -> list[Seen]:
    """What became of the hints that this agent was given for the reply at hand."""
    return [one for one in _seen(situation) if one.slot == situation.turns.slot]


def _remember(situation: Situation, shown: Sequence[Fired], withheld: Sequence[Fired]) -> Case:
    """The case after showing some and withholding others: new ones are added, and one seen on a settled draft is marked as such."""
    if not shown and not withheld:
        return situation.case
    slot, settled = situation.turns.slot, situation.moment is Moment.DRAFT and situation.is_settled
    left = {one.rule.id: Verdict.SHOWN for one in shown} | {one.rule.id: Verdict.WITHHELD for one in withheld}
    families = {one.rule.id: one.rule.family for one in (*shown, *withheld)}
    seen = list(_seen(situation))
    for place, one in enumerate(seen):
        if one.slot != slot or one.rule not in left:
            continue
        now_is = left.pop(one.rule)
        verdict = now_is if one.verdict is Verdict.WITHHELD else one.verdict
        seen[place] = replace(one, on_settled=one.on_settled or settled, verdict=verdict)
    seen += [
        Seen(rule=rule, slot=slot, verdict=verdict, at=situation.now, on_settled=settled, family=families[rule])
        for rule, verdict in sorted(left.items())
    ]
    return with_seen(situation.case, situation.reader.agent_id, seen)


def with_seen(case: Case, agent_id: str, seen: Iterable[Seen]) -> Case:
    """The case with one agent's list replaced; the same case where nothing changed."""
    told = Slot(agent_id=agent_id, seen=tuple(seen)[-FULL:])
    if told in case.slots:
        return case
    return replace(case, slots=(*(slot for slot in case.slots if slot.agent_id != agent_id), told))
