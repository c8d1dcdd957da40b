"""The partners' address book and the switches of the network: who may change them, and what can't be kept."""

from guidance.people.partners import AddressBook
from guidance.people.users import Role
from tests.edges import ACME

FAST = {
    "name": "NordPost",
    "words": "NordPost, the courier",
    "contact": "Jonas Weber",
    "reach": "desk@nordpost.example",
}
BODY = FAST | {"words": ["the courier"], "wording": "Hello {contact}, ticket {ticket}, please. {agent}"}


def added(editor, **told):
    return editor.post("/console/network/partners", **FAST | told)


def test_a_partner_is_added_shown_changed_and_removed(editor, store, clock):
    assert added(editor).status_code == 303
    assert "Jonas Weber" in editor.get("/console/network").text
    editor.post("/console/network/partners/nordpost", **FAST | {"contact": "Ida Holm"})
    (one,) = AddressBook(store, clock).all()
    assert (one.id, one.contact, one.words) == ("nordpost", "Ida Holm", ("NordPost", "the courier"))
    editor.post("/console/network/partners/nordpost/remove")
    assert AddressBook(store, clock).all() == []
    assert [change.what for change in store.changes(subject="partner:nordpost")] == [
        "removed NordPost",
        "changed NordPost",
        "added NordPost",
    ]


def test_what_can_t_be_kept_is_told_with_its_field_and_stays_in_the_form(editor):
    answer = added(editor, wording="Dear {customer}")
    assert answer.status_code == 400
    assert "There is no field {customer}" in answer.text
    assert "Dear {customer}" in answer.text
    wrong = ' aria-invalid="true" aria-describedby="problem"'
    for field, value in (("wording", "Dear {customer}"), ("words", "a"), ("name", " ")):
        before, told, _ = added(editor, **{field: value}).text.partition(wrong)
        assert told and f'name="{field}"' in before.rpartition("<label")[2]


def test_a_name_that_is_taken_is_refused(editor):
    added(editor)
    assert added(editor).status_code == 409


def test_markup_in_a_partner_stays_text(editor):
    added(editor, contact="<script>alert(1)</script>")
    assert "<script>alert" not in editor.get("/console/network").text


def test_the_api_keeps_the_same_book(editor):
    made = editor.send("POST", "/api/v1/partners", BODY)
    assert (made.status_code, made.json["partner"]["id"]) == (200, "nordpost")
    assert (
        editor.send("PUT", "/api/v1/partners/nordpost", BODY | {"hours": "8 to 18"}).json["partner"]["hours"]
        == "8 to 18"
    )
    assert [one["hours"] for one in editor.get("/api/v1/partners").json["partners"]] == ["8 to 18"]
    refused = editor.send("PUT", "/api/v1/partners/nordpost", BODY | {"wording": "{who}"})
    assert (refused.status_code, refused.json["error"]["path"]) == (400, "wording")
    assert editor.send("DELETE", "/api/v1/partners/nordpost", {}).status_code == 200
    assert editor.send("PUT", "/api/v1/partners/nordpost", BODY).status_code == 404


def test_a_lead_and_a_viewer_keep_no_address_book(people):
    for role in (Role.LEAD, Role.VIEWER):
        assert added(people[role]).status_code == 403
        assert people[role].get("/api/v1/partners").status_code == 403


def test_a_part_is_switched_off_for_one_account_and_on_again(editor, store):
    on = ["call-on-partners", "return-the-favour", "colleagues-waiting", "people-in-common"]
    editor.post("/console/network/parts", account=ACME.id, on=on)
    assert store.account(ACME.id).settings["network_off"] == ["who-can-help"]
    editor.post("/console/network/parts", account=ACME.id, on=[*on, "who-can-help"])
    assert store.account(ACME.id).settings["network_off"] == []


def test_the_console_tells_nobody_who_rests_or_who_was_asked(owner, store):
    store.rest(ACME.id, "1234567", None)
    pages = ("/console/network", "/console/people", "/console/numbers", "/console/changes", "/api/v1/partners")
    assert all("1234567" not in owner.get(page).text for page in pages)
