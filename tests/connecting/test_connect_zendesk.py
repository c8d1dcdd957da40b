"""`guidance connect zendesk` and `disconnect` on a desk that knows nothing of us yet."""

from __future__ import annotations

import pytest
import requests
from msgspec.structs import replace

from guidance.demo.zendesk.oauth import CLIENT_ID
from guidance.integrations.budget import share_of
from guidance.integrations.zendesk.events import SUBSCRIBED
from guidance.integrations.zendesk.setup import Setup

ACCOUNT = "zendesk:acme"
NOISY = {"title": "Tell the team of every new ticket", "conditions": {"all": [{"field": "update_type", "operator": "is", "value": "Create"}]},
         "actions": [{"field": "notification_group", "value": ["1", "New", "…"]}]}  # fmt: skip
CAREFUL = {"title": "Thank the customer", "conditions": {"all": [{"field": "role", "operator": "is", "value": "end_user"}]},
           "actions": [{"field": "notification_user", "value": ["requester_id", "Hi", "…"]}]}  # fmt: skip


@pytest.fixture
def connect(run, desk):
    def connecting(*options):
        secret = desk.settings.secrets.zendesk_client_secret
        told = ("--base-url", f"{desk.url}/zendesk", "--client-id", CLIENT_ID, "--client-secret", secret)
        return run("connect", "zendesk", "acme", *told, *options)

    return connecting


def install(run, desk, folder):
    """Build the app's ZIP and upload it, as an admin does."""
    assert run("package", "zendesk", "--to", folder).exit_code == 0
    body = (folder / "guidance-zendesk.zip").read_bytes()
    return requests.post(f"{desk.url}/desk/api/install", data=body, timeout=5)


def test_from_nothing_to_a_webhook_whose_test_has_arrived(connect, store, admin, service):
    answer = connect("--bot")
    assert answer.exit_code == 0, answer.output
    assert "Zendesk's own test has arrived" in answer.output
    (webhook,) = admin.get("webhooks")["webhooks"]
    assert webhook["endpoint"] == f"{service.url}/webhooks/zendesk/acme"
    assert webhook["subscriptions"] == list(SUBSCRIBED)
    account = store.account(ACCOUNT)
    secret = admin.get(f"webhooks/{webhook['id']}/signing_secret")["signing_secret"]["secret"]
    assert account.secrets["webhook"] == secret
    assert account.settings["bot_id"] == "36000003"


def test_what_is_kept_is_sealed_and_shown_to_nobody(connect, store, desk):
    answer = connect("--bot")
    stored = store.client.hgetall("{g}:accounts")[ACCOUNT.encode()]
    for secret in (store.account(ACCOUNT).secrets["webhook"], desk.settings.secrets.zendesk_client_secret):
        assert secret.encode() not in stored
        assert secret not in answer.output


def test_a_new_account_is_in_shadow_everywhere(connect, store, run):
    connect("--bot")
    assert store.account(ACCOUNT).settings["live_in"] == []
    assert run("live", ACCOUNT).output == f"{ACCOUNT} is in shadow: nobody sees anything.\n"


def test_our_share_of_the_calls_is_kept_until_another_one_is_named(connect, store):
    assert connect("--bot", "--share", "0.2").exit_code == 0
    assert connect().exit_code == 0
    assert share_of(store.account(ACCOUNT)) == 0.2
    assert connect("--share", "0.3").exit_code == 0
    assert share_of(store.account(ACCOUNT)) == 0.3


@pytest.mark.parametrize("share", ["0", "1.5", "half"])
def test_a_share_that_is_none_changes_nothing(connect, store, share):
    assert "--share" in connect("--bot", "--share", share).output
    assert store.account(ACCOUNT) is None


def test_connecting_again_keeps_what_is_there(connect, store, admin, run):
    connect("--bot")
    run("live", ACCOUNT, "--group", "Billing")
    before = store.account(ACCOUNT)
    answer = connect()
    assert "is kept" in answer.output
    assert len(admin.get("webhooks")["webhooks"]) == 1
    assert store.account(ACCOUNT) == before


