"""Hits over many conversations: the one owner of the question how often rules speak, and on what.

A conversation with a draft counts as one reply, its draft. One without is replayed: each public reply of an agent is judged
as the draft that it once was, with nothing before it but what was there then.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from guidance.conversations import turns_of
from guidance.conversations.folding import visible_comments
from guidance.conversations.wire import Asked
from guidance.model import Case, Draft, DraftTyped, Evidence, Moment
from guidance.pipeline import advance
from guidance.rules import Rulebook
from guidance.rules.templates import shortened
from guidance.text.masking import masked

KEPT = 200
"""How many single hits are kept for people to look at; counts go on beyond."""

_SHOWN, _TURN_SHOWN = 400, 1200


class Hit(Struct, frozen=True, kw_only=True):
    """One hint on one reply. `reply`: `draft`, or the id of the comment that was judged; `text`: how it begins; `turn`: what it answers.

    What is private in its words is masked: hits are looked at away from their ticket.
    """

    conversation: str
    reply: str
    rule: str
    principle: str
    say: str
    evidence: tuple[Evidence, ...] = ()
    text: str = ""
    turn: str = ""


class Hits(Struct, frozen=True, kw_only=True):
    """What was said over a corpus: how many replies, hints by rule id, and the first hits themselves."""

    conversations: int
    replies: int
    by_rule: dict[str, int]
    hits: tuple[Hit, ...] = ()

    @property
    def total(self) -> int:
        return sum(self.by_rule.values())

    def per_hundred(self, count: int) -> float:
        """A count as a share of a hundred replies; 0.0 where there were none."""
        return 100 * count / self.replies if self.replies else 0.0


def run(conversations: Iterable[Asked], rulebook: Rulebook, *, everything: bool = False) -> Hits:
    """Judge every reply of these conversations under the attention budget; `everything`: hold nothing back."""
    seen, replies, by_rule = 0, 0, dict[str, int]()
    kept: list[Hit] = []
    for asked in conversations:
        seen += 1
        for name, one in replies_of(asked):
            replies += 1
            for hit in hits_of(one, name, rulebook, everything=everything):
                by_rule[hit.rule] = by_rule.get(hit.rule, 0) + 1
                if len(kept) < KEPT:
                    kept.append(hit)
    ranked = dict(sorted(by_rule.items(), key=lambda one: (-one[1], one[0])))
    return Hits(conversations=seen, replies=replies, by_rule=ranked, hits=tuple(kept))


def replies_of(asked: Asked) -> Iterator[tuple[str, Asked]]:
    """Each reply of a conversation as a draft in its place, with its name."""
    if asked.draft is not None:
        yield "draft", asked
        return
    comments = asked.case.conversation.comments
    for place, comment in enumerate(comments):
        if not comment.is_public_reply or not any(one.is_customer for one in comments[:place]):
            continue
        draft = Draft(
            text=comment.text,
            author_id=comment.author_id,
            author_name=comment.author_name,
            attachments=comment.attachments,
        )
        typed = DraftTyped(draft=draft, agent_id=asked.case.readers[0].agent_id)
        yield comment.id, replace(asked, case=_before(asked.case, place), draft=typed, now=comment.at or asked.now)


def _before(case: Case, place: int) -> Case:
    """The case as it stood before the comment at `place`."""
    return replace(case, conversation=replace(case.conversation, comments=case.conversation.comments[:place]))


def hits_of(asked: Asked, name: str, rulebook: Rulebook, *, everything: bool = False) -> Iterator[Hit]:
    """What is said on one reply."""
    advice = advance(asked.case, asked.draft, rulebook, asked.now, moment=Moment.DRAFT, everything=everything).advice
    texts = {f"comment:{one.id}": one.text for one in asked.case.conversation.comments}
    texts["draft"] = asked.draft.draft.text if asked.draft else ""
    for hint in advice.hints:
        quotes = [(one, _quoted(one, texts)) for one in hint.evidence]
        say = hint.say
        for one, quote in quotes:
            say = say.replace(shortened(one.text), shortened(quote)) if one.text.strip() else say
        yield Hit(
            conversation=asked.id,
            reply=name,
            rule=hint.rule,
            principle=hint.principle,
            say=say,
            evidence=tuple(replace(one, text=quote) for one, quote in quotes),
            text=beginning(texts["draft"]),
            turn=answered(asked.case),
        )


def beginning(text: str, most: int = _SHOWN) -> str:
    """How a text begins, with what is private in it masked."""
    return masked(text, 0, min(len(text), most))


def answered(case: Case) -> str:
    """What the customer wrote last, all of that turn, with what is private in it masked: what a reply is judged by."""
    told = "\n\n".join(comment.text for comment in turns_of(visible_comments(case)).latest)
    return beginning(told, _TURN_SHOWN) + ("…" if len(told) > _TURN_SHOWN else "")


def _quoted(one: Evidence, texts: Mapping[str, str]) -> str:
    whole = texts.get(one.where)
    return masked(one.text) if whole is None else masked(whole, one.start, one.end)
