"""The command line on a real store."""

from __future__ import annotations

import errno
import importlib
import json
import subprocess
import sys
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from click.testing import CliRunner
from msgspec.structs import replace

from guidance.accounts import KEPT_FOR, AccountBook, settings_of
from guidance.cli import COMMANDS, main
from guidance.ports import Arrival, Failure
from guidance.rules.extracting import own_copy
from guidance.rules.loader import file_of
from tests.cast import KEY as TICKET
from tests.cast import NOW, case
from tests.conftest import KEY
from tests.edges import ACME, ACME_EU, SECRET


@pytest.fixture
def run(valkey, store, monkeypatch):
    """Run a command line against the store of this test."""
    monkeypatch.setenv("GUIDANCE_REDIS_URL", valkey.url)
    monkeypatch.setenv("GUIDANCE_SECRET_KEY", KEY.decode())
    monkeypatch.setenv("COLUMNS", "200")
    return lambda *arguments, given=None: CliRunner().invoke(main, arguments, input=given)


def quarantined(store, message="a comment without an author"):
    """One webhook that could not be read."""
    store.accept(
        Arrival(
            account=ACME.id, kind="webhook", body=b"{secret words}", received_at=datetime.now(UTC), ticket_id="4821"
        )
    )
    entry = next(entry for shard in range(16) for entry in store.claim(shard, "reader"))
    failure = Failure(
        id=f"{entry.shard}-{entry.entry_id}",
        kind="webhook",
        account=ACME.id,
        at=datetime.now(UTC),
        message=message,
        ticket_id="4821",
        path="event.comment.author",
        body=b"as it came",
    )
    store.quarantine(entry, failure)
    return failure.id


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_of_the_table_is_there_and_explains_itself(name):
    answer = CliRunner().invoke(main, [name, "--help"])
    assert answer.exit_code == 0
    assert "Usage:" in answer.output


def test_help_imports_no_command():
    code = "import sys, guidance.cli as c\ntry: c.main(['--help'])\nexcept SystemExit: pass\nassert 'flask' not in sys.modules and 'redis' not in sys.modules"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True).returncode == 0


def test_lint_warns_of_a_rule_that_another_hides_and_does_not_fail(tmp_path):
    file = tmp_path / "loud.yaml"
    copy = own_copy(file_of("three-as.yaml"), "three-as.acknowledge")
    file.write_text(copy.replace("id: three-as.acknowledge", "id: house.acknowledge").replace("weight: 3", "weight: 1"))
    answer = CliRunner().invoke(main, ["lint", str(file)])
    assert answer.exit_code == 0
    assert f"warning: {file}:" in answer.output
    assert "rule house.acknowledge: wherever this rule fires, three-as.acknowledge of the same family" in answer.output
    assert "1 pack with 1 rule: all examples keep what they promise; 1 warning." in answer.output


def test_lint_names_a_rule_that_an_overlay_changes_and_that_there_is_not(tmp_path):
    file = tmp_path / "billing.yaml"
    file.write_text(
        'pack: overlay.billing\nversion: 1\ntitle: Billing\nfor: {account: "zendesk:acme", group: Billing}\n'
        "changes:\n  three-as.acknowlege: {off: true}\n"
    )
    answer = CliRunner().invoke(main, ["lint", str(file)])
    assert answer.exit_code == 1
    assert f"{file}:6: " in answer.output
    assert "three-as.acknowlege" in answer.output


CROSS = json.dumps(
    {
        "id": "1",
        "comments": [
            {"id": 1, "author": "requester", "text": "Third time I write. Still no parcel. This is ridiculous."}
        ],
        "draft": {"text": "Please send me your order number."},
    }
)


def test_a_rule_is_explained_at_the_moment_of_the_advice_each_condition_once():
    told = CliRunner().invoke(main, ["advise", "-", "--explain", "three-as.acknowledge"], input=CROSS).stderr
    assert told.startswith("1: three-as.acknowledge fires at the moment draft\n")
    assert told.count("draft.visibility") == 1
    assert "{at_least:" in told and "{'" not in told


