"""The way back: to a whole earlier version, with a reason and all that it takes along, or to one of its files as a draft."""

from __future__ import annotations

from collections.abc import Sequence

from flask import redirect, request
from werkzeug.wrappers import Response

from guidance.console.doors import Door, signed
from guidance.console.drafts import Drafts
from guidance.console.pages import on_to
from guidance.console.versions import Versions
from guidance.console.wiring import Wiring
from guidance.errors import ConflictError, MalformedError, NotFoundError
from guidance.people.users import May
from guidance.ports import Edition
from guidance.rules.archive import checked_name
from guidance.rules.extracting import rules_that_differ


class GoingBack:
    """The doors that bring back what was published once."""

    def __init__(self, wiring: Wiring) -> None:
        self._wiring = wiring
        self._drafts = Drafts(wiring)
        self._versions = Versions(wiring)

    def doors(self) -> Sequence[Door]:
        version = "/console/versions/<int:number>"
        return (
            Door("POST", f"{version}/restore", May.PUBLISH, self.restore),
            Door("POST", f"{version}/files/<name>", May.DRAFT, self.open_file),
        )

    def restore(self, number: int) -> Response:
        """Put an earlier edition's files in force again, as a new edition; the history of each rule that it changes says so."""
        edition, head = self._versions.edition(number), self._drafts.published()
        why = request.form.get("why", "").strip()
        if not why:
            problem = MalformedError("Say why, in a few words: others will want to know.", path="why")
            return self._versions.show(number, problem.status, problem)
        what = f"went back to version {number}"
        try:
            self._put_back(edition, head, what)
        except ConflictError as error:
            return self._versions.show(number, error.status, error)
        for rule_id in sorted(rules_that_differ(head.files, edition.files)):
            self._wiring.store.note_change(self._wiring.change(signed().user.email, what, f"rule:{rule_id}", why=why))
        return on_to("/console/versions", done="restored")

    def _put_back(self, edition: Edition, head: Edition, what: str) -> None:
        """Raises `ConflictError` where somebody else published first, or where it would not load."""
        if str(head.number) != request.form.get("head"):
            raise ConflictError("Somebody published since this page was loaded. Look again, then decide.")
        self._versions.put_or_refuse(head, edition.files, what, "rulebook")

    def open_file(self, number: int, name: str) -> Response:
        """One file as it was then, as a draft over what is published now; others keep theirs."""
        text = self._versions.edition(number).files.get(checked_name(name))
        if text is None:
            raise NotFoundError("There is no file of that name in this version.")
        if held := self._drafts.get(name):
            raise ConflictError(f"{held.who or 'Somebody'} has a draft of it: publish or drop that one first.")
        self._drafts.save(name, text, seen=0, who=signed().user.email)
        return redirect(f"/console/files/{name}", 303)
