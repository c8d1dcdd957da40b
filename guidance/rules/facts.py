"""The conditions that need more than a signal or a phrase: names, questions, promises, order, and the near-certain slips."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher

from guidance.model import Evidence, Promise, Question
from guidance.rules.schema import Match
from guidance.rules.situation import Situation
from guidance.signals import asking, given, parts, placeholders, slips, weekdays
from guidance.signals.matter import content_words
from guidance.signals.names import greeted_name, is_same_name, profile_name, refused_names
from guidance.signals.names import uses_name as names_customer
from guidance.signals.questions import is_outright
from guidance.signals.view import Said
from guidance.signals.wording import gives
from guidance.text.fold import fold
from guidance.text.patterns import Pattern, either, one_of, word_of
from guidance.text.words import letter_words

_DIAGNOSIS = ("action", "asks")
AFTER = 40
"""So many characters after the first step or question a word of understanding comes late."""
FEWEST_SAID_AGAIN = 8
"""Fewer words than this may well be said twice: "One moment, please."."""
LONG_ENOUGH_TO_CHANGE = 25
SAME = 0.92
"""A canned text of so many words is the same with a few put in or changed: an address, a date."""
MORE_IN_A_SIGNATURE = 6
"""So many words more or fewer, at the beginning or the end, make no other reply: a greeting, a name."""
STRETCH_SAID_AGAIN = 25
"""So many words in a row are a passage that was sent already, whatever stands around it."""
_OF_ANY_QUESTION = frozenset(
    "help idea ideas check look see know tell fix suggest advise explain news update possible way chance please do say wrong happen happening mean problem solution option".split()
)
_COMES_SECOND = Pattern(
    r"^\W*(?:oh )?(?:also|plus|another|one more|second(?:ly)?|third(?:ly)?|lastly|besides|additionally|furthermore|moreover|btw|by the way)\b"
)
"""How a question begins that follows another matter."""
_ABOUT_TEMPLATES = Pattern(
    word_of(
        r"placeholders?|mail ?merge|in (?:my|our|the|a) (?:newsletter|mailing|campaign)|merge (?:field|tag|code)s?|templates?",
        r"(?:curly|square|double) brackets?|shortcodes?|snippets?",
    )
)
_OF_THEMSELVES = Pattern(r"\b(?:im|ive|i|me|my|mine|myself|we|us|our|ours)\b")
_BEFORE_ANOTHER = Pattern(
    word_of(
        r"first|beforehand|before (?:that|then|he|she|they|it|each|every)|on (?:the|his|her|their) (?:day|way)",
        r"when (?:he|she|they|it|you) (?:is|are|arrives?|comes?|gets?|leaves?)",
    )
)
_UNDERSTANDS = Pattern(
    either(
        r"\b(?:i|we) (?:do |can |fully |quite |really |certainly )*"
        + one_of(r"understand|appreciate|imagine|realise|realize|see|get|know")
        + r" (?:that|this|it|its|it's|thats|how|why|what)\b",
        r"\b(?:i|we) (?:do |can |fully |quite |really |certainly )*(?:understand|appreciate|imagine|realise|realize) (?:the|your)\b",
    )
)


_WISHES = Pattern(
    r"\b(?:get well|happy (?:birthday|anniversary)|congratulations|good luck|safe travels|all the best|enjoy (?:the|your))\b"
)
"""A wish at the end, which belongs there."""


def uses_name(situation: Situation) -> Match:
    """The agent's turn calls the customer by name, or their previous reply of a quick exchange did."""
    if situation.name is None:
        return None
    if names_customer(situation.draft.text, situation.name) or _in_another_script(situation):
        return ()
    before = situation.turns.last_reply
    quick = before is not None and not situation.opens
    return () if quick and before and names_customer(before.text, situation.name) else None


def _in_another_script(situation: Situation) -> bool:
    """Whether the draft is written in letters in which we could not tell the name."""
    name = situation.name.called if situation.name else ""
    said = "".join(sign for sign in situation.draft.text[:200] if sign.isalpha())
    return bool(said) and name.isascii() and sum(sign > "\u024f" for sign in said) * 2 > len(said)


def speaks_of_themselves(situation: Situation) -> Match:
    """The customer speaks in the first person: what is only asked about, or said of others, is no feeling of theirs."""
    return () if _OF_THEMSELVES.search(fold(situation.last.text).text) else None


def asks_for_name(situation: Situation) -> Match:
    """The agent's turn asks what to call the customer."""
    return () if slips.asks_for_name(situation.draft.text) else None