def test_a_rule_that_speaks_at_another_moment_is_told_so():
    told = CliRunner().invoke(main, ["advise", "-", "--explain", "follow-through.follow-up-delivery"], input=CROSS)
    assert "is silent: the moment is draft, and it speaks at sent" in told.stderr


@pytest.mark.parametrize(
    ("told", "because"),
    [
        (
            {
                "last": "Gdzie jest moja paczka? Czekam już trzeci tydzień.",
                "draft": "Dziękujemy za wiadomość, sprawdzimy to.",
            },
            "its language is not heard",
        ),
        ({"draft": "Dear Ana, we have", "settled": False}, "its draft has not settled"),
        ({"draft": None, "moment": "timer", "now": "2026-03-04T14:30:00Z"}, "it waits for 4h without a comment"),
    ],
    ids=["language", "draft", "time"],
)
def test_a_rule_that_waits_says_for_what_as_the_console_does(told, because):
    rule = "network.colleague-waits" if told.get("moment") else "three-as.acknowledge"
    given = json.loads(CROSS)
    given["comments"] = [
        {
            "id": "1",
            "author": "requester",
            "text": told.get("last", "My order is late again."),
            "at": "2026-03-04T14:00:00Z",
        }
    ]
    given["draft"] = {"text": told["draft"], "settled": told.get("settled", True)} if told["draft"] else None
    given |= {name: told[name] for name in ("moment", "now") if name in told}
    shown = CliRunner().invoke(main, ["advise", "-", "--explain", rule], input=json.dumps(given) + "\n")
    assert f"is silent: {because}" in " ".join(shown.stderr.split())


@pytest.mark.parametrize(
    "command", [["advise", "-", "--explain"], ["check", "--corpus", ".", "--show"], ["backtest", ".", "--rule"]]
)
def test_a_rule_that_is_not_there_is_told_with_those_that_were_meant(command):
    answer = CliRunner().invoke(main, [*command, "three-as.acknowlege"], input=CROSS)
    assert (answer.exit_code, "is it three-as.acknowledge" in answer.output) == (2, True)


def test_a_line_that_can_not_be_read_is_named_by_its_number_and_the_mark_before_utf_8_is_none():
    told = CliRunner().invoke(main, ["advise", "-"], input=b"\xef\xbb\xbf" + CROSS.encode() + b"\n\n{}\n")
    first, second = map(json.loads, told.stdout.splitlines())
    assert (first["id"], second["error"]["line"]) == ("1", 3)
    assert told.stderr == "1 line could not be read; the errors stand in their places\n"


@pytest.mark.parametrize("is_folder", [True, False])
def test_a_backtest_names_the_file_of_a_line_that_it_can_not_read_and_counts_empty_ones(tmp_path, is_folder):
    (tmp_path / "a.jsonl").write_text(CROSS + "\n")
    (tmp_path / "b.jsonl").write_text(CROSS + "\n\n{}\n")
    told = CliRunner().invoke(
        main, ["backtest", str(tmp_path if is_folder else tmp_path / "b.jsonl"), "--processes", "1"]
    )
    assert ("not read: " + ("b.jsonl, line 3: " if is_folder else "line 3: ")) in told.stderr


def test_a_pilot_over_no_reply_is_refused():
    assert CliRunner().invoke(main, ["pilot", "zendesk:acme", "--replies", "0"]).exit_code == 2


def test_an_unknown_command_is_told_so():
    answer = CliRunner().invoke(main, ["explode"])
    assert answer.exit_code == 2
    assert "No such command" in answer.output


