"""The house rules that a machine can hold: sizes, names, and words that have no place in a project."""

import ast
import re
import subprocess
import tomllib
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCES = sorted((ROOT / "guidance").rglob("*.py"))


def _functions():
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text("utf8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield node.end_lineno - node.lineno + 1, f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"


@pytest.fixture(scope="module")
def functions():
    """Each function's length and place, the shortest first."""
    return sorted(_functions())


def test_no_function_is_over_sixty_lines(functions):
    assert [one for one in functions if one[0] > 60] == []


def test_nine_in_ten_functions_have_thirty_lines_at_most(functions):
    assert functions[int(len(functions) * 0.9)][0] <= 30


def test_half_of_the_functions_have_ten_lines_at_most(functions):
    assert functions[len(functions) // 2][0] <= 10


def test_no_file_is_over_four_hundred_lines():
    assert [str(path) for path in SOURCES if len(path.read_text("utf8").splitlines()) > 400] == []


def test_half_of_the_files_have_about_a_hundred_lines():
    assert sorted(len(path.read_text("utf8").splitlines()) for path in SOURCES)[len(SOURCES) // 2] <= 120


def core():
    """The files of `pipeline` and of all below it, as import-linter knows them."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf8"))["tool"]["importlinter"]["contracts"]
    (modules,) = [one["source_modules"] for one in contracts if one["name"] == "the core does no I/O"]
    places = tuple(str(ROOT / module.replace(".", "/")) for module in modules)
    return [
        path
        for path in SOURCES
        if str(path).startswith(tuple(f"{place}{end}" for place in places for end in ("/", ".py")))
    ]


def calling(names):
    """The files of the core in which something of these names is called."""
    for path in core():
        called = {node.func for node in ast.walk(ast.parse(path.read_text("utf8"))) if isinstance(node, ast.Call)}
        if names & {getattr(one, "attr", getattr(one, "id", "")) for one in called}:
            yield str(path.relative_to(ROOT / "guidance"))


def test_the_core_is_told_what_time_it_is():
    assert len(core()) > 100
    assert list(calling({"now", "utcnow", "today", "monotonic", "perf_counter", "time_ns"})) == []


def test_the_core_reads_no_file_but_as_packs_lists_models_zones_and_pages_are_loaded():
    loading = {"rules/loader.py", "signals/models.py", "hours/zones.py", "text/shipped.py", "text/beside.py"}
    in_memory = {"rules/archive.py"}
    assert set(calling({"open", "read_text", "read_bytes"})) == loading | in_memory


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_module_says_what_it_is_for(path):
    assert ast.get_docstring(ast.parse(path.read_text("utf8")))


def test_no_text_names_a_machines_path_or_a_registry():
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout
    forbidden = ["/" + "work/", "pythonhosted" + ".", "pypi" + ".org", "npmjs" + "."]
    found = []
    for name in listed.splitlines():
        path = ROOT / name
        if path.suffix in {".png", ".npz", ".ico"} or not path.is_file():
            continue
        text = path.read_text("utf8", errors="replace")
        found += [(name, word) for word in forbidden if word in text]
    assert found == []


def test_every_picture_is_shown_by_a_document():
    told = "".join(path.read_text("utf8") for path in [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
    assert [path.name for path in sorted((ROOT / "docs" / "img").iterdir()) if f"img/{path.name})" not in told] == []


def threats():
    table = (ROOT / "SECURITY.md").read_text("utf8")
    return [line.strip("| ").split(" | ") for line in table.splitlines() if line.startswith("| ")][1:]


@pytest.fixture(scope="module")
def names_of_tests():
    nodes = (
        node for path in (ROOT / "tests").rglob("test_*.py") for node in ast.walk(ast.parse(path.read_text("utf8")))
    )
    return {node.name for node in nodes if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize(("threat", "answer", "shown_by"), threats(), ids=lambda told: told[:40])
def test_what_stands_against_a_threat_is_shown_by_tests(names_of_tests, threat, answer, shown_by):
    named = {one.strip("` ") for one in shown_by.split(",")}
    assert named <= names_of_tests


def test_a_pattern_can_be_read_at_a_glance():
    long = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in SOURCES
        for number, line in enumerate(path.read_text("utf8").splitlines(), 1)
        if len(line) > 145 and re.search(r'(?<![\w"])rf?"', line)
    ]
    assert long == []


def test_cleaning_up_leaves_a_services_data_alone():
    told = subprocess.run(["make", "-n", "clean"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert {"var", "."}.isdisjoint(told.split())


def test_the_changelog_tells_nothing_twice():
    entries = re.split(r"^- ", (ROOT / "CHANGELOG.md").read_text("utf8"), flags=re.MULTILINE)[1:]
    told = Counter(" ".join(entry.split()) for entry in entries)
    assert [entry for entry, times in told.items() if times > 1] == []
