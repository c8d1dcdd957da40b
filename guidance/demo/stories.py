"""The stories that the Play button acts out (`stories.yaml`), and the ticket that each of them begins with."""

from __future__ import annotations

from functools import cache
from typing import Any

import msgspec
from msgspec import Struct

from guidance.demo.seeds import SeedTicket, read_yaml


class Step(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One step: exactly one of the verbs, and `say`, the caption that goes with it.

    `customer`: the requester writes this. `type`: the agent types this at the end of the composer. `erase`: the composer is
    emptied. `submit`: the reply is sent with this status. `show`: a panel is opened. `await_task`: seconds to wait for one.
    `rest`: seconds to look at what is there.
    """

    say: str = ""
    customer: str | None = None
    type: str | None = None
    erase: bool = False
    submit: str | None = None
    show: str | None = None
    await_task: float | None = None
    rest: float | None = None


class Story(Struct, frozen=True, kw_only=True):
    """A story: who plays the agent, the ticket as it stands before the first step, and the steps."""

    id: str
    title: str
    teaser: str
    agent: str
    ticket: SeedTicket
    steps: list[Step]


@cache
def stories() -> tuple[Story, ...]:
    """All of them, in the order in which they are offered."""
    return msgspec.convert(read_yaml("stories.yaml"), tuple[Story, ...])


def story_json(story: Story) -> dict[str, Any]:
    """What the page needs to play it; its ticket stays here until it begins."""
    steps = [msgspec.to_builtins(step) for step in story.steps]
    return {"id": story.id, "title": story.title, "teaser": story.teaser, "agent": story.agent, "steps": steps}
