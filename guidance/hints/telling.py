"""What one agent is told at one moment: hints, signals, questions, promises and plain facts, as one advice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from msgspec.structs import replace

from guidance.conversations.folding import visible_comments
from guidance.hints.attention import Attended, attend
from guidance.hints.quoting import clause_in
from guidance.hints.slips import slips
from guidance.hints.sparing import spare
from guidance.hints.strip import strip
from guidance.hints.verdicts import cleared, standing
from guidance.hints.waking import rung
from guidance.model import Advice, AgentHabits, Case, Comment, DraftTyped, Feeling, Hint, Moment, SignalsView
from guidance.rules import Rulebook, Situation
from guidance.signals import DRAFT_WIRE, LAST_WIRE, Heard, hear, heard_from

_GRADED = ("upset", "feeling")


def advise(
    case: Case,
    reader: AgentHabits,
    rulebook: Rulebook,
    now: datetime,
    moment: Moment,
    *,
    draft: DraftTyped | None = None,
    everything: bool = False,
) -> tuple[Advice, Case]:
    """What one reader is told at this moment, and the case that remembers that they were."""
    one = replace(case, readers=(reader,))
    unseen = _only_new(one, draft.turns) if draft else ()
    if unseen:
        one = hear(replace(one, provisional=(*one.provisional, *unseen)), rulebook.ear)
    situation = Situation(one, moment, now, draft=draft.draft if draft else None, ear=rulebook.ear)
    fired, spared = spare(situation, rulebook.judge(situation), rulebook.ear)
    there = standing(situation, rulebook, fired) if draft else ()
    fired = fired if draft or everything else [*fired, *rung(situation, rulebook, fired)]
    attended = attend(situation, fired, standing=there, everything=everything)
    attended = replace(attended, held_back=(*attended.held_back, *spared))
    return _told(situation, attended, slips(situation, fired) if draft else (), rulebook), attended.case


def _told(situation: Situation, attended: Attended, slipped: tuple[Hint, ...], rulebook: Rulebook) -> Advice:
    case = situation.case
    facts = strip(situation)
    said = Heard([situation.typed]) if situation.typed else situation.draft or _last_reply(situation)
    return Advice(
        id=str(case.key) if case.key.account else case.key.ticket_id,
        moment=situation.moment,
        hints=attended.hints,
        held_back=attended.held_back,
        slips=slipped,
        signals=_signals(situation.last, said),
        promises=said.promises,
        questions=situation.questions,
        feelings=_feelings(situation),
        texts=_texts(situation),
        language_covered=situation.heard_whole,
        facts=tuple(one.says for one in facts),
        strip=facts,
        cleared=tuple(sorted(cleared(situation, rulebook))),
    )


def _signals(last: Heard, said: Heard) -> SignalsView:
    return SignalsView(
        last={name: round(last.value(name), 3) if name in _GRADED else name in last.signals for name in LAST_WIRE},
        draft={name: name in said.signals if name != "promise" else bool(said.promises) for name in DRAFT_WIRE},
    )


def _last_reply(situation: Situation) -> Heard:
    """Without a draft, what is judged as the agent's side is their last public reply."""
    reply = situation.turns.last_reply
    return heard_from((reply,) if reply else (), situation.case)


def _feelings(situation: Situation) -> tuple[Feeling, ...]:
    """The customer's feeling at each comment in which one was heard."""
    felt = []
    for comment in situation.comments:
        reading = situation.case.readings.get(comment.id)
        signal = reading.signals.get("feeling") if reading and comment.is_customer else None
        if signal and reading:
            quotes = dict.fromkeys(clause_in(comment.text, reading, one).text for one in signal.evidence[:2])
            felt.append(Feeling(comment.id, round(signal.value, 3), tuple(quotes)))
    return tuple(felt)


def _texts(situation: Situation) -> dict[str, str]:
    """The plain text of what came as HTML, in which the offsets count."""
    texts = {f"comment:{c.id}": c.text for c in situation.comments if c.from_html and c.id in situation.case.readings}
    if situation.written and situation.written.from_html:
        texts["draft"] = situation.written.text
    return texts


def _only_new(case: Case, turns: Sequence[Comment]) -> tuple[Comment, ...]:
    """Turns that an agent's browser saw and that we do not hold yet; they serve this agent's advice only."""
    held = {(c.author, " ".join(c.text.split())) for c in visible_comments(case)}
    return tuple(c for c in turns if (c.author, " ".join(c.text.split())) not in held)
