"""Backtests, the noise limit, and a customer's data."""

from __future__ import annotations

import codecs
import io
import json
import re
from datetime import timedelta
from html import unescape

import msgspec
import pytest
from msgspec.structs import replace
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from guidance.console.backtesting import MOST_FETCHED
from guidance.dispatch.noise import keep_noise_limit
from guidance.jobs import Backtester
from guidance.model import Author, Comment, CountRule, Rating, Visibility
from guidance.people.users import Role, Users
from guidance.ports import Arrival, Failure, Job
from guidance.store import keys, open_store
from tests.cast import KEY, NOW, case, rana_says
from tests.console.conftest import Someone, address
from tests.conversations_made import made
from tests.edges import ACME, SETTINGS, Desk


@pytest.fixture
def backtester(store, clock, app):
    return Backtester(store, SETTINGS, clock=clock)


def started(someone, body=None, **form):
    """`body`: of the file that was chosen; None: no file was, which browsers send as one without a name."""
    file = FileStorage(io.BytesIO(body or b""), "" if body is None else "made.jsonl")
    told = {"csrf": someone.csrf, "conversations": file, **form}
    boundary, data = encode_multipart(told)
    return someone.client.post(
        "/console/backtests", data=data, content_type=f"multipart/form-data; boundary={boundary}"
    )


def test_a_backtest_of_an_upload_counts_and_forgets_the_upload(editor, store, backtester):
    location = started(editor, "\n".join(made(6)).encode()).location
    assert backtester.step()
    told = editor.get(location.replace("/console", "/api/v1")).json
    assert (told["state"], told["done"], told["found"]["conversations"]) == ("done", 6, 6)
    assert told["found"]["new_count"] == told["found"]["gone_count"] == 0
    assert store.upload_of(told["id"]) is None
    assert "Rule by rule" in editor.get(location).text


@pytest.mark.parametrize(("conversations", "is_told"), [(3, False), (20, True)])
def test_hints_per_hundred_replies_are_told_of_no_few(editor, backtester, conversations, is_told):
    location = started(editor, "\n".join(made(conversations)).encode()).location
    backtester.step()
    (told,) = re.findall(r"<dt>Hints per 100 replies, with this</dt><dd>(.*?)</dd>", editor.get(location).text)
    assert (told != "–") is is_told


def test_what_an_upload_quotes_is_shown_to_who_uploaded_it_alone(people, store, backtester):
    location = started(people[Role.EDITOR], "\n".join(made(6)).encode()).location
    backtester.step()
    assert "<blockquote>" in people[Role.EDITOR].get(location).text
    assert "<blockquote>" not in people[Role.OWNER].get(location).text


TWICE = {
    "id": "77",
    "comments": [
        {"id": 1, "author": "requester", "text": "Where is my parcel?"},
        {"id": 2, "author": "agent", "text": "On its way."},
        {"id": 3, "author": "requester", "text": "I am so disappointed."},
        {"id": 4, "author": "requester", "text": "This is the third time I write. rana@example.com"},
        {"id": 5, "author": "agent", "text": "Please send me your order number."},
    ],
}


def test_a_finding_has_what_the_customer_wrote_before_it_to_judge_it_by(editor, backtester):
    location = started(editor, json.dumps(TWICE).encode(), rule="three-as.acknowledge").location
    backtester.step()
    (card,) = re.findall(r'data-hit="77 5 .*?</li>', editor.get(location).text.partition("Hits to judge")[2], re.DOTALL)
    wrote = re.findall(r"(The \w+ wrote)</p><blockquote>(.*?)</blockquote>", unescape(card), re.DOTALL)
    assert wrote == [
        ("The customer wrote", "I am so disappointed.<br>This is the third time I write. [e-mail]"),
        ("The agent wrote", "Please send me your order number."),
    ]
    assert "Conversation 77, reply 5" in card


