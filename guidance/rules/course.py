"""The conditions about how the exchange has gone so far: feelings that turned, words already given, promises and colleagues waiting."""

from __future__ import annotations

from datetime import datetime

from guidance.model import Act, Author, Channel, Comment, Evidence, FollowUp, FollowUpState, Visibility
from guidance.rules.schema import Match
from guidance.rules.situation import Situation
from guidance.signals import kinds
from guidance.signals.answers import is_answered
from guidance.signals.colleagues import asks, takes_back
from guidance.signals.matter import content_words
from guidance.signals.names import KnownName, profile_name
from guidance.signals.questions import is_outright
from guidance.signals.view import Heard, Said, heard_from
from guidance.text.fold import fold
from guidance.text.patterns import Pattern, one_of, word_of
from guidance.text.words import plain_words

FALL = 0.4
"""How much worse a feeling must be before we say that it fell; less is weather."""
SURE = -0.9
DOUBT_LEFT = 1 / 8
"""Where we were unsure of an ill feeling before, it also fell if we are sure of one now and so little of that doubt is left."""
UPSET_AT_LEAST = 0.4
"""How annoyed the latest turn must sound; lower than what counts as upset, since the fall speaks for it."""

LANDED_BADLY = {
    "retort": 0.6,
    "presumes": 0.55,
    "defensive": 0.82,
    "mocks": 0.8,
    "rushed": 0.5,
    "procedure": 0.8,
    "forced_cheer": 0.8,
}
"""What in a reply may have made a feeling fall, the likeliest first, and how sure we must be of it to name it as the cause."""

_CORRECTS = Pattern(
    word_of(
        r"actually|wait|(?:forget|scrap|ignore|disregard) (?:it|that|this)|never ?mind|i me(?:an|ant)|scratch that|on second thoughts?",
        r"hang on|oops",
        r"my mistake|typo|make (?:it|that)|rather|changed my mind",
    )
)
_RULES_OUT = Pattern(
    r"\b(?:not|instead of|rather than|no longer|(?:don't|do not|dont) \w+ (?:\w+ )?(?:to|at|in)) (?:the |a |an |my |on |at |in )?(\w+)"
)
_CALLS_OFF = Pattern(
    r"\b(?:don't|do not|dont|no need to) (cancel|book|send|ship|post|order|refund|change|move|swap|close|collect|charge|replace|call)\b"
)
"""What is not to be done any more, though it was asked for."""
_COURTESY = Pattern(
    r"^\W*(?:(?:ok|okay|alright|cool|sure|great|fine|right|yes|yep|lovely)\W+)?"
    + one_of(
        r"thanks?|thank you|thx|cheers|ta|no (?:rush|hurry)|whenever (?:you|it)|brb|take your time|hello|hi",
        r"are you (?:still )?there|you there|sorry (?:for|to)",
    )
    + r"\b[^?]*$"
)
_GIVES_A_DETAIL = Pattern(
    r"^\W*(?:with|near|size|colou?r) (?:an? |the |my )?(?:[\w'-]+[ ,]*){2,12}\W*$|^\W*"
    + one_of(
        one_of(
            r"it's|its|it is|that's|is|the|my|here|this is|order|ref|account|booking|phone|mobile|serial|policy",
            r"customer|tracking|model|number|no|id|is|e-?mail|name|postcode|address|under",
        )
        + r"\W+"
    )
    + r"*[\w.+-]*(?:\d[\dx ./-]{4,}\w*|@[\w.-]+)\W*(?:\w+\W*){0,2}$"
)
"""A message that only hands over a number or an address, or goes on describing, which a reply uses without saying it again."""
_HOLDS_ON = Pattern(
    r"\bhold on(?:\W*$|[,.!]| (?:a|one|while|for|please|there|just|tight)\b)|"
    + word_of(
        r"let me|one (?:moment|sec\w*|minute|min)|bear with|i'm (?:looking|calling|on it)",
        r"i'll (?:check|look|see)|(?:i'm|am|just|now|still) checking|checking (?:it|that|this|on|for|with|now|if|whether|your|the|my|our)",
        r"as for|give me a",
        r"(?:pulling|fetching|grabbing|digging|looking|getting|bringing) "
        + one_of("up", r"(?:it|that|this|them|those|(?:[\w']+ ){1,4}?\w+) (?:up|out|from|for you|now)"),
        r"(?:i'm|i am|just|now) (?:opening|looking at|going through|going into|logging into|having a look)|looking at [^.!?]{1,30} now",
        r"(?:have|got) (?:that|it) for you in",
        r"(?:good|glad)(?: thing)?(?: that)? you (?:mentioned|said|told|added|wrote)|(?:thanks|thank you) for (?:adding|mentioning|telling)",
        r"both (?:of (?:those|them|these|your)|questions|things|points|matters|are|will|is|can|sorted|done|noted)",
        r"(?:you|do|on|to|for|with|about|answer|and) both",
    )
)
"""What a bubble of a chat says so that the customer waits a moment, or knows that all they wrote is seen. It gives no answer yet."""
_MEANING = frozenset({"mean", "meant", "forgot", "mention", "rn", "btw"})
_IN_PASSING = content_words("come comes came coming")
"""Words of a reply that take nothing up, however much a question speaks of coming: "come to the gate, and bring a towel"."""
_TAKES_UP = 2
"""So many words of a colleague's note in what the customer was told take it up."""
_FOR_THE_CUSTOMER = Pattern(
    r"\b(?:answer|reply(?: to)?|respond to|write(?: to)?|call|ring|tell|update|inform|email|get back to|follow up with|let)"
    r" (?:them|her|him|the (?:customer|client|guest|lady|man|family)|mr|mrs|ms|dr)\b"
)
_DOES_IT_THEMSELVES = Pattern(
    r"\b(?:i|let me|(?:i|we)(?:'ll| will| can| could| must| should| want to| have to| need to| promised to)|i'm going to)"
    r" (?:then |also |just )?$"
)
"""What stands before "tell her" where a colleague means to do that: "could you check the stock? I'll tell her"."""
_BY_CHANCE = 5
"""One word in so many may stand in a reply by chance."""
_TELLS = 10
"""A reply of so many words says something of its own."""
_PLENTY = 3
"""So many words that were not there before are a matter of its own, which a bare yes or no does not answer."""


