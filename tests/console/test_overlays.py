"""What is other about a rule in one group or brand: who may say so, what can't be published, and that nothing is overwritten unseen."""

from __future__ import annotations

import pytest

from guidance.dispatch import LiveRulebook
from guidance.model import Ticket
from guidance.people.users import Role, Users
from guidance.ports import Change, Edition
from guidance.rules.overlaying import entry_in
from tests.cast import NOW
from tests.console.conftest import address
from tests.console.test_publishing import drafted, published
from tests.edges import ACME

DAY = "house.day"
PAGE = f"/console/rules/{DAY}/overlays"
WORDS = "Name the day."


@pytest.fixture
def ruled(people, store, clock):
    """A rule of the house in force, and a lead of Plant care who is known in the account."""
    drafted(people[Role.EDITOR])
    published(people[Role.EDITOR], stage="as it is")
    users = Users(store, clock)
    mia = users.required(address(Role.LEAD))
    users.change(mia, who="lena@example.com", what="leads", groups=("Plant care",), agents={ACME.id: "7"})
    return people


def put(someone, say=WORDS, *, account=ACME.id, kind="group", name="Plant care", seen="nothing", **more):
    form = {"account": account, "kind": kind, "name": name, "seen": seen, "say": say, "why": "They asked", **more}
    return someone.post(PAGE, **form)


def entry_seen(someone):
    return someone.get(PAGE).text.partition('name="seen" value="')[2].partition('"')[0]


def here(store, group="Plant care", brand=None, account=ACME.id):
    live = LiveRulebook(store)
    live.look()
    return live().rule_on(live().rules[DAY], account, Ticket(group=group, brand=brand))


def test_a_lead_changes_the_words_for_their_own_group_and_for_no_other(ruled, store):
    assert put(ruled[Role.LEAD]).status_code == 303
    assert here(store).hint.say["en"] == (WORDS,)
    assert here(store, group="Delivery").hint.say["en"] == ("Say which day it is.",)
    assert here(store, account="freshdesk:acme").hint.say["en"] == ("Say which day it is.",)
    (change,) = store.changes(subject=f"rule:{DAY}")
    assert (change.who, change.what) == (address(Role.LEAD), f"changed for group Plant care in {ACME.id}")
    assert (change.why, change.before, change.after) == ("They asked", "version 1", "version 2")
    assert WORDS in ruled[Role.VIEWER].get(f"/console/rules/{DAY}").text


@pytest.mark.parametrize(
    "where",
    [
        {"name": "Delivery"},
        {"kind": "brand", "name": "Plant care"},
        {"kind": "", "name": ""},
        {"account": "freshdesk:acme-eu"},
    ],
)
def test_a_lead_changes_nothing_outside_of_their_groups(ruled, store, where):
    store.put_account(ACME.__class__(id="freshdesk:acme-eu", base_url="http://127.0.0.1:1"))
    answer = put(ruled[Role.LEAD], **where)
    assert (answer.status_code, "for the groups that you lead" in answer.text) == (403, True)
    assert store.edition().number == 1


def test_a_lead_without_groups_and_a_viewer_change_nothing(ruled, store, clock):
    users = Users(store, clock)
    users.change(users.required(address(Role.LEAD)), who="lena@example.com", what="leads nobody", groups=())
    assert put(ruled[Role.LEAD]).status_code == 403
    assert "once an owner has set down your groups" in ruled[Role.LEAD].get(PAGE).text
    assert put(ruled[Role.VIEWER]).status_code == 403
    assert "Publish it there" not in ruled[Role.VIEWER].get(PAGE).text


def test_an_editor_changes_any_part_of_an_account(ruled, store):
    editor = ruled[Role.EDITOR]
    assert put(editor, "All of it.", kind="", name="").status_code == 303
    assert put(editor, "By brand.", kind="brand", name="Fern & Field").status_code == 303
    assert here(store, group=None).hint.say["en"] == ("All of it.",)
    assert here(store, group=None, brand="fern & field").hint.say["en"] == ("By brand.",)
    assert sorted(store.edition().files) == ["day", "overlay.zendesk-acme", "overlay.zendesk-acme.brand-fern-field"]


def test_everything_that_may_be_other_is_kept_in_plain_yaml_and_shown_merged(ruled, store):
    more = {"offer": "On Friday.\nBy Friday.", "level": "warning", "weight": "2.5", "per_ticket": "1", "off": "yes"}
    assert put(ruled[Role.EDITOR], **more, **{"except.last.says": "no hurry"}).status_code == 303
    assert store.edition().files["overlay.zendesk-acme.group-plant-care"] == (
        "pack: overlay.zendesk-acme.group-plant-care\n"
        "version: 1\n"
        "title: For the group Plant care of zendesk:acme\n"
        "for: {account: zendesk:acme, group: Plant care}\n"
        "\n"
        "changes:\n"
        f"  {DAY}:\n"
        f"    say: {WORDS}\n"
        "    offer: [On Friday., By Friday.]\n"
        "    level: warning\n"
        "    weight: 2.5\n"
        "    except: [{last.says: [no hurry]}]\n"
        "    limit: {per_ticket: 1}\n"
        "    off: true\n"
    )
    told = ruled[Role.VIEWER].get(PAGE).text
    assert "Off here." in told and "suggestion elsewhere" in told and "last.says" in told


