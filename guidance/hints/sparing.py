"""What a team has approved is not judged: macros and canned responses put in unchanged, and the house's own words.

Slips are told all the same: a placeholder that was not filled in is nobody's approved text.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from msgspec.structs import replace

from guidance.hints.holdout import SLIPS
from guidance.model import HeldBack
from guidance.rules import Fired, Situation, fires
from guidance.signals.ear import Ear
from guidance.text.approved import approved_spans, within
from guidance.text.house_words import house_spans, is_nothing_else, without
from guidance.text.scan import Span

APPROVED = "approved"
HOUSE_WORDS = "house words"

Spared = tuple[list[Fired], list[HeldBack]]


def spare(situation: Situation, fired: Sequence[Fired], ear: Ear) -> Spared:
    """The rules that still have something to say, and those that rest on words of the team's own alone."""
    slips = [one for one in fired if one.rule.principle == SLIPS]
    others = [one for one in fired if one.rule.principle != SLIPS]
    told, approved = _spare_approved(situation, others)
    told, house = _spare_house_words(situation, told, ear)
    return [*slips, *told], [*approved, *house]


def _spare_approved(situation: Situation, fired: Sequence[Fired]) -> Spared:
    """Of a draft with approved sentences in it, only what the agent added is judged."""
    draft, approved = situation.written, situation.case.settings.approved
    spans, is_all = approved_spans(draft.text, approved) if draft and approved else ([], False)
    spared = [one for one in fired if spans and (is_all or _rests_on(one, spans))]
    return [one for one in fired if one not in spared], _held(spared, APPROVED)


def _rests_on(one: Fired, spans: Sequence[Span]) -> bool:
    written = [found for found in one.evidence if found.where == "draft"]
    return bool(written) and all(within((found.start, found.end), spans) for found in written)


def _spare_house_words(situation: Situation, fired: Sequence[Fired], ear: Ear) -> Spared:
    """Words of the house are never flagged; a rule that fires without them, too, speaks of the others."""
    words = situation.case.settings.house_words_on(situation.case.conversation.ticket)
    if not words or not fired:
        return list(fired), []
    ours = _ours(situation, {quote.where for one in fired for quote in one.evidence})
    house = {where: house_spans(text, words) for where, text in ours.items()}
    suspected = [one for one in fired if _quotes_nothing_else(one, ours, house)]
    bare = _without(situation, house.get("draft", ()), ear) if suspected and situation.written else None
    anew = {one.rule.id: _anew(one, bare, situation) for one in suspected}
    held = [
        one for one in suspected if (again := anew[one.rule.id]) is None or _quotes_nothing_else(again, ours, house)
    ]
    return [anew.get(one.rule.id) or one for one in fired if one not in held], _held(held, HOUSE_WORDS)


def _quotes_nothing_else(one: Fired, ours: Mapping[str, str], house: Mapping[str, Sequence[Span]]) -> bool:
    """Whether all that it quotes of our side's words is the house's own."""
    quoted = [quote for quote in one.evidence if quote.where in ours]
    return bool(quoted) and all(
        is_nothing_else(ours[quote.where], (quote.start, quote.end), house[quote.where]) for quote in quoted
    )


def _without(situation: Situation, spans: Sequence[Span], ear: Ear) -> Situation:
    """The same moment, had the draft been written without these words."""
    assert situation.written is not None
    draft = replace(situation.written, text=without(situation.written.text, spans))
    return Situation(situation.case, situation.moment, situation.now, draft=draft, ear=ear)


def _anew(one: Fired, bare: Situation | None, situation: Situation) -> Fired | None:
    """What fires without the house's words, quoting what it then rests on; None where nothing does."""
    quotes = fires(one.rule, bare) if bare else None
    if quotes is None or situation.written is None:
        return None
    text = situation.written.text
    return Fired(one.rule, tuple(replace(q, text=text[q.start : q.end]) if q.where == "draft" else q for q in quotes))


def _ours(situation: Situation, quoted: Collection[str]) -> Mapping[str, str]:
    """What our side wrote, by where evidence says that it stands; only what is `quoted`."""
    sent = {f"comment:{one.id}": one.text for one in situation.comments if one.is_public_reply}
    written = {"draft": situation.written.text} if situation.written else {}
    return {where: text for where, text in (sent | written).items() if where in quoted}


def _held(spared: Iterable[Fired], because: str) -> list[HeldBack]:
    return [HeldBack(one.rule.id, one.rule.principle, because) for one in spared]