def feeling_fell(situation: Situation) -> Match:
    """The customer's latest turn is clearly worse in feeling than the one before, with a reply of ours between them."""
    turns = situation.customer_turns
    if len(turns) < 2 or situation.turns.since or not situation.last or not situation.turns.earlier_replies:
        return None
    before, latest = heard_from(turns[-2], situation.case), heard_from(turns[-1], situation.case)
    if not _is_worse(feeling_of(before), feeling_of(latest)) or latest.value("upset") < UPSET_AT_LEAST:
        return None
    return latest.evidence("upset")


def _is_worse(before: float, latest: float) -> bool:
    is_sure_now = latest <= SURE and 1 + latest <= (1 + before) * DOUBT_LEFT
    return latest <= before - FALL or is_sure_now


def feeling_of(turn: Heard) -> float:
    """The worst feeling heard in a turn, else the best one, -1 to 1; 0.0 where none was heard."""
    felt = [one.reading.signals["feeling"].value for one in turn.said if "feeling" in one.reading.signals]
    return min(felt, default=0.0)


def reply_landed_badly(situation: Situation) -> Match:
    """The last reply holds words that are likely to have been taken ill; they are quoted."""
    reply = situation.turns.last_reply
    heard = heard_from((reply,) if reply else (), situation.case)
    for name, least in LANDED_BADLY.items():
        if heard.value(name) >= least and (words := heard.evidence(name, most=1)):
            return words
    return None


def understood_before(situation: Situation) -> Match:
    """An earlier reply of this exchange recognised the trouble or said sorry, and the feeling has not fallen since."""
    replies = situation.turns.earlier_replies[-3:]
    recognised = any({"acknowledgement", "apology"} & heard_from((one,), situation.case).signals for one in replies)
    return () if recognised and feeling_fell(situation) is None else None