def test_an_error_of_ours_is_one_sentence(run, monkeypatch):
    monkeypatch.setenv("GUIDANCE_SECRET_KEY", "short")
    answer = run("accounts")
    assert answer.exit_code == 1
    assert answer.output == "guidance: GUIDANCE_SECRET_KEY needs at least 16 characters\n"


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("redis://:pa55@127.0.0.1:1", "connection refused at 127.0.0.1:1"),
        ("redis+cluster://:pa55@127.0.0.1:1", "no node of the cluster answers"),
        ("redis+sentinel://:pa55@127.0.0.1:1/main", "no sentinel names a master"),
        ("redis://:pa55@no.such.invalid:6379", "no such host at no.such.invalid:6379"),
        ("redis://:pa55@{web}", "what answers there is no Redis"),
    ],
)
def test_a_store_out_of_reach_is_one_sentence_that_names_the_place_and_no_password(
    run, served_pages, monkeypatch, url, told
):
    monkeypatch.setenv("GUIDANCE_REDIS_URL", url.format(web=served_pages))
    answer = run("accounts")
    assert (answer.exit_code, len(answer.output.splitlines())) == (1, 1)
    assert f"the store can't be reached: {told}" in answer.output
    assert "is GUIDANCE_REDIS_URL right" in answer.output
    assert "pa55" not in answer.output


@pytest.fixture
def served_pages():
    """A server that speaks HTTP; its host and port."""
    with ThreadingHTTPServer(("127.0.0.1", 0), QuietPages) as server:
        Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield f"127.0.0.1:{server.server_port}"
        server.shutdown()


class QuietPages(BaseHTTPRequestHandler):
    def log_message(self, *_):
        pass


def test_a_command_in_another_folder_than_the_service_s_says_where_it_looked(run, monkeypatch, tmp_path):
    monkeypatch.delenv("GUIDANCE_REDIS_URL")
    monkeypatch.setenv("GUIDANCE_DATA", str(tmp_path / "elsewhere"))
    answer = run("failures")
    assert answer.exit_code == 1
    assert f"is `guidance serve` running on {tmp_path / 'elsewhere'}?" in answer.output


@pytest.fixture
def locked(tmp_path, monkeypatch):
    """A folder with a file in it that nobody may open, whoever runs the tests."""
    file = tmp_path / "locked" / "mine.yaml"
    file.parent.mkdir()
    file.write_text("pack: mine")
    opened = Path.open

    def refusing(path, *arguments, **named):
        if path == file or path.name == "guidance-zendesk.zip":
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return opened(path, *arguments, **named)

    monkeypatch.setattr(Path, "open", refusing)
    return file


@pytest.mark.parametrize(
    "command", [["lint"], ["advise", "-", "--rules"], ["backtest", ".", "--rules"], ["rules", "push"]]
)
def test_a_file_that_may_not_be_read_is_one_sentence(run, locked, command):
    answer = run(*command, str(locked.parent), given="")
    assert (answer.exit_code, answer.output) == (1, f"guidance: {locked}: Permission denied\n")


def test_a_place_that_may_not_be_written_is_one_sentence(run, locked):
    answer = run("package", "zendesk", "--to", str(locked.parent))
    assert (answer.exit_code, len(answer.output.splitlines())) == (1, 1)
    assert answer.output.endswith("guidance-zendesk.zip: Permission denied\n")


def test_the_doctor_names_a_pack_that_may_not_be_read(run, locked, monkeypatch):
    monkeypatch.setenv("GUIDANCE_RULES", str(locked.parent))
    assert f"✗ rules       {locked}: Permission denied" in run("doctor").output


def test_without_failures_the_list_says_so(run):
    assert run("failures").output == "Nothing has failed.\n"


def test_a_failure_is_listed_with_the_place_that_failed_and_without_its_words(run, store):
    failure_id = quarantined(store)
    table = run("failures").output
    assert failure_id in table
    assert "event.comment.author" in table
    (line,) = run("failures", "list", "--json").output.splitlines()
    assert json.loads(line)["path"] == "event.comment.author"
    assert "as it came" not in table + line


def test_a_failure_s_words_are_told_as_they_stand(run, store):
    quarantined(store, "[/x] is no status :smile: [red]")
    assert "[/x] is no status :smile: [red]" in run("failures", "list").output