def greets_by_name(situation: Situation) -> Match:
    """The draft's greeting names somebody, however the agent learnt it."""
    return () if situation.typed and greeted_name(situation.typed.text) else None


def goes_on(situation: Situation) -> Match:
    """The draft says that another message follows, in which what it leaves out may stand."""
    return () if situation.written and parts.goes_on(situation.written.text) else None


def leaves_question(situation: Situation) -> Match:
    """A real question of the customer's is left open; it is quoted. What is no more than a wish is not counted."""
    left = [q for q in situation.unanswered if _asks_outright(q)]
    return tuple(Evidence(q.where, q.start, q.end, q.text) for q in left[:2]) if left and situation.draft else None


def leaves_some(situation: Situation) -> Match:
    """Some of the customer's matters are taken up, and at least one is left open."""
    left = leaves_question(situation)
    if left is None:
        return None
    takes_up = any(q.answered for q in situation.questions) or any(_is_passed_over(one, situation) for one in left)
    return () if takes_up else None


def _is_passed_over(left: Evidence, situation: Situation) -> bool:
    """Whether a reply takes up what stands before a second matter, and not a word of that one."""
    if not _COMES_SECOND.search(fold(left.text).text):
        return False
    before, reply = situation.last.text_at(left.where)[: left.start], content_words(situation.draft.text)
    return bool(content_words(before) & reply) and not content_words(left.text) & reply


def _asks_outright(question: Question) -> bool:
    """Whether a sentence truly asks for something of its own: "any idea?" after the matter asks for nothing more."""
    text = question.text
    folded = fold(text).text
    if asking.PLAIN.search(folded):
        return True
    begins = asking.BEGINS.search(folded) or asking.TURNS_TO_US.search(folded)
    asks = ("?" in text and is_outright(question)) or bool(begins or asking.WANTS_TO_KNOW.search(folded))
    return asks and len(content_words(text) - _OF_ANY_QUESTION) > 1


def promises_no_time(situation: Situation) -> Match:
    """The draft promises something and no promise in it names a time; a weekday that may be today's or next week's is one."""
    typed = situation.typed.reading.promises if situation.typed else ()
    vague = [promise for promise in typed if promise.vague and not weekdays.names_weekday(promise.text)]
    if situation.typed is None or not vague or len(vague) < len(typed):
        return None
    if all(_hangs_on_a_day(promise, situation.typed.text) for promise in vague):
        return None
    return tuple(Evidence("draft", p.start, p.end, p.text) for p in vague[:1])


def _hangs_on_a_day(promise: Promise, draft: str) -> bool:
    """Whether a promise is tied to what was dated just before: "he comes on Tuesday. He'll ring you first"."""
    tied = _BEFORE_ANOTHER.search(fold(promise.text).text)
    return bool(tied) and gives("when", fold(draft[: promise.start]).text)


def understanding_comes_late(situation: Situation) -> Match:
    """Steps or questions come first, and the word of understanding only after them."""
    if situation.typed is None:
        return None
    read = situation.typed.reading.signals
    first = [f.start for name in _DIAGNOSIS if name in read for f in read[name].evidence]
    late = _word_of_understanding(situation.typed)
    return (late,) if late and first and late.start > min(first) + AFTER else None


def _word_of_understanding(typed: Said) -> Evidence | None:
    """The first words of a draft that recognise how it is for the customer, heard or said outright."""
    read = typed.reading.signals.get("acknowledgement")
    spans = [(f.start, f.end) for f in read.evidence if not _WISHES.search(fold(f.text).text)] if read else []
    folded = fold(typed.text)
    if said := _UNDERSTANDS.search(folded.text):
        spans.append(folded.span(said.start(), said.end()))
    return Evidence("draft", *min(spans), typed.text[slice(*min(spans))]) if spans else None


def greets_somebody_else(situation: Situation) -> Match:
    """The greeting names a person who is not this customer, or calls them what they said that they are not called."""
    if situation.typed is None or (known := profile_name(situation.case.conversation.requester.name)) is None:
        return None
    found = greeted_name(situation.typed.text)
    if found is None:
        return None
    greeted, start, end = found
    if fold(greeted).text in refused_names(situation.customers_words):
        return (Evidence("draft", start, end, greeted),)
    others = fold("\n".join(c.text for c in situation.comments if not c.is_public_reply)).text
    if frozenset(letter_words(fold(greeted).text)) <= frozenset(letter_words(others)):
        return None
    is_theirs = is_same_name(greeted, known) or (situation.name and is_same_name(greeted, situation.name))
    return None if is_theirs else (Evidence("draft", start, end, greeted),)


