"""The network around a ticket: colleagues who can help or wait, partners, the customer's circle. Pure, as all of the core.

Of a ticket it keeps a `Card`: of an open one whose it is and its subject, of a solved one which words it was about, as
weights. The store makes marks of words and people, so that neither can be read back.
"""

from guidance.network.access import may_see
from guidance.network.asking import open_questions
from guidance.network.cards import card_of, circle_of, known_as, solver_of
from guidance.network.effects import effects_of
from guidance.network.favours import Favour, favour_in, first_sentence
from guidance.network.helping import choose
from guidance.network.partners import Partner, concerned, message_to, promised_by, unknown_field
from guidance.network.scoring import best
from guidance.network.terms import matter_of, query_of

__all__ = [
    "Favour",
    "Partner",
    "best",
    "card_of",
    "choose",
    "circle_of",
    "concerned",
    "effects_of",
    "favour_in",
    "first_sentence",
    "known_as",
    "matter_of",
    "may_see",
    "message_to",
    "open_questions",
    "promised_by",
    "query_of",
    "solver_of",
    "unknown_field",
]
