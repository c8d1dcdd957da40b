"""Every door of the console says what it asks of a person; this is the one place that holds them to it."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Sequence
from typing import Protocol
from urllib.parse import SplitResult, urlencode

from flask import Blueprint, g, redirect, request
from msgspec import Struct
from werkzeug.wrappers import Response

from guidance.console.sessions import Signed
from guidance.console.wiring import Wiring
from guidance.errors import NotAllowedError, NotAuthenticError
from guidance.people.users import ALLOWED, May, Role
from guidance.text.addresses import address_in, origin_of
from guidance.web.bodies import BODY_LIMIT

API = "/api/v1/"
_SAFE = frozenset({"GET", "HEAD"})
_ELSEWHERE = (
    "This form comes from an address that the service does not know as its own. Where it is, whoever runs the service can say so in "
    "GUIDANCE_PUBLIC_URL, or let the proxy in front pass `Host` on."
)


class Door(Struct, frozen=True):
    """One door: method and path, what it asks (None: open to strangers), what it does, and how many bytes it takes."""

    method: str
    path: str
    may: May | None
    view: Callable[..., Response]
    limit: int = BODY_LIMIT


class Room(Protocol):
    """Some doors that belong together."""

    def doors(self) -> Sequence[Door]: ...


def hang(blueprint: Blueprint, wiring: Wiring, doors: Sequence[Door]) -> None:
    """Hang doors into a blueprint, each behind its guard."""
    for door in doors:
        name = f"{door.method.lower()}-{door.path.lstrip('/').replace('/', '-').replace('.', '-')}"
        blueprint.add_url_rule(door.path, endpoint=name, view_func=_guarded(door, wiring), methods=[door.method])


def signed() -> Signed:
    """Who stands at this door. Only behind a guard that asks something."""
    who = g.console_signed
    assert isinstance(who, Signed)
    return who


def is_api() -> bool:
    return request.path.startswith(API)


def _guarded(door: Door, wiring: Wiring) -> Callable[..., Response]:
    def guarded(**parts: str) -> Response:
        g.console_wiring = wiring
        who = g.console_signed = wiring.sessions.of(request)
        if door.method not in _SAFE:
            _refuse_other_origins(wiring)
        if door.may is None:
            return door.view(**parts)
        if who is None:
            return _stranger(door)
        if not who.user.may(door.may):
            raise NotAllowedError(_only_for(door, door.may, who.user.role))
        if door.method not in _SAFE:
            request.max_content_length = request.max_form_memory_size = door.limit
            _check_csrf(who)
        return door.view(**parts)

    return guarded


def _only_for(door: Door, may: May, role: Role) -> str:
    """Whose door it is, in words."""
    *others, last = [f"{one}s" for one in Role if may in ALLOWED[one]]
    whose = f"{', '.join(others)} and {last}" if others else last
    opens = "open this page" if door.method in _SAFE and not is_api() else "may do this"
    return f"Only {whose} {opens}; you are {'an' if role[0] in 'aeiou' else 'a'} {role}."


def _stranger(door: Door) -> Response:
    """A page sends strangers to sign in and back; all else says no more than that one has to."""
    if door.method not in _SAFE or is_api():
        raise NotAuthenticError("Sign in first; your session may have ended while you were away.")
    return redirect(f"/console/sign-in?{urlencode({'next': request.full_path.rstrip('?')})}", 303)


def is_ours(address: SplitResult, wiring: Wiring) -> bool:
    """Whether an address is at this service: where it was asked for, or where the settings say that it is reached.

    Many a proxy passes on the name by which it knows us, and not the one that the browser asked for.
    """
    return address.netloc == request.host or origin_of(address) == origin_of(address_in(wiring.url))


def _refuse_other_origins(wiring: Wiring) -> None:
    """A form on another site must not act here, signed in or not."""
    origin = request.headers.get("Origin")
    if origin is not None and not is_ours(address_in(origin), wiring):
        raise NotAllowedError(_ELSEWHERE)


def _check_csrf(who: Signed) -> None:
    given = request.headers.get("X-CSRF-Token") or request.form.get("csrf", "")
    if not hmac.compare_digest(given.encode(), who.csrf.encode()):
        raise NotAllowedError("This form is from an earlier session. Go back, load the page again, and repeat.")