def test_what_others_changed_while_it_was_at_work_stays_as_they_left_it(connect, store, run, monkeypatch):
    connect("--bot")
    put_webhook = Setup.put_webhook

    def meanwhile(setup, via):
        run("pause", ACCOUNT)
        run("live", ACCOUNT, "--group", "Billing")
        return put_webhook(setup, via)

    monkeypatch.setattr(Setup, "put_webhook", meanwhile)
    assert connect("--person", "--share", "0.3").exit_code == 0
    kept = store.account(ACCOUNT)
    assert kept.settings == {"paused": True, "live_in": ["group:Billing"]}
    assert share_of(kept) == 0.3


def test_a_webhook_that_somebody_changed_is_brought_up_to_date(connect, admin):
    connect("--bot")
    (webhook,) = admin.get("webhooks")["webhooks"]
    changed = {"webhook": {"status": "inactive", "subscriptions": []}}
    assert admin.call("PATCH", f"webhooks/{webhook['id']}", changed) is None, "Zendesk answers 204, without a body"
    answer = connect()
    assert (answer.exit_code, "is changed" in answer.output) == (0, True), answer.output
    (webhook,) = admin.get("webhooks")["webhooks"]
    assert (webhook["status"], webhook["subscriptions"]) == ("active", list(SUBSCRIBED))


def test_a_dry_run_changes_nothing(connect, store, admin):
    answer = connect("--dry-run")
    assert (answer.exit_code, "Nothing was changed." in answer.output) == (0, True)
    assert admin.get("webhooks")["webhooks"] == []
    assert store.accounts() == []


def test_a_dry_run_says_all_that_would_be_done(connect, admin, service):
    connect("--bot")
    told = connect("--via", "trigger", "--authorize", "--dry-run").output
    assert (
        f"from an earlier way: the webhook to {service.url}/webhooks/zendesk/acme would be deleted in Zendesk" in told
    )
    assert "an admin would be asked to allow the access in their browser" in told
    assert len(admin.get("webhooks")["webhooks"]) == 1


def test_credentials_of_another_user_than_ours_are_told_with_what_hangs_on_it(connect, store):
    connect("--bot")
    store.change_account(ACCOUNT, lambda one: replace(one, settings={**one.settings, "bot_id": "7"}))
    told = connect().output
    assert "and no more as Guidance's own user (id 7). Run this again with --bot if" in told
    assert store.account(ACCOUNT).own_user == "7"


@pytest.mark.parametrize("given", ["acme.zendesk.com", "https://acme.zendesk.com/agent"])
def test_an_address_in_the_place_of_the_subdomain_is_told_what_is_meant(run, given):
    answer = run("connect", "zendesk", given)
    assert (answer.exit_code, "give the subdomain alone: acme" in answer.output) == (2, True)


def test_the_app_of_an_account_that_is_not_connected_is_not_asked_for_a_client(run):
    answer = run("connect", "zendesk", "nope", "--app")
    assert answer.output == "guidance: zendesk:nope isn't connected yet; run this without --app first\n"


def test_triggers_that_would_fire_on_our_tasks_are_named(connect, admin):
    for trigger in (NOISY, CAREFUL):
        admin.call("POST", "triggers", {"trigger": trigger})
    answer = connect("--bot")
    assert NOISY["title"] in answer.output
    assert CAREFUL["title"] not in answer.output


def test_news_may_come_by_a_trigger_and_changing_over_leaves_one_way_only(connect, admin):
    assert "test has arrived" in connect("--bot", "--via", "trigger").output
    (webhook,), (trigger,) = admin.get("webhooks")["webhooks"], admin.get("triggers")["triggers"]
    assert webhook["subscriptions"] == ["conditional_ticket_events"]
    assert trigger["actions"][0]["value"][0] == webhook["id"]
    assert "from an earlier way" in connect().output
    (webhook,), triggers = admin.get("webhooks")["webhooks"], admin.get("triggers")["triggers"]
    assert (webhook["subscriptions"], triggers) == (list(SUBSCRIBED), [])


