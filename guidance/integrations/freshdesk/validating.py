"""What Freshworks' own validator refuses, looked for before anybody uploads a ZIP.

Source: the platform's documentation for apps of version 3.0 (manifest, request templates, installation parameters). Their tool
comes from a CDN and wants one exact Node, so it can't be part of a build; these are its rules as far as they are told.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import msgspec
import re2

from guidance.errors import MalformedError
from guidance.text import foreign

Files = Mapping[str, bytes]
Found = Iterator[str]

MOST_TEMPLATES = 100
COMMON_LOCATIONS = frozenset({"full_page_app", "cti_global_sidebar"})
TICKET_LOCATIONS = frozenset(
    {
        "ticket_sidebar",
        "ticket_requester_info",
        "ticket_top_navigation",
        "ticket_background",
        "time_entry_background",
        "ticket_attachment",
        "ticket_conversation_editor",
        "new_ticket_requester_info",
        "new_ticket_background",
    }
)
_IPARAM_TYPES = frozenset(
    "text dropdown multiselect checkbox radio number date email url phone_number paragraph domain api_key".split()
)
_CONTENT_TYPES = frozenset(
    {
        "application/json",
        "application/xml",
        "text/html",
        "text/xml",
        "application/jsonp",
        "text/plain",
        "text/javascript",
        "application/vnd.api+json",
    }
)
_IPARAM = re2.compile(r"<%=?\s*(?:encode\()?\s*iparam\.([A-Za-z0-9_]+)")
_EXPORTED = re2.compile(r"(?m)^\s*(?:async\s+)?([A-Za-z_$][A-Za-z0-9_$]*)\s*(?:\(|:\s*(?:async\s+)?function)")
_CLIENT = re2.compile(r"<script\b[^>]*\bsrc\s*=\s*[\"']\{\{\{appclient\}\}\}[\"'][^>]*>")


def problems(files: Files) -> list[str]:
    """All that is wrong with an app, a sentence each; empty where it may be uploaded. `files` by their paths in the ZIP."""
    unreadable = [f"{name} is no JSON object" for name in _JSON if name in files and _read(files, name) is None]
    missing = [f"{name} is missing" for name in _NEEDED if name not in files]
    if unreadable or missing:
        return missing + unreadable
    return [problem for rule in RULES for problem in rule(files)]


def platform(files: Files) -> Found:
    """The platform's version, its modules and engines."""
    manifest = _manifest(files)
    if manifest.get("platform-version") != "3.0":
        yield "manifest.json: platform-version has to be 3.0"
    if "product" in manifest:
        yield "manifest.json: `product` belongs to older platforms; version 3.0 has `modules`"
    if not [name for name in _modules(files) if name != "common"]:
        yield "manifest.json: modules names none besides `common`, so the app would show nowhere"
    engines = manifest.get("engines") or {}
    for name in ("node", "fdk"):
        if not engines.get(name):
            yield f"manifest.json: engines.{name} is missing"


def templates(files: Files) -> Found:
    """Request templates: declared in both places, and each one as the platform takes it."""
    declared = set(_common(files).get("requests") or {})
    written = _read(files, "config/requests.json") or {}
    for name in sorted(declared - set(written)):
        yield f"config/requests.json: the template {name} is declared in the manifest and not written"
    for name in sorted(set(written) - declared):
        yield f"manifest.json: modules.common.requests does not declare the template {name}"
    if len(written) > MOST_TEMPLATES:
        yield f"config/requests.json: {len(written)} templates, of which {MOST_TEMPLATES} are allowed"
    for name, template in written.items():
        for problem in _template(template, _iparams(files)):
            yield f"config/requests.json: {name}: {problem}"


def functions(files: Files) -> Found:
    """Functions that pages may call stand in the common module and are exported."""
    exported = _exports(files)
    for name in _common(files).get("functions") or {}:
        if name not in exported:
            yield f"server/server.js: the function {name} is not exported"
    for module, told in _modules(files).items():
        if module != "common" and "functions" in told:
            yield f"manifest.json: functions belong to modules.common, not to {module}"


def handlers(files: Files) -> Found:
    """Every event's handler is exported; installing and leaving have theirs where they are needed."""
    exported, named = _exports(files), set()
    for module, told in _modules(files).items():
        for event, how in (told.get("events") or {}).items():
            named.add(event)
            handler = how.get("handler") if isinstance(how, dict) else None
            if handler not in exported:
                yield f"server/server.js: {module}.{event} names the handler {handler}, which is not exported"
    if _iparams(files) and "onAppInstall" not in named:
        yield "manifest.json: an app with installation parameters handles onAppInstall"
    server = files.get("server/server.js", b"")
    if (b"$schedule.create" in server or b"generateTargetUrl" in server) and "onAppUninstall" not in named:
        yield "manifest.json: an app with schedules or webhooks handles onAppUninstall"


