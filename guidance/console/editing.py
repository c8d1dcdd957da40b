"""Writing rules: YAML with its errors beside the line as one types, drafts that nobody overwrites unseen."""

from __future__ import annotations

from collections.abc import Sequence

from flask import redirect, request
from msgspec import Struct
from werkzeug.wrappers import Response

from guidance.console.doors import Door, signed
from guidance.console.drafts import Drafts, difference
from guidance.console.looking import Looking
from guidance.console.pages import on_to, page
from guidance.console.rules import Rules
from guidance.console.wiring import Wiring
from guidance.errors import ConflictError, MalformedError, NotFoundError
from guidance.people.users import May
from guidance.rules.archive import checked_name
from guidance.web.answering import answer
from guidance.web.bodies import read_json

LONGEST_FORM = 4 << 20
"""A file of the longest kind, as a form writes it; what is longer than a file may be is told so by its line."""

ONWARD = {
    "publish": "/console/files/{name}/publish",
    "try": "/console/try?file={name}",
    "backtest": "/console/backtests?file={name}",
}
"""Where somebody wants to go with a draft, once it is saved."""

NEW = """\
pack: house.{name}
version: 1
title: {name}

rules:
  - id: house.{name}
    principle: acknowledge-apologize-act
    title: What this rule is about, in a few words
    level: suggestion
    moments: [draft]
    settled: true
    when:
      all:
        - last.upset
        - not: draft.acknowledgement
    hint:
      say: "Name what went wrong for them first."
      why: People hear an answer better once they feel heard.
    examples:
      fires:
        - {{last: "I am so disappointed, this is the third broken cup.", draft: "Please send me your order number."}}
      silent:
        - {{last: "How do I clean the cup?", draft: "Warm water and a soft cloth do it."}}
"""


class Editing:
    """The editor and the drafts that it writes."""

    def __init__(self, wiring: Wiring) -> None:
        self._wiring = wiring
        self._drafts = Drafts(wiring)
        self._rules = Rules(wiring)
        self._looking = Looking(wiring)

    def doors(self) -> Sequence[Door]:
        return (
            Door("POST", "/console/files", May.DRAFT, self.begin),
            Door("POST", "/console/rules/<rule_id>/copy", May.DRAFT, self.copy),
            Door("GET", "/console/files/<name>", May.DRAFT, self.show),
            Door("POST", "/console/files/<name>", May.DRAFT, self.save, LONGEST_FORM),
            Door("POST", "/console/files/<name>/drop", May.DRAFT, self.drop),
            Door("POST", "/api/v1/rules/lint", May.DRAFT, self.lint, LONGEST_FORM),
        )

    def begin(self) -> Response:
        """A new file, from a rule that loads and passes its examples."""
        try:
            name = checked_name(request.form.get("name", "").strip().lower().replace(" ", "-").replace(".", "-"))
        except MalformedError as error:
            return self._rules.show_all(error.status, error)
        if self._drafts.get(name) is not None or name in self._drafts.published().files:
            return on_to(f"/console/files/{name}", done="there")
        self._drafts.save(name, NEW.format(name=name), seen=0, who=signed().user.email, base="")
        return redirect(f"/console/files/{name}", 303)

    def copy(self, rule_id: str) -> Response:
        """Open a rule for changing: the house's own file, or a copy of the shipped rule that will stand in its place."""
        draft = self._drafts.of_rule(rule_id)
        return redirect(f"/console/files/{draft.name}", 303)

    def show(self, name: str) -> Response:
        draft = self._drafts.open(checked_name(name))
        if not draft.version and not draft.text:
            raise NotFoundError("There is no file of that name.")
        flaws, doubts = self._looking.over(draft.name, draft.text)
        return page(
            "editor.html",
            draft=draft,
            flaws=flaws,
            doubts=doubts,
            is_published=draft.name in self._drafts.published().files,
            difference=difference(draft.base or self._drafts.shipped(draft.name), draft.text),
        )

    def save(self, name: str) -> Response:
        """Save over the version that the writer saw, and go on with it. Where somebody was first, both texts stand side by side."""
        text = request.form.get("text", "").replace("\r\n", "\n")
        try:
            seen = int(request.form.get("seen", "0"))
        except ValueError:
            raise MalformedError(
                "The form lacks the number of the version that it was written over.", path="seen"
            ) from None
        onward = ONWARD.get(request.form.get("then", ""))
        if onward and self._drafts.open(checked_name(name)).text == text:
            return redirect(onward.format(name=name), 303)
        try:
            self._drafts.save(name, text, seen=seen, who=signed().user.email)
        except ConflictError as error:
            draft = self._drafts.open(name)
            if (draft.who, draft.text, draft.version) != (signed().user.email, text, seen + 1):
                return self.conflict(name, text, str(error))
        return redirect(onward.format(name=name), 303) if onward else on_to(f"/console/files/{name}", done="saved")

    def drop(self, name: str) -> Response:
        draft = self._drafts.get(name)
        if draft and not self._drafts.drop(draft):
            raise ConflictError("Somebody else saved this draft meanwhile. Look at it first.")
        return on_to("/console/rules", done="dropped")

    def lint(self) -> Response:
        """`{name, text}` -> `{flaws, warnings}`, each `[{line, rule, message}]`, quick enough to ask while somebody types."""
        told = read_json(LintBody)
        flaws, doubts = self._looking.over(told.name or "this file", told.text)
        return answer({"flaws": flaws, "warnings": doubts})

    def conflict(self, name: str, text: str, note: str) -> Response:
        """What the other one wrote, and one's own text to merge it with; nothing is lost, nothing overwritten."""
        theirs = self._drafts.open(name)
        return page(
            "conflict.html",
            409,
            name=name,
            text=text,
            theirs=theirs,
            note=note,
            difference=difference(theirs.text, text),
        )


class LintBody(Struct, frozen=True):
    """Body of `POST /api/v1/rules/lint`."""

    text: str
    name: str = ""
