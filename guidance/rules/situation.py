"""What rules look at: one moment of one ticket, with everything that was heard in it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cached_property
from itertools import takewhile

from msgspec.structs import replace

from guidance.conversations.folding import visible_comments
from guidance.conversations.turns import Turns, customer_turns, last_comment_at, turns_of
from guidance.model import AgentHabits, Case, Comment, Draft, Evidence, Moment, Promise, Question, Visibility
from guidance.signals.answers import is_answered
from guidance.signals.ear import Context, Ear
from guidance.signals.inview import in_view_of_customer, in_view_of_earlier
from guidance.signals.names import KnownName, known_name, profile_name
from guidance.signals.parts import carries_on
from guidance.signals.view import Heard, Said, context_of, heard_from, language_hint, zone_name
from guidance.text.sentences import sentences

HEARD_WHOLE = frozenset({"en"})
"""What is said in another language is heard in part, or not at all."""

MANY = 3
LONG = 60
"""So many questions in so many words make a letter, which is answered matter by matter, in words that stand around the questions as often as in them."""

CANNED = 0.6
DOES_MUCH = 0.9
ASKS = 0.5
"""A turn of ours that sounds canned, does no more than this and asks no more than this answers nothing."""


class Situation:
    """One moment of one ticket, as rules see it. `case` must be read already (`signals.hear`).

    `last` is the customer's latest turn, `draft` the agent's turn since with the draft, `typed` the draft alone.
    """

    def __init__(
        self,
        case: Case,
        moment: Moment,
        now: datetime,
        *,
        draft: Draft | None = None,
        ear: Ear,
        turns: Turns | None = None,
        extra: tuple[Comment, ...] = (),
    ) -> None:
        self._told: dict[str, tuple[Evidence, ...] | None] = {}
        self.case = case
        self.moment = moment
        self.now = now
        self.written = draft
        self.comments = (*visible_comments(case), *extra)
        self.turns = turns or turns_of(self.comments)
        self.reader = case.readers[0] if case.readers else AgentHabits()
        latest = heard_from(self.turns.latest, case)
        self.last = in_view_of_earlier(latest, _turns_before(self.turns, case), _replied_before(self.turns, case))
        self.typed = _read_draft(draft, case, ear, now)
        is_reply = draft is None or draft.visibility is Visibility.PUBLIC
        since = self.turns.since if is_reply else ()
        said = heard_from(since, case, *([self.typed] if self.typed else []))
        self.draft = in_view_of_customer(said, self.last)
        self.typed = self.draft.said[-1] if self.typed else None

    def told(self, name: str, test: Callable[[Situation], tuple[Evidence, ...] | None]) -> tuple[Evidence, ...] | None:
        """What a test says of this moment; it is asked once, under its name."""
        if name not in self._told:
            self._told[name] = test(self)
        return self._told[name]

    @property
    def quiet_for(self) -> timedelta | None:
        """For how long nobody has written on the ticket; None where times are unknown."""
        last_at = last_comment_at(self.comments)
        return self.now - last_at if last_at else None

    @cached_property
    def places_of_ours(self) -> frozenset[str]:
        """Where the agent's turn stands: in the bubbles that were sent, and in the draft."""
        return frozenset({"draft", *(f"comment:{comment.id}" for comment in self.turns.since)})

    @property
    def is_settled(self) -> bool:
        """Whether absence may be judged: the agent paused or signed off, or the text was sent."""
        return self.written is None or self.written.settled

    @cached_property
    def lacks_its_beginning(self) -> bool:
        """Whether the draft carries on from a message that is not known: what is absent may stand there."""
        return self.written is not None and not self.turns.since and carries_on(self.written.text)

    @cached_property
    def heard(self) -> frozenset[str]:
        """Every anchor that is there: `last:upset`, `draft:apology`, `last:<term>`, `draft:<term>`."""
        sides = (("last", self.last), ("draft", self.draft))
        return frozenset(f"{place}:{name}" for place, side in sides for name in (*side.signals, *side.hits))

    @cached_property
    def languages(self) -> frozenset[str]:
        """The languages of what both sides said last; English, by which it is heard then, where none can be told."""
        told = frozenset(side.language for side in (self.last, self.draft) if side.language)
        return told or HEARD_WHOLE

    @property
    def covered(self) -> bool:
        """Whether the languages of both sides are ones that we hear, wholly or in part."""
        return self.last.covered and self.draft.covered

    @property
    def heard_whole(self) -> bool:
        """Whether nothing in either side's language keeps us silent."""
        return self.languages <= HEARD_WHOLE

    @cached_property
    def name(self) -> KnownName | None:
        signed = {key: reading.signed_name for key, reading in self.case.readings.items()}
        return known_name(self.case.conversation.requester, self.comments, signed)

    @cached_property
    def takes_over(self) -> KnownName | None:
        """Who takes over with this reply: as the agent's form says, else the assignee where that is somebody else by now."""
        if self.written is not None and self.written.next_name:
            return profile_name(self.written.next_name)
        assignee = self.case.conversation.assignee
        is_other = bool(assignee.id and self.reader.agent_id) and assignee.id != self.reader.agent_id
        return profile_name(assignee.name) if is_other else None

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """The customer's questions, each marked as answered or not by the agent's turn."""
        reply, canned, asked = self.draft.text, self._is_canned, self.last.questions
        is_letter = len(asked) >= MANY and self.last.words >= LONG
        return tuple(
            replace(
                q,
                answered=bool(reply)
                and is_answered(
                    q,
                    reply,
                    canned=canned,
                    around=self._before(q) if is_letter else "",
                    beside=[one for one in asked if one is not q],
                ),
            )
            for q in asked
        )

    def _before(self, question: Question) -> str:
        """The sentence before a question, in which its matter may stand; nothing where that asks something itself."""
        text = self.last.text_at(question.where)
        before = [span for span in sentences(text) if span[1] <= question.start]
        start, end = before[-1] if before else (0, 0)
        asks = any(one.where == question.where and start <= one.start < end for one in self.last.questions)
        return "" if asks else text[start:end]

    @cached_property
    def _is_canned(self) -> bool:
        """Whether the agent's turn could stand under any question: stock phrases that ask nothing and do hardly anything."""
        heard = self.draft.value
        return heard("scripted") >= CANNED and heard("action") < DOES_MUCH and heard("asks") < ASKS

    @cached_property
    def unanswered(self) -> tuple[Question, ...]:
        return tuple(question for question in self.questions if not question.answered)

    @cached_property
    def promises(self) -> tuple[Promise, ...]:
        return self.draft.promises

    @cached_property
    def customer_turns(self) -> list[tuple[Comment, ...]]:
        return customer_turns(self.comments)

    @cached_property
    def customers_words(self) -> str:
        """All that the customer wrote, comment by comment."""
        return "\n".join(comment.text for comment in self.comments if comment.is_customer)

    @cached_property
    def waited_for(self) -> timedelta | None:
        """How long the customer has waited for an answer to their latest turn; None where times are unknown."""
        first = self.turns.latest[0].at if self.turns.latest else None
        return self.now - first if first and not self.turns.since else None

    @cached_property
    def opens(self) -> bool:
        """Whether the reply opens the exchange, or resumes it after four hours or more."""
        if not self.turns.earlier_replies and not self.turns.since:
            return True
        before = self.turns.last_reply.at if self.turns.last_reply else None
        return before is not None and self.now - before > timedelta(hours=4)


def _turns_before(turns: Turns, case: Case) -> list[Heard]:
    """The customer's turns before their latest one, oldest first."""
    return [heard_from(turn, case) for turn in customer_turns(turns.earlier)]


def _replied_before(turns: Turns, case: Case) -> Heard:
    """Our words that the customer's latest turn follows."""
    replied = takewhile(lambda comment: not comment.is_customer, reversed(turns.earlier))
    return heard_from(tuple(replied)[::-1], case)


def _read_draft(draft: Draft | None, case: Case, ear: Ear, now: datetime) -> Said | None:
    if draft is None:
        return None
    context = Context(at=now, hours=case.settings.hours, zone=zone_name(case), language=language_hint(case))
    return Said("draft", draft.text, ear.read(draft.text, by_customer=False, context=context))


__all__ = ["Heard", "Situation", "context_of"]