def has_placeholder(situation: Situation) -> Match:
    """The draft holds a placeholder that nobody filled in; to somebody who asks about templates it may be shown, and so may their own."""
    if situation.typed is None or _ABOUT_TEMPLATES.search(fold(situation.last.text).text):
        return None
    return _in_draft(situation, placeholders.placeholder(situation.typed.text, situation.customers_words))


def misses_attachment(situation: Situation) -> Match:
    """The draft says that something is attached, and nothing is."""
    if situation.typed is None or situation.written is None or situation.written.attachments != ():
        return None
    return _in_draft(situation, slips.mention_of_attachment(situation.typed.text))


def has_wrong_weekday(situation: Situation) -> Match:
    """A date in the draft does not fall on the weekday beside it."""
    return (
        _in_draft(situation, weekdays.wrong_weekday(situation.typed.text, situation.now)) if situation.typed else None
    )


def has_foreign_data(situation: Situation) -> Match:
    """An e-mail address or order number in the draft belongs to nobody on this ticket."""
    if situation.typed is None:
        return None
    conversation = situation.case.conversation
    known = "\n".join(
        (
            *(c.text for c in situation.comments),
            conversation.ticket.subject or "",
            conversation.requester.email or "",
            conversation.key.ticket_id,
        )
    )
    return _in_draft(situation, slips.foreign_data(situation.typed.text, known))


def asks_again(situation: Situation) -> Match:
    """The draft asks for something that the customer gave already, in a message or in the subject; what they gave is quoted, too."""
    if situation.typed is None:
        return None
    told = {f"comment:{one.id}": one.text for one in reversed(situation.comments) if one.is_customer}
    told["ticket.subject"] = situation.case.conversation.ticket.subject or ""
    asked = given.asked_again(situation.typed.text, "\n".join(told.values()))
    if asked is None:
        return None
    where, span = next(
        ((one, span) for one, text in told.items() if (span := given.given_in(text, asked.what))), ("", None)
    )
    gave = (Evidence(where, *span, told[where][slice(*span)]),) if span else ()
    return (*(_in_draft(situation, (asked.start, asked.end)) or ()), *gave)


def repeats_reply(situation: Situation) -> Match:
    """The draft says again what was already sent on this ticket, word for word but for who signs it; a long passage of it is enough."""
    if situation.typed is None:
        return None
    words = _words(situation.typed.text)
    passages = frozenset(_stretches(words))
    sent = (_words(c.text) for c in (*situation.turns.earlier_replies, *situation.turns.since))
    if not any(_is_said_again(words, one) or (passages and _has_one_of(passages, one)) for one in sent):
        return None
    return (Evidence("draft", 0, len(situation.typed.text), situation.typed.text),)


def _is_said_again(words: tuple[str, ...], sent: tuple[str, ...]) -> bool:
    shorter, longer = sorted((words, sent), key=len)
    if len(shorter) < FEWEST_SAID_AGAIN or len(longer) - len(shorter) > MORE_IN_A_SIGNATURE:
        return False
    if f" {' '.join(shorter)} " in f" {' '.join(longer)} ":
        return True
    return len(shorter) >= LONG_ENOUGH_TO_CHANGE and _same_words(shorter, longer) >= len(shorter) * SAME


def _has_one_of(passages: frozenset[tuple[str, ...]], sent: tuple[str, ...]) -> bool:
    return any(stretch in passages for stretch in _stretches(sent))


def _stretches(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    return (words[at : at + STRETCH_SAID_AGAIN] for at in range(len(words) - STRETCH_SAID_AGAIN + 1))


def _same_words(shorter: tuple[str, ...], longer: tuple[str, ...]) -> int:
    """How many words stand in both, in one order; 0 where they hardly share any."""
    if len(set(shorter) & set(longer)) < len(set(shorter)) * SAME:
        return 0
    return sum(block.size for block in SequenceMatcher(None, shorter, longer, autojunk=False).get_matching_blocks())


def _words(text: str) -> tuple[str, ...]:
    return tuple(fold(text).text.split())


def _in_draft(situation: Situation, span: tuple[int, int] | None) -> Match:
    if span is None or situation.typed is None:
        return None
    start, end = span
    return (Evidence("draft", start, end, situation.typed.text[start:end]),)