def test_on_a_narrow_terminal_the_id_that_retry_asks_for_stands_whole(run, store, monkeypatch):
    failure_id = quarantined(store)
    monkeypatch.setattr("guidance.cli.tables._WIDE", 80)
    table = run("failures").output
    assert failure_id in table
    assert max(map(len, table.splitlines())) <= 80


def test_a_failure_is_shown_put_back_and_forgotten(run, store):
    failure_id = quarantined(store)
    assert "a comment without an author" in run("failures", "show", failure_id).output
    assert run("failures", "retry", failure_id).exit_code == 0
    assert store.failures() == []
    assert store.waiting() == 1
    other = run("failures", "drop", failure_id)
    assert (other.exit_code, "There is no failure" in other.output) == (1, True)


def test_failures_are_tried_again_and_dropped_together(run, store):
    first, second = quarantined(store), quarantined(store)
    assert run("failures", "retry").exit_code == 2
    assert run("failures", "retry", "--all", "--account", "zendesk:other").output == ""
    assert run("failures", "drop", first).output == f"{first} is forgotten.\n"
    assert run("failures", "retry", "--all", "--account", ACME.id).output == f"{second} is tried again.\n"
    assert (store.failure_count(), store.waiting()) == (0, 1)


def test_a_failure_is_dropped(run, store):
    failure_id = quarantined(store)
    assert run("failures", "drop", failure_id).exit_code == 0
    assert (store.failures(), store.waiting()) == ([], 0)


def test_an_account_is_connected_from_a_pipe_and_its_secrets_are_never_shown(run, store):
    given = json.dumps({"id": "zendesk:acme", "base_url": "https://acme.zendesk.com", "secrets": {"webhook": SECRET}})
    assert run("accounts", "put", given=given).output.startswith("zendesk:acme is connected, in shadow: `guidance live")
    assert store.account("zendesk:acme").secrets == {"webhook": SECRET}
    assert store.account("zendesk:acme").settings == {"live_in": []}
    shown = run("accounts").output + run("accounts", "list", "--json").output
    assert "https://acme.zendesk.com" in shown
    assert SECRET not in shown


def test_a_change_keeps_the_secrets_that_it_does_not_name(run, store):
    store.put_account(ACME)
    given = json.dumps({"id": "zendesk:acme", "base_url": "https://acme.zendesk.com", "secrets": {"token": "t0k"}})
    assert run("accounts", "put", given=given).output == "zendesk:acme is changed.\n"
    assert store.account("zendesk:acme").secrets == {"webhook": SECRET, "token": "t0k"}


def test_a_change_of_one_setting_leaves_all_else_and_a_team_in_shadow(run, store):
    settings = {"live_in": ["group:Billing"], "bot_id": "7", "grace_for": 60}
    known = replace(ACME, config={"client_id": "guidance"}, settings=settings)
    store.put_account(known)
    given = json.dumps({"id": "zendesk:acme", "settings": {"task_mode": "note", "grace_for": None}})
    assert run("accounts", "put", given=given).output == "zendesk:acme is changed.\n"
    changed = {"live_in": ["group:Billing"], "bot_id": "7", "task_mode": "note"}
    assert store.account("zendesk:acme") == replace(known, settings=changed)


def test_no_null_puts_everybody_live(run, store):
    store.put_account(replace(ACME, settings={"live_in": ["group:Billing"]}))
    assert run("accounts", "put", given='{"id": "zendesk:acme", "settings": {"live_in": null}}').exit_code == 0
    assert store.account(ACME.id).settings == {"live_in": []}


def test_a_change_of_an_account_that_is_not_there_names_those_that_are(run, store):
    store.put_account(ACME)
    told = run("accounts", "put", given='{"id": "zendesk:nope", "settings": {}}').output
    assert told == (
        "guidance: there is no account zendesk:nope (there are: zendesk:acme); `guidance connect` connects a new one\n"
    )


