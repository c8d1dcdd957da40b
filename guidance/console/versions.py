"""Publishing, the history of what was published, and the way back."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import NamedTuple

from flask import request
from werkzeug.wrappers import Response

from guidance.accounts import settings_of
from guidance.console.account_settings import put_stage
from guidance.console.doors import Door, signed
from guidance.console.drafts import DraftFile, Drafts, difference
from guidance.console.looking import Looking
from guidance.console.pages import on_to, page
from guidance.console.wiring import Wiring
from guidance.errors import ConflictError, MalformedError, NotFoundError, PackError, RefusedError
from guidance.model import Stage
from guidance.people.users import May
from guidance.ports import Edition
from guidance.rules import PackFile, read_pack
from guidance.rules.archive import checked_name
from guidance.rules.overlays import Flaw, flaws_together, house_rulebook, without_refused

_AS_IT_IS = "as it is"

_MOST_TOLD = 1000
"""Changes in which the page of all versions looks for what each of them was."""


class _Moved(NamedTuple):
    """A rule's stage in an account as it was, and as it was set for an edition."""

    account: str
    rule: str
    before: Stage | None
    stage: Stage


class Versions:
    """Editions: published whole, one after the other."""

    def __init__(self, wiring: Wiring) -> None:
        self._wiring = wiring
        self._drafts = Drafts(wiring)
        self._looking = Looking(wiring)

    def doors(self) -> Sequence[Door]:
        return (
            Door("GET", "/console/files/<name>/publish", May.PUBLISH, self.ask),
            Door("POST", "/console/files/<name>/publish", May.PUBLISH, self.publish),
            Door("POST", "/console/files/<name>/remove", May.PUBLISH, self.remove),
            Door("GET", "/console/versions", May.SEE, self.show_all),
            Door("GET", "/console/versions/<int:number>", May.SEE, self.show),
        )

    def ask(self, name: str, status: int = 200, note: str = "") -> Response:
        """What would change, what keeps it from being published, and where it would show; what was chosen before stays chosen."""
        draft, edition = self._drafts.open(checked_name(name)), self._drafts.published()
        flaws = self._flaws(edition, draft)
        is_known = name in edition.files or (not flaws and self._is_in_force(draft))
        return page(
            "publish.html",
            status,
            draft=draft,
            edition=edition,
            note=note,
            flaws=flaws,
            doubts=[] if flaws else self._looking.over(name, draft.text)[1],
            difference=difference(self._drafts.before(name, edition.files), draft.text),
            stages=[_AS_IT_IS, *Stage],
            stage=request.form.get("stage") or (_AS_IT_IS if is_known else Stage.SHADOW),
            stands_in=name not in edition.files and bool(self._drafts.shipped(name)),
        )

    def publish(self, name: str) -> Response:
        """Put a draft in force as it was seen, on the edition that was seen; else its writer looks again."""
        draft, edition = self._drafts.open(checked_name(name)), self._drafts.published()
        if str(draft.version) != request.form.get("seen") or not draft.version:
            return self.ask(name, 409, "The draft has changed since this page was loaded. Look again, then decide.")
        if edition.files.get(name, "") != draft.base:
            return self._rebase(edition, draft)
        if self._flaws(edition, draft):
            return self.ask(name, 422)
        moved = self._stage(draft)
        files = edition.files | {name: draft.text}
        if not self._put(edition, files, f"published {name}", f"file:{name}"):
            self._stage_back(moved)
            return self.ask(name, 409, "Somebody else published at the same moment. Look again, then decide.")
        self._drafts.drop(draft)
        return on_to(f"/console/versions/{edition.number + 1}", done="published")

    def remove(self, name: str) -> Response:
        """Take a file out; where its rules stood in for shipped ones, those are back."""
        edition = self._drafts.published()
        if name not in edition.files:
            raise NotFoundError("There is no published file of that name.")
        files = {one: text for one, text in edition.files.items() if one != name}
        self.put_or_refuse(edition, files, f"removed {name}", f"file:{name}")
        return on_to("/console/versions", done="removed")

    def show_all(self) -> Response:
        head = self._drafts.published().number
        told = {one.after: one for one in self._wiring.store.changes(count=_MOST_TOLD)}
        return page("versions.html", editions=self._wiring.store.editions(), head=head, told=told)

    def show(self, number: int, status: int = 200, problem: RefusedError | None = None) -> Response:
        """One edition: what it changed over the one before, what going back to it would change, and what that takes along."""
        edition, before = self.edition(number), self.edition(number - 1) if number else Edition()
        head = self._drafts.published()
        told = {one.after: one for one in self._wiring.store.changes(count=_MOST_TOLD)} if number < head.number else {}
        return page(
            "version.html",
            status,
            problem=problem,
            edition=edition,
            head=head,
            changes=self._changes(before, edition),
            back=self._changes(head, edition) if edition.number != head.number else [],
            taken_back=[(one, told.get(f"version {one}")) for one in range(number + 1, head.number + 1)],
        )

    def edition(self, number: int) -> Edition:
        if number == 0:
            return Edition()
        edition = self._wiring.store.edition(number)
        if edition is None:
            raise NotFoundError("There is no version of that number.")
        return edition

    def _rebase(self, edition: Edition, draft: DraftFile) -> Response:
        """Somebody published this very file meanwhile: the draft now stands on theirs, and its writer sees the difference."""
        who = signed().user.email
        moved = self._drafts.save(
            draft.name, draft.text, seen=draft.version, who=who, base=edition.files.get(draft.name, "")
        )
        note = (
            f"{edition.who or 'Somebody'} published this file meanwhile. Below is what your draft would change in their "
            "version: merge by hand what of theirs is to stay, then publish."
        )
        return self.ask(moved.name, 409, note)

    def _flaws(self, edition: Edition, draft: DraftFile) -> list[Flaw]:
        files = edition.files | {draft.name: draft.text}
        flaws: list[Flaw] = self._wiring.offload(flaws_together, self._wiring.rulebook.packs, files, draft.name)
        return flaws

    def _is_in_force(self, draft: DraftFile) -> bool:
        """Whether one of its rules speaks already, as a shipped one of which this is a copy: to be asked of no file with flaws."""
        known = self._wiring.rulebook().rules
        return any(rule.id in known for rule in read_pack(PackFile(draft.name, draft.text)).rules)

    def _changes(self, before: Edition, after: Edition) -> list[tuple[str, list[tuple[str, str]]]]:
        """Each file that differs, with its difference; one that comes or goes is held against the shipped rule of its name."""
        names = sorted(before.files.keys() | after.files.keys())
        told = ((name, *(self._drafts.before(name, one.files) for one in (before, after))) for name in names)
        return [
            (name, difference(old, new)) for name, old, new in told if before.files.get(name) != after.files.get(name)
        ]

    def _stage(self, draft: DraftFile) -> list[_Moved]:
        """Set the stage before the rule is in force, so that nothing shows by accident in between; what was moved."""
        given, moved = request.form.get("stage", _AS_IT_IS), list[_Moved]()
        if given == _AS_IT_IS:
            return moved
        if given not in set(Stage):
            raise MalformedError(f"a stage is one of {', '.join(Stage)}", path="stage")
        for account in self._wiring.store.accounts():
            before = settings_of(account).stages
            for rule in read_pack(PackFile(draft.name, draft.text)).rules:
                put_stage(self._wiring, account.id, rule.id, Stage(given), why=request.form.get("why", ""))
                moved.append(_Moved(account.id, rule.id, before.get(rule.id), Stage(given)))
        return moved

    def _stage_back(self, moved: Sequence[_Moved]) -> None:
        """The edition did not come to be, so its stages go; one that somebody moved since stays as they said."""
        for one in moved:
            with suppress(ConflictError):
                put_stage(self._wiring, one.account, one.rule, one.before, was=str(one.stage), why="not published")

    def put_or_refuse(self, head: Edition, files: dict[str, str], what: str, subject: str) -> None:
        """Put files in force. Raises `ConflictError` where they would not load, or somebody else was first."""
        unchanged = {name for name, text in files.items() if head.files.get(name) == text}
        try:
            self._wiring.offload(house_rulebook, self._wiring.rulebook.packs, without_refused(files, unchanged))
        except PackError as error:
            raise ConflictError(f"This would not load as it stands: {error.problems[0]}") from error
        if not self._put(head, files, what, subject):
            raise ConflictError("Somebody else published at the same moment. Look again, then decide.")

    def _put(self, head: Edition, files: dict[str, str], what: str, subject: str) -> bool:
        return put_edition(self._wiring, head, files, what, subject, why=request.form.get("why", ""))


def put_edition(wiring: Wiring, head: Edition, files: dict[str, str], what: str, subject: str, *, why: str) -> bool:
    """Put these files in force as the edition after `head`, with its entry in the trail. False: another one came first."""
    who = signed().user.email
    edition = Edition(number=head.number + 1, files=files, at=wiring.clock(), who=who, why=why[:500])
    before, after = f"version {head.number}", f"version {edition.number}"
    is_put = wiring.store.publish(
        edition, change=wiring.change(who, what, subject, why=why, before=before, after=after)
    )
    wiring.rulebook.look()
    return is_put
