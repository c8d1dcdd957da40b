"""What words and timing show: signals, questions, promises, names and slips, each with the words that it rests on."""

from guidance.signals.catalog import AGENT, CUSTOMER, DRAFT_WIRE, IN_SENTENCES, LAST_WIRE
from guidance.signals.ear import Context, Ear
from guidance.signals.view import Heard, Said, hear, heard_from

__all__ = [
    "AGENT",
    "CUSTOMER",
    "DRAFT_WIRE",
    "IN_SENTENCES",
    "LAST_WIRE",
    "Context",
    "Ear",
    "Heard",
    "Said",
    "hear",
    "heard_from",
]