NOT_MEANT = {
    '{"setings": {}}': "setings: there is nothing of this name; is it settings?",
    '{"settings": {"remind_inn": "note"}}': "settings.remind_inn: there is nothing of this name; is it remind_in?",
    '{"secrets": {"webhok": "w"}}': "secrets.webhok: there is nothing of this name; is it webhook?",
    '{"secrets": {"install": "w"}}': "secrets.install: there is nothing of this name",
    '{"locked": {}}': "locked: there is nothing of this name",
    '{"settings": {"account": "x"}}': "settings.account: there is nothing of this name",
    '{"settings": {"grace_for": -5}}': "settings.grace_for: from 0 to 86,400 seconds, not -5",
    '{"settings": {"remind_before": 99999999999}}': "settings.remind_before: from 0 to 1,000 business hours",
    '{"settings": {"holdout": 0.5}}': "settings.holdout: from 0 to 0.2 of all tickets, not 0.5",
    '{"settings": {"agent_locale": "../../x"}}': "settings.agent_locale: a language",
    '{"settings": {"hours": {"zone": "Europe/Berlin"}}}': "settings.hours.zone: there is nothing of this name; is it time_zone?",
    '{"settings": {"hours": {"time_zone": "Mars/Phobos"}}}': "settings.hours.time_zone: there is no zone 'Mars/Phobos'",
    '{"settings": {"hours": {"weekly": {"monday": []}}}}': "settings.hours.weekly.monday: there is nothing of this name; is it mon?",
    '{"settings": {"hours": {"weekly": {"mon": [["9", "17"]]}}}}': "settings.hours.weekly.mon: from one time to another",
    '{"settings": {"hours": {"holidays": ["Christmas"]}}}': "settings.hours.holidays: a day as in 2026-12-25",
    '{"settings": {"hours": {"country": "Germany"}}}': "settings.hours.country: two letters",
    '{"settings": {"live_in": ["Billing"]}}': "settings.live_in: a group or brand, as in group:Billing",
    '{"settings": {"network_off": ["helpers"]}}': "settings.network_off: there is no part 'helpers'",
    '{"settings": {"proposals": ["three-as.acknowlege"]}}': "settings.proposals: there is no rule three-as.acknowlege; is it",
    '{"settings": {"task_mode": "email"}}': "settings.task_mode: this is none of the values that are known here",
    '{"config": {"api_share": 99}}': "config.api_share",
    '{"config": {"scope": 5}}': "config.scope: this should be text",
    '{"config": {"statuses": {}}}': "config.statuses: there is nothing of this name",
    '{"base_url": "https://lena:pw@acme.zendesk.com"}': "base_url: the helpdesk's https:// address and no more",
}


@pytest.mark.parametrize("told", NOT_MEANT)
def test_what_can_not_be_meant_is_refused_with_its_place(run, store, told):
    store.put_account(ACME)
    answer = run("accounts", "put", given=json.dumps({"id": ACME.id, **json.loads(told)}))
    assert (answer.exit_code, len(answer.output.splitlines())) == (1, 1)
    assert NOT_MEANT[told] in answer.output
    assert ":pw@" not in answer.output
    assert store.account(ACME.id) == ACME


def test_a_status_of_freshdesk_s_is_one_of_ours(run, store):
    store.put_account(ACME_EU)
    given = '{"id": "freshdesk:acme-eu", "config": {"statuses": {"Waiting on Warehouse": "%s"}}}'
    refused = run("accounts", "put", given=given % "on hold").output
    assert "config.statuses[...]: this is none of the values that are known here" in refused
    assert run("accounts", "put", given=given % "on_hold").exit_code == 0


def test_all_that_documents_name_can_be_set(run, store):
    store.put_account(ACME)
    settings = {
        "task_mode": "note", "grace_for": 0, "link_in": "sidebar", "remind_before": 1.5, "remind_in": "tag", "nudge_after": 8,
        "broken_after": 0, "agent_locale": "en-US", "own_hours": True, "proposals": ["follow-through.follow-up-delivery"],
        "leads": {"7": ["Delivery"]}, "stages": {"three-as": "shadow"}, "live_in": ["group:Plant care", "brand:Acme"],
        "hours": {"time_zone": "Europe/Berlin", "weekly": {"mon": [["22:00", "06:00"]]}, "holidays": ["2026-12-25"], "country": "DE"},
    }  # fmt: skip
    answer = run("accounts", "put", given=json.dumps({"id": ACME.id, "settings": settings}))
    assert answer.exit_code == 0, answer.output
    assert store.account(ACME.id).settings == settings


