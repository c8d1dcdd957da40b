"""The people of the console: who they are, what each role may do, and their passwords, kept as argon2 hashes only."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Mapping
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

import msgspec
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.low_level import ARGON2_VERSION
from msgspec import Struct
from msgspec.structs import replace

from guidance.errors import ConflictError, MalformedError, NotFoundError
from guidance.people.passwords import check_not_first_guess
from guidance.ports import Change, Offload, Store, here

SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 256
_KIND = "users"


class Role(StrEnum):
    """From the one who may look to the one who may decide who looks."""

    VIEWER = "viewer"
    LEAD = "lead"
    EDITOR = "editor"
    OWNER = "owner"


class May(StrEnum):
    """What a door of the console asks of a person."""

    SEE = "see rules and their numbers"
    TRY = "try rules on a conversation"
    DRAFT = "write drafts of rules"
    BACKTEST = "run backtests"
    PROMISES = "see the open promises of their own groups, and hand them over"
    OVERLAY = "change rules for their own groups"
    PUBLISH = "publish rules, change their stage, pause, set the holdout"
    SEE_CHANGES = "see who changed what"
    HOUSE_WORDS = "keep the house words, which are never flagged"
    PARTNERS = "keep the partners' address book, choose what the network shows"
    PEOPLE = "decide who may do what"
    CUSTOMERS = "erase or export a customer"


_VIEWER = frozenset({May.SEE, May.TRY})
_LEAD = _VIEWER | {May.DRAFT, May.BACKTEST, May.PROMISES, May.OVERLAY}
_EDITOR = _LEAD | {May.PUBLISH, May.SEE_CHANGES, May.HOUSE_WORDS, May.PARTNERS}
ALLOWED: Mapping[Role, frozenset[May]] = MappingProxyType(
    {Role.VIEWER: _VIEWER, Role.LEAD: _LEAD, Role.EDITOR: _EDITOR, Role.OWNER: _EDITOR | {May.PEOPLE, May.CUSTOMERS}}
)
"""What each role may do; docs/console.md has the same table, and a test compares them."""


class User(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A person of the console, known by their e-mail address in lower case.

    `groups`: a lead's own. `agents`: account -> this person's agent id there, which decides whose ticket text they may read.
    `changed_at`: when password or role last changed; older sessions have ended.
    """

    email: str
    name: str
    role: Role
    password: str
    changed_at: datetime
    groups: tuple[str, ...] = ()
    agents: dict[str, str] = {}

    def may(self, what: May) -> bool:
        return what in ALLOWED[self.role]

    @property
    def standing(self) -> str:
        """What is decided about this person, in words: by it two looks at them are compared, and the trail tells it."""
        led = " and ".join(self.groups) or "no group"
        known = ", ".join(f"agent {agent_id} in {account}" for account, agent_id in sorted(self.agents.items()))
        return f"{self.role}, leads {led}, {known or 'no agent id'}"


_decode = msgspec.json.Decoder(User).decode
_hasher = PasswordHasher()


def _nobodys() -> str:
    """A hash that no password has. It costs nothing to make, and to compare with it takes as long as with anybody's."""
    salt, digest = (b64encode(bytes(size)).decode().rstrip("=") for size in (_hasher.salt_len, _hasher.hash_len))
    cost = f"m={_hasher.memory_cost},t={_hasher.time_cost},p={_hasher.parallelism}"
    return f"$argon2id$v={ARGON2_VERSION}${cost}${salt}${digest}"


_NOBODYS = _nobodys()


