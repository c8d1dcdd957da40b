"""`guidance connect zendesk --authorize`: an admin allows it in their browser; tokens are renewed once for all processes."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from threading import Thread

import pytest
import requests

from guidance.cli.opening import connected
from guidance.demo.zendesk.oauth import CLIENT_ID
from guidance.errors import HelpdeskError, StoreUnavailableError
from guidance.integrations.zendesk import oauth

ACCOUNT = "zendesk:acme"


@pytest.fixture
def allow(run, desk, store, monkeypatch):
    """Runs the command while an admin's browser opens the address that it prints; `press` False: they say no."""

    def allowing(*, press=True):
        printed, stop = [], []
        echo = __import__("click").echo

        def browse():
            while not stop:
                found = [
                    url for line in list(printed) for url in re.findall(r"https?://\S+/oauth/authorizations/\S+", line)
                ]
                if found:
                    state = re.search(r"state=([^&]+)", found[0])[1]
                    back = re.search(r"redirect URL has to be (\S+)\. ", "\n".join(printed))
                    if not press and back:
                        requests.get(f"{back[1]}?error=access_denied&state={state}", timeout=5)
                        return
                    if press:
                        assert requests.get(found[0], timeout=5).ok
                        return

        def hearing(text="", **kwargs):
            printed.append(str(text))
            echo(text, **kwargs)

        monkeypatch.setattr("guidance.cli.allowing.click.echo", hearing)
        browser = Thread(target=browse)
        browser.start()
        secret = desk.settings.secrets.zendesk_client_secret
        told = ("--base-url", f"{desk.url}/zendesk", "--client-id", CLIENT_ID, "--client-secret", secret)
        answer = run("connect", "zendesk", "acme", *told, "--person", "--authorize")
        stop.append(True)
        browser.join()
        return answer

    return allowing


def runs_out(desk, store):
    """The access token ends, as Zendesk's do after half an hour."""
    token = store.account(ACCOUNT).secrets["access_token"]
    passes = desk.server.app.extensions["guidance_desk"].rooms["zendesk"].passes
    passes.end(token)
    return token


def test_from_an_admins_click_to_a_webhook_whose_test_has_arrived(allow, store):
    answer = allow()
    assert answer.exit_code == 0, answer.output
    assert "an admin has allowed it" in answer.output
    assert "Zendesk's own test has arrived" in answer.output
    kept = store.account(ACCOUNT).secrets
    assert kept["access_token"]
    assert kept["refresh_token"]
    assert not any(kept[name] in answer.output for name in ("access_token", "refresh_token", "client_secret"))


def test_an_admin_who_says_no_is_taken_at_their_word(allow, store):
    answer = allow(press=False)
    assert answer.exit_code == 1
    assert "it was not allowed" in answer.output
    assert store.account(ACCOUNT) is None


def test_a_state_that_nobody_waits_for_opens_nothing(service):
    answer = requests.get(f"{service.url}/oauth/zendesk?code=c&state=guessed", timeout=5)
    assert answer.status_code == 404


def test_many_threads_of_two_processes_renew_a_token_once_and_all_go_on(allow, desk, store):
    allow()
    runs_out(desk, store)
    account = store.account(ACCOUNT)
    clients = [connected(account, store) for _ in range(2)]
    before = account.secrets["refresh_token"]
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda number: clients[number % 2].teams(), range(8)))
    assert all(found)
    after = store.account(ACCOUNT).secrets
    assert after["refresh_token"] != before
    assert after["webhook"] == account.secrets["webhook"]
    runs_out(desk, store)
    assert clients[0].teams()


def test_a_command_whose_own_call_renews_the_token_writes_no_older_one_over_it(allow, desk, store, run):
    allow()
    runs_out(desk, store)
    answer = run("live", ACCOUNT, "--group", "Billing")
    assert answer.exit_code == 0, answer.output
    runs_out(desk, store)
    assert connected(store.account(ACCOUNT), store).teams()


