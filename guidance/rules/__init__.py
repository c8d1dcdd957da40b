"""Rules: text files with their own good and bad examples, loaded, checked and judged."""

from guidance.rules.engine import Fired, Rulebook, build_rulebook, explain, fires, holds, is_cleared, is_early
from guidance.rules.examples import check_examples
from guidance.rules.loader import PackFile, load_rulebook, read_pack, read_packs, shipped_files, shipped_rulebook
from guidance.rules.schema import Pack, Rule, RuleStatus
from guidance.rules.situation import Situation

__all__ = [
    "Fired",
    "Pack",
    "PackFile",
    "Rule",
    "RuleStatus",
    "Rulebook",
    "Situation",
    "build_rulebook",
    "check_examples",
    "explain",
    "fires",
    "holds",
    "is_cleared",
    "is_early",
    "load_rulebook",
    "read_pack",
    "read_packs",
    "shipped_files",
    "shipped_rulebook",
]