def misses_latest(situation: Situation) -> Match:
    """Live chat: the customer's newest message is taken up nowhere in the draft, while an earlier one of the turn is."""
    if situation.typed is None or situation.case.conversation.ticket.channel is not Channel.CHAT:
        return None
    said, reply = situation.last.said, situation.draft.text
    before = _asked_before(situation, said[-1]) if said else ""
    if not before:
        return None
    newest, earlier = said[-1], content_words(before)
    is_met = any(is_answered(question, reply) for question in newest.reading.questions)
    if is_met and kinds.ASKS_TO_PAY.search(fold(newest.text).text):
        return None
    takes_up_earlier = bool(earlier & content_words(reply)) or (
        not is_met and _asks_much(newest, earlier) and _tells(reply)
    )
    if not _says_something_new(newest) or not takes_up_earlier:
        return None
    fresh = content_words(reply) - _told_before(situation) - _IN_PASSING
    is_touched = any(content_words(question.text) & fresh for question in newest.reading.questions)
    if not _passes_over(fold(newest.text).text, earlier, reply, is_met=is_met or is_touched):
        return None
    return (Evidence(newest.where, 0, len(newest.text), newest.text),)


def _told_before(situation: Situation) -> frozenset[str]:
    """The words of all that the customer wrote before their newest message: a reply that holds them may speak of that."""
    told = [one.text for turn in situation.customer_turns for one in turn]
    return content_words("\n".join(told[:-1]))


def _asks_much(newest: Said, earlier: frozenset[str]) -> bool:
    """Whether the newest message asks outright, in so many words of its own that some would stand in an answer."""
    return len(content_words(newest.text) - earlier) >= _PLENTY and any(map(is_outright, newest.reading.questions))


def _tells(reply: str) -> bool:
    return len(reply.split()) >= _TELLS and not _HOLDS_ON.search(fold(reply).text)


def _asked_before(situation: Situation, newest: Said) -> str:
    """What the customer wrote before their newest message: in this turn, and in the one that we have only said we look into.

    Or have asked back about, where the newest message takes a different turn.
    """
    now = Heard(situation.last.said[:-1]).text
    reply, turns = situation.turns.last_reply, situation.customer_turns
    turns_round = bool(_CORRECTS.search(fold(newest.text).text))
    is_held = reply is not None and (
        bool(_HOLDS_ON.search(fold(reply.text).text)) or (turns_round and "?" in reply.text)
    )
    return "\n".join((*(one.text for one in turns[-2]), now)) if is_held and len(turns) > 1 else now


def _says_something_new(newest: Said) -> bool:
    text = fold(newest.text).text
    if _COURTESY.search(text) or (_GIVES_A_DETAIL.search(text) and not newest.reading.questions):
        return False
    is_enough = newest.reading.words >= 5 or bool(_figured(content_words(text)))
    return is_enough or bool(newest.reading.questions) or bool(_CORRECTS.search(text))


def _figured(words: frozenset[str]) -> frozenset[str]:
    return frozenset(word for word in words if any(sign.isdigit() for sign in word))


def _passes_over(newest: str, earlier: frozenset[str], reply: str, *, is_met: bool) -> bool:
    """Whether a reply holds nothing of what the newest message brings: what it corrects, or adds."""
    told, said = content_words(newest) - _MEANING - _IN_PASSING, content_words(reply)
    against = (*_RULES_OUT.finditer(newest), *_CALLS_OFF.finditer(newest))
    ruled_out = {word for match in against for word in match.group(1).split()}
    fresh = told - earlier - content_words(" ".join(ruled_out))
    missing = fresh - said
    figures, known = _figured(told - earlier), _figured(earlier)
    if figures and known & said and not figures & said:
        return True
    if ruled_out & set(plain_words(fold(reply).text)):
        return 2 * len(missing) >= len(fresh)
    by_chance = 0 if is_met else len(fresh) // _BY_CHANCE
    if _CORRECTS.search(newest):
        return bool(fresh) and len(fresh) - len(missing) <= by_chance
    if len(fresh) >= _PLENTY:
        return len(fresh) - len(missing) <= by_chance and not _HOLDS_ON.search(fold(reply).text)
    return not is_met and not told & said


def open_promises(situation: Situation) -> int:
    """How many promises made on this ticket are still open."""
    return len(_promised(situation))


def quotes_open_promise(situation: Situation) -> Match:
    """A promise made on this ticket is still open; it is quoted."""
    return _quoted(situation, _promised(situation))


