"""Backtests: started with an upload, the stored conversations or a helpdesk's last tickets, watched, stopped, and their findings judged one key each."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from contextlib import closing
from typing import Any, Literal

import msgspec
from flask import redirect, request
from msgspec import Struct
from werkzeug.wrappers import Response

from guidance.backtests import Compared, Hit, checked
from guidance.backtests.comparing import Near
from guidance.backtests.fetched import FETCHED
from guidance.console.counted import per_hundred
from guidance.console.doors import Door, signed
from guidance.console.drafts import Drafts
from guidance.console.findings import sections_of, tally_of
from guidance.console.pages import on_to, page
from guidance.console.wiring import Wiring
from guidance.errors import ConflictError, MalformedError, NotFoundError, PackError, RefusedError
from guidance.people.users import May
from guidance.ports import Job
from guidance.rules import PackFile, read_pack
from guidance.text.nearest import meant
from guidance.web.answering import answer
from guidance.web.bodies import read_json

UPLOAD_LIMIT = 64 << 20
MOST_STORED = 5000
MOST_FETCHED = 1000
"""Tickets, at two or three calls each: about ten minutes where calls are plenty."""

_KIND = "judged"


class Judged(Struct, frozen=True):
    """Body of a judgement: `hit` names conversation, reply and rule; `right` whether the rule did well there."""

    hit: str
    word: Literal["right", "wrong", ""]


class Backtesting:
    """The doors around backtests. What a job quotes is shown to whoever uploaded it, else to those who may open the ticket."""

    def __init__(self, wiring: Wiring) -> None:
        self._wiring = wiring
        self._drafts = Drafts(wiring)

    def doors(self) -> Sequence[Door]:
        job = "/console/backtests/<job_id>"
        return (
            Door("GET", "/console/backtests", May.BACKTEST, self.show_all),
            Door("POST", "/console/backtests", May.BACKTEST, self.start, UPLOAD_LIMIT),
            Door("GET", job, May.BACKTEST, self.show),
            Door("POST", f"{job}/cancel", May.BACKTEST, self.cancel),
            Door("POST", f"{job}/drop", May.BACKTEST, self.drop),
            Door("GET", "/api/v1/backtests", May.BACKTEST, self.all_json),
            Door("GET", "/api/v1/backtests/<job_id>", May.BACKTEST, self.job_json),
            Door("PUT", "/api/v1/backtests/<job_id>/judgements", May.BACKTEST, self.judge),
        )

    def show_all(self, status: int = 200, problem: RefusedError | str | None = None) -> Response:
        return page(
            "backtests.html",
            status,
            jobs=[(job, self._came_of(job)) for job in self._wiring.store.jobs()],
            drafts=self._drafts.all(),
            accounts=self._wiring.store.accounts(),
            rules=sorted(self._wiring.rulebook().rules),
            given=request.values,
            problem=problem,
        )

    def start(self) -> Response:
        """Queue a backtest."""
        try:
            upload = self._upload()
            job = self._job(request.form.to_dict(), upload)
        except MalformedError as error:
            return self.show_all(error.status, error)
        except PackError as error:
            return self.show_all(422, f"The draft does not load: {error.problems[0]}")
        self._wiring.store.add_job(job, upload)
        return redirect(f"/console/backtests/{job.id}", 303)

    def show(self, job_id: str) -> Response:
        job = self._found(job_id)
        found = msgspec.convert(job.found, Compared) if job.found else None
        return page(
            "backtest.html",
            job=job,
            found=found,
            per_hundred=per_hundred,
            rules=sorted((found.live | found.candidate) if found else (), key=lambda one: _by_change(found, one)),
            readable=self._readable(job, found),
            sections=sections_of(found, self._judged(job_id)) if found else [],
        )

    def cancel(self, job_id: str) -> Response:
        self._found(job_id)
        self._wiring.store.cancel_job(job_id)
        return on_to(f"/console/backtests/{job_id}", done="cancelled")

    def drop(self, job_id: str) -> Response:
        """Forget a backtest, its quotes and judgements with it."""
        if self._found(job_id).is_open:
            raise ConflictError("This backtest still runs or waits for its turn: cancel it first.")
        self._wiring.store.drop_job(job_id)
        self._wiring.store.put_record(_KIND, job_id, None, expected=self._wiring.store.record(_KIND, job_id))
        return on_to("/console/backtests", done="removed")

    def all_json(self) -> Response:
        return answer({"backtests": [_state(job) for job in self._wiring.store.jobs()]})

    def job_json(self, job_id: str) -> Response:
        """How far a job is, and its counts; never a quote."""
        job = self._found(job_id)
        counts = {k: v for k, v in (job.found or {}).items() if isinstance(v, int) or k in ("live", "candidate")}
        return answer(_state(job) | {"found": counts or None})

    def judge(self, job_id: str) -> Response:
        """Keep one person's word on one hit or near miss."""
        body = read_json(Judged)
        self._found(job_id)
        for _ in range(20):
            stored = self._wiring.store.record(_KIND, job_id)
            words = msgspec.json.decode(stored, type=dict[str, str]) if stored else {}
            words = {**words, body.hit[:300]: body.word}
            if self._wiring.store.put_record(_KIND, job_id, msgspec.json.encode(words), expected=stored):
                break
        return answer({"right": _times(words, "right"), "wrong": _times(words, "wrong")})

    def _judged(self, job_id: str) -> dict[str, str]:
        stored = self._wiring.store.record(_KIND, job_id)
        return msgspec.json.decode(stored, type=dict[str, str]) if stored else {}

    def _upload(self) -> bytes | None:
        file = request.files.get("conversations")
        if not file:
            return None
        with closing(file):
            return checked(self._wiring.offload(file.read))

    def _job(self, form: dict[str, str], upload: bytes | None) -> Job:
        account = form.get("account", "")
        if upload is None and not account:
            raise MalformedError("Choose a file with conversations, or an account whose own to take.")
        is_fetched = upload is None and form.get("source") == FETCHED
        draft = self._drafts.get(form["file"]) if form.get("file") else None
        own = [rule.id for rule in read_pack(PackFile(draft.name, draft.text)).rules] if draft else []
        self._check_rule(form.get("rule", ""), own)
        asked: dict[str, Any] = {
            "focus": [form["rule"]] if form.get("rule") else own,
            "files": {draft.name: draft.text} if draft else {},
            "account": "" if upload else account,
            "settings": form.get("settings", ""),
            "source": FETCHED if is_fetched else "",
            "count": min(_count(form.get("count", "")), MOST_FETCHED if is_fetched else MOST_STORED),
            "what": f"draft {draft.name}" if draft else form.get("rule") or "rules in force",
            "over": "an upload" if upload else f"the last tickets of {account}" if is_fetched else account,
        }
        return Job(id=secrets.token_urlsafe(9), who=signed().user.email, at=self._wiring.clock(), asked=asked)

    def _came_of(self, job: Job) -> str:
        """What a backtest found, in so many words that two of them are told apart."""
        found = job.found or {}
        if not found:
            return ""
        counts = ", ".join(f"{found.get(f'{kind}_count', 0)} {kind}" for kind in ("new", "gone", "changed"))
        replies, tally = found.get("replies", 0), tally_of([*self._judged(job.id).values()])
        return f"{replies} repl{'y' if replies == 1 else 'ies'}: {counts}{f'; {tally}' if tally else ''}"

    def _check_rule(self, rule_id: str, own: Sequence[str]) -> None:
        """A rule that there is not would be looked at in vain, to the end of the run."""
        known = {*own, *self._wiring.rulebook().rules}
        if rule_id and rule_id not in known:
            raise MalformedError(f"there is no rule `{rule_id[:100]}` here{meant(rule_id, known)}", path="rule")

    def _found(self, job_id: str) -> Job:
        job = self._wiring.store.job(job_id)
        if job is None:
            raise NotFoundError("There is no such backtest; they are kept for a week.")
        return job

    def _readable(self, job: Job, found: Compared | None) -> set[str]:
        """The conversations whose words this person may read."""
        shown: tuple[Hit | Near, ...] = (
            (*found.hits, *found.near, *found.new, *found.gone, *found.changed) if found else ()
        )
        names = {one.conversation for one in shown}
        if not job.asked.get("account"):
            return names if job.who == signed().user.email else set()
        return {
            name
            for name in names
            if self._wiring.may_read(signed().user, str(job.asked["account"]), name.rpartition(":")[2])
        }


def _state(job: Job) -> dict[str, Any]:
    told = {name: getattr(job, name) for name in ("id", "state", "done", "total", "at", "who", "message")}
    return told | {"what": job.asked.get("what"), "over": job.asked.get("over")}


def _count(given: str) -> int:
    return int(given) if given.isdecimal() and len(given) < 6 else 1000


def _times(words: dict[str, str], word: str) -> int:
    return sum(one == word for one in words.values())


def _by_change(found: Compared | None, rule: str) -> tuple[int, int, str]:
    """Rules that speak more or less often than before come first."""
    assert found is not None
    today, then = found.live.get(rule, 0), found.candidate.get(rule, 0)
    return -abs(then - today), -then, rule
