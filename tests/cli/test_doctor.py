"""The doctor's checks one by one: what each says in every state, and what to do."""

from __future__ import annotations

import shutil
import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from socket import create_server
from threading import Thread
from types import SimpleNamespace

import pytest
import requests
import responses
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from msgspec.structs import replace

from guidance.cli.checks import helpdesks, installation
from guidance.cli.checks.finding import BAD, DOUBTFUL, GOOD, ago
from guidance.dispatch.heard import Heard, heard_at
from guidance.errors import NotAuthenticError, UnsupportedEventError
from guidance.integrations import integrations
from guidance.ports import Arrival, Change, Changes, Edition, Standing
from guidance.reconcile import Reconciler
from guidance.store.backup import backed_up_at, note_backup
from tests.cast import NOW
from tests.edges import ACME, ACME_EU

URL = "https://guidance.example"
ENDPOINT = f"{URL}/webhooks/zendesk/acme"


@pytest.mark.parametrize(
    ("passed", "told"),
    [
        (timedelta(seconds=-3), "less than a minute ago"),
        (timedelta(seconds=59), "less than a minute ago"),
        (timedelta(minutes=1), "1 minute ago"),
        (timedelta(minutes=59), "59 minutes ago"),
        (timedelta(hours=1), "1 hour ago"),
        (timedelta(hours=47), "1 day ago"),
        (timedelta(days=9), "9 days ago"),
    ],
)
def test_how_long_ago_is_said_in_the_largest_unit_that_fits(passed, told):
    assert ago(NOW - passed, NOW) == told


