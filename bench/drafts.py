"""Microseconds per draft: the whole pipeline on unseen texts of 80 words, with the shipped packs and with thousands more rules."""

from __future__ import annotations

import gc
import json
import random
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from msgspec.structs import replace
from rich.console import Console
from rich.table import Table

from guidance.conversations import empty_case
from guidance.model import AgentHabits, Author, Case, Comment, CommentAdded, Draft, DraftTyped, Person, TicketKey
from guidance.pipeline import advance
from guidance.rules import PackFile, Rulebook, build_rulebook, read_packs, shipped_files
from guidance.rules.collecting import set_aside

NOW = datetime(2026, 3, 4, 15, 15, tzinfo=UTC)
KEY = TicketKey("zendesk:bench", "1")
TRAINING = Path(__file__).parents[1] / "training"
P50_AT_MOST, P99_AT_MOST, RATIO_AT_MOST, LIVE_WITHIN = 1_000, 3_000, 2.0, 2.0


def sentences() -> list[str]:
    """Sentences that agents write, from the training corpus."""
    rows = (
        json.loads(line) for file in sorted(TRAINING.glob("*.jsonl")) for line in file.read_text("utf8").splitlines()
    )
    return [reply["text"] for row in rows for reply in row.get("replies", ())]


def drafts(count: int, seed: int) -> Iterator[str]:
    """Drafts of 80 words, none of them twice: sentences of agents, shuffled together."""
    rng, pool = random.Random(seed), sentences()
    for _ in range(count):
        words: list[str] = []
        while len(words) < 80:
            words += rng.choice(pool).split()
        yield " ".join(words[:80])


def packs_of(count: int, seed: int = 7) -> list[PackFile]:
    """Packs of `count` made-up rules: 70 % phrases, 30 % patterns, one in twenty about something absent."""
    rng = random.Random(seed)
    words = sorted({word.lower() for text in sentences() for word in text.split() if word.isalpha() and len(word) > 2})
    rules = [_rule(number, rng, words) for number in range(count)]
    parts = [rules[start : start + 2_000] for start in range(0, count, 2_000)]
    return [PackFile(f"bench{n}.yaml", _pack(f"bench{n}", part)) for n, part in enumerate(parts)]


def _pack(name: str, rules: list[dict[str, object]]) -> str:
    return json.dumps({"pack": name, "version": "1", "title": "Bench", "rules": rules})


def _rule(number: int, rng: random.Random, words: list[str]) -> dict[str, object]:
    chosen = rng.sample(words, 4)
    if rng.random() < 0.7:
        heard: dict[str, object] = {
            "draft.says": [" ".join(chosen[: rng.randint(2, 4)]), " ".join(rng.sample(words, 2))]
        }
    else:
        heard = {"draft.matches": [rf"\b(?:{chosen[0]}|{chosen[1]})\b(?: \w+){{0,3}} {chosen[2]}\b"]}
    when = {"all": ["last.abusive", {"not": heard}]} if rng.random() < 0.05 else heard
    example = {"last": "x", "draft": "x"}
    return {
        "id": f"bench.rule-{number}",
        "principle": "dialogue-not-script",
        "title": "Made up",
        "moments": ["draft"],
        "when": when,
        "hint": {"say": "Made up.", "why": "Made up."},
        "examples": {"fires": [example], "silent": [example]},
    }


def edited(text: str) -> str:
    """A pack in which somebody changed what a rule listens for, so that all has to be compiled anew; what it says is a smaller change."""
    changed = text.replace('"draft.says": ["', '"draft.says": ["anew ', 1).replace("- not angry\n", "- not cross\n", 1)
    assert changed != text
    return changed


def rulebook_with(more: int) -> tuple[Rulebook, float, float]:
    """The shipped packs and `more` made-up rules; the seconds from all texts to live, and from one edited pack to live."""
    files = [*shipped_files(), *packs_of(more)]
    started = time.perf_counter()
    build_rulebook(read_packs(files))
    first = time.perf_counter() - started
    files[-1] = PackFile(files[-1].source, edited(files[-1].text))
    started = time.perf_counter()
    return build_rulebook(read_packs(files)), first, time.perf_counter() - started


def angry_case(rulebook: Rulebook) -> Case:
    """A ticket with an upset customer, read already, and an agent at the keyboard."""
    fresh = empty_case(KEY)
    case = replace(
        fresh,
        conversation=replace(fresh.conversation, requester=Person(id="900", name="Rana Haddad")),
        readers=(AgentHabits(agent_id="12"),),
    )
    text = "Third time I write. Still no parcel, and nobody answers the phone. Where is it, and when will it come?"
    comment = Comment(id="1", author=Author.REQUESTER, text=text, at=NOW)
    return advance(case, CommentAdded(key=KEY, event_id="e", at=NOW, comment=comment), rulebook, NOW).case


def measure(rulebook: Rulebook, count: int, seed: int) -> list[float]:
    """Microseconds of `count` drafts, sorted."""
    case = angry_case(rulebook)
    texts = list(drafts(count, seed))
    gc.collect()
    set_aside()
    taken = []
    for text in texts:
        given = DraftTyped(draft=Draft(text=text), agent_id="12")
        started = time.perf_counter()
        advance(case, given, rulebook, NOW)
        taken.append((time.perf_counter() - started) * 1e6)
    return sorted(taken)


def run(*, soak: bool = False) -> bool:
    """Print the table; whether the promises of the whole are kept."""
    count = 3_000 if soak else 1_000
    table = Table(title="One draft, 80 unseen words, whole pipeline", title_justify="left")
    for column in ("rules", "p50 µs", "p99 µs", "all texts to live, s", "one edited pack to live, s"):
        table.add_column(column, justify="right")
    medians = {}
    kept = True
    for more in (0, 100, 10_000):
        rulebook, first, edited = rulebook_with(more)
        measure(rulebook, 100, seed=1)
        taken = measure(rulebook, count, seed=2 + more)
        p50, p99 = taken[len(taken) // 2], taken[int(len(taken) * 0.99)]
        medians[more] = p50
        kept = kept and edited <= LIVE_WITHIN and (bool(more) or (p50 <= P50_AT_MOST and p99 <= P99_AT_MOST))
        name = f"shipped + {more:,}" if more else "shipped"
        table.add_row(name, f"{p50:,.0f}", f"{p99:,.0f}", f"{first:.2f}", f"{edited:.2f}")
    Console(width=100).print(table)
    ratio = medians[10_000] / medians[100]
    print(f"10,000 more rules take {ratio:.2f} times as long as 100 more (at most {RATIO_AT_MOST:.0f} is promised).")
    return kept and ratio <= RATIO_AT_MOST


if __name__ == "__main__":
    run()