def test_a_near_miss_has_what_the_customer_wrote_too(editor, backtester):
    location = started(editor, "\n".join(made(40)).encode(), rule="three-as.acknowledge").location
    backtester.step()
    near = editor.get(location).text.partition("Near misses to judge")[2]
    assert near.count("The customer wrote") == near.count("data-hit=") > 0
    cards = re.findall(r'data-hit="(\S+) (\S+) ', near)
    assert re.findall(r"Conversation (\S+), reply ([^<\s]+)<", near) == cards


def test_the_line_of_a_hint_which_may_quote_is_shown_with_its_words_only(people, store, backtester):
    location = started(people[Role.EDITOR], "\n".join(made(6)).encode()).location
    backtester.step()
    assert 'class="say"' in people[Role.EDITOR].get(location).text
    assert 'class="say"' not in people[Role.OWNER].get(location).text


def says(number, text, **who):
    return Comment(id=number, text=text, visibility=Visibility.PUBLIC, at=NOW, **who)


class Full(Desk):
    """A helpdesk with two tickets on which somebody was disappointed, and answered coolly."""

    def recent_tickets(self, count):
        return ["4821", "4822"][:count]

    def fetch_conversation(self, ticket_id):
        comments = (
            says(
                "1", "I am so disappointed, this is the third time I write.", author=Author.REQUESTER, author_id="900"
            ),
            says("2", "Please send us the order number of the pot.", author=Author.AGENT, author_id="12"),
        )
        found = super().fetch_conversation(ticket_id)
        return replace(found, conversation=replace(found.conversation, comments=comments))


def fetching(someone, **form):
    return started(someone, account=ACME.id, source="fetched", **form)


def test_a_backtest_fetches_a_helpdesks_last_tickets_as_many_as_were_asked_for(editor, store, clock, app):
    location = fetching(editor, count="1").location
    assert Backtester(store, SETTINGS, clock=clock, connect=lambda _: Full()).step()
    page = editor.get(location).text
    assert "over the last tickets of zendesk:acme" in page
    assert "<dt>Conversations</dt><dd>1</dd>" in page
    assert store.jobs()[0].asked["source"] == "fetched"


def test_fetching_stops_at_a_thousand_tickets_however_many_are_wished_for(editor, store):
    fetching(editor, count="5000")
    assert store.jobs()[0].asked["count"] == MOST_FETCHED


def test_what_was_fetched_is_quoted_to_those_alone_who_may_open_the_ticket(people, store, clock, desk, app):
    location = fetching(people[Role.EDITOR]).location
    assert Backtester(store, SETTINGS, clock=clock, connect=lambda _: Full()).step()
    assert "order number of the pot" not in people[Role.EDITOR].get(location).text
    users = Users(store, clock)
    users.change(users.required(address(Role.OWNER)), who="x", what="reads tickets", agents={ACME.id: "12"})
    desk.closed = {"4822"}
    shown = people[Role.OWNER].get(location).text
    hits = store.jobs()[0].found["hits"]
    assert {one["conversation"] for one in hits} == {"zendesk:acme:4821", "zendesk:acme:4822"}
    assert shown.count("The agent wrote") == sum(one["conversation"].endswith("4821") for one in hits)


def test_a_near_miss_is_told_in_short_and_has_its_whole_condition_behind_it(editor, backtester):
    location = started(editor, "\n".join(made(40)).encode(), rule="three-as.acknowledge").location
    backtester.step()
    told = editor.get(location).text.partition("Near misses to judge")[2]
    short = re.findall(r"It would have spoken with (.*?)</p>", told)
    assert short
    assert [one for one in short if "all of" in one or "any of" in one] == []
    assert "<summary>The whole condition</summary>" in told


def test_lines_that_are_no_conversations_are_counted_and_named(editor, backtester):
    location = started(editor, "\n".join([*made(3), '{"id": 1, "comments": "none"}']).encode()).location
    backtester.step()
    assert "1 line could not be read" in editor.get(location).text
    assert "line 4: comments:" in editor.get(location).text