class Users:
    """The people in the store. Each change is compared with what was there and goes into the trail."""

    def __init__(self, store: Store, clock: Callable[[], datetime], *, offload: Offload = here) -> None:
        self._store = store
        self._clock = clock
        self._offload = offload

    def all(self) -> list[User]:
        return [_decode(stored) for _, stored in sorted(self._store.records(_KIND).items())]

    def get(self, email: str) -> User | None:
        stored = self._store.record(_KIND, known_as(email))
        return _decode(stored) if stored else None

    def verified(self, email: str, password: str) -> User | None:
        """The person whose password this is. An unknown address takes as long as a wrong password: about 50 ms."""
        user = self.get(email)
        return user if self.fits(user, password) else None

    def fits(self, user: User | None, password: str) -> bool:
        """Whether this is their password; it takes as long for nobody's."""
        known = user.password if user else _NOBODYS
        return bool(self._offload(password_fits, known, password)) and user is not None

    def give_password(self, user: User, password: str, *, who: str, what: str) -> User:
        """Give a person a new password; their sessions end. Raises `MalformedError` and `ConflictError`."""
        check_not_first_guess(password, user.email)
        return self.change(user, who=who, what=what, password=self._offload(hashed, password))

    def add(self, email: str, name: str, role: Role, password: str, *, who: str, why: str = "") -> User:
        """Add a person. Raises `MalformedError` and, for an address that is taken, `ConflictError`."""
        check_not_first_guess(password, email)
        user = User(
            email=checked_email(email),
            name=name.strip() or email.partition("@")[0],
            role=role,
            password=self._offload(hashed, password),
            changed_at=self._clock(),
        )
        change = self._change(user, who, f"added as {role}", why)
        if not self._store.put_record(_KIND, user.email, msgspec.json.encode(user), expected=None, change=change):
            raise ConflictError(f"There is somebody of the address {user.email} here already.")
        return user

    def change(self, user: User, *, who: str, what: str, why: str = "", **told: object) -> User:
        """Change a person. Raises `ConflictError` where somebody else did meanwhile, or where no owner would be left."""
        changed = replace(user, **told)
        if user.role is Role.OWNER and changed.role is not Role.OWNER:
            self._keep_an_owner(user)
        if "role" in told or "password" in told:
            changed = replace(changed, changed_at=self._clock())
        noted = self._change(user, who, what, why)
        if changed.standing != user.standing:
            noted = replace(noted, before=user.standing, after=changed.standing)
        self._put(user, changed, noted)
        return changed

    def remove(self, user: User, *, who: str, why: str = "") -> None:
        """Remove a person; their sessions end at once. Raises `ConflictError` as `change` does."""
        if user.role is Role.OWNER:
            self._keep_an_owner(user)
        self._put(user, None, self._change(user, who, "removed", why))

    def required(self, email: str) -> User:
        """The person. Raises `NotFoundError`."""
        if (user := self.get(email)) is None:
            raise NotFoundError("There is nobody of that address here.")
        return user

    def _put(self, before: User, after: User | None, change: Change) -> None:
        value = msgspec.json.encode(after) if after else None
        if not self._store.put_record(_KIND, before.email, value, expected=msgspec.json.encode(before), change=change):
            raise ConflictError("Somebody else changed this person meanwhile; look again, then decide.")

    def _keep_an_owner(self, leaving: User) -> None:
        if not any(one.role is Role.OWNER and one.email != leaving.email for one in self.all()):
            raise ConflictError("The console needs an owner; make somebody else one first.")

    def _change(self, user: User, who: str, what: str, why: str) -> Change:
        return Change(at=self._clock(), who=who, what=what, subject=f"person:{user.email}", why=why)


def hashed(password: str) -> str:
    """An argon2id hash. Raises `MalformedError` for a password that is too short or endless."""
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise MalformedError(
            f"A password has {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters; a few words make a good one.",
            path="password",
        )
    return _hasher.hash(password)


def password_fits(known: str, password: str) -> bool:
    try:
        return len(password) <= LONGEST_PASSWORD and _hasher.verify(known, password)
    except (VerificationError, InvalidHashError):
        return False


def known_as(email: str) -> str:
    return email.strip().lower()


def checked_email(email: str) -> str:
    """An address in the form in which people are known. Raises `MalformedError`."""
    known = known_as(email)
    name, at, domain = known.partition("@")
    if (
        not (name and at and "." in domain.strip(".") and "/" not in domain)
        or len(known) > 200
        or any(c.isspace() for c in known)
    ):
        raise MalformedError("Write an e-mail address, as in lena@example.com.", path="email")
    return known
