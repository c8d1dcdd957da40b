"""From a draft to a rulebook in force: whole, one after the other, and never over somebody else's work unseen."""

from __future__ import annotations

import re
import subprocess
import sys
from html import unescape
from threading import Barrier, Thread

import pytest
from msgspec.structs import replace

from guidance.console import versions
from guidance.console.network import PARTS
from guidance.dispatch import LiveRulebook
from guidance.people.users import Role
from guidance.ports import Change, Edition
from tests.cast import NOW
from tests.console.conftest import address
from tests.console.furnished import RULE


def drafted(someone, text=RULE, *, seen=1, name="day"):
    someone.post("/console/files", name=name)
    return someone.post(f"/console/files/{name}", text=text, seen=str(seen))


def published(someone, *, seen=2, name="day", stage="live"):
    return someone.post(f"/console/files/{name}/publish", seen=str(seen), stage=stage, why="because")


def flaws(someone, text):
    return someone.send("POST", "/api/v1/rules/lint", {"name": "day", "text": text}).json["flaws"]


def test_a_published_rule_is_in_force_and_in_its_stage(editor, store):
    drafted(editor)
    assert published(editor, stage="shadow").status_code == 303
    assert store.edition().files == {"day": RULE}
    assert store.account("zendesk:acme").settings["stages"] == {"house.day": "shadow"}
    live = LiveRulebook(store)
    live.look()
    assert "house.day" in live().rules
    assert [one.subject for one in store.changes()[:2]] == ["file:day", "rule:house.day"]


def test_an_edition_that_somebody_else_came_before_moves_no_stage(editor, store, monkeypatch):
    account = store.account("zendesk:acme")
    store.put_account(replace(account, settings=account.settings | {"stages": {"house.day": "draft"}}))
    drafted(editor)
    monkeypatch.setattr(versions, "put_edition", lambda *_, **__: False)
    answer = published(editor, stage="live")
    assert (answer.status_code, store.edition().number) == (409, 0)
    assert store.account("zendesk:acme").settings["stages"] == {"house.day": "draft"}


ACKNOWLEDGE = "three-as.acknowledge"


def retitled(someone):
    """A draft of a shipped rule in which nothing but the title is other."""
    someone.post(f"/console/rules/{ACKNOWLEDGE}/copy")
    page = someone.get(f"/console/files/{ACKNOWLEDGE}").text
    text = unescape(re.search(r"<textarea[^>]*>\n(.*?)</textarea>", page, re.DOTALL)[1])
    seen = re.search(r'name="seen" value="(\d+)"', page)[1]
    return someone.post(
        f"/console/files/{ACKNOWLEDGE}", text=re.sub("    title: .*", "    title: Own words", text), seen=seen
    )


def lines_told(page):
    """The lines that a page says are new, and those that it says are gone."""
    return re.findall(r'<span class="(add|cut)">. *(.*)', unescape(page))


def test_looking_at_a_shipped_rule_to_change_it_keeps_no_draft(editor, store):
    answer = editor.post(f"/console/rules/{ACKNOWLEDGE}/copy")
    assert answer.location == f"/console/files/{ACKNOWLEDGE}"
    page = editor.get(answer.location).text
    assert "As shipped" in page and "id: three-as.acknowledge" in page
    assert store.records("drafts") == {}
    for then, onward in (("try", "try?file="), ("backtest", "backtests?file=")):
        text = unescape(re.search(r"<textarea[^>]*>\n(.*?)</textarea>", page, re.DOTALL)[1])
        answer = editor.post(f"/console/files/{ACKNOWLEDGE}", text=text, seen="0", then=then)
        assert answer.location == f"/console/{onward}{ACKNOWLEDGE}"
        assert editor.get(answer.location).status_code == 200
    assert store.records("drafts") == {}
    assert "so nothing to publish" in editor.get(f"/console/files/{ACKNOWLEDGE}/publish").text


@pytest.mark.parametrize("place", ["files/{}", "files/{}/publish"])
def test_a_shipped_rule_with_another_title_differs_in_its_title_alone(editor, place):
    retitled(editor)
    told = lines_told(editor.get(f"/console/{place.format(ACKNOWLEDGE)}").text)
    assert [sign for sign, _ in told] == ["cut", "add"]
    assert told[1] == ("add", "title: Own words")


def test_a_version_with_a_shipped_rule_s_title_changed_shows_that_alone_and_so_does_the_way_back(editor):
    retitled(editor)
    published(editor, seen=1, name=ACKNOWLEDGE, stage="as it is")
    assert [sign for sign, _ in lines_told(editor.get("/console/versions/1").text)] == ["cut", "add"]
    back = lines_told(editor.get("/console/versions/0").text)
    assert back[0] == ("cut", "title: Own words")
    assert len(back) == 2


