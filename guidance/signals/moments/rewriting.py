"""A small rewriting grammar: a rule names a run of tags, and its builder turns the items there into one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from msgspec import Struct

from guidance.signals.moments.values import Item, Scene
from guidance.text.patterns import Pattern


class Run(Struct, frozen=True):
    """The items that a rule's tags were found on, with their neighbours (None at either end)."""

    items: Sequence[Item]
    before: Item | None
    after: Item | None
    scene: Scene

    def get(self, tag: str) -> Any:
        """The value of the first item that may stand for this tag; None where there is none."""
        return next((item.tags[tag] for item in self.items if tag in item.tags), None)

    def all(self, tags: str) -> list[Any]:
        """The values of all items that may stand for one of these tags, the first that fits each."""
        return [item.tags[tag] for item in self.items for tag in [_first(item, tags)] if tag]

    def has(self, tag: str) -> bool:
        return any(tag in item.tags for item in self.items)

    def is_before(self, tags: str) -> bool:
        """Whether the next item may stand for one of these tags."""
        return self.after is not None and not self.after.tags.keys().isdisjoint(tags)

    def is_behind(self, tags: str) -> bool:
        """Whether the item before may stand for one of these tags."""
        return self.before is not None and not self.before.tags.keys().isdisjoint(tags)


Built = dict[str, Any] | None
Builder = Callable[[Run], Built]


class Rule(Struct, frozen=True):
    """`pattern` over the tag string, and what to build where it matches."""

    pattern: Pattern
    needs: frozenset[str]
    build: Builder


def rule(tags: str, build: Builder) -> Rule:
    """A rule from its notation: one step per item, `no` = tagged n or o; `?` and `{0,3}` repeat; builders may return None to refuse."""
    steps = [_step(step) for step in tags.split()]
    needed = frozenset(step for step in tags.split() if len(step) == 1)
    return Rule(Pattern("".join(steps)), needed, build)


def only(tag: str, as_tag: str | None = None) -> Builder:
    """A builder that keeps the value of one tag (under another name), and lets the words around it go with it."""
    return lambda run: {as_tag or tag: run.get(tag)}


def void(_run: Run) -> Built:
    """A builder for words that only look like a moment."""
    return {"_": None}


def refuse_before(tags: str, build: Builder) -> Builder:
    """The builder, but not where the next item may stand for one of these tags."""
    return lambda run: None if run.is_before(tags) else build(run)


def rewrite(items: list[Item], rules: Sequence[Rule], scene: Scene) -> list[Item]:
    """The items after all rules, each tried from left to right, in order."""
    shown, present = _shown(items)
    for each in rules:
        if each.needs <= present:
            changed = _applied(items, shown, each, scene)
            if changed is not items:
                items = changed
                shown, present = _shown(items)
    return items


def _shown(items: Sequence[Item]) -> tuple[str, set[str]]:
    shown = "".join(["<" + "".join(item.tags) + ">" for item in items])
    return shown, set(shown)


def _applied(items: list[Item], shown: str, each: Rule, scene: Scene) -> list[Item]:
    out: list[Item] = []
    done = place = counted = first = 0
    while match := each.pattern.search(shown, place):
        first += shown.count("<", counted, match.start())
        counted = match.start()
        last = first + match.group().count("<")
        built = each.build(_run(items, first, last, scene))
        if built is None:
            place = shown.index(">", match.start()) + 1
            continue
        out.extend(items[done:first])
        out.append(Item(built, items[first].start, items[last - 1].end))
        done, place = last, match.end()
    return [*out, *items[done:]] if out else items


def _run(items: list[Item], first: int, last: int, scene: Scene) -> Run:
    before = items[first - 1] if first else None
    after = items[last] if last < len(items) else None
    return Run(items[first:last], before, after, scene)


def _step(step: str) -> str:
    tags, repeat = step, ""
    for sign in ("?", "{"):
        if sign in step:
            tags, repeat = step[: step.index(sign)], step[step.index(sign) :]
            break
    return f"(?:<[^<>]*[{tags}][^<>]*>){repeat}"


def _first(item: Item, tags: str) -> str | None:
    return next((tag for tag in tags if tag in item.tags), None)
