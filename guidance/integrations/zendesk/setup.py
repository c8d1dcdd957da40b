"""What `guidance connect zendesk` sets up in Zendesk, and `disconnect` takes out again: a webhook, perhaps two triggers.

Everything may be done again: what is there already is found by its address and left, or brought up to date. Sources: Zendesk's
Webhooks, Triggers and Users APIs.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any, TypeVar

import msgspec
from msgspec.structs import replace

from guidance.errors import HelpdeskError, SetupError
from guidance.integrations.zendesk.bodies import TRIGGER_TEMPLATE
from guidance.integrations.zendesk.events import SUBSCRIBED
from guidance.integrations.zendesk.installed import (
    App,
    Installations,
    MeAnswer,
    OwnedApps,
    SecretAnswer,
    TestAnswer,
    TriggerRecord,
    TriggersPage,
    WebhookAnswer,
    WebhookRecord,
    WebhooksPage,
)
from guidance.integrations.zendesk.oauth import Tokens
from guidance.integrations.zendesk.paging import P, pages
from guidance.integrations.zendesk.records import UserRecord
from guidance.integrations.zendesk.session import ZendeskSession
from guidance.integrations.zendesk.words import TASK_TAG
from guidance.ports import Account, Vault

T = TypeVar("T")

NAME = "Guidance"
VIA_EVENTS, VIA_TRIGGER = "events", "trigger"
FOR_TRIGGERS = "conditional_ticket_events"
SETUP_SCOPE = "read webhooks:write triggers:write"
"""What the token of `connect` needs for as long as it runs; the service's own asks for less, unless an admin allowed both at once."""

_TEST_EVENT = "guidance.connect_test"
_TRIES, _PAUSE = 8, 1.0
_MOST_PAGES = 50
_MAILS = frozenset({"notification_user", "notification_group", "notification_target", "notification_webhook"})
_ONLY_CUSTOMERS = (
    ("role", "end_user"),
    ("comment_is_public", "true"),
    ("comment_is_public", "requester_can_see_comment"),
)


def open_setup(account: Account, endpoint: str, *, vault: Vault, wait: Callable[[float], None] = time.sleep) -> Setup:
    """The set-up of an account's Zendesk, with a token that reaches as far as this needs. Raises as its methods do.

    `vault`: where the tokens are shared that an admin allowed; these reach far enough as they are.
    """
    if account.secrets.get("refresh_token"):
        allowed = Tokens(account)
        allowed.keep_in(vault)
        return Setup(ZendeskSession(account, allowed), endpoint, wait=wait)
    narrow = replace(account, config=account.config | {"scope": SETUP_SCOPE})
    tokens = Tokens(narrow)
    try:
        _allowed("sign in", SETUP_SCOPE, tokens.current)
    except HelpdeskError as error:
        if error.status != 400:
            raise
        # An account that does not know scopes as narrow as these.
        tokens = Tokens(replace(account, config=account.config | {"scope": "read write"}))
    return Setup(ZendeskSession(account, tokens), endpoint, wait=wait)


