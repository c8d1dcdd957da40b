"""Rules out as a ZIP of YAML, and in again: as drafts, so that nothing is in force before somebody has looked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import closing

from flask import Response as FlaskResponse
from flask import request
from msgspec import Struct
from werkzeug.wrappers import Response

from guidance.console.doors import Door, signed
from guidance.console.drafts import Drafts
from guidance.console.pages import page
from guidance.console.wiring import Wiring
from guidance.errors import ConflictError, MalformedError, RefusedError
from guidance.people.users import May
from guidance.rules import PackFile
from guidance.rules.archive import packed, unpacked
from guidance.rules.overlays import flaws_as_typed

_LARGEST = 16 << 20
_MOST_LOOKED_AT = 2 << 20


class Taken(Struct, frozen=True):
    """What became of one file."""

    name: str
    what: str


class Moving:
    """The doors for whole sets of files."""

    def __init__(self, wiring: Wiring) -> None:
        self._wiring = wiring
        self._drafts = Drafts(wiring)

    def doors(self) -> Sequence[Door]:
        return (
            Door("GET", "/console/rules.zip", May.SEE, self.export),
            Door("GET", "/console/import", May.DRAFT, self.ask),
            Door("POST", "/console/import", May.DRAFT, self.take, _LARGEST),
        )

    def export(self) -> Response:
        """The published files of the house."""
        edition = self._drafts.published()
        response = FlaskResponse(packed(edition.files), content_type="application/zip")
        response.headers["Content-Disposition"] = f'attachment; filename="rules-{edition.number}.zip"'
        return response

    def ask(self, status: int = 200, *, taken: Sequence[Taken] = (), problem: RefusedError | str = "") -> Response:
        return page("import.html", status, taken=taken, problem=problem)

    def take(self) -> Response:
        """Each file of an upload as a draft; what is published already, or drafted otherwise by somebody, stays untouched."""
        file = request.files.get("rules")
        if not file:
            return self.ask(400, problem="Choose a ZIP or a YAML file.")
        with closing(file):
            body = file.read()
        try:
            files = unpacked((file.filename or "").lower(), body)
        except MalformedError as error:
            return self.ask(error.status, problem=f"{error.path}: {error}" if error.path else error)
        published = self._drafts.published().files
        mend = self._to_mend(files)
        taken = [self._taken(name, text, published.get(name), mend[name]) for name, text in sorted(files.items())]
        return self.ask(taken=taken)

    def _to_mend(self, files: Mapping[str, str]) -> dict[str, str]:
        """How much each file has to be mended before it can be published, in words; of a very large set, nothing."""
        if sum(map(len, files.values())) > _MOST_LOOKED_AT:
            return dict.fromkeys(files, "")
        found = {name: len(self._wiring.offload(flaws_as_typed, PackFile(name, text))) for name, text in files.items()}
        return {name: f", with {n} thing{'s' if n > 1 else ''} to mend" if n else "" for name, n in found.items()}

    def _taken(self, name: str, text: str, published: str | None, mend: str) -> Taken:
        draft = self._drafts.get(name)
        if text in (published, draft.text if draft else None):
            return Taken(name, "is here already, word for word")
        if draft is not None:
            return Taken(name, f"left alone: {draft.who} has another draft of it; publish or drop that one first")
        try:
            self._drafts.save(name, text, seen=0, who=signed().user.email)
        except ConflictError as error:
            return Taken(name, str(error))
        return Taken(name, ("a draft now" if published is None else "a draft now, over the published one") + mend)