def promise_is_overdue(situation: Situation) -> Match:
    """The time named in an open promise has passed; it is quoted. One that may have been kept without a trace is not meant."""
    sure = _promised(situation, unsure=False)
    return _quoted(situation, [one for one in sure if one[2] and one[2] <= situation.now])


def _quoted(situation: Situation, promised: list[tuple[str, str, datetime | None]]) -> Match:
    found = []
    for where, words, _ in promised:
        comment = next((c for c in situation.comments if c.id == where), None)
        start = comment.text.find(words) if comment else -1
        if start >= 0:
            found.append(Evidence(f"comment:{where}", start, start + len(words), words))
    return tuple(found[-2:]) or (() if promised else None)


def _promised(situation: Situation, *, unsure: bool = True) -> list[tuple[str, str, datetime | None]]:
    """Open promises: comment, words, due time. Where nobody has noted follow-ups yet, those of the last reply are open.

    `unsure`: also those that may have been kept without a trace.
    """
    case, last = situation.case, situation.turns.last_reply
    if case.promised or case.follow_ups:
        still = [one for one in case.follow_ups if one.is_open and not one.conditional]
        sure = [one for one in still if unsure or not _may_be_kept(one, situation.now)]
        return [(one.comment_id, one.words, one.due_at) for one in sure]
    reading = case.readings.get(last.id) if last else None
    return (
        [(last.id, one.text, one.due_at) for one in reading.promises if one.is_to_be_kept and not one.conditional]
        if last and reading
        else []
    )


def _may_be_kept(one: FollowUp, now: datetime) -> bool:
    """Whether it may have been kept without a trace: a call or a deed past its time, also where nobody has woken the ticket for it yet."""
    is_past = one.act is not Act.WORD and one.due_at is not None and one.due_at <= now
    return one.state is FollowUpState.UNCONFIRMED or is_past


def asked_for_hours(situation: Situation) -> float | None:
    """For how long a colleague's question to this agent in an internal note has had no answer; None where there is none."""
    note = _note_waiting(situation)
    return (situation.now - note.at).total_seconds() / 3600 if note is not None and note.at else None


def asked_by_colleague(situation: Situation) -> Match:
    """A colleague asks this agent something in an internal note, and they have written nothing on the ticket since."""
    note = _note_waiting(situation)
    return (Evidence(f"comment:{note.id}", 0, len(note.text), note.text),) if note else None


def _note_waiting(situation: Situation) -> Comment | None:
    """The first of the notes to this agent since they last wrote a note; who asks a second time has waited since the first.

    What they wrote to the customer answers a note that asks for just that ("could you tell her the date?"), or is taken up in it.
    """
    reader, waiting, done = situation.reader, None, set[tuple[str | None, str | None]]()
    told = ""
    known = profile_name(reader.agent_name)
    if known is None:
        return None
    for comment in reversed(situation.comments):
        if comment.author is not Author.AGENT:
            continue
        if comment.author_id == reader.agent_id or _is_by(comment, known):
            if comment.visibility is Visibility.INTERNAL:
                break
            told += f"\n{comment.text}"
            continue
        asker = (comment.author_id, comment.author_name)
        if comment.visibility is not Visibility.INTERNAL or asker in done:
            continue
        if asks(comment.text, known):
            if not (told and _is_told(comment.text, told)):
                waiting = comment
        elif takes_back(comment.text):
            done.add(asker)
    return waiting


def _is_told(note: str, told: str) -> bool:
    """Whether what was written to the customer since takes a colleague's note up, or is what the note asked for."""
    if len(content_words(note) & content_words(told)) >= _TAKES_UP:
        return True
    said = fold(note).text
    return any(
        not _DOES_IT_THEMSELVES.search(said[max(0, found.start() - 40) : found.start()])
        for found in _FOR_THE_CUSTOMER.finditer(said)
    )


def _is_by(comment: Comment, name: KnownName) -> bool:
    return comment.author_id is None and fold(comment.author_name or "").text == fold(f"{name.first} {name.last}").text


__all__ = [
    "asked_by_colleague",
    "asked_for_hours",
    "feeling_fell",
    "feeling_of",
    "misses_latest",
    "open_promises",
    "promise_is_overdue",
    "quotes_open_promise",
    "reply_landed_badly",
    "understood_before",
]
