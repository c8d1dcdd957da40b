"""Learning: what the network keeps of a ticket is worked out anew from its case, away from every request."""

from __future__ import annotations

from datetime import timedelta

from msgspec.structs import replace

from guidance.dispatch.advancing import Advancing
from guidance.model import Author, TicketKey, Visibility
from guidance.network import card_of, open_questions

_FRESH = timedelta(days=1)


def learn(advancing: Advancing, key: TicketKey) -> bool:
    """Keep the ticket's card and its open questions as they are now. False: a fresh note may ask somebody, and nobody knows the agents yet."""
    now = advancing.clock()
    case = advancing.store.load(key)
    if case is None:
        advancing.store.learn(key.account, key.ticket_id, None, now=now)
        return True
    case = replace(case, settings=advancing.settings(case))
    roster = advancing.store.roster(key.account)
    questions = open_questions(case, roster) if roster else ()
    advancing.store.learn(key.account, key.ticket_id, card_of(case), questions, now=now)
    if advancing.store.load(key) is None:  # erased meanwhile
        advancing.store.learn(key.account, key.ticket_id, None, now=now)
    return roster is not None or not any(
        note.author is Author.AGENT and note.visibility is Visibility.INTERNAL and note.at and now - note.at < _FRESH
        for note in case.conversation.comments
    )