class Setup:
    """The set-up of one Zendesk through a session whose token may write it. All methods raise `SetupError` or `HelpdeskError`."""

    def __init__(self, session: ZendeskSession, endpoint: str, *, wait: Callable[[float], None] = time.sleep) -> None:
        self._session = session
        self._endpoint = endpoint
        self._wait = wait

    def me(self) -> UserRecord:
        """As whom the token acts. Whether they are an admin shows when something is written."""
        user = _allowed("read users", "read", lambda: self._session.read("users/me", MeAnswer).user)
        if not user.is_staff:
            raise SetupError(
                "these credentials act as nobody on the staff; create the OAuth client in Admin Center, as an admin"
            )
        return user

    def webhook(self, via: str) -> WebhookRecord | None:
        """Our webhook of this kind, None where there is none yet."""
        return next(
            (one for one in self._webhooks() if (FOR_TRIGGERS in one.subscriptions) == (via == VIA_TRIGGER)), None
        )

    def put_webhook(self, via: str) -> tuple[WebhookRecord, str]:
        """Our webhook, made or brought up to date, with a word for what was done: `made`, `changed` or `kept`."""
        wanted = [FOR_TRIGGERS] if via == VIA_TRIGGER else list(SUBSCRIBED)
        known = self.webhook(via)
        if known and known.status == "active" and set(wanted) <= set(known.subscriptions):
            return known, "kept"
        body = {
            "name": NAME,
            "status": "active",
            "endpoint": self._endpoint,
            "http_method": "POST",
            "request_format": "json",
            "subscriptions": wanted,
        }
        if known:
            self._change("PATCH", f"webhooks/{known.id}", {"webhook": body})
            return known, "changed"
        made = _allowed(
            "create webhooks",
            "webhooks:write",
            lambda: self._session.write("POST", "webhooks", {"webhook": body}, WebhookAnswer),
        )
        return made.webhook, "made"

    def signing_secret(self, webhook: WebhookRecord) -> str:
        """The secret with which Zendesk signs what this webhook sends."""
        path = f"webhooks/{webhook.id}/signing_secret"
        answer = _allowed(
            "read a webhook's signing secret", "webhooks:read", lambda: self._session.read(path, SecretAnswer)
        )
        return answer.signing_secret.secret

    def put_trigger(self, webhook: WebhookRecord) -> str:
        """Our trigger, made or brought up to date: `made`, `changed` or `kept`."""
        wanted = _our_trigger(webhook)
        known = next((one for one in self.triggers() if one.title == wanted["title"]), None)
        if known and known.active and known.actions == wanted["actions"] and known.conditions == wanted["conditions"]:
            return "kept"
        method, path = ("PUT", f"triggers/{known.id}") if known else ("POST", "triggers")
        self._change(method, path, {"trigger": wanted})
        return "changed" if known else "made"

    def test(self, webhook: WebhookRecord) -> None:
        """Have Zendesk send its own test, and wait until it says that we took it. Raises `SetupError` with what it met."""
        status: int | None = None
        for attempt in range(_TRIES):
            status = self._send_test(webhook)
            if status == 200:
                return
            if attempt < _TRIES - 1:
                self._wait(_PAUSE)
        raise SetupError(f"Zendesk's test {_met(status)} at {self._endpoint}; {_what_to_do(status)}")

    def triggers(self) -> list[TriggerRecord]:
        """All triggers of the account."""
        return list(self._listed("triggers", TriggersPage, lambda page: page.triggers))

    def noisy_triggers(self) -> list[str]:
        """Titles of active triggers that would fire on a task of ours and tell somebody: they lack our tag as an exception."""
        return [one.title for one in self.triggers() if one.title != _TITLE and _fires_on_tasks(one)]

    def remove(self, *, all_but: WebhookRecord | None = None) -> list[str]:
        """Take our webhooks and triggers out, `all_but` one and its trigger; a line for each thing that was done."""
        told = []
        for what, delete in list(self._ours(all_but)):
            delete()
            told.append(f"{what} is deleted in Zendesk")
        return told

    def would_remove(self, *, all_but: WebhookRecord | None = None) -> list[str]:
        """The same without doing it."""
        return [f"{what} would be deleted in Zendesk" for what, _ in self._ours(all_but)]

    def _ours(self, all_but: WebhookRecord | None) -> Iterator[tuple[str, Callable[[], Any]]]:
        """Each thing of ours, and what deletes it."""
        for trigger in [one for one in self.triggers() if one.title == _TITLE and not _is_for(one, all_but)]:
            delete = partial(self._session.remove, f"triggers/{trigger.id}")
            yield f"the trigger “{_TITLE}”", partial(_allowed, "delete triggers", "triggers:write", delete)
        for webhook in [one for one in self._webhooks() if all_but is None or one.id != all_but.id]:
            delete = partial(self._session.remove, f"webhooks/{webhook.id}")
            yield f"the webhook to {self._endpoint}", partial(_allowed, "delete webhooks", "webhooks:write", delete)

    def app(self) -> App:
        """The app that was installed from our ZIP. Raises `SetupError` where there is none."""
        found = _allowed(
            "read installed apps",
            "read",
            lambda: self._session.read("apps/installations", Installations).installations,
        )
        ids = self._our_apps()
        ours = [one for one in found if str(one.app_id) in ids or one.settings.name == NAME]
        if not ours:
            raise SetupError(
                f"no app called {NAME} is installed in Zendesk yet; upload the ZIP of `guidance package zendesk` in Admin Center "
                "under Apps and integrations, then run this again"
            )
        newest = max(ours, key=lambda one: int(one.id))
        key = self._session.get(f"/api/v2/apps/{newest.app_id}/public_key.pem").text
        return App(app_id=str(newest.app_id), installation_id=str(newest.id), public_key=key.strip())

    def _change(self, method: str, path: str, body: dict[str, Any]) -> None:
        kind = path.partition("/")[0]
        _allowed(f"write {kind}", f"{kind}:write", lambda: self._session.change(method, path, body))

    def _our_apps(self) -> set[str]:
        """Ids of private apps of ours; nothing where the account does not list them."""
        try:
            return {str(one.id) for one in self._session.read("apps/owned", OwnedApps).apps if one.name == NAME}
        except HelpdeskError as error:
            if error.permanent:
                return set()
            raise

    def _webhooks(self) -> Iterator[WebhookRecord]:
        for one in self._listed("webhooks", WebhooksPage, lambda page: page.webhooks):
            if one.endpoint == self._endpoint:
                yield one

    def _listed(self, path: str, kind: type[P], items: Callable[[P], Iterable[Any]]) -> Iterator[Any]:
        found = pages(self._session, path, kind, most=_MOST_PAGES)
        while (page := _allowed(f"read {path}", f"{path}:read", partial(next, found, None))) is not None:
            yield from items(page)

    def _send_test(self, webhook: WebhookRecord) -> int | None:
        payload = msgspec.json.encode({"id": f"test-{secrets.token_hex(8)}", "type": _TEST_EVENT}).decode()
        asked = {
            "request": {
                "endpoint": self._endpoint,
                "http_method": "POST",
                "request_format": "json",
                "payload": payload,
            }
        }
        path = f"webhooks/test?webhook_id={webhook.id}"
        return self._session.write("POST", path, asked, TestAnswer).response.status_code


