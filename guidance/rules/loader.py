"""Loading packs: every problem at once, each with file, line and rule id."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from importlib import resources
from pathlib import Path as FilePath
from typing import Any

import re2
from msgspec import Struct

from guidance.errors import PackError
from guidance.rules.collecting import uncollected
from guidance.rules.engine import Rulebook, build_rulebook
from guidance.rules.reader import Reader
from guidance.rules.reading import read_rule
from guidance.rules.schema import Pack, Rule
from guidance.rules.terms import Terms
from guidance.rules.trees import Gathered
from guidance.rules.variations import read_overlay
from guidance.rules.yamlfile import Document, Path, Problem, read_yaml
from guidance.signals.lexicon import listed_languages
from guidance.text.nearest import meant
from guidance.text.patterns import Pattern

KEYS = frozenset({"pack", "version", "title", "languages", "lists", "macros", "rules", "for", "changes"})


class PackFile(Struct, frozen=True):
    """A pack as it lies on disk: where it came from, and its text."""

    source: str
    text: str


@lru_cache(maxsize=256)
def read_pack(file: PackFile) -> Pack:
    """One pack; the same text is read once. Raises `PackError` listing all of its problems."""
    try:
        document = read_yaml(file.text)
    except Problem as problem:
        raise PackError([_line(file.source, problem.line or 1, None, problem.message)]) from problem
    problems = Gathered()
    pack = _read(document, file, problems)
    if problems.found:
        told = (_located(file.source, document, path, message) for path, message in problems.found)
        raise PackError(list(dict.fromkeys(told)))
    assert pack is not None
    return pack


def read_packs(files: Iterable[PackFile]) -> list[Pack]:
    """Several packs. Raises `PackError` with the problems of all of them."""
    packs: list[Pack] = []
    problems: list[str] = []
    with uncollected():
        for file in files:
            try:
                packs.append(read_pack(file))
            except PackError as error:
                problems.extend(error.problems)
    if problems:
        raise PackError(problems)
    return packs


def files_in(folder: FilePath) -> list[PackFile]:
    """The packs of a folder, by name. Raises `PackError` where a file is no UTF-8 text."""
    files = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            files.append(PackFile(str(path), path.read_text("utf8")))
        except UnicodeDecodeError as error:
            raise PackError([_line(str(path), 1, None, "this file is not UTF-8 text")]) from error
    return files


@cache
def shipped_files() -> tuple[PackFile, ...]:
    """The packs that come with the product."""
    folder = resources.files("guidance.rules") / "packs"
    entries = sorted(
        (entry for entry in folder.iterdir() if entry.name.endswith(".yaml")), key=lambda entry: entry.name
    )
    return tuple(PackFile(entry.name, entry.read_text("utf8")) for entry in entries)


def file_of(source: str) -> PackFile:
    """The file of a pack that was read from a disk: a shipped one by its name, another by its path."""
    shipped = next((file for file in shipped_files() if file.source == source), None)
    return shipped or PackFile(source, FilePath(source).read_text("utf8"))


@cache
def shipped_rulebook() -> Rulebook:
    """The rulebook of the shipped packs alone."""
    return build_rulebook(read_packs(shipped_files()))


def load_rulebook(folder: FilePath | None = None) -> Rulebook:
    """The shipped packs, and those of a folder of the installation's own. Raises `PackError`."""
    return build_rulebook(read_packs([*shipped_files(), *files_in(folder)])) if folder else shipped_rulebook()


