"""What zenpy makes its calls through: token, address, time-outs and typed errors are ours, objects and paths are zenpy's.

zenpy left to itself sleeps in the call on 429, repeats writes on 503, and speaks to `*.zendesk.com` only.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import requests
from requests.auth import AuthBase

from guidance.errors import HelpdeskError
from guidance.integrations.calls import TIME_OUTS, Call, broken, check, error_told, open_session, read_json
from guidance.integrations.metering import Meter
from guidance.integrations.taming import tame
from guidance.integrations.zendesk.counting import count_of
from guidance.integrations.zendesk.oauth import Tokens
from guidance.integrations.zendesk.updates import TicketUpdates, updated_by
from guidance.ports import Account

T = TypeVar("T")

SUBDOMAIN, DOMAIN = "account", "helpdesk.invalid"
"""The host that zenpy believes in. No call goes there: `ZendeskSession` puts the account's own address in its place."""

_API = "/api/v2/"
_PEM = ".pem"
"""The one thing of the API that is no JSON: the app's public key."""

_ALREADY_ANOTHER = "IdempotentRequestError"


class ZendeskSession(requests.Session):
    """A `requests.Session` that zenpy takes as it is. All its calls raise `HelpdeskError`, before zenpy sees the answer.

    `headers` go with each call, as `Idempotency-Key` does: a session with a key of its own is for one write. `meter` holds its calls to
    the account's budget, and is shared by all sessions of a client.
    """

    authorized = True

    def __init__(
        self,
        account: Account,
        tokens: Tokens,
        headers: Mapping[str, str] | None = None,
        *,
        updates: TicketUpdates | None = None,
        meter: Meter | None = None,
    ) -> None:
        super().__init__()
        open_session(self)
        self.headers.update({"User-Agent": "helpdesk-guidance", **(headers or {})})
        self._base_url = account.base_url.rstrip("/")
        self._tokens = tokens
        self._updates = updates or TicketUpdates(account)
        self._meter = meter or Meter(count_of)

    def request(self, method: str | bytes, url: str | bytes, *args: Any, **kwargs: Any) -> requests.Response:
        """Send one call to the account's own address, whatever host `url` names, so that the token goes nowhere else.

        A token that has run out is renewed once; a refused call did nothing, so repeating it is safe.
        """
        rest = _rest_of(str(url))
        call = Call("Zendesk", str(method), _API + rest.partition("?")[0])
        kwargs |= {"timeout": TIME_OUTS, "allow_redirects": False, "stream": True}
        kwargs.pop("auth", None)
        send = super().request

        def once(token: str) -> requests.Response:
            told = {**kwargs, "auth": _Authorization(self._tokens.header(token))}
            return self._sent(call, rest, lambda: send(method, self._base_url + _API + rest, *args, **told))

        token = self._tokens.current()
        answer = once(token)
        if answer.status_code == 401 and self._tokens.renew(token):
            answer = once(self._tokens.current())
        _check(call, answer)
        # zenpy looks for its own host in the address that an answer is to.
        answer.request.url = f"https://{SUBDOMAIN}.{DOMAIN}{_API}{rest}"
        return answer

    def _sent(self, call: Call, rest: str, send: Callable[[], requests.Response]) -> requests.Response:
        """Send where the account's budget allows a call. Only then does it count among the updates of its ticket."""
        ticket_id = updated_by(call.method, rest)
        if ticket_id is None:
            return self._meter.send(call, send)

        def update() -> requests.Response:
            self._updates.spend(ticket_id)
            return send()

        answer = self._meter.send(call, update)
        self._updates.hear(ticket_id, answer.headers)
        return answer

    def write(self, method: str, path: str, body: Mapping[str, Any] | None, kind: type[T]) -> T:
        """POST, PUT or PATCH to a path below `/api/v2/`; the answer as `kind`. Raises as `read`."""
        return tame(self.request(method, _API + path, json=body).json(), kind)

    def change(self, method: str, path: str, body: Mapping[str, Any]) -> None:
        """POST, PUT or PATCH where nothing of the answer is needed: to a changed webhook Zendesk answers without a body. Raises `HelpdeskError`."""
        self.request(method, _API + path, json=body)

    def remove(self, path: str) -> None:
        """DELETE a path below `/api/v2/`. Raises `HelpdeskError`."""
        self.request("DELETE", _API + path)

    def read(self, url: str, kind: type[T], params: Mapping[str, Any] | None = None) -> T:
        """GET a path below `/api/v2/`, or a next page's address, as `kind`.

        Raises `HelpdeskError`, and `MalformedError` for an answer of another shape.
        """
        answer = self.get(url if "://" in url else _API + url, params=params)
        return tame(answer.json(), kind)


def _rest_of(url: str) -> str:
    """Path and query after `/api/v2/`, of an address that zenpy made or that an answer gave for the next page."""
    _, found, rest = url.partition(_API)
    if not found:
        raise HelpdeskError("Zendesk's answer named a next page outside its API.", permanent=True)
    return rest


def _check(call: Call, answer: requests.Response) -> None:
    codes = _codes_of(answer)
    if answer.status_code == 400 and _ALREADY_ANOTHER in codes:
        sentence = "Zendesk made this ticket from an earlier call with the same key; it has to be looked up."
        raise HelpdeskError(sentence, unclear=True, status=400)
    check(call, answer, codes)
    if answer.status_code != 204 and not call.path.endswith(_PEM) and not isinstance(read_json(call, answer), dict):
        raise broken(call, answer.status_code)


def _codes_of(answer: requests.Response) -> tuple[str, ...]:
    """Zendesk's name for an error, and the fields that it names; never its sentences, which may quote a ticket."""
    told = error_told(answer)
    details = told.get("details")
    named = list(details) if isinstance(details, dict) else []
    return tuple(code for code in (told.get("error"), *named) if isinstance(code, str))


class _Authorization(AuthBase):
    """An auth object rather than a header, since requests would put a `.netrc` entry in a header's place."""

    def __init__(self, header: str) -> None:
        self._header = header

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = self._header
        return request
