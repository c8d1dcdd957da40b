"""Conversations: how events become one ordered exchange, whatever their order and however often they come."""

from guidance.conversations.folding import empty_case, fold
from guidance.conversations.turns import Turns, turns_of

__all__ = ["Turns", "empty_case", "fold", "turns_of"]