def _read(document: Document, file: PackFile, problems: Gathered) -> Pack | None:
    value = document.value
    if not isinstance(value, dict):
        problems.add((), "a pack is a mapping that begins with `pack:` and its name")
        return None
    has = f"; it has {', '.join(sorted(KEYS))}"
    for key in value:
        if key not in KEYS:
            problems.add((key,), f"a pack has no `{key}`{meant(key, KEYS) or has}")
    has_overlay = "for" in value or "changes" in value
    for key in ("pack", "version", "title", "changes" if has_overlay else "rules"):
        if not value.get(key):
            problems.add((), f"`{key}` is missing")
    if has_overlay and value.get("rules"):
        problems.add(("rules",), "a file has rules of its own, or changes of others, not both")
    reader = Reader(value, (), document, problems)
    name, version, macros = reader.text("pack", default="?"), reader.text("version"), reader.mapping("macros")
    terms = Terms(name, _lists(reader))
    languages = reader.texts("languages") or listed_languages()
    rules = _rules(reader, f"{name}@{version}", frozenset(languages), terms, macros)
    overlay = read_overlay(document, terms, macros, problems)
    _check_patterns(terms, value, problems)
    return Pack(
        name=name,
        version=version,
        title=reader.text("title"),
        source=file.source,
        digest=hashlib.sha256(file.text.encode(errors="surrogatepass")).hexdigest(),
        rules=tuple(rules),
        languages=languages,
        phrases=terms.phrases,
        patterns=terms.patterns,
        overlay=overlay,
    )


def _rules(reader: Reader, label: str, languages: frozenset[str], terms: Terms, macros: dict[str, Any]) -> list[Rule]:
    given = reader.value.get("rules") or []
    if not isinstance(given, list):
        reader.note("rules", "`rules` is a list, each rule begun with `- id:`")
        return []
    read = [
        read_rule(rule, ("rules", n), reader.document, label, languages, terms, macros, reader.problems)
        for n, rule in enumerate(given)
    ]
    return [rule for rule in read if rule is not None]


def _lists(reader: Reader) -> dict[str, list[str]]:
    lists: dict[str, list[str]] = {}
    for name, words in reader.mapping("lists").items():
        if isinstance(words, list) and words and all(isinstance(word, str) and word.strip() for word in words):
            lists[name] = words
        else:
            reader.note("lists", f"list {name}: a list of texts is needed here", name)
    return lists


def _check_patterns(terms: Terms, value: dict[str, Any], problems: Gathered) -> None:
    troubles = [(pattern, told) for pattern in terms.patterns.values() if (told := _trouble_with(pattern))]
    places = dict(reversed(list(_texts_in(value)))) if troubles else {}
    for pattern, told in troubles:
        written = terms.written[pattern]
        problems.add(places.get(written, ()), f"the pattern `{written}` {told}")


def _trouble_with(pattern: str) -> str | None:
    try:
        compiled = Pattern(pattern)
    except re2.error as error:
        told = error.args[0].decode() if isinstance(error.args[0], bytes) else error.args[0]
        return f"is none that RE2 takes: {_plainly(pattern, told)}"
    return "matches the empty text, so it would match everywhere" if compiled.search("") is not None else None


_LOOKS_ASIDE = ("(?=", "(?!", "(?<=", "(?<!")


def _plainly(pattern: str, told: str) -> str:
    if any(one in pattern for one in _LOOKS_ASIDE):
        return "a pattern can't look ahead or behind; say it in `all` and `not`, as two conditions"
    return "a pattern can't refer back to what it found" if "escape sequence" in told and told[-1:].isdigit() else told


def _texts_in(value: Any, path: Path = ()) -> Iterator[tuple[str, Path]]:
    """Every text of a document, with its place."""
    if isinstance(value, str):
        yield value, path
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in parts:
        yield from _texts_in(part, (*path, key))


def _located(source: str, document: Document, path: Path, message: str) -> str:
    rule_id: object = None
    if path[:1] == ("rules",) and len(path) > 1 and isinstance(path[1], int):
        rule = document.value["rules"][path[1]]
        rule_id = rule.get("id") if isinstance(rule, dict) else None
    elif path[:1] == ("changes",) and len(path) > 1:
        rule_id = path[1]
    return _line(source, document.line_of(path), rule_id, message)


def _line(source: str, line: int, rule_id: object, message: str) -> str:
    return f"{source}:{line}: " + (f"rule {rule_id}: " if rule_id else "") + message


__all__: Sequence[str] = (
    "PackFile",
    "files_in",
    "load_rulebook",
    "read_pack",
    "read_packs",
    "shipped_files",
    "shipped_rulebook",
)