def test_a_rule_that_is_in_force_keeps_its_stage_unless_somebody_says_otherwise(editor):
    drafted(editor)
    assert re.search(r'value="shadow" selected', editor.get("/console/files/day/publish").text)
    retitled(editor)
    assert re.search(r'value="as it is" selected', editor.get(f"/console/files/{ACKNOWLEDGE}/publish").text)


def test_a_rule_of_the_house_stands_in_a_shipped_one_s_place(editor, store):
    retitled(editor)
    assert published(editor, seen=1, name="three-as.acknowledge").status_code == 303
    live = LiveRulebook(store)
    live.look()
    assert live().rules["three-as.acknowledge"].pack.startswith("house.")
    editor.post("/console/files/three-as.acknowledge/remove")
    live.look()
    assert live().rules["three-as.acknowledge"].pack.startswith("three-as@")


def test_a_draft_that_was_sent_twice_is_no_conflict_with_oneself(people):
    editor, text = people[Role.EDITOR], RULE + "# mine\n"
    assert drafted(editor, text).status_code == 303
    again = editor.post("/console/files/day", text=text, seen="1")
    assert again.status_code == 303
    assert 'name="seen" value="2"' in editor.get(again.location).text
    assert people[Role.OWNER].post("/console/files/day", text=text, seen="1").status_code == 409


@pytest.mark.parametrize(
    ("broken", "line", "told"),
    [
        (RULE.replace("last.says", "last.sais"), 9, "did you mean `last.says`?"),
        (RULE.replace("Which day will", "When will"), 13, "must fire, and is silent"),
        (RULE.replace("principle", "\tprinciple"), 6, "no YAML"),
        (RULE.replace("house.day\nversion", "&a house.day\nversion"), 1, "anchors and aliases"),
        (RULE.replace("title: Name the day\nrules", "title: !!python/name:os.system x\nrules"), 3, "tags such as"),
        (RULE.replace("last.says: [which day]", "last.matches: ['(a)\\1']"), 9, "none that RE2 takes"),
        (RULE.replace("Say which day it is.", "'{name.__class__}'"), 10, ""),
        ("x: " + "[" * 5000, 1, "nests too deeply"),
        ("a" * 1_100_000, 1, "a pack may have 1 MiB"),
    ],
)
def test_what_is_wrong_is_said_beside_its_line_and_nothing_goes_live(editor, store, broken, line, told):
    found = flaws(editor, broken)
    assert found and found[0]["line"] == line, found[:1]
    assert told in found[0]["message"]
    drafted(editor, broken)
    assert published(editor).status_code in (409, 422)
    assert store.edition().number == 0


def test_what_is_doubtful_is_told_beside_its_line_and_keeps_nothing_from_going_live(editor, store):
    louder = (
        RULE.partition("rules:\n")[2]
        .replace("house.day", "house.any-day")
        .replace("moments:", "weight: 2\n    moments:")
    )
    hidden = RULE + louder
    told = editor.send("POST", "/api/v1/rules/lint", {"name": "day", "text": hidden}).json
    assert told["flaws"] == []
    (doubt,) = told["warnings"]
    assert (doubt["line"], doubt["rule"]) == (5, "house.day")
    assert "house.any-day of the same family fires too and goes first" in doubt["message"]
    drafted(editor, hidden)
    page = editor.get("/console/files/day").text
    assert "1 warning; the file can be published all the same" in page
    assert published(editor).status_code == 303
    assert store.edition().files == {"day": hidden}


def test_a_draft_is_not_doubted_for_the_published_file_that_it_replaces(editor):
    drafted(editor)
    published(editor)
    renamed = RULE.replace("id: house.day", "id: house.this-day")
    assert editor.send("POST", "/api/v1/rules/lint", {"name": "day", "text": renamed}).json["warnings"] == []
    other = renamed.replace("pack: house.day", "pack: house.other")
    (doubt,) = editor.send("POST", "/api/v1/rules/lint", {"name": "other", "text": other}).json["warnings"]
    assert doubt["message"] == "this rule asks the very same as house.day; one of the two is enough"


@pytest.mark.parametrize("private", ["rana@gmx.de", "+49 171 2345678", "4111 1111 1111 1111"])
def test_nobody_s_own_address_or_number_is_published_for_good(editor, store, private):
    drafted(editor, RULE.replace("Glad to hear it.", f"Write to {private} any time."))
    answer = published(editor)
    assert answer.status_code == 422
    assert "Line 15" in answer.text and "make one up" in answer.text
    drafted(editor, RULE.replace("Glad to hear it.", "Write to rana@example.com or 212-555-0123."), seen=2)
    assert published(editor, seen=3).status_code == 303