def test_a_change_lies_upon_what_others_have_changed_at_that_moment(run, store, monkeypatch):
    store.put_account(ACME)
    accounts = importlib.import_module("guidance.cli.accounts")
    read = accounts.read_account

    def meanwhile(body):
        told = read(body)
        if not store.account(ACME.id).settings.get("paused"):
            store.put_account(replace(store.account(ACME.id), settings={"paused": True}))
        return told

    monkeypatch.setattr(accounts, "read_account", meanwhile)
    given = json.dumps({"id": ACME.id, "settings": {"task_mode": "note"}})
    assert run("accounts", "put", given=given).output == "zendesk:acme is changed.\n"
    assert store.account(ACME.id).settings == {"paused": True, "task_mode": "note"}


def test_who_changed_an_account_on_the_command_line_stands_in_the_trail(run, store):
    store.put_account(ACME)
    given = {"id": ACME.id, "settings": {"leads": {"7": ["Delivery"]}}, "secrets": {"token": "t0k"}}
    run("accounts", "put", given=json.dumps(given))
    for command in (
        ["live", ACME.id, "--everywhere"],
        ["shadow", ACME.id],
        ["pause"],
        ["pause"],
        ["resume"],
        ["accounts", "drop", ACME.id],
    ):
        assert run(*command).exit_code == 0
    trail = [(one.who, one.subject, one.what) for one in reversed(store.changes())]
    assert trail == [
        ("command line", "account:zendesk:acme", what)
        for what in (
            "changed: settings.leads, secrets.token",
            "in shadow: nobody sees anything",
            "paused",
            "resumed",
            "disconnected",
        )
    ]


WRONG = {
    "no JSON": "acme",
    "nested without end": '{"id": "zendesk:acme", "x": ' + "[" * 5000 + "]" * 5000 + "}",
    "no id": {"base_url": "https://acme.zendesk.com"},
    "unknown helpdesk": {"id": "otherdesk:acme", "base_url": "https://acme.example"},
    "a name with a slash": {"id": "zendesk:a/b", "base_url": "https://acme.zendesk.com"},
    "no https": {"id": "zendesk:acme", "base_url": "http://acme.zendesk.com"},
    "an address whose brackets don't close": {"id": "zendesk:acme", "base_url": "https://[acme"},
    "an address whose port is none": {"id": "zendesk:acme", "base_url": "https://acme.zendesk.com:99999"},
    "an origin whose brackets don't close": {
        "id": "zendesk:acme",
        "base_url": "https://a.example",
        "origins": ["https://[a"],
    },
    "an origin with a path": {
        "id": "zendesk:acme",
        "base_url": "https://a.example",
        "origins": ["https://a.example/x"],
    },
    "settings of a wrong kind": {
        "id": "zendesk:acme",
        "base_url": "https://a.example",
        "settings": {"grace_for": "long"},
    },
}


@pytest.mark.parametrize("case", WRONG)
def test_an_account_that_can_not_be_read_changes_nothing(run, store, case):
    given = WRONG[case] if isinstance(WRONG[case], str) else json.dumps(WRONG[case])
    answer = run("accounts", "put", given=given)
    assert (answer.exit_code, len(answer.output.splitlines())) == (1, 1)
    assert store.accounts() == []


def test_an_account_is_disconnected(run, store):
    store.put_account(ACME)
    assert run("accounts", "drop", "zendesk:acme").exit_code == 0
    assert store.accounts() == []
    assert run("accounts", "drop", "zendesk:acme").exit_code == 1