def test_an_upload_may_be_larger_than_a_webhook_and_not_endless(editor, store):
    lines = "\n".join(made(3) * 900).encode()
    assert len(lines) > 1 << 20
    answer = started(editor, lines)
    assert answer.status_code == 303
    assert store.upload_of(answer.location.rpartition("/")[2]) == lines
    environ = {"CONTENT_LENGTH": str(65 << 20)}
    told = editor.client.post("/console/backtests", data=b"", environ_overrides=environ)
    assert told.status_code == 413
    assert "more than 64 MiB" in told.text


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b"", "This file is empty."),
        (b" \n\n", "This file is empty."),
        (b"PK\x03\x04 a zip", "This is a packed file"),
        (b"\x1f\x8b gzip", "This is a packed file"),
        ('{"id": "1"}'.encode("utf-16"), "save it as UTF-8"),
        ('{"id": "1"}'.encode("utf-16-le"), "save it as UTF-8"),
        (b'[{"id": "1"}]', "This is one JSON list"),
        (b"id,subject\n1,Hello\n", "no file of conversations: it takes text with one JSON object a line"),
    ],
)
def test_an_upload_that_is_no_conversations_is_refused_plainly(editor, store, body, told):
    answer = started(editor, body)
    assert answer.status_code == 400
    assert told in answer.text
    assert store.jobs() == []


def test_what_was_chosen_stays_where_an_upload_is_refused(editor):
    data = {"csrf": editor.csrf, "rule": "three-as.act", "settings": "zendesk:acme", "count": "7"}
    told = editor.client.post("/console/backtests", data=data | {"conversations": (io.BytesIO(b"a,b"), "a.csv")}).text
    assert 'value="three-as.act"' in told
    assert '<option value="zendesk:acme" selected>of zendesk:acme</option>' in told
    assert 'name="count" value="7"' in told


def test_the_mark_before_utf_8_and_empty_lines_do_no_harm(editor, backtester):
    body = codecs.BOM_UTF8 + "\n\n".join(["", *made(3), '{"id": 1, "comments": "none"}']).encode()
    location = started(editor, body).location
    backtester.step()
    told = editor.get(location).text
    assert "<dt>Conversations</dt><dd>3</dd>" in told
    assert "line 9: comments:" in told


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ('{"id": "1", "comments": [], "draft": {"text": "Käse"}}'.encode("latin-1"), "line 1: this is not UTF-8 text"),
        (b'{\n  "id": "1",\n  "comments": []\n}', "line 1: its JSON ends in the middle"),
    ],
)
def test_a_line_that_is_no_text_or_only_a_part_is_told_in_plain_words(editor, backtester, body, why):
    location = started(editor, body).location
    backtester.step()
    assert why in editor.get(location).text


def test_conversations_without_a_reply_are_told_to_have_none(editor, backtester):
    location = started(
        editor, b'{"id": "1", "comments": [{"id": 1, "author": "requester", "text": "Hello?"}]}'
    ).location
    backtester.step()
    assert "Nothing here could be judged" in editor.get(location).text


def test_a_file_without_one_readable_line_fails_with_the_first_reason(editor, backtester):
    location = started(editor, b'{"a": 1}\n{"b": 2}').location
    backtester.step()
    told = editor.get(location).text
    assert "It could not be run: no line is a conversation; line 1: `id` is missing" in told
    assert 'href="/console/help/wire"' in told


def test_a_backtest_on_which_we_fail_ends_and_holds_up_none_behind_it(editor, clock, backtester, monkeypatch):
    location = started(editor, "\n".join(made(3)).encode()).location
    clock.move(minutes=1)
    behind = started(editor, "\n".join(made(3)).encode()).location
    with monkeypatch.context() as patched:
        patched.setattr("guidance.jobs.compare", lambda *_, **__: {}["no such thing"])
        assert backtester.step()
    assert "We failed on this ourselves" in editor.get(location).text
    assert backtester.step()
    assert editor.get(behind.replace("/console", "/api/v1")).json["state"] == "done"
    assert not backtester.step()


