"""What Zendesk refuses when an app is uploaded, looked for before anybody does.

Source: the rules of Zendesk's own validator (zendesk_apps_support, Apache-2.0) and its guide to app files, in words of ours.
"""

from __future__ import annotations

import io
import stat
import struct
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

import re2

from guidance.integrations.zendesk import manifest as manifest_rules
from guidance.integrations.zendesk.manifest import LOCALE, Files, Found, read_json

MANIFEST = "manifest.json"
_REQUIREMENTS = "requirements.json"
_MOST_REQUIREMENTS = 5_000
_REQUIREMENT_KINDS = frozenset(
    "automations channel_integrations custom_objects macros targets views ticket_fields triggers user_fields "
    "organization_fields webhooks custom_objects_v2".split()
)
_OF_WEBHOOKS = ("name", "status", "endpoint", "http_method", "request_format")
_KEYED = frozenset({"user_fields", "organization_fields"})
_UNTITLED = frozenset({"webhooks", "custom_objects", "custom_objects_v2"})
_FORBIDDEN = frozenset(
    "rar zip gzip gz pdf doc docx avi bin bz bz2 csh sh jar mp3 mpeg mpg odt ppt pptx xls xlsx 7z".split()
)
_BEGINNINGS = {
    b"PK\x03\x04": "zip",
    b"%PDF": "pdf",
    b"Rar!": "rar",
    b"\x1f\x8b": "gzip",
    b"BZh": "bzip2",
    b"7z\xbc\xaf": "7z",
    b"ID3": "mp3",
    b"\xd0\xcf\x11\xe0": "an old Office document",
    b"\x00\x00\x01\xba": "mpeg",
    b"\x00\x00\x01\xb3": "mpeg",
    b"#!": "a script",
}
_LOGOS = {"assets/logo.png": (320, 320), "assets/logo-small.png": (128, 128)}
_BANNER, _BANNERS = "assets/banner.png", ((830, 200), (1660, 400))
_OF_PUBLIC_APPS = ("long_description", "installation_instructions")
_CODE = frozenset({".js", ".html"})
_TOLD_TALES = re2.compile(r"(?i)\b(password|secret|secret_token|auth_key|api_key)\b\s*[:=]\s*[\"']")
_LONG_TOKEN = re2.compile(r"[\"'][A-Za-z0-9+/_-]{40,}={0,2}[\"']")


def read_zip(body: bytes) -> tuple[dict[str, bytes], list[str]]:
    """The files of a ZIP by their paths, and what is wrong with the ZIP itself."""
    files: dict[str, bytes] = {}
    wrong: list[str] = []
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        for entry in archive.infolist():
            if stat.S_ISLNK(entry.external_attr >> 16):
                wrong.append(f"{entry.filename} is a symbolic link")
            elif not entry.is_dir():
                files[entry.filename] = archive.read(entry)
    return files, wrong


def problems(files: Files) -> list[str]:
    """All for which Zendesk would refuse an app, a sentence each; empty where it may be uploaded."""
    if MANIFEST not in files:
        return [_where_is_it(files)]
    found, wrong = read_json(files, MANIFEST)
    if found is None:
        return wrong
    return wrong + [problem for rule in (*manifest_rules.RULES, *RULES) for problem in rule(found, files)]


def warnings(files: Files) -> list[str]:
    """What Zendesk lets pass and a reviewer would ask about."""
    found, _ = read_json(files, MANIFEST)
    told = [problem for rule in manifest_rules.WARNINGS for problem in rule(found or {}, files)]
    for name, body in files.items():
        text = body.decode("utf8", "replace")
        if PurePosixPath(name).suffix in _CODE and "http://" in text:
            told.append(f"{name} names an address without encryption")
        if PurePosixPath(name).suffix in {*_CODE, ".xml", ".json"} and (
            _TOLD_TALES.search(text) or _LONG_TOKEN.search(text)
        ):
            told.append(f"{name} seems to hold a secret")
    return told


def _where_is_it(files: Files) -> str:
    nested = [name for name in files if name.endswith(f"/{MANIFEST}")]
    if nested:
        return f"manifest.json lies in {nested[0].rpartition('/')[0]}/; it has to lie at the root of the ZIP"
    return "manifest.json is missing"


def translations(manifest: Mapping[str, Any], files: Files) -> Found:
    """One JSON object a language, named by it, with the app's own words."""
    for name in [one for one in files if one.startswith("translations/") and one.endswith(".json")]:
        if not LOCALE.fullmatch(PurePosixPath(name).stem):
            yield f"{name}: a translation is named by its language, as in en or pt-BR"
        found, wrong = read_json(files, name)
        yield from wrong
        if found is not None:
            yield from _words(name, found, is_public=manifest.get("private", True) is False)


