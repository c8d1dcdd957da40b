"""What documents tell people to type works as it stands there."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import click
import msgspec
import pytest
import yaml
from click.testing import CliRunner

from guidance.cli import main
from guidance.cli.checking import HANDED_IN, check_told
from guidance.model import AccountSettings
from guidance.rules import PackFile, build_rulebook, check_examples, read_pack, shipped_rulebook
from guidance.rules.overlays import flaws_of_all

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *(ROOT / "guidance").rglob("*.md")])
NO_COMMAND = re.compile(r"^[^a-z]")


def fenced(page, language):
    text = (ROOT / page).read_text("utf8")
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


def told_commands():
    """Every `guidance …` of every page, in a block or within a sentence, with the options that stand in brackets after it."""
    for page in PAGES:
        text = page.read_text("utf8")
        blocks = re.findall(r"^ *```[a-z]*\n(.*?)^ *```", text, re.MULTILINE | re.DOTALL)
        lines = [line for block in blocks for line in block.splitlines()]
        prose = re.sub(r"^ *```.*?^ *```", "", text, flags=re.MULTILINE | re.DOTALL)
        prose = prose.replace("\n", " ")
        lines += re.findall(r"`([^`]+)`", prose)
        lines += [
            " ".join([told, *re.findall(r"--[a-z-]+", beside)])
            for told, beside in re.findall(r"`(guidance [^`]+)`[^`.;]*\((`--[^)]+)\)", prose)
        ]
        for line in lines:
            found = re.search(r"(?:^|[ /|$])guidance ([a-z].*)", line.strip())
            if found and "import" not in line and "= " not in line:
                yield page.name, found[1]


def configured_commands():
    for name in ("compose.yaml", "Dockerfile"):
        for told in re.findall(r'\["guidance", (.+?)\]', (ROOT / name).read_text("utf8")):
            yield name, " ".join(json.loads(f"[{told}]"))


TOLD = sorted({*told_commands(), *configured_commands()})


@pytest.mark.parametrize(("page", "told"), TOLD, ids=lambda one: one[:60])
def test_every_command_that_a_page_names_is_there_with_its_options(page, told):
    words = [word.strip("[],.;") for word in shlex.split(told, comments=True)]
    command, context = main, click.Context(main)
    while isinstance(command, click.Group) and words and not NO_COMMAND.match(words[0]):
        name = words.pop(0)
        found = command.get_command(context, name)
        assert found is not None, f"{page}: there is no `guidance … {name}`"
        command = found
    if isinstance(command, click.Group) and words and not words[0].startswith("--"):
        return  # `guidance connect … --app`: for any helpdesk
    there = {"--help", *(each for one in command.params for each in (*one.opts, *one.secondary_opts))}
    assert {word.partition("=")[0] for word in words if word.startswith("--")} <= there, page


def test_the_pages_name_most_commands():
    assert len(TOLD) > 40


def test_what_the_readme_pipes_into_advise_brings_hints():
    (block,) = [one for one in fenced("README.md", "sh") if "advise" in one]
    given = block.partition("echo '")[2].partition("' \\\n")[0]
    ran = CliRunner().invoke(main, ["advise", "-"], input=given + "\n")
    (answer,) = [json.loads(line) for line in ran.output.splitlines()]
    assert [one["rule"] for one in answer["hints"]][:1] == ["three-as.acknowledge"]


def test_the_rule_of_the_readme_keeps_its_examples():
    (rule,) = fenced("README.md", "yaml")
    indented = "".join(f"  {line}\n" for line in rule.splitlines())
    pack = read_pack(PackFile("readme.yaml", f"pack: mine\nversion: 1.0.0\ntitle: Mine\nrules:\n{indented}"))
    assert list(check_examples(pack, build_rulebook([pack]))) == []


def test_the_pack_of_the_page_about_rules_keeps_its_examples_with_its_follow_up():
    pack, follow_up, _ = fenced("docs/rules.md", "yaml")
    for text in (pack, pack + follow_up):
        read = read_pack(PackFile("courtesy.yaml", text))
        assert list(check_examples(read, build_rulebook([read]))) == []


def test_the_overlay_of_the_page_about_rules_could_be_published():
    _, _, overlay = fenced("docs/rules.md", "yaml")
    assert yaml.safe_load(overlay)["changes"].keys() <= shipped_rulebook().rules.keys()
    assert flaws_of_all(shipped_rulebook().packs, {"overlay": overlay}) == []


def test_every_variable_that_is_read_is_told_and_no_other():
    read = {
        name
        for path in (ROOT / "guidance").rglob("*.py")
        for name in re.findall(r"GUIDANCE_[A-Z_]*[A-Z]", path.read_text("utf8"))
    }
    table = (ROOT / "docs" / "running.md").read_text("utf8").partition("## Settings")[2].partition("\n## ")[0]
    told = set(re.findall(r"^\| (`GUIDANCE_.*?) \|", table, re.MULTILINE))
    named = {name for row in told for name in re.findall(r"GUIDANCE_[A-Z_]+", row)}
    by_parts = {"GUIDANCE_OIDC_CLIENT_ID", "GUIDANCE_OIDC_CLIENT_SECRET"}
    assert named == (read | by_parts) - {"GUIDANCE_OIDC"}


def settings_told():
    """The rows of both pages that have a table of an account's settings: name, default, meaning, and an example where there is one."""
    for page, heading in (("running.md", "## Settings"), ("follow-ups.md", "## What admins set")):
        part = (ROOT / "docs" / page).read_text("utf8").partition(heading)[2].partition("\n## ")[0]
        for row in re.findall(r"^\| (`[a-z_]+` \|.*) \|$", part, re.MULTILINE):
            yield [cell.strip() for cell in row.split(" | ")]


def test_every_setting_of_an_account_is_told_once():
    told = [name.strip("`") for name, *_ in settings_told()]
    assert sorted(told) == sorted(set(AccountSettings.__struct_fields__) - HANDED_IN)


def test_a_setting_has_the_default_that_is_told():
    defaults = msgspec.structs.asdict(AccountSettings())
    told = {name.strip("`"): yaml.safe_load(default.strip("`")) for name, default, *_ in settings_told()}
    plain = {name: default for name, default in told.items() if name not in ("hours", "live_in")}
    assert plain == {name: "none" if defaults[name] in (None, (), {}) else defaults[name] for name in plain}


def test_what_is_told_as_an_example_of_a_setting_is_taken():
    shipped = shipped_rulebook()
    examples = {name.strip("`"): json.loads(rest[1].strip("`")) for name, _, *rest in settings_told() if len(rest) > 1}
    assert len(examples) > 10
    check_told({"id": "zendesk:acme", "settings": examples}, lambda: {"stages": shipped.rules, "proposals": ()})