def test_a_backtest_is_forgotten_only_once_it_runs_no_more(editor, store, backtester):
    location = started(editor, "\n".join(made(3)).encode()).location
    assert "Forget this backtest" not in editor.get(location).text
    assert editor.post(f"{location}/drop").status_code == 409
    backtester.step()
    assert "Forget this backtest" in editor.get(location).text
    assert editor.post(f"{location}/drop").status_code == 303
    assert store.jobs() == []


def test_a_cancelled_backtest_is_not_run(editor, store, backtester):
    location = started(editor, "\n".join(made(3)).encode()).location
    editor.post(f"{location}/cancel")
    assert not backtester.step()
    assert store.job(location.rpartition("/")[2]).state == "cancelled"


def test_a_backtest_whose_process_died_is_taken_up_again(editor, store, clock, backtester):
    location = started(editor, "\n".join(made(3)).encode()).location
    assert store.take_job(now=clock(), idle_for=30, wait=0)
    assert not backtester.step()
    clock.move(seconds=40)
    assert backtester.step()
    assert store.job(location.rpartition("/")[2]).state == "done"


def voted(store, rule, noise, fine, agents=4):
    for number in range(noise + fine):
        what = "dismissed:misread" if number < noise else "followed"
        day = (NOW - timedelta(days=number // agents)).date().isoformat()
        one = CountRule(day=day, group="", rule=rule, what=what, agent_id=str(number % agents))
        store.save(case(), [one], now=NOW) or store.vote(KEY.account, [one])


@pytest.mark.parametrize(
    ("noise", "fine", "agents", "moves"),
    [
        (4, 26, 3, True),
        (4, 25, 3, False),  # a vote too few
        (3, 27, 3, False),  # one in ten, and no more
        (4, 26, 2, False),  # an agent too few
        (10, 190, 8, False),
        (21, 179, 8, True),
    ],
)
def test_a_rule_that_annoys_goes_back_to_the_shadow_by_itself(owner, store, noise, fine, agents, moves):
    voted(store, "three-as.acknowledge", noise, fine, agents)
    assert bool(keep_noise_limit(store, NOW)) is moves
    assert (store.account(KEY.account).settings.get("stages") == {"three-as.acknowledge": "shadow"}) is moves
    assert ("went back to" in owner.get("/console/rules").text) is moves


def test_a_rule_that_annoys_goes_back_to_the_shadow_in_every_group_too(owner, store):
    rule, account = "three-as.acknowledge", store.account(KEY.account)
    narrow = {"group:plant care": {rule: "live", "three-as": "live"}, "brand:fern": {rule: "draft"}}
    store.put_account(replace(account, settings=account.settings | {"stages": {rule: "shadow"}, "stages_in": narrow}))
    voted(store, rule, 4, 28)
    assert keep_noise_limit(store, NOW) == [(KEY.account, rule)]
    settings = store.account(KEY.account).settings
    assert settings["stages_in"] == {"group:plant care": {"three-as": "live"}, "brand:fern": {rule: "draft"}}
    voted(store, rule, 4, 28)
    assert keep_noise_limit(store, NOW) == []


def field_of(store, vote):
    """Under what a vote is kept."""
    store.vote(KEY.account, [vote])
    (name,) = store.client.scan_iter(match="*votes")
    (field,) = store.client.hgetall(name)
    store.client.delete(name)
    return field


def test_no_vote_can_be_traced_to_an_agent_without_the_key(store, valkey):
    vote = CountRule(day="2026-02-01", group="", rule="r.x", what="followed", agent_id="agent-12")
    other = open_store(valkey.url, key=b"quite another key")
    assert field_of(store, vote) == field_of(store, vote)
    assert field_of(store, vote) != field_of(other, vote)
    assert b"agent-12" not in field_of(store, vote)
    other.close()


def stored(store, **told):
    held = case()
    comment = rana_says("My address is 12 Olive Street.").comment
    conversation = type(held.conversation)(
        key=KEY, ticket=held.conversation.ticket, requester=held.conversation.requester, comments=(comment,)
    )
    assert store.save(type(held)(key=KEY, conversation=conversation, **told), [], now=NOW)


@pytest.mark.parametrize(("gone", "state"), [(False, "done"), (True, "failed")])
def test_a_backtest_over_what_is_kept_is_offered_no_ticket_that_is_gone(editor, store, backtester, gone, state):
    stored(store, gone=gone)
    location = started(editor, account=KEY.account).location
    assert backtester.step()
    told = editor.get(location.replace("/console", "/api/v1")).json
    assert told["state"] == state


@pytest.mark.parametrize("who", ["900", "rana@example.com", "Rana@Example.com"])
def test_a_customer_is_exported_and_erased_everywhere(owner, store, who):
    stored(store)
    failure = Failure(
        id=f"{KEY.shard}-1",
        kind="webhook",
        account=KEY.account,
        at=NOW,
        message="m",
        ticket_id=KEY.ticket_id,
        body=b"Olive Street",
    )

    store.client.hset(keys.failures(KEY.shard), failure.id, msgspec.msgpack.encode(failure))
    exported = owner.post("/console/customers/export", account=KEY.account, who=who)
    assert "12 Olive Street" in json.dumps(exported.json)
    assert owner.post("/console/customers/erase", account=KEY.account, who=who, why="asked to").status_code == 303
    assert store.load(KEY) is None
    assert store.tickets_of(KEY.account, "900") == []
    assert store.failures() == []
    assert all(b"Olive" not in (store.client.dump(name) or b"") for name in store.client.scan_iter())
    assert store.changes()[0].what.startswith("erased a customer's 1 ticket")
    assert "rana" not in repr(store.changes()[0]).lower()


def test_an_export_has_what_the_customer_answered_and_what_was_estimated(owner, store):
    stored(store)
    held = replace(store.load(KEY), rated=Rating.BAD, estimated=0.31)
    assert store.save(held, [], now=NOW)
    (told,) = owner.post("/console/customers/export", account=KEY.account, who="900").json["tickets"]
    assert (told["survey_answer"], told["estimate_of_recommendation"]) == ("bad", 0.31)


def arrived(store, body, ticket_id=None, account=KEY.account):
    assert store.accept(Arrival(account=account, kind="webhook", body=body, received_at=NOW, ticket_id=ticket_id))


def test_erasing_reaches_what_waits_for_a_worker_even_before_a_ticket_is_known(owner, store):
    stored(store)
    arrived(store, b'{"text": "12 Olive Street again"}', KEY.ticket_id)
    arrived(store, b'{"from": "Rana@example.com", "text": "Olive Street"}')
    arrived(store, b'{"from": "omar@example.com"}', "77")
    taken = [entry for shard in keys.shards() for entry in store.claim(shard, "a worker")]
    assert len(taken) == 3
    owner.post("/console/customers/erase", account=KEY.account, who="rana@example.com")
    assert [fields[b"a"] for name in store.client.scan_iter(match="*:inbox") for _, fields in store.client.xrange(name)]
    assert all(b"Olive" not in (store.client.dump(name) or b"") for name in store.client.scan_iter())
    in_hand = next(entry for entry in taken if entry.arrival.ticket_id == KEY.ticket_id)
    store.save(case(), [], entry=in_hand, now=NOW)
    assert store.load(KEY) is None, "a worker saved what had been erased in its hands"


def test_somebody_who_only_wrote_just_now_can_be_erased_by_address(owner, store):
    arrived(store, b'{"from": "new@example.com"}', "99")
    assert "Erase all of it" in owner.post("/console/customers/find", account=KEY.account, who="new@example.com").text
    form = {"account": KEY.account, "who": "new@example.com"}
    assert owner.post("/console/customers/erase", **form).status_code == 303
    assert owner.post("/console/customers/erase", **form).status_code == 404


@pytest.mark.parametrize("who", ["nobody@example.com", "4711"])
def test_of_a_customer_of_whom_nothing_is_stored_there_is_nothing_to_erase(owner, store, who):
    stored(store)
    arrived(store, b'{"from": "new@example.com"}', "99")
    found = owner.post("/console/customers/find", account=KEY.account, who=who).text
    assert "Nothing of this customer is stored from" in found
    assert "Erase all of it" not in found


def test_a_customer_whom_a_backtest_alone_names_can_be_erased(owner, store, clock):
    job = Job(id="named", who="x", at=clock(), asked={}, state="done", found={"hits": ["new@example.com"]})
    store.add_job(job, None)
    assert "Erase all of it" in owner.post("/console/customers/find", account=KEY.account, who="new@example.com").text


def test_looking_a_customer_up_takes_nothing_away(owner, store):
    arrived(store, b'{"from": "new@example.com"}', "99")
    for _ in range(2):
        found = owner.post("/console/customers/find", account=KEY.account, who="new@example.com").text
        assert "Erase all of it" in found
    assert [one for shard in keys.shards() for one in store.claim(shard, "a worker")]


def test_rule_files_that_hold_a_customers_address_are_named_before_erasing(owner, store):
    stored(store)
    owner.post("/console/files", name="day")
    owner.post("/console/files/day", text="# rana@example.com said so", seen="1")
    found = owner.post("/console/customers/find", account=KEY.account, who="900").text
    assert "These rule files hold the address" in found
    assert "/console/files/day" in found


def test_what_a_backtest_quotes_is_masked(editor, backtester, store):
    line = json.loads(made(1)[0])
    line["comments"][0]["text"] = "I am so disappointed, third time I write. rana@example.com"
    line["comments"][1]["text"] = "Call +1 (212) 555-0123 or write to help@example.com."
    location = started(editor, json.dumps(line).encode()).location
    backtester.step()
    job = store.job(location.rpartition("/")[2])
    assert job.found["hits"]
    assert "[phone]" in json.dumps(job.found)
    assert "555-0123" not in json.dumps(job.found) and "@example.com" not in json.dumps(job.found)


def test_what_has_outlived_its_time_is_forgotten(owner, store, clock):
    owner.post("/console/files", name="day")
    store.add_job(Job(id="old", who="x", at=clock(), asked={}, state="done"), None)
    store.put_record("judged", "old", b"{}", expected=None)
    failed = Failure(id="3-1", kind="webhook", account=KEY.account, at=clock(), message="m", body=b"Olive")
    store.client.hset(keys.failures(3), failed.id, msgspec.msgpack.encode(failed))
    clock.move(days=6)
    assert store.tidy(now=clock()) == 0
    clock.move(days=25)
    store.tidy(now=clock())
    assert (store.jobs(), store.failures(), store.records("judged")) == ([], [], {})
    assert store.records("drafts")
    clock.move(days=150)
    store.tidy(now=clock())
    assert store.records("drafts") == {}


def test_a_stranger_never_gets_a_backtest(app, editor, backtester):
    location = started(editor, "\n".join(made(2)).encode()).location
    assert Someone(app).get(location.replace("/console", "/api/v1")).status_code == 401


def test_a_rule_that_there_is_not_is_told_before_a_backtest_is_run_for_it(editor, store):
    answer = started(editor, "\n".join(made(3)).encode(), rule="three-as.acknowlege")
    assert answer.status_code == 400
    assert "There is no rule `three-as.acknowlege` here; did you mean `three-as.acknowledge`?" in answer.text
    assert 'value="three-as.acknowlege"' in answer.text and not store.jobs()