def _words(name: str, found: Mapping[str, Any], *, is_public: bool) -> Found:
    app = found.get("app")
    app = app if isinstance(app, dict) else {}
    if name == "translations/en.json":
        if not app.get("name"):
            yield f"{name}: app.name is missing"
        if is_public and not (app.get("short_description") or app.get("description")):
            yield f"{name}: a public app needs app.short_description"
        for field in _OF_PUBLIC_APPS if is_public else ():
            if not app.get(field):
                yield f"{name}: a public app needs app.{field}"
    parameters = app.get("parameters", {})
    if not isinstance(parameters, dict):
        yield f"{name}: app.parameters has to be an object"
        return
    for parameter, words in parameters.items():
        if not isinstance(words, dict) or not words.get("label"):
            yield f"{name}: app.parameters.{parameter} has to be an object with a label"
    if "package" in app:
        yield from _titled(name, "app", {key: value for key, value in app.items() if key not in _NO_LEAVES})


_NO_LEAVES = frozenset({"package", "name", "short_description", "description", "parameters", *_OF_PUBLIC_APPS})


def _titled(name: str, place: str, found: Any) -> Found:
    """Where `app.package` is given, every other leaf is an object of title and value."""
    if isinstance(found, dict) and set(found) != {"title", "value"}:
        for key, value in found.items():
            yield from _titled(name, f"{place}.{key}", value)
    elif not isinstance(found, dict):
        yield f"{name}: with app.package, {place} has to be an object of title and value"


def requirements(_manifest: Mapping[str, Any], files: Files) -> Found:
    """What the app would create on installation."""
    if _REQUIREMENTS not in files:
        return
    found, wrong = read_json(files, _REQUIREMENTS)
    yield from wrong
    items = [(kind, name, item) for kind, named in (found or {}).items() for name, item in _named(named)]
    for kind in sorted(set(found or ()) - _REQUIREMENT_KINDS):
        yield f"{_REQUIREMENTS}: {kind} is nothing that an app can create"
    if len(items) > _MOST_REQUIREMENTS:
        yield f"{_REQUIREMENTS}: at most {_MOST_REQUIREMENTS} things can be created, and these are {len(items)}"
    for kind, name, item in items:
        fields = item if isinstance(item, dict) else {}
        for needed in _needed(kind):
            if not fields.get(needed):
                yield f"{_REQUIREMENTS}: {kind}.{name} has no {needed}"


def _named(named: Any) -> Iterator[tuple[str, Any]]:
    return iter(named.items()) if isinstance(named, dict) else iter(())


def _needed(kind: str) -> tuple[str, ...]:
    if kind == "webhooks":
        return _OF_WEBHOOKS
    keyed = ("key",) if kind in _KEYED else ()
    return (*keyed, *(() if kind in _UNTITLED else ("title",)))


def kinds_of_file(_manifest: Mapping[str, Any], files: Files) -> Found:
    """No archives, documents, sound, film or scripts, by name or by what they begin with."""
    for name, body in files.items():
        beginning = next((kind for sign, kind in _BEGINNINGS.items() if body.startswith(sign)), None)
        if name.rpartition(".")[2].lower() in _FORBIDDEN:
            yield f"{name}: files of this kind are not allowed in an app"
        elif beginning or (body[:4] == b"RIFF" and body[8:11] == b"AVI"):
            yield f"{name} is {beginning or 'avi'} by its content, which is not allowed in an app"


def pictures(manifest: Mapping[str, Any], files: Files) -> Found:
    """Logos, the banner of a public app, and the icons of places that show one."""
    for name, size in _LOGOS.items():
        if name not in files:
            yield f"{name} is missing"
        elif size_of(files[name]) != size:
            yield f"{name} has to be a PNG of {size[0]} × {size[1]}"
    if _BANNER in files and size_of(files[_BANNER]) not in _BANNERS:
        yield f"{_BANNER} has to be a PNG of 830 × 200 or 1660 × 400"
    places = {place for located in _located(manifest) for place in located}
    for place in sorted(places & {"top_bar", "nav_bar", "system_top_bar", "ticket_editor"}):
        if f"assets/icon_{place}.svg" not in files:
            yield f"assets/icon_{place}.svg is missing, the icon of {place}"


def _located(manifest: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    location = manifest.get("location")
    products = location.values() if isinstance(location, dict) else ()
    return (places for places in products if isinstance(places, dict))


def size_of(picture: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG, None for anything else."""
    if not picture.startswith(b"\x89PNG\r\n\x1a\n") or len(picture) < 24:
        return None
    width, height = struct.unpack(">II", picture[16:24])
    return int(width), int(height)


RULES: tuple[Callable[[Mapping[str, Any], Files], Found], ...] = (translations, requirements, kinds_of_file, pictures)