def signed_until(until, folder):
    """A certificate for 127.0.0.1, its own authority, good until then."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "guidance.example")])
    built = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(datetime.now(UTC) - timedelta(days=400))
        .not_valid_after(until)
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = folder / "both.pem"
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file.write_bytes(secret + built.public_bytes(serialization.Encoding.PEM))
    return file


@pytest.fixture
def shown(tmp_path):
    """A TLS server that shows a certificate which is good for so many days; its address, and who trusts it."""
    servers = []

    def showing(days):
        file = signed_until(datetime.now(UTC) + timedelta(days=days), tmp_path)
        ours = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        ours.load_cert_chain(file)
        server = create_server(("127.0.0.1", 0))
        servers.append(server)

        def serve():
            try:
                ours.wrap_socket(server.accept()[0], server_side=True).close()
            except OSError:
                return

        Thread(target=serve, daemon=True).start()
        return f"https://127.0.0.1:{server.getsockname()[1]}/", ssl.create_default_context(cafile=file)

    yield showing
    for server in servers:
        server.close()


@pytest.mark.parametrize(
    ("days", "state", "told"),
    [
        (90, GOOD, "127.0.0.1 is good for 89 more days, until "),
        (10, DOUBTFUL, "; renew it now"),
        (
            -1,
            BAD,
            "127.0.0.1: certificate has expired; put a new certificate, with its whole chain, before this service",
        ),
    ],
)
def test_a_certificate_is_told_with_the_days_it_has_left(shown, days, state, told):
    url, trusting = shown(days)
    found = installation.certificate(url, datetime.now(UTC), trusting)
    assert found[0] == state
    assert told in found[1]


def test_a_certificate_of_nobody_we_trust_is_bad(shown):
    url, _ = shown(90)
    state, told = installation.certificate(url, datetime.now(UTC))
    assert state == BAD
    assert "self-signed certificate" in told


def test_an_address_without_tls_shows_no_certificate():
    state, told = installation.certificate("https://127.0.0.1:1", NOW)
    assert (state, told) == (BAD, "127.0.0.1:1 shows no certificate (connection refused)")


@pytest.mark.parametrize(
    ("free", "state", "told"),
    [(50 << 30, GOOD, "50.0 GiB are free under"), (1 << 30, DOUBTFUL, "make room soon"), (1 << 20, BAD, "refused")],
)
def test_room_on_the_disk_is_told_before_it_runs_out(tmp_path, monkeypatch, free, state, told):
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=free))
    found = installation.disk(tmp_path / "var")
    assert found[0] == state
    assert told in found[1]


def test_a_backup_is_asked_for_where_none_was_made_or_it_is_old(store):
    assert installation.backup(store, NOW) == (
        DOUBTFUL,
        "none was made yet; `guidance backup FILE` makes one, and cron can do it every night",
    )
    note_backup(store, NOW)
    assert installation.backup(store, NOW + timedelta(hours=20)) == (GOOD, "the last one was made 20 hours ago")
    assert installation.backup(store, NOW + timedelta(days=9)) == (
        DOUBTFUL,
        "the last one was made 9 days ago; `guidance backup FILE` makes another",
    )


@pytest.mark.parametrize(
    ("given", "state", "told"),
    [
        ({}, GOOD, "zendesk:acme: we act as Guidance (agent), who may do all that is needed"),
        ({"lacks": ("read users", "read tickets")}, BAD, "who may not read users; may not read tickets; give them the right"),
        ({"misses": ("read macros",)}, DOUBTFUL, "who may not read macros; all else works without"),
        ({"at": NOW + timedelta(seconds=90)}, BAD, "its clock is 1 minute ahead of this machine's, so its webhooks may be refused; set ours by NTP"),
        ({"at": NOW + timedelta(seconds=20)}, GOOD, "all that is needed"),
    ],
)  # fmt: skip
def test_access_says_what_may_not_be_done_and_what_to_do(given, state, told):
    found = helpdesks.access(ACME, Standing(acts_as="Guidance (agent)", **given), NOW)
    assert found[0] == state
    assert told in found[1]


def test_few_calls_left_are_somebody_else_s_doing():
    assert helpdesks.calls(ACME, 640, 700) == (
        GOOD,
        "zendesk:acme: 640 of 700 calls a minute are left; we take half of them at most",
    )
    assert helpdesks.calls(ACME, 12, 700)[0] == DOUBTFUL


@pytest.fixture
def door():
    with responses.RequestsMock() as playing:
        yield playing


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ({"status": 401}, "refuses our own signed test: another installation stands there"),
        ({"status": 502}, "answers our own signed test with 502, so webhooks can't arrive"),
        ({"status": 301}, "answers our own signed test with 301, so webhooks can't arrive"),
        ({"body": requests.ConnectTimeout()}, "does not answer (ConnectTimeout), so webhooks can't arrive"),
    ],
)
def test_a_way_that_is_blocked_is_told_with_what_stands_in_it(door, store, answer, told):
    door.add("POST", ENDPOINT, **answer)
    state, sentence = helpdesks.webhooks(store, ACME, URL, NOW)
    assert state == BAD
    assert sentence == f"{ENDPOINT} {told}" or sentence.startswith(f"{ENDPOINT} {told}, or a proxy")


@pytest.mark.parametrize(
    ("heard", "state", "told"),
    [
        (None, DOUBTFUL, "and no webhook has come yet; write on a ticket, and look again"),
        (timedelta(minutes=4), GOOD, "; the last webhook came 4 minutes ago"),
        (timedelta(days=2), DOUBTFUL, "2 days ago; if tickets were written on since, see whether the helpdesk has switched"),
    ],
)  # fmt: skip
def test_a_way_that_is_open_is_told_with_the_last_webhook(door, store, heard, state, told):
    door.add("POST", ENDPOINT, json={"accepted": True})
    if heard is not None:
        Heard(store).note(arrival(NOW - heard))
    found = helpdesks.webhooks(store, ACME, URL, NOW)
    assert found[0] == state
    assert found[1].startswith("zendesk:acme: our own signed test is taken in")
    assert told in found[1]


def arrival(at, account=ACME.id, kind="webhook"):
    return Arrival(account=account, kind=kind, body=b"{}", received_at=at)


def test_the_last_webhook_is_written_down_once_a_minute_for_each_account(store):
    heard = Heard(store)
    for seconds in (0, 30, 59):
        heard.note(arrival(NOW + timedelta(seconds=seconds)))
    assert heard_at(store, ACME.id) == NOW
    heard.note(arrival(NOW + timedelta(seconds=61)))
    heard.note(arrival(NOW, account=ACME_EU.id))
    assert heard_at(store, ACME.id) == NOW + timedelta(seconds=61)
    assert heard_at(store, ACME_EU.id) == NOW


def test_an_event_of_our_own_is_no_webhook(store):
    Heard(store).note(arrival(NOW, kind="event"))
    assert heard_at(store, ACME.id) is None


@pytest.mark.parametrize("account", [ACME, ACME_EU], ids=lambda one: one.helpdesk)
def test_a_knock_is_genuine_for_its_account_alone(account):
    door = integrations()[account.helpdesk]
    headers, body = door.knock(account, now=NOW)
    lower = {name.lower(): value for name, value in headers.items()}
    door.verify(lower, body, account, now=NOW)
    with pytest.raises(UnsupportedEventError):
        door.parse(body, account, received_at=NOW)
    other = replace(account, id=f"{account.helpdesk}:other", secrets={"webhook": "another"})
    with pytest.raises(NotAuthenticError):
        door.verify(lower, body, other, now=NOW)


def test_a_backup_that_was_made_is_remembered(store):
    assert backed_up_at(store) is None
    note_backup(store, NOW)
    assert backed_up_at(store) == NOW


@pytest.mark.parametrize(
    ("known", "state", "told"),
    [
        (None, DOUBTFUL, "zendesk:acme: not asked yet what has changed; a running worker asks twice a minute"),
        (timedelta(seconds=20), GOOD, "zendesk:acme: all that changed is known up to less than a minute ago"),
        (
            timedelta(days=9),
            DOUBTFUL,
            "all that changed is known up to 9 days ago, and later changes may be missing; a running worker asks for them",
        ),
    ],
)
def test_the_doctor_tells_up_to_when_all_changes_are_known(store, known, state, told):
    if known is not None:
        helpdesk = SimpleNamespace(changes=lambda **_: Changes(events=(), cursor="c1"))
        Reconciler(store, lambda _: helpdesk, lambda *_: None, lambda: NOW - known).run(ACME)
    found = helpdesks.changes(store, ACME, NOW)
    assert found[0] == state
    assert told in found[1]


def test_rules_that_were_published_and_are_refused_by_now_are_told(store):
    assert installation.published(store, None) == (GOOD, "no rules of your own are published")
    change = Change(at=NOW, who="lena@example.com", what="published", subject="file:day")
    assert store.publish(Edition(number=1, files={"day": "pack: house.day\n"}), change=change)
    state, told = installation.published(store, None)
    assert state == BAD
    assert "day:1: `version` is missing. The rules page of the console has them all" in told
