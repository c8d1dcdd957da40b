"""The stream over real HTTP, fed through a real Valkey."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from guidance.conversations import empty_case
from guidance.model import Publish, TicketKey
from tests.edges import ACME, Served

OTHER = replace(ACME, id="zendesk:other")


@pytest.fixture
def served(store):
    store.put_account(ACME)
    store.put_account(OTHER)
    with Served(store) as server:
        yield server


def publish(store, ticket="4821", *, say="Name the wait first.", account=ACME.id, agent_id=None, kind="hint"):
    key = TicketKey(account, ticket)
    case = store.load(key) or empty_case(key)
    assert store.save(case, [Publish(kind=kind, data={"say": say}, agent_id=agent_id)], now=datetime.now(UTC))


def test_a_hint_reaches_the_agent_who_watches_its_ticket(served):
    served.watch("4821")
    with served.streaming() as stream:
        publish(served.store)
        event = stream.event()
    assert event["event"] == "hint"
    assert event["data"] == {"say": "Name the wait first.", "account": "zendesk:acme", "ticket": "4821"}
    shard, ms, seq = event["id"].split("-")
    assert int(shard) == TicketKey("zendesk:acme", "4821").shard
    assert int(ms) > 0 <= int(seq)


def test_a_stream_greets_at_once_and_may_be_kept_by_nobody(served):
    with served.streaming() as stream:
        assert stream.status == 200
        assert stream.headers["Content-Type"].startswith("text/event-stream")
        assert stream.headers["Cache-Control"] == "no-store"
        assert stream.headers["X-Accel-Buffering"] == "no"
        assert stream.block()["retry"] == "2000"


def test_a_ticket_that_nobody_watches_is_silent(served):
    served.watch("4821")
    with served.streaming() as stream:
        publish(served.store, "9999", say="not theirs")
        publish(served.store, "4821", say="theirs")
        assert stream.event()["data"]["say"] == "theirs"


def test_what_is_meant_for_one_agent_does_not_reach_another(served):
    served.watch("4821", agent_id="12")
    served.watch("4821", agent_id="7")
    with served.streaming("12") as amir, served.streaming("7") as lena:
        publish(served.store, say="for Amir", agent_id="12")
        publish(served.store, say="for both")
        assert [amir.event()["data"]["say"] for _ in range(2)] == ["for Amir", "for both"]
        assert lena.event()["data"]["say"] == "for both"


def test_the_same_ticket_number_of_another_account_is_another_ticket(served):
    served.watch("4821")
    served.watch("4821", account=OTHER.id)
    with served.streaming() as stream:
        publish(served.store, account=OTHER.id, say="the other company's")
        publish(served.store, say="ours")
        assert stream.event()["data"]["say"] == "ours"


def test_watching_anew_replaces_what_was_watched(served):
    window = served.bearer()
    served.watch("4821", bearer=window)
    served.watch("17", bearer=window)
    with served.streaming() as stream:
        publish(served.store, "4821", say="closed")
        publish(served.store, "17", say="open")
        assert stream.event()["data"]["say"] == "open"


def test_two_windows_of_one_agent_switch_each_others_news_not_off(served):
    served.watch("4821")
    served.watch("17")
    with served.streaming() as stream:
        publish(served.store, "4821", say="in one window")
        publish(served.store, "17", say="in the other one")
        assert {stream.event()["data"]["say"] for _ in range(2)} == {"in one window", "in the other one"}


def test_a_ticket_that_the_helpdesk_keeps_from_the_agent_is_not_watched(served):
    served.desk.closed.add("666")
    answer = served.watch("666", "4821")
    assert answer.json() == {"tickets": ["4821"], "refused": ["666"]}
    with served.streaming() as stream:
        publish(served.store, "666", say="secret")
        publish(served.store, "4821", say="theirs")
        assert stream.event()["data"]["say"] == "theirs"


NESTED = '{"tickets": ["4821"], "extra": ' + "[" * 5000 + "]" * 5000 + "}"


@pytest.mark.parametrize(
    "body", ["", "[]", '{"tickets": "4821"}', '{"tickets": [1.5]}', b"\xff", NESTED], ids=lambda body: repr(body)[:30]
)
def test_a_watch_that_can_not_be_read_is_400(served, body):
    answer = served.request("PUT", "/api/v1/stream/watch", body, served.bearer())
    assert (answer.status, answer.json()["error"]["code"]) == (400, "malformed")


def test_more_than_fifty_tickets_at_once_are_refused(served):
    assert served.watch(*(str(number) for number in range(51))).status == 400


@pytest.mark.parametrize(("method", "path"), [("GET", "/api/v1/stream"), ("PUT", "/api/v1/stream/watch")])
def test_without_a_session_there_is_no_stream(served, method, path):
    for headers in ({}, {"Authorization": "Bearer guessed"}, {"Authorization": "Basic eDp5"}):
        answer = served.request(method, path, "{}", headers)
        assert (answer.status, answer.json()["error"]["code"]) == (401, "not_authentic")


def test_a_token_in_the_address_opens_nothing(served):
    token = served.bearer()["Authorization"].partition(" ")[2]
    assert served.request("GET", f"/api/v1/stream?token={token}").status == 401


def test_a_reconnect_gets_what_was_missed(served):
    served.watch("4821")
    with served.streaming() as stream:
        publish(served.store, say="seen")
        last = stream.event()["id"]
    publish(served.store, say="missed")
    with served.streaming(Last_Event_ID=last) as stream:
        told = [stream.event()["data"]["say"] for _ in range(2)]
    assert told == ["seen", "missed"]


def test_a_reconnect_gets_what_was_missed_while_the_process_was_away(store, served):
    served.watch("4821")
    with served.streaming() as stream:
        publish(served.store, say="seen")
        last = stream.event()["id"]
    publish(store, say="missed")
    with Served(store) as fresh, fresh.streaming(Last_Event_ID=last) as stream:
        assert [stream.event()["data"]["say"] for _ in range(2)] == ["seen", "missed"]


def test_a_reconnect_from_long_ago_is_told_to_start_over(served):
    long_ago = int((datetime.now(UTC) - timedelta(minutes=11)).timestamp() * 1000)
    with served.streaming(Last_Event_ID=f"3-{long_ago}-0") as stream:
        assert stream.event()["event"] == "reset"


@pytest.mark.parametrize("last", ["", "x", "3-abc-0", "1-2", "³-1-1", f"3-{'9' * 5000}-0"], ids=lambda last: last[:10])
def test_an_id_that_is_none_of_ours_is_told_to_start_over(served, last):
    with served.streaming(Last_Event_ID=last.encode().decode("latin-1")) as stream:
        assert stream.event()["event"] == "reset"


def test_a_stream_goes_on_where_the_store_was_away_for_a_moment(served, valkey):
    served.watch("4821")
    with served.streaming() as stream:
        publish(served.store, say="before")
        assert stream.event()["data"]["say"] == "before"
        valkey._process.kill()
        valkey._process.wait()
        valkey.ensure_running()
        publish(served.store, say="after")
        assert stream.event()["data"]["say"] == "after"


def test_an_agent_s_ninth_stream_ends_the_first(served):
    streams = [served.streaming() for _ in range(9)]
    opened = [one.__enter__() for one in streams]
    with pytest.raises(EOFError):
        opened[0].event()
    for one in streams:
        one.__exit__(None, None, None)


def test_closing_the_broadcaster_ends_streams(served):
    with served.streaming() as stream:
        stream.block()
        served.broadcaster.close()
        with pytest.raises(EOFError):
            stream.event()