def test_an_empty_form_takes_it_back_and_the_file_goes_with_the_last_of_it(ruled, store):
    put(ruled[Role.LEAD])
    seen = entry_seen(ruled[Role.LEAD])
    assert put(ruled[Role.LEAD], "", seen=seen).status_code == 303
    assert sorted(store.edition().files) == ["day"]
    assert here(store).hint.say["en"] == ("Say which day it is.",)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"say": "long " * 40}, "an agent reads 140 at a glance"),
        ({"say": "{nobody} waits"}, "there is no field {nobody}"),
        ({"except.draft.says": "soon"}, "silent on its own example “Soon.”"),
        ({"weight": "heavy"}, "Weight: A number from 0"),
        ({"per_day": "often"}, "Times a day to one agent: A whole number"),
        ({"level": "loud"}, "Level: It is one of"),
        ({"name": " "}, "Which group?"),
        ({"except.last.says": "x" * 2001}, "Not where the customer says: A line has 2,000 characters"),
        ({"say": "Write to rana@gmx.de"}, "somebody's e-mail address"),
    ],
)
def test_what_can_t_be_published_is_told_and_stays_in_its_box(ruled, store, given, told):
    answer = put(ruled[Role.EDITOR], **given)
    assert answer.status_code in (400, 422)
    assert told in answer.text.replace("&#39;", "'")
    assert store.edition().number == 1
    (value,) = given.values()
    assert "level" in given or value.strip()[:60] in answer.text


def test_the_second_of_two_people_sees_the_first_one_s_words(ruled, store):
    put(ruled[Role.LEAD], "Theirs.")
    seen = entry_seen(ruled[Role.EDITOR])
    put(ruled[Role.LEAD], seen=seen)
    answer = put(ruled[Role.EDITOR], "Mine.", seen=seen)
    assert answer.status_code == 409
    assert "Somebody else changed this rule there" in answer.text
    assert WORDS in answer.text and "Mine." in answer.text
    assert here(store).hint.say["en"] == (WORDS,)


def test_what_holds_there_already_stands_in_the_boxes_beside_what_was_written(ruled, store):
    put(ruled[Role.EDITOR], per_day="3")
    answer = put(ruled[Role.EDITOR], "", level="warning", per_day="")
    assert (answer.status_code, "other there already" in answer.text) == (409, True)
    assert f">{WORDS}</textarea>" in answer.text
    assert 'name="per_day" size="6" inputmode="numeric" value="3"' in answer.text
    assert "<option selected>warning</option>" in answer.text
    assert store.edition().number == 2


def test_the_name_of_a_group_is_never_taken_for_a_word_about_the_whole_account(ruled, store):
    answer = put(ruled[Role.EDITOR], kind="", name="Plant care")
    assert (answer.status_code, "Is “Plant care” a group or a brand?" in answer.text) == (400, True)
    assert WORDS in answer.text
    assert store.edition().number == 1


def test_where_nothing_is_other_nothing_is_said_to_be_published(ruled, store):
    answer = put(ruled[Role.EDITOR], "")
    assert answer.location == f"{PAGE}?done=same"
    assert "nothing was published" in ruled[Role.EDITOR].get(answer.location).text
    assert store.edition().number == 1


def test_a_group_spelled_another_way_is_the_same_group_and_its_comments_stay(ruled, store):
    put(ruled[Role.EDITOR])
    head = store.edition()
    name = "overlay.zendesk-acme.group-plant-care"
    files = head.files | {name: head.files[name].replace("changes:", "changes:  # with Mia")}
    change = Change(at=NOW, who="omar@example.com", what="a note", subject=f"file:{name}")
    assert store.publish(Edition(number=head.number + 1, files=files, at=NOW), change=change)
    seen = entry_seen(ruled[Role.EDITOR])
    assert put(ruled[Role.EDITOR], "Tell the day.", name="PLANT CARE", seen=seen).status_code == 303
    assert store.edition().files[name] == files[name].replace(WORDS, "Tell the day.")
    assert entry_in(store.edition().files, ACME.id, "group:plant care", DAY) == {"say": "Tell the day."}


def test_an_overlay_has_its_place_in_the_history_and_the_way_back(ruled, store):
    put(ruled[Role.LEAD])
    assert WORDS in ruled[Role.VIEWER].get("/console/versions/2").text
    assert ruled[Role.EDITOR].post("/console/versions/1/restore", head="2", why="so").status_code == 303
    assert here(store).hint.say["en"] == ("Say which day it is.",)


def test_try_it_says_what_a_ticket_of_that_group_would_be_told(ruled):
    put(ruled[Role.LEAD], **{"except.last.says": "no hurry"})
    form = {"last": "Which day will it come?", "draft": "Soon.", "channel": "email", "account": ACME.id, "rule": DAY}
    assert WORDS in ruled[Role.LEAD].post("/console/try", **form, group="Plant care").text
    assert WORDS not in ruled[Role.LEAD].post("/console/try", **form, group="Delivery").text
    unhurried = form | {"last": "Which day will it come? No hurry."}
    told = ruled[Role.LEAD].post("/console/try", **unhurried, group="Plant care").text
    assert "Why house.day is silent" in told and "not last.says" in told


def test_what_is_doubtful_about_it_is_told_beside_it_and_keeps_nothing_from_being_published(ruled):
    assert put(ruled[Role.LEAD]).status_code == 303
    assert "never shown" not in ruled[Role.VIEWER].get(PAGE).text
    assert put(ruled[Role.LEAD], per_ticket="0", seen=entry_seen(ruled[Role.LEAD])).status_code == 303
    assert (
        f"On tickets of the group Plant care of {ACME.id}, this rule is never shown"
        in ruled[Role.VIEWER].get(PAGE).text
    )


def test_markup_in_an_overlay_stays_text(ruled):
    put(ruled[Role.EDITOR], "<script>alert(1)</script>")
    assert "<script>alert" not in ruled[Role.VIEWER].get(PAGE).text