def test_the_address_that_was_given_once_is_kept(connect, run, desk, store, tmp_path):
    connect("--bot")
    install(run, desk, tmp_path)
    assert run("connect", "zendesk", "acme", "--app").exit_code == 0
    assert store.account(ACCOUNT).base_url == f"{desk.url}/zendesk"


def test_an_address_where_nobody_answers_is_named_and_no_second_try_is_promised(run):
    answer = run("connect", "zendesk", "acme", "--base-url", "http://127.0.0.1:1", "--client-id", "x",
                 "--client-secret", "x")  # fmt: skip
    assert answer.exit_code == 1
    assert answer.output.startswith("guidance: http://127.0.0.1:1 does not answer; is this the helpdesk's address")


def test_a_wrong_secret_is_said_in_one_sentence(run, desk, store):
    answer = run("connect", "zendesk", "acme", "--base-url", f"{desk.url}/zendesk", "--client-id", CLIENT_ID,
                 "--client-secret", "wrong")  # fmt: skip
    assert answer.exit_code == 1
    assert answer.output.splitlines()[-1].startswith(
        "guidance: Zendesk does not accept these credentials; check client id"
    )
    assert store.accounts() == []


def test_a_token_that_may_not_create_webhooks_is_told_what_it_needs(connect, monkeypatch):
    monkeypatch.setattr("guidance.integrations.zendesk.setup.SETUP_SCOPE", "read")
    answer = connect()
    assert answer.output.splitlines()[-1] == (
        "guidance: this token may not create webhooks: it needs the scope webhooks:write, and a user who is an admin"
    )


def test_a_service_that_zendesk_can_not_reach_is_said_with_what_to_check(connect, monkeypatch, desk):
    monkeypatch.setattr("guidance.integrations.zendesk.setup._PAUSE", 0.0)
    monkeypatch.setenv("GUIDANCE_PUBLIC_URL", desk.url)  # where somebody else answers
    answer = connect()
    assert answer.exit_code == 1
    assert "was answered 404" in answer.output.splitlines()[-1]
    assert "check GUIDANCE_PUBLIC_URL" in answer.output.splitlines()[-1]


def test_an_api_token_works_with_a_warning_of_its_end(run, desk, admin, store):
    token = admin.headers["Authorization"].removeprefix("Bearer ")
    answer = run("connect", "zendesk", "acme", "--base-url", f"{desk.url}/zendesk", "--email", "lena@fernandfield.example",
                 "--api-token", token, "--person")  # fmt: skip
    assert answer.exit_code == 0, answer.output
    assert "ends all of them on 30 April 2027" in answer.output
    assert "bot_id" not in store.account(ACCOUNT).settings


def test_the_installed_app_opens_the_sidebar_for_its_agents_and_for_no_other_installation(
    connect, run, store, desk, tmp_path
):
    assert connect("--bot").exit_code == 0
    missing = connect("--app")
    assert (missing.exit_code, "no app called Guidance is installed" in missing.output) == (1, True)
    assert install(run, desk, tmp_path).status_code == 200
    assert connect("--app").exit_code == 0
    config = store.account(ACCOUNT).config
    assert config["iframe_audience"] == f"{desk.url}/zendesk/api/v2/apps/installations/1.json"
    assert config["public_key"].startswith("-----BEGIN PUBLIC KEY-----")
    opened = requests.post(
        f"{desk.url}/desk/api/launch", json={"account": "zendesk:demo", "agent": "amir"}, timeout=5
    ).json()
    assert requests.post(opened["url"], data={"token": opened["token"]}, timeout=5).status_code == 200


def test_readyz_and_doctor_say_which_step_is_open(connect, run, service, desk, tmp_path):
    def steps():
        told = requests.get(f"{service.url}/readyz", timeout=5).json()["store"]["open_steps"]
        return [step for step, waiting in told.items() if waiting]

    connect("--bot")
    assert steps() == ["app", "live"]
    assert "install the app" in run("doctor").output
    assert install(run, desk, tmp_path).status_code == 200
    connect("--app")
    assert steps() == ["live"]
    run("live", ACCOUNT, "--everywhere")
    assert steps() == []