def test_the_second_of_two_editors_sees_the_first_one_s_text(people, store):
    drafted(people[Role.EDITOR])
    second = people[Role.OWNER].post("/console/files/day", text=RULE + "# mine\n", seen="1")
    assert second.status_code == 409
    assert f"{address(Role.EDITOR)} saved this draft meanwhile" in second.text
    assert "# mine" in second.text
    assert b"# mine" not in store.record("drafts", "day")
    assert re.search(r'name="seen" value="2"', second.text)


@pytest.mark.parametrize(
    ("then", "onward"), [("try", "/console/try?file=day"), ("backtest", "/console/backtests?file=day")]
)
def test_what_is_tried_or_backtested_is_what_was_typed(editor, store, then, onward):
    drafted(editor)
    answer = editor.post("/console/files/day", text=RULE + "# typed\n", seen="2", then=then)
    assert (answer.status_code, answer.location) == (303, onward)
    assert b"# typed" in store.record("drafts", "day")
    assert published(editor, seen=3).status_code == 303
    assert editor.post("/console/files/day", text=RULE + "# typed\n", seen="0", then=then).location == onward
    assert store.record("drafts", "day") is None


def test_a_draft_on_a_file_that_somebody_published_meanwhile_is_looked_at_again(editor, store):
    drafted(editor)
    theirs = Edition(number=1, files={"day": RULE.replace("Say which", "Tell which")}, who="mia@example.com")
    assert store.publish(theirs, change=Change(at=NOW, who="mia", what="published", subject="file:day"))
    answer = published(editor)
    assert answer.status_code == 409
    assert "published this file meanwhile" in answer.text
    assert store.edition().number == 1
    assert published(editor, seen=3).status_code == 303


@pytest.mark.parametrize("stage", ["as it is", "draft", "shadow", "live"])
def test_whoever_has_to_look_again_before_publishing_finds_the_stage_and_the_reason_that_they_gave(editor, stage):
    drafted(editor)
    refused = published(editor, seen=1, stage=stage)
    assert refused.status_code == 409
    assert re.findall(r'<option value="([^"]*)" selected', refused.text) == [stage]
    assert 'name="why" maxlength="500" value="because"' in refused.text


