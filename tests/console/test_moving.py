"""Rules out and in: as a ZIP through the console, as a folder from the command line."""

from __future__ import annotations

import io
import random
from contextlib import suppress
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_LZMA, ZipFile

import pytest
from click.testing import CliRunner

from guidance.cli import main
from guidance.cli.rules import MARK
from guidance.errors import MalformedError
from guidance.people.users import Role
from guidance.ports import Change, Edition
from guidance.rules.archive import packed, unpacked
from tests.cast import NOW
from tests.console.conftest import address
from tests.console.furnished import RULE
from tests.console.test_publishing import drafted, published

OTHER = RULE.replace("house.day", "house.other").replace("which day", "which hour").replace("Which day", "Which hour")


def imported(someone, body, filename="rules.zip"):
    form = {"csrf": someone.csrf, "rules": (io.BytesIO(body), filename)}
    return someone.client.post("/console/import", data=form, content_type="multipart/form-data")


def zipped(files, way=ZIP_DEFLATED):
    held = io.BytesIO()
    with ZipFile(held, "w", way) as archive:
        for name, body in files.items():
            archive.writestr(name, body)
    return held.getvalue()


def test_what_is_exported_comes_in_again_as_drafts(editor, store):
    drafted(editor)
    published(editor)
    body = editor.get("/console/rules.zip").data
    assert unpacked("", body) == {"day": RULE}
    assert "is here already, word for word" in imported(editor, body).text
    told = imported(editor, zipped({"set/day.yaml": RULE + "# more\n", "set/other.yaml": OTHER, "set/readme.md": "x"}))
    assert "a draft now, over the published one" in told.text
    assert sorted(store.records("drafts")) == ["day", "other"]
    assert store.edition().files == {"day": RULE}


def test_an_import_touches_nobody_elses_draft(people, store):
    drafted(people[Role.OWNER])
    answer = imported(people[Role.EDITOR], RULE.encode() + b"# mine", "day.yaml")
    assert f"left alone: {address(Role.OWNER)} has another draft" in answer.text
    assert b"# mine" not in store.record("drafts", "day")


@pytest.mark.parametrize(
    ("filename", "body", "told"),
    [
        ("rules.zip", b"PK\x03\x04 no zip", "no ZIP that can be read"),
        ("rules.zip", zipped({"readme.md": "x"}), "no .yaml file"),
        ("tickets.csv", b"id,subject\n", "a file whose name ends in .yaml, is needed here"),
        ("rules.zip", zipped({"Über.yaml": "x"}), "small letters"),
        ("rules.zip", zipped({"a.yaml": b"\xff"}), "a.yaml: this is not UTF-8"),
        ("rules.zip", zipped({"a.yaml": "a" * ((1 << 20) + 1)}), "a.yaml: a file may have 1 MiB"),
        ("rules.zip", zipped({f"{n}.yaml": "x" for n in range(201)}), "At most 200 files"),
        ("../../day.exe.yaml", b"x", "small letters"),
    ],
)
def test_what_is_no_set_of_rules_is_refused_plainly(editor, store, filename, body, told):
    answer = imported(editor, body, filename)
    assert answer.status_code == 400
    assert told in answer.text
    assert store.records("drafts") == {}


@pytest.mark.parametrize("way", [ZIP_DEFLATED, ZIP_BZIP2, ZIP_LZMA])
def test_a_zip_that_was_damaged_on_its_way_is_refused_plainly(way):
    rnd = random.Random(7)
    whole = zipped({"a.yaml": "".join(rnd.choice("abcdef") for _ in range(3000))}, way)
    for _ in range(300):
        body = bytearray(whole)
        body[rnd.randrange(40, len(body))] ^= rnd.randrange(1, 256)
        with suppress(MalformedError):
            unpacked("rules.zip", bytes(body))


def test_the_same_files_give_the_same_zip():
    assert packed({"b": "2", "a": "1"}) == packed({"a": "1", "b": "2"})
    with pytest.raises(MalformedError):
        unpacked("no-ending", b"x")


@pytest.fixture
def run(store, valkey, monkeypatch):
    monkeypatch.setenv("GUIDANCE_REDIS_URL", valkey.url)
    monkeypatch.setenv("GUIDANCE_SECRET_KEY", "a key for tests only")
    return lambda *words: CliRunner().invoke(main, ["rules", *map(str, words)])