_TITLE = f"{NAME}: a comment was written"


def _our_trigger(webhook: WebhookRecord) -> dict[str, Any]:
    return {
        "title": _TITLE,
        "active": True,
        "conditions": {
            "all": [{"field": "current_tags", "operator": "not_includes", "value": TASK_TAG}],
            "any": [
                {"field": "comment_is_public", "operator": "is", "value": "true"},
                {"field": "update_type", "operator": "is", "value": "Create"},
            ],
        },
        "actions": [{"field": "notification_webhook", "value": [str(webhook.id), TRIGGER_TEMPLATE]}],
    }


def _is_for(trigger: TriggerRecord, webhook: WebhookRecord | None) -> bool:
    return webhook is not None and any(str(webhook.id) in map(str, _values(one)) for one in trigger.actions)


def _values(action: dict[str, Any]) -> list[Any]:
    value = action.get("value")
    return value if isinstance(value, list) else [value]


def _fires_on_tasks(trigger: TriggerRecord) -> bool:
    tells = any(action.get("field") in _MAILS for action in trigger.actions)
    conditions = [one for part in ("all", "any") for one in trigger.conditions.get(part, ())]
    needs = list(trigger.conditions.get("all", ()))
    spares = any(
        one.get("field") == "current_tags"
        and one.get("operator") == "not_includes"
        and TASK_TAG in str(one.get("value"))
        for one in conditions
    )
    is_for_others = any((one.get("field"), str(one.get("value"))) in _ONLY_CUSTOMERS for one in needs)
    on_changes_only = any((one.get("field"), one.get("value")) == ("update_type", "Change") for one in needs)
    return trigger.active and tells and not (spares or is_for_others or on_changes_only)


def _allowed(what: str, scope: str, call: Callable[[], T]) -> T:
    """Call; a refusal becomes a sentence on what the token lacks."""
    try:
        return call()
    except HelpdeskError as error:
        if error.status == 401:
            raise SetupError(
                "Zendesk does not accept these credentials; check client id and secret, and that the client is enabled"
            ) from error
        if error.status == 403:
            raise SetupError(
                f"this token may not {what}: it needs the scope {scope}, and a user who is an admin"
            ) from error
        raise


def _met(status: int | None) -> str:
    return "got no answer" if status is None else f"was answered {status}"


def _what_to_do(status: int | None) -> str:
    if status == 401:
        return "the signature did not fit: check that no proxy rewrites the body, and this machine's clock"
    if status == 404:
        return "something else stands there: check GUIDANCE_PUBLIC_URL"
    return "check that GUIDANCE_PUBLIC_URL can be reached from the internet, and that `guidance serve` is running"
