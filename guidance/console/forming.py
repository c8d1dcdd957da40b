"""The form beside the text of a file of rules: what a rule's fields hold, and the text with another value in one of them."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace
from werkzeug.wrappers import Response

from guidance.console.doors import Door
from guidance.console.editing import LONGEST_FORM
from guidance.console.looking import Looking
from guidance.console.places import named_in
from guidance.console.wiring import Wiring
from guidance.model import SCOPES
from guidance.people.users import May
from guidance.rules import PackFile
from guidance.rules.form import Form, Listed, form_of, rules_in, written
from guidance.rules.overlays import flaws_as_typed
from guidance.rules.splicing import Source
from guidance.rules.yamlfile import Problem
from guidance.web.answering import answer
from guidance.web.bodies import read_json

_MOST_OFFERED = 30


class FieldChange(Struct, frozen=True):
    """Another value for a field: a text (of a line for each, where there may be several), whether it is ticked, or what is chosen."""

    field: str
    value: str | bool | list[str]


class FormBody(Struct, frozen=True, kw_only=True):
    """Body of `POST /api/v1/rules/form`. `rule`: the place of the rule in the file; `change`: what to write first."""

    text: str
    name: str = ""
    rule: int = 0
    change: FieldChange | None = None


class FormTold(Struct, frozen=True, kw_only=True):
    """The file's text as it is now, its rules, and the form of one. No form: `problem` says why, and on which line."""

    text: str
    rules: list[Listed] = []
    form: Form | None = None
    problem: str = ""
    line: int = 0


class Forming:
    """The door of the form."""

    def __init__(self, wiring: Wiring) -> None:
        self._wiring = wiring
        self._looking = Looking(wiring)

    def doors(self) -> Sequence[Door]:
        return (Door("POST", "/api/v1/rules/form", May.DRAFT, self.show, LONGEST_FORM),)

    def show(self) -> Response:
        """Nothing is kept: the page holds the text, and saves it as ever."""
        told: FormTold = self._wiring.offload(formed, read_json(FormBody))
        return answer(told if told.form is None else replace(told, form=self._offering(told.form)))

    def _offering(self, form: Form) -> Form:
        """The form with the names that the helpdesks have beside the fields for groups and brands."""
        kinds = {kind: _offered(named_in(self._looking.teams(), kind)) for kind in SCOPES}
        return replace(
            form,
            fields=tuple(
                replace(one, note=kinds.get(one.key.removeprefix("ticket."), one.note)) for one in form.fields
            ),
        )


def _offered(names: Sequence[str]) -> str:
    more = "" if len(names) <= _MOST_OFFERED else " …"
    return f"A line each. There are {', '.join(names[:_MOST_OFFERED])}{more}." if names else ""


def formed(body: FormBody) -> FormTold:
    """Write what is to be written, then read it back. Raises `MalformedError` with the field, and `NotFoundError`."""
    try:
        source = Source(body.text)
    except Problem as problem:
        return FormTold(text=body.text, problem=problem.message, line=problem.line or 1)
    if body.change is not None:
        source = Source(written(source, body.rule, body.change.field, body.change.value))
    rules = rules_in(source)
    if not rules:
        return FormTold(text=source.text, problem="there is no rule in this file yet", line=1)
    place = body.rule if any(one.place == body.rule for one in rules) else rules[0].place
    flaws = flaws_as_typed(PackFile(body.name or "this file", source.text))
    return FormTold(text=source.text, rules=rules, form=form_of(source, place, flaws))