def test_a_dry_run_of_leaving_keeps_the_token_that_it_had_to_renew(allow, desk, store, run):
    allow()
    runs_out(desk, store)
    before = store.account(ACCOUNT).secrets["refresh_token"]
    answer = run("disconnect", ACCOUNT, "--dry-run")
    assert "would be deleted in Zendesk" in answer.output
    assert store.account(ACCOUNT).secrets["refresh_token"] != before
    runs_out(desk, store)
    assert connected(store.account(ACCOUNT), store).teams()


def test_what_zendesk_renews_no_more_says_what_to_do(allow, desk, store):
    allow()
    runs_out(desk, store)
    store.swap_secrets(ACCOUNT, {"refresh_token": "used up"}, expected={})
    client = connected(store.account(ACCOUNT), store)
    with pytest.raises(HelpdeskError, match="--authorize") as refused:
        client.teams()
    assert (refused.value.permanent, refused.value.status) == (True, 401)


class Away:
    """A store that goes away in the moment in which a renewed pair is to be kept; `does`: what it does all the same."""

    def __init__(self, store, monkeypatch, does=lambda *_told, **_expected: None):
        self.back, self.does = store.swap_secrets, does
        self.monkeypatch, self.store = monkeypatch, store
        monkeypatch.setattr(store, "swap_secrets", self.swap)

    def swap(self, *told, **expected):
        self.does(*told, **expected)
        self.monkeypatch.setattr(self.store, "swap_secrets", self.back)
        raise StoreUnavailableError


@pytest.mark.parametrize("is_kept", [False, True])
def test_a_store_that_goes_away_while_a_token_is_renewed_costs_no_account_its_access(
    allow, desk, store, monkeypatch, is_kept
):
    allow()
    runs_out(desk, store)
    client = connected(store.account(ACCOUNT), store)
    Away(store, monkeypatch, store.swap_secrets if is_kept else lambda *_told, **_expected: None)
    with pytest.raises(StoreUnavailableError):
        client.teams()
    assert client.teams()
    runs_out(desk, store)
    assert connected(store.account(ACCOUNT), store).teams(), "all others have the new pair"


def test_while_a_renewed_pair_is_not_kept_yet_no_other_process_spends_the_old_one(allow, desk, store, monkeypatch):
    allow()
    runs_out(desk, store)
    client, other = (connected(store.account(ACCOUNT), store) for _ in range(2))
    Away(store, monkeypatch)
    with pytest.raises(StoreUnavailableError):
        client.teams()
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(other.teams)
        assert client.teams()
        assert waiting.result(10)


def test_an_admin_who_allows_it_anew_meanwhile_is_not_overruled(allow, desk, store, monkeypatch):
    allow()
    runs_out(desk, store)
    client = connected(store.account(ACCOUNT), store)
    Away(store, monkeypatch)
    with pytest.raises(StoreUnavailableError):
        client.teams()
    allow()
    anew = store.account(ACCOUNT).secrets
    assert client.teams()
    assert store.account(ACCOUNT).secrets == anew


def test_a_refused_renewal_looks_for_a_pair_that_came_in_while_it_asked(allow, desk, store, monkeypatch):
    allow()
    runs_out(desk, store)
    late, prompt = (connected(store.account(ACCOUNT), store) for _ in range(2))
    ask = oauth.ask

    def slow(account, asked):
        """The lock runs out while this call is under way, and another process renews the pair."""
        monkeypatch.setattr(oauth, "ask", ask)
        store.release(f"renewing:{ACCOUNT}")
        assert prompt.teams()
        return ask(account, asked)

    monkeypatch.setattr(oauth, "ask", slow)
    assert late.teams()


def test_secrets_change_places_only_where_they_are_as_expected(allow, store):
    allow()
    known = store.account(ACCOUNT)
    assert not store.swap_secrets(ACCOUNT, {"refresh_token": "x"}, expected={"refresh_token": "another"})
    assert not store.swap_secrets("zendesk:nobody", {"refresh_token": "x"}, expected={})
    assert store.account(ACCOUNT).secrets == known.secrets