def test_of_two_publishers_at_the_same_moment_one_is_first_and_its_rulebook_whole(store):
    start, won = Barrier(8), []

    def publish(number):
        files = {f"{number}-{part}": f"text {number}" for part in range(50)}
        change = Change(at=NOW, who=str(number), what="published", subject="rulebook")
        start.wait()
        if store.publish(Edition(number=1, files=files, who=str(number)), change=change):
            won.append(str(number))

    threads = [Thread(target=publish, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    edition = store.edition()
    assert won == [edition.who]
    assert set(edition.files.values()) == {f"text {edition.who}"}
    assert len(edition.files) == 50
    assert len(store.changes()) == 1


KILLED = """
import sys
from datetime import UTC, datetime
from guidance.ports import Change, Edition
from guidance.store import open_store
store = open_store(sys.argv[1], key=b"a key for tests only")
number = store.edition().number
print("publishing", flush=True)
while True:
    number += 1
    files = {f"{part}": f"text {number}" for part in range(200)}
    store.publish(Edition(number=number, files=files), change=Change(at=datetime.now(UTC), who="x", what="y", subject="z"))
"""


@pytest.mark.parametrize("whom", ["publisher", "store"])
def test_a_kill_in_the_middle_of_publishing_leaves_one_whole_rulebook(store, valkey, whom):
    for _ in range(3):
        process = subprocess.Popen(
            [sys.executable, "-c", KILLED, valkey.url], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        process.stdout.readline()
        before = store.edition().number
        while store.edition().number < before + 3:
            pass
        victim = process if whom == "publisher" else valkey._process
        victim.kill()
        victim.wait()
        process.kill()
        process.wait()
        process.stdout.close()
        while not valkey.ensure_running() and whom == "store":
            pass
        edition = store.edition()
        assert edition.number >= before + 3
        assert set(edition.files.values()) == {f"text {edition.number}"}
        assert len(edition.files) == 200


def test_going_back_is_as_easily_undone(editor, store):
    drafted(editor)
    published(editor)
    assert editor.post("/console/versions/0/restore", head="1", why="so").status_code == 303
    assert store.edition().files == {}
    assert editor.post("/console/versions/1/restore", head="1", why="so").status_code == 409
    editor.post("/console/versions/1/restore", head="2", why="so")
    assert store.edition().files == {"day": RULE}


def test_each_version_says_what_it_was(editor):
    drafted(editor)
    published(editor)
    editor.post("/console/versions/0/restore", head="1", why="so")
    told = editor.get("/console/versions").text
    assert 'data-label="What">published day</td>' in told
    assert 'data-label="What">went back to version 0</td>' in told


def test_a_version_that_the_trail_no_longer_knows_has_its_line_all_the_same(editor, store):
    change = Change(at=NOW, who="mia", what="published", subject="file:day")
    assert store.publish(Edition(number=1, files={"day": RULE}, who="mia@example.com", at=NOW), change=change)
    assert "mia@example.com" in editor.get("/console/versions").text


def test_a_stage_that_somebody_else_moved_meanwhile_is_not_overwritten(editor, store):
    form = {"account": "zendesk:acme", "stage": "shadow", "was": ""}
    assert editor.post("/console/rules/three-as.acknowledge/stage", **form).status_code == 303
    answer = editor.post("/console/rules/three-as.acknowledge/stage", **(form | {"stage": "draft"}))
    assert answer.status_code == 409
    assert "moved this rule to shadow meanwhile" in answer.text


def moved(someone, stage, **form):
    told = {"account": "zendesk:acme", "kind": "group", "name": "Plant care", "was": ""} | form
    return someone.post("/console/rules/three-as.acknowledge/stage", stage=stage, **told)


def test_a_group_may_have_a_stage_of_its_own_and_lose_it_again(editor, owner, store):
    assert moved(editor, "shadow", kind="", name="").status_code == 303
    assert moved(editor, "live").status_code == 303
    settings = store.account("zendesk:acme").settings
    assert settings["stages"] == {"three-as.acknowledge": "shadow"}
    assert settings["stages_in"] == {"group:plant care": {"three-as.acknowledge": "live"}}
    assert "The group plant care of zendesk:acme</strong>" in editor.get("/console/rules/three-as.acknowledge").text
    assert "live in zendesk:acme, group:Plant care" in owner.get("/console/changes").text
    assert moved(editor, "draft").status_code == 409
    assert moved(editor, "as elsewhere", was="live").status_code == 303
    assert store.account("zendesk:acme").settings["stages_in"] == {}


@pytest.mark.parametrize(
    ("stage", "was", "where"), [("live", "live", {}), ("as shipped", "", {"kind": "", "name": ""})]
)
def test_a_stage_that_is_what_it_was_is_no_change(editor, store, stage, was, where):
    moved(editor, "live")
    before = store.account("zendesk:acme").settings, store.changes()
    answer = moved(editor, stage, was=was, **where)
    assert "Nothing is other than it was, so nothing was changed." in editor.get(answer.location).text
    assert (store.account("zendesk:acme").settings, store.changes()) == before
    assert moved(editor, "draft", was="draft").status_code == 409


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("holdout", {"percent": "0", "was": "0"}),
        ("estimate", {"shown": "no"}),
        ("pause", {"paused": "no"}),
        ("network/parts", {"on": list(PARTS)}),
    ],
)
def test_a_setting_that_is_what_it_was_stands_nowhere_as_a_change(editor, store, path, form):
    before = store.changes()
    assert editor.post(f"/console/{path}", account="zendesk:acme", **form).status_code == 303
    assert store.changes() == before


@pytest.mark.parametrize(("kind", "name"), [("group", ""), ("team", "Plant care"), ("brand", "x" * 101)])
def test_a_stage_for_no_group_or_brand_that_there_could_be_is_refused(editor, store, kind, name):
    assert moved(editor, "live", kind=kind, name=name).status_code == 400
    assert "stages_in" not in store.account("zendesk:acme").settings


def test_a_pause_silences_every_account_and_ends_again(editor, store):
    editor.post("/console/pause", paused="yes")
    assert store.account("zendesk:acme").settings["paused"] is True
    editor.post("/console/pause", paused="no")
    assert "paused" not in store.account("zendesk:acme").settings


def test_somebodys_own_address_is_told_as_one_types_and_leads_to_its_line(editor):
    theirs = RULE.replace('draft: "Soon."', 'draft: "Soon, grace@okafor.ng."')
    (told,) = flaws(editor, theirs)
    assert (told["line"], "looks like somebody's e-mail address" in told["message"]) == (13, True)
    drafted(editor, theirs)
    assert '<a href="/console/files/day#line-13"' in editor.get("/console/files/day/publish").text
