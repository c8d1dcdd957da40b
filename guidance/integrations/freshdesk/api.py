"""Freshdesk's REST API v2, call by call: the key, addresses, pages and typed errors. Source: Freshdesk's API reference."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from typing import Any, TypeVar

import requests
from requests.auth import HTTPBasicAuth

from guidance.errors import HelpdeskError, MalformedError
from guidance.integrations.budget import CallBudget
from guidance.integrations.calls import TIME_OUTS, Call, check, error_told, open_session, read_json
from guidance.integrations.freshdesk.counting import count_of
from guidance.integrations.metering import Meter
from guidance.integrations.taming import tame, tame_each
from guidance.ports import Account

T = TypeVar("T")

PAGE = 100
Listed: Any = list[Any] | dict[str, Any]
_API = "/api/v2/"


class FreshdeskApi:
    """One account's API, for any number of threads. All methods raise `HelpdeskError`."""

    def __init__(self, account: Account) -> None:
        key = account.secrets.get("api_key") or account.secrets.get("token")
        if not key:
            raise HelpdeskError(
                f"{account.id} has no key for Freshdesk's API; connect the account with one.", permanent=True
            )
        self._account = account.id
        self._base_url = account.base_url.rstrip("/")
        self._session = requests.Session()
        open_session(self._session)
        self._session.headers["User-Agent"] = "helpdesk-guidance"
        self._session.auth = HTTPBasicAuth(key, "X")
        self._meter = Meter(count_of)

    def keep_within(self, budget: CallBudget) -> None:
        """Ask this budget before every call from now on."""
        self._meter.keep_within(budget)

    def reserved(self, credits_: int) -> AbstractContextManager[None]:
        """Calls for so many credits are made within, or none at all. Raises `HeldBackError`."""
        return self._meter.reserved(credits_)

    def get(self, path: str, kind: type[T], params: Mapping[str, str] | None = None) -> T:
        """One thing at `path`, below `/api/v2/`."""
        return self._call("GET", path, kind, params=params)[0]

    def get_with_headers(self, path: str, kind: type[T]) -> tuple[T, Mapping[str, str]]:
        """One thing, and what Freshdesk says beside it."""
        found, answer = self._call("GET", path, kind)
        return found, answer.headers

    def post(self, path: str, body: Mapping[str, Any], kind: type[T]) -> T:
        """Write once. Freshdesk knows no idempotency key: after an unclear outcome, look before writing again."""
        return self._call("POST", path, kind, json=body)[0]

    def put(self, path: str, body: Mapping[str, Any], kind: type[T]) -> T:
        """Change a thing; the last write wins."""
        return self._call("PUT", path, kind, json=body)[0]

    def remove(self, path: str) -> None:
        """Delete a thing."""
        self._call("DELETE", path, type(None))

    def listed(self, path: str, kind: type[T], *, most: int = 5) -> tuple[list[T], Mapping[str, Any]]:
        """A list whose pages may be bare, or wrapped in an object with a `meta` beside them: items and that `meta`."""
        items: list[T] = []
        meta: Mapping[str, Any] = {}
        for number in range(1, most + 1):
            asked = {"per_page": str(PAGE), "page": str(number)}
            told, answer = self._call("GET", path, Listed, params=asked)
            if isinstance(told, dict):
                meta = told.get("meta") or {}
                told = next((one for one in told.values() if isinstance(one, list)), [])
            items += tame(told, list[kind])  # type: ignore[valid-type]
            if "next" not in answer.links:
                break
        return items, meta

    def pages(
        self,
        path: str,
        kind: type[T],
        params: Mapping[str, str],
        *,
        most: int,
        first: int = 1,
        one_by_one: bool = False,
    ) -> Iterator[tuple[list[T], bool]]:
        """Up to `most` pages of a list from the `first` on, each with whether there is another one.

        `one_by_one`: what is of another shape is read as far as it goes, and holds up nothing beside it. The `link` header only says that there is: its address is not called, so that the key goes nowhere else.
        """
        for number in range(first, first + most):
            asked = {**params, "per_page": str(PAGE), "page": str(number)}
            if one_by_one:
                told, answer = self._call("GET", path, list[Any], params=asked)
                items = self._each(path, told, kind)
            else:
                items, answer = self._call("GET", path, list[kind], params=asked)  # type: ignore[valid-type]
            has_more = "next" in answer.links
            yield items, has_more
            if not has_more:
                return

    def wholes(self, path: str, kind: type[T], *, most: int) -> list[T]:
        """All of a list, up to `most` pages; what is of another shape in any field is left out, and holds up nothing beside it."""
        told = [one for page, _ in self.pages(path, Any, {}, most=most) for one in page]
        return self._each(path, told, kind, whole=True)

    def _each(self, path: str, told: list[Any], kind: type[T], *, whole: bool = False) -> list[T]:
        try:
            return tame_each(told, kind, account=self._account, whole=whole)
        except MalformedError as error:
            raise _misshapen(Call("Freshdesk", "GET", _API + path), error, 200) from None

    def _call(self, method: str, path: str, kind: type[T], **kwargs: Any) -> tuple[T, requests.Response]:
        call = Call("Freshdesk", method, _API + path)
        url = self._base_url + _API + path
        kwargs |= {"timeout": TIME_OUTS, "allow_redirects": False, "stream": True}
        answer = self._meter.send(call, lambda: self._session.request(method, url, **kwargs))
        check(call, answer, _codes_of(answer))
        try:
            return tame(read_json(call, answer), kind), answer
        except MalformedError as error:
            raise _misshapen(call, error, answer.status_code) from None


def _misshapen(call: Call, error: MalformedError, status: int) -> HelpdeskError:
    sentence = f"Freshdesk's answer to {call} has another shape than we know: {error}"
    return HelpdeskError(sentence, unclear=call.is_write, status=status)


def _codes_of(answer: requests.Response) -> tuple[str, ...]:
    """Freshdesk's codes, with the fields that they are about; never its sentences, which may quote a ticket."""
    told = error_told(answer)
    listed = told.get("errors")
    problems = [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
    named = [f"{one.get('field', '')} {one.get('code', '')}".strip() for one in problems]
    code = told.get("code")
    return tuple(named) + ((code,) if isinstance(code, str) else ())