def locations(files: Files) -> Found:
    """Each page stands where its module allows, and is in the ZIP with its icon."""
    for module, told in _modules(files).items():
        for place, page in (told.get("location") or {}).items():
            if (place in COMMON_LOCATIONS) != (module == "common"):
                yield f"manifest.json: the location {place} does not belong to {module}"
            elif module == "support_ticket" and place not in TICKET_LOCATIONS:
                yield f"manifest.json: there is no location {place} beside tickets"
            for kind in ("url", "icon"):
                name = page.get(kind)
                if name and f"app/{name}" not in files:
                    yield f"manifest.json: {place} names app/{name}, which is not there"
            if not page.get("url"):
                yield f"manifest.json: {place} names no page"


def pages(files: Files) -> Found:
    """Every page loads Freshworks' client, and before its own scripts."""
    for name, content in files.items():
        if not (name.startswith("app/") and name.endswith(".html")):
            continue
        loaded = _CLIENT.search(content.decode("utf8", "replace"))
        if loaded is None:
            yield f'{name}: it has to load Freshworks\' client by <script src="{{{{{{appclient}}}}}}">'
        elif " async" in loaded.group(0) or " defer" in loaded.group(0):
            yield f"{name}: Freshworks' client can't be loaded async or deferred, or `app` is not there in time"


def parameters(files: Files) -> Found:
    """Installation parameters: named, of a type there is, and secret where they are secrets."""
    for name, told in _iparams(files).items():
        if not told.get("display_name"):
            yield f"config/iparams.json: {name} has no display_name"
        if told.get("type") not in _IPARAM_TYPES:
            yield f"config/iparams.json: {name} is of no type that there is"
        if any(word in name for word in ("secret", "token", "password")) and not told.get("secure"):
            yield f"config/iparams.json: {name} is a secret and has to be `secure`, or browsers may read it"


RULES: tuple[Callable[[Files], Found], ...] = (
    platform,
    templates,
    functions,
    handlers,
    locations,
    pages,
    parameters,
)
_NEEDED = ("manifest.json", "README.md", "config/iparams.json")
_JSON = ("manifest.json", "config/requests.json", "config/iparams.json")


def _template(template: Any, iparams: Mapping[str, Any]) -> Found:
    schema = template.get("schema") or {}
    if schema.get("protocol") != "https":
        yield "the protocol has to be https"
    if not schema.get("method"):
        yield "it has no method"
    if not _is_host(str(schema.get("host", ""))):
        yield "the host has to be a full domain name, without scheme, slash or number"
    headers = schema.get("headers") or {}
    content_type = str(headers.get("Content-Type", "application/json")).partition(";")[0]
    if content_type not in _CONTENT_TYPES:
        yield f"the content type {content_type} is not let through"
    bare = msgspec.json.encode({name: value for name, value in schema.items() if name != "headers"}).decode()
    for name in _IPARAM.findall(msgspec.json.encode(schema).decode()):
        if name not in iparams:
            yield f"it uses the parameter {name}, which there is not"
    for name in _IPARAM.findall(bare):
        if iparams.get(name, {}).get("secure"):
            yield f"the secure parameter {name} may stand in headers only"
    yield from _options(template.get("options") or {})


def _options(options: Mapping[str, Any]) -> Found:
    if not 1 <= options.get("maxAttempts", 1) <= 5:
        yield "maxAttempts is 1 to 5"
    delay = options.get("retryDelay", 0)
    if delay % 100 or not 0 <= delay <= 1500:
        yield "retryDelay is a multiple of 100, up to 1500"


def _is_host(host: str) -> bool:
    if host.startswith("<%="):
        return True
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return "." in host and not set(host) & set("/:@ ")
    return False


def _exports(files: Files) -> set[str]:
    return set(_EXPORTED.findall(files.get("server/server.js", b"").decode("utf8", "replace")))


def _read(files: Files, name: str) -> dict[str, Any] | None:
    try:
        return foreign.read_json(files.get(name, b"{}"), dict[str, Any])
    except MalformedError:
        return None


def _manifest(files: Files) -> dict[str, Any]:
    return _read(files, "manifest.json") or {}


def _modules(files: Files) -> dict[str, Any]:
    return {name: told or {} for name, told in (_manifest(files).get("modules") or {}).items()}


def _common(files: Files) -> dict[str, Any]:
    found: dict[str, Any] = _modules(files).get("common", {})
    return found


def _iparams(files: Files) -> dict[str, Any]:
    return _read(files, "config/iparams.json") or {}