def test_a_pause_shows_within_two_seconds_and_ends(run, store):
    store.put_account(ACME)
    now = 0.0
    book = AccountBook(store, clock=lambda: now)
    assert not settings_of(book.get(ACME.id)).paused
    assert run("pause").output == "zendesk:acme is silent.\n"
    now += 2.0
    assert KEPT_FOR < 2
    assert settings_of(book.get(ACME.id)).paused
    assert "paused" in run("accounts").output
    assert run("resume", "zendesk:acme").output == "zendesk:acme speaks again.\n"
    now += 2.0
    assert not settings_of(book.get(ACME.id)).paused


NAMING = [("pause",), ("resume",), ("reconcile",), ("live",), ("shadow",), ("pilot",), ("disconnect",), ("accounts", "drop"),
          ("follow-ups", "list", "--account"), ("follow-ups", "record", "--account")]  # fmt: skip


@pytest.mark.parametrize("command", NAMING, ids=" ".join)
def test_every_command_says_the_same_of_an_account_that_there_is_not(run, command):
    answer = run(*command, "zendesk:nobody")
    told = "guidance: there is no account zendesk:nobody; `guidance accounts` lists those there are\n"
    assert (answer.exit_code, answer.output) == (1, told)


@pytest.mark.parametrize("command", ["pause", "resume", "reconcile", "accounts"])
def test_where_no_account_is_connected_it_is_said_how_to_connect_one(run, command):
    answer = run(command)
    assert (answer.exit_code, answer.output) == (0, "There is no account yet; `guidance connect` connects one.\n")


def test_the_doctor_names_each_trouble_with_what_to_do(run, monkeypatch):
    monkeypatch.setenv("GUIDANCE_PORT", "1")
    answer = run("doctor", "--json")
    found = {told["about"]: told for told in map(json.loads, answer.output.splitlines())}
    assert answer.exit_code == 1
    assert {name: told["state"] for name, told in found.items()} == {
        "python": "good",
        "rules": "good",
        "server": "good",
        "address": "bad",
        "store": "good",
        "published": "good",
        "clock": "good",
        "accounts": "doubtful",
        "worker": "bad",
        "failures": "good",
        "ratings": "good",
    }
    assert "is `guidance serve` running?" in found["address"]["told"]


def test_the_doctor_sees_failures_and_an_account_without_a_secret(run, store):
    store.put_account(ACME.__class__(id="freshdesk:acme", base_url="https://acme.freshdesk.com"))
    quarantined(store)
    shown = run("doctor").output
    assert "no webhook secret is kept for freshdesk:acme" in shown
    assert "1 could not be done" in shown


def test_the_doctor_stops_at_settings_that_are_wrong(run, monkeypatch):
    monkeypatch.setenv("GUIDANCE_PORT", "many")
    answer = run("doctor")
    assert answer.exit_code == 1
    assert "GUIDANCE_PORT must be a port" in answer.output


@pytest.mark.parametrize(
    "url", ["http://store", "redis://[store", "redis://store:port", "redis+sentinel://one:x,two:1/main"]
)
def test_the_doctor_tells_of_a_store_that_has_no_such_address(run, monkeypatch, url):
    monkeypatch.setenv("GUIDANCE_REDIS_URL", url)
    answer = run("doctor")
    assert answer.exit_code == 1
    assert "✗ store" in answer.output
    assert "GUIDANCE_REDIS_URL" in answer.output.partition("✗ store")[2]


def test_the_table_s_lines_end_like_sentences():
    assert all(line.endswith(".") for line in COMMANDS.values())


@pytest.mark.parametrize("named", ["zendesk:*", "zendesk"])
def test_an_account_is_disconnected_and_wiped_by_its_whole_name_alone(run, store, named):
    store.put_account(ACME)
    store.save(case(), [], now=NOW)
    answer = run("disconnect", named, "--wipe", "--yes")
    assert answer.exit_code == 1
    assert f"there is no account {named}" in answer.output
    assert store.load(TICKET) is not None