def test_a_folder_is_pulled_changed_and_pushed_whole(run, store, tmp_path):
    assert run("pull", tmp_path).exit_code == 0
    (tmp_path / "day.yaml").write_text(RULE, "utf8")
    (tmp_path / "other.yaml").write_text(OTHER, "utf8")
    pushed = run("push", tmp_path, "--why", "from git", "--who", "ci@example.com")
    assert pushed.exit_code == 0, pushed.output
    assert store.edition().files == {"day": RULE, "other": OTHER}
    assert (store.changes()[0].who, store.changes()[0].why) == ("ci@example.com", "from git")
    (tmp_path / "other.yaml").unlink()
    assert run("push", tmp_path).exit_code == 0
    assert store.edition().files == {"day": RULE}
    assert "word for word" in run("push", tmp_path).output


def test_a_push_over_what_somebody_published_since_is_refused(run, store, tmp_path):
    run("pull", tmp_path)
    (tmp_path / "day.yaml").write_text(RULE, "utf8")
    change = Change(at=NOW, who="mia", what="published", subject="file:x")
    store.publish(Edition(number=1, files={"other": OTHER}), change=change)
    pushed = run("push", tmp_path)
    assert (pushed.exit_code, store.edition().number) == (1, 1)
    assert "version 1 is in force" in pushed.output
    run("pull", tmp_path)
    assert sorted(path.name for path in tmp_path.glob("*.yaml")) == ["day.yaml", "other.yaml"]


def test_a_pull_loses_no_work_that_was_not_pushed(run, store, tmp_path):
    change = Change(at=NOW, who="mia", what="published", subject="file:x")
    store.publish(Edition(number=1, files={"day": RULE, "other": OTHER}), change=change)
    run("pull", tmp_path)
    (tmp_path / "mine.yaml").write_text("mine", "utf8")
    (tmp_path / "day.yaml").write_text(RULE + "# mine", "utf8")
    store.publish(Edition(number=2, files={"day": RULE + "# theirs"}), change=change)
    pulled = run("pull", tmp_path)
    assert pulled.exit_code == 1
    assert "changed here and not pushed: day;" in pulled.output
    (tmp_path / "day.yaml").write_text(RULE, "utf8")
    assert "1 removed" in run("pull", tmp_path).output
    assert sorted(path.name for path in tmp_path.glob("*.yaml")) == ["day.yaml", "mine.yaml"]
    assert (tmp_path / "day.yaml").read_text("utf8").endswith("# theirs")


@pytest.mark.parametrize(
    ("name", "body"),
    [(MARK, b'{"extra": ' + b"[" * 5000), (MARK, b'{"files": {"\xff": ""}}'), ("day.yaml", b"\xff")],
    ids=["nested", "a name that is no text", "a file that is no text"],
)
@pytest.mark.parametrize("command", ["pull", "push"])
def test_what_can_not_be_read_in_a_folder_is_named(run, store, tmp_path, command, name, body):
    (tmp_path / name).write_bytes(body)
    answer = run(command, tmp_path)
    assert (answer.exit_code, len(answer.output.splitlines())) == (1, 1)
    assert name in answer.output


def test_lint_names_the_file_of_a_folder_that_is_no_text(tmp_path):
    (tmp_path / "day.yaml").write_bytes(b"\xff")
    assert "day.yaml" in CliRunner().invoke(main, ["lint", str(tmp_path)]).output


def test_a_folder_with_a_flaw_is_not_pushed_and_its_line_is_named(run, store, tmp_path):
    (tmp_path / "day.yaml").write_text(RULE.replace("Which day will", "When will"), "utf8")
    (tmp_path / "other.yaml").write_text(OTHER.replace("Soon.", "Write to rana@gmx.de"), "utf8")
    pushed = run("push", tmp_path)
    assert (pushed.exit_code, store.edition().number) == (1, 0)
    assert "day.yaml:13: " in pushed.output
    assert "other.yaml:13: " in pushed.output


def test_two_packs_of_one_name_are_not_pushed(run, store, tmp_path):
    (tmp_path / "day.yaml").write_text(RULE, "utf8")
    (tmp_path / "other.yaml").write_text(RULE.replace("id: house.day", "id: house.else"), "utf8")
    assert "give this one a name of its own" in run("push", tmp_path).output
    assert store.edition().number == 0


def test_an_import_says_how_much_is_to_be_mended_in_each_file(editor):
    told = imported(editor, zipped({"bad.yaml": "rules: [", "empty.yaml": "", "day.yaml": RULE})).text
    assert "bad</a>: a draft now, with 1 thing to mend<" in told
    assert "empty</a>: a draft now, with 1 thing to mend<" in told
    assert "day</a>: a draft now<" in told
