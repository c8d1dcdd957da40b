"""Writing overlays: the file of an account, group or brand among the house's files, and what it says of one rule."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from guidance.errors import MalformedError
from guidance.model import Level
from guidance.rules import formvalues as values
from guidance.rules.formvalues import Given, Read
from guidance.rules.loader import PackFile, read_pack
from guidance.rules.splicing import Source
from guidance.rules.yamlfile import Path, Problem
from guidance.rules.yamlwords import inline, lines_of
from guidance.text.fold import fold

_FIELDS: Mapping[str, tuple[Path, Read]] = {
    "say": (("say",), values.wordings),
    "offer": (("offer",), values.wordings),
    "level": (("level",), lambda given: values.one_of(Level)(given) if given else None),
    "weight": (("weight",), values.number),
    "per_ticket": (("limit", "per_ticket"), values.whole),
    "per_day": (("limit", "per_day"), values.whole),
    "rest_slots": (("limit", "rest_slots"), values.whole),
    "off": (("off",), lambda given: True if given else None),
}
_EXCEPTIONS = ("last.says", "draft.says", "ticket.tags")


def file_for(files: Mapping[str, str], account: str, scope: str) -> str | None:
    """The name of the file that holds what is other there; None where there is none. Raises `PackError`."""
    for name, text in sorted(files.items()):
        overlay = read_pack(PackFile(name, text)).overlay
        if overlay and (overlay.account, overlay.scope.casefold()) == (account, scope.casefold()):
            return name
    return None


def entry_in(files: Mapping[str, str], account: str, scope: str, rule_id: str) -> dict[str, Any]:
    """What is other about a rule there, as the YAML has it; nothing where nothing is."""
    name = file_for(files, account, scope)
    found = Source(files[name]).value.get("changes", {}).get(rule_id) if name else None
    return dict(found or {})


def as_shown(entry: Mapping[str, Any]) -> dict[str, str]:
    """What a form shows of an entry, by field; what it can't show is left out, and stays as it is."""
    told = {name: values.at(entry, path) for name, (path, _) in _FIELDS.items()}
    shown = {
        name: "\n".join(values.texts(one) or ())
        for name, one in told.items()
        if name in ("say", "offer") and _fits(one)
    }
    shown |= {name: "" if one is None else str(one) for name, one in told.items() if name not in ("say", "offer")}
    for key in _EXCEPTIONS:
        place = values.place_of(entry, "except", key)
        shown[f"except.{key}"] = "\n".join(values.texts(values.at(entry, place)) or ()) if place else ""
    return shown


def changed_entry(entry: Mapping[str, Any], given: Mapping[str, Given]) -> dict[str, Any]:
    """An entry with other values in the fields of a form. Raises `MalformedError` with the field's name."""
    changed, shown = dict(entry), as_shown(entry)
    for name, told in given.items():
        if name not in shown or told == shown[name]:
            continue
        try:
            changed = _with(changed, name, told)
        except MalformedError as error:
            raise MalformedError(str(error), path=name) from error
    return changed


def _with(entry: dict[str, Any], name: str, given: Given) -> dict[str, Any]:
    if name in _FIELDS:
        path, read = _FIELDS[name]
        return values.with_at(entry, path, read(given)) or {}
    return values.with_condition(entry, "except", name.removeprefix("except."), values.lines(given))


def with_entry(
    files: Mapping[str, str], account: str, scope: str, rule_id: str, entry: Mapping[str, Any]
) -> tuple[str, dict[str, str]]:
    """The name of the overlay's file, and the house's files with this said of a rule there; nothing said: without it.

    Raises `MalformedError`, and `PackError` where `files` do not load.
    """
    name = file_for(files, account, scope)
    if name is None:
        name = _new_name(files, account, scope)
        return name, {**files, name: _begun(name, account, scope, rule_id, entry)} if entry else dict(files)
    source = Source(files[name])
    value = values.with_at(source.value, ("changes", rule_id), dict(entry) or None)
    if "changes" not in value:
        return name, {one: text for one, text in files.items() if one != name}
    try:
        return name, {**files, name: source.changed(value)}
    except Problem as problem:
        raise MalformedError(problem.message) from problem


def _begun(name: str, account: str, scope: str, rule_id: str, entry: Mapping[str, Any]) -> str:
    kind, _, named = scope.partition(":")
    where = {"account": account} | ({kind: named} if named else {})
    title = f"For the {kind} {named} of {account}" if named else f"For {account}"
    head = [
        f"pack: {name}",
        "version: 1",
        f"title: {inline(title, {})}",
        f"for: {inline(where, {})}",
        "",
        "changes:",
        f"  {rule_id}:",
    ]
    told = [line for key, value in entry.items() for line in lines_of(f"{key}:", value, 4, {})]
    return "\n".join([*head, *told]) + "\n"


def _new_name(files: Mapping[str, str], account: str, scope: str) -> str:
    told = "-".join(part for part in re.split(r"[^a-z0-9]+", fold(scope).text) if part)
    name = ".".join(part for part in ("overlay", re.sub(r"[^a-z0-9]+", "-", account.lower()), told) if part)[:90]
    return next(one for n in range(len(files) + 1) if (one := name if not n else f"{name}-{n + 1}") not in files)


def _fits(value: Any) -> bool:
    return value is None or values.texts(value) is not None
