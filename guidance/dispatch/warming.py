"""Reading a few texts before anybody waits for it: the first one loads what all others are read with."""

from __future__ import annotations

from datetime import UTC, datetime

from guidance.conversations import empty_case
from guidance.model import Author, Comment, CommentAdded, Draft, DraftTyped, TicketKey
from guidance.pipeline import advance
from guidance.rules import Rulebook

_KEY = TicketKey("none:warming", "1")
_AT = datetime(2026, 1, 1, tzinfo=UTC)
_SAID = {
    "Where is my parcel? I asked three days ago.": "Thank you for waiting. I will call you tomorrow at 3pm.",
    "¿Dónde está mi paquete? Ya van tres semanas de espera.": "Gracias por su espera. Le llamo mañana a las 15:00.",
    "Wo ist mein Paket? Ich warte seit drei Wochen auf Sie.": "Danke für Ihre Geduld. Ich rufe Sie morgen um 15 Uhr an.",
    "Où est mon colis ? Je vous ai écrit il y a trois jours.": "Merci de votre patience. Je vous appelle demain à 15 h.",
    "Onde está a minha encomenda afinal?": "Olá",
}
"""A question and an answer in each language; the last question is in words by which no language is known at once."""


def warm_up(rulebook: Rulebook) -> None:
    """Take made-up words through the whole pipeline, and forget them; under a second, once a process."""
    for asked, answered in _SAID.items():
        comment = Comment(id="1", author=Author.REQUESTER, text=asked, at=_AT)
        event = CommentAdded(key=_KEY, event_id="1", at=_AT, comment=comment)
        case = advance(empty_case(_KEY), event, rulebook, _AT).case
        advance(case, DraftTyped(draft=Draft(text=answered), agent_id="1"), rulebook, _AT)
