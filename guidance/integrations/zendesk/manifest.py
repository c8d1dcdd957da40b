"""The rules of an app's `manifest.json`; see `validating` for where they come from."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

import re2

Files = Mapping[str, bytes]
Found = Iterator[str]
Manifest = Mapping[str, Any]

LOCALE = re2.compile(r"[a-z]{2,3}(-\w{2,3})?")
_STRINGS = ("defaultLocale", "version", "frameworkVersion", "remoteInstallationURL", "termsConditionsURL", "gaID")
_BOOLEANS = ("requirementsOnly", "marketingOnly", "singleInstall", "signedUrls", "private")
_EXPERIMENTS = frozenset({"hashParams", "newCssCompiler"})
_PRODUCTS = frozenset({"support", "chat", "standalone_chat", "sell", "zendesk", "zopim", "lotus_box"})
_SUPPORT_PLACES = frozenset(
    "top_bar nav_bar ticket_sidebar new_ticket_sidebar user_sidebar organization_sidebar background modal ticket_editor "
    "system_top_bar".split()
)
_PLACE_FIELDS = frozenset({"url", "flexible", "autoLoad", "autoHide", "signed", "size", "legacy", "objectTypes"})
_TYPES = frozenset({"text", "checkbox", "url", "number", "multiline", "hidden", "oauth"})
_SCOPES = frozenset("header body url jwt_secret_key jwt_claim basic_auth_username basic_auth_password".split())
_OAUTH = ("client_id", "client_secret", "authorize_uri", "access_token_uri")
_SOUNDS_SECRET = re2.compile(r"(?i)(token|key|pwd|password)$")


def read_json(files: Files, name: str) -> tuple[dict[str, Any] | None, list[str]]:
    """A JSON object of the app, None where it is none; and what is wrong with it: a key twice, at any level."""
    twice: list[str] = []

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        twice.extend(key for key, count in Counter(key for key, _ in pairs).items() if count > 1)
        return dict(pairs)

    try:
        found = json.loads(files.get(name, b"").decode("utf-8-sig"), object_pairs_hook=once)
    except (ValueError, RecursionError):
        return None, [f"{name} is no JSON that can be read"]
    wrong = [f"{name}: the key {key} is there twice" for key in twice]
    return (found, wrong) if isinstance(found, dict) else (None, [*wrong, f"{name} has to be a JSON object"])


def needed(manifest: Manifest, _files: Files) -> Found:
    """What every app has, and what one with a page has."""
    has_page = not (manifest.get("requirementsOnly") or manifest.get("marketingOnly"))
    for field in ("author", "defaultLocale", *(("frameworkVersion", "location") if has_page else ())):
        if not manifest.get(field):
            yield f"manifest.json: {field} is missing"
    if "frameworkVersion" in manifest and manifest["frameworkVersion"] != "2.0":
        yield 'manifest.json: frameworkVersion has to be the text "2.0"'
    if "noTemplate" in manifest:
        yield "manifest.json: noTemplate belongs to an older framework"


def kinds(manifest: Manifest, _files: Files) -> Found:
    """Each field of its kind."""
    for field in _STRINGS:
        if field in manifest and not isinstance(manifest[field], str):
            yield f"manifest.json: {field} has to be a text"
    for field in _BOOLEANS:
        if field in manifest and not isinstance(manifest[field], bool):
            yield f"manifest.json: {field} has to be true or false"
    experiments = manifest.get("experiments", {})
    if not isinstance(experiments, dict):
        yield "manifest.json: experiments has to be an object"
    elif set(experiments) - _EXPERIMENTS:
        yield f"manifest.json: experiments has only {' and '.join(sorted(_EXPERIMENTS))}"
    hosts = manifest.get("domainWhitelist", [])
    if not isinstance(hosts, list) or not all(isinstance(host, str) for host in hosts):
        yield "manifest.json: domainWhitelist has to be a list of texts"


def author(manifest: Manifest, _files: Files) -> Found:
    """Who made it, and the addresses that belong to that."""
    told = manifest.get("author", {})
    if not isinstance(told, dict):
        yield "manifest.json: author has to be an object"
        return
    for field in ("name", "email", "url"):
        if field in told and not isinstance(told[field], str):
            yield f"manifest.json: author.{field} has to be a text"
    for field, address in (("author.url", told.get("url")), ("termsConditionsURL", manifest.get("termsConditionsURL"))):
        if isinstance(address, str) and not _is_web(address):
            yield f"manifest.json: {field} has to be an http or https address"


def locale(manifest: Manifest, files: Files) -> Found:
    """The language that the app falls back to."""
    told = manifest.get("defaultLocale")
    if not isinstance(told, str):
        return
    if not LOCALE.fullmatch(told):
        yield "manifest.json: defaultLocale is a language, as in en or pt-BR"
    elif f"translations/{told}.json" not in files:
        yield f"translations/{told}.json is missing, the words of defaultLocale"


def location(manifest: Manifest, files: Files) -> Found:
    """Products, places, and the page of each."""
    told = manifest.get("location")
    if told is None:
        return
    if not isinstance(told, dict) or not all(isinstance(places, dict) for places in told.values()):
        yield "manifest.json: location has to be an object of products, each an object of places"
        return
    for product, places in told.items():
        if product not in _PRODUCTS:
            yield f"manifest.json: location.{product} is no product"
        for place, page in places.items():
            where = f"location.{product}.{place}"
            if product in ("support", "zendesk") and place not in _SUPPORT_PLACES:
                yield f"manifest.json: {where} is no place in {product}"
            yield from _page(where, {"url": page} if isinstance(page, str) else page, files)


def _page(where: str, page: Any, files: Files) -> Found:
    if not isinstance(page, dict):
        yield f"manifest.json: {where} has to be an address, or an object with one"
        return
    for field in sorted(set(page) - _PLACE_FIELDS):
        yield f"manifest.json: {where}.{field} is nothing that a place has"
    for field in ("flexible", "autoLoad", "autoHide", "signed"):
        if field in page and not isinstance(page[field], bool):
            yield f"manifest.json: {where}.{field} has to be true or false"
    url = page.get("url", "")
    if not isinstance(url, str):
        yield f"manifest.json: {where}.url has to be a text"
    elif not url:
        if page.get("autoLoad", True) is not False:
            yield f"manifest.json: {where} has no url, which only goes with autoLoad false"
    else:
        yield from _address(where, url, files)


def _address(where: str, url: str, files: Files) -> Found:
    if "{{setting." in url:
        return
    parts = urlsplit(url)
    if parts.scheme or parts.netloc:
        if parts.scheme != "https" and parts.hostname != "localhost":
            yield f"manifest.json: {where}.url has to be https"
    elif not url.startswith("assets/"):
        yield f"manifest.json: {where}.url has to begin with assets/ or https://"
    elif url.partition("?")[0].partition("#")[0] not in files:
        yield f"manifest.json: {where}.url names {url}, which is not in the app"


def parameters(manifest: Manifest, _files: Files) -> Found:
    """What an admin is asked for on installation."""
    listed = manifest.get("parameters", [])
    if not isinstance(listed, list) or not all(isinstance(one, dict) for one in listed):
        yield "manifest.json: parameters has to be a list of objects"
        return
    for name, count in Counter(str(one.get("name")) for one in listed).items():
        if count > 1:
            yield f"manifest.json: the parameter {name} is there twice"
    for one in listed:
        yield from _parameter(one)
    oauth = [one for one in listed if one.get("type") == "oauth"]
    if len(oauth) > 1:
        yield "manifest.json: at most one parameter may be of type oauth"
    if "oauth" in manifest:
        yield from _oauth(manifest["oauth"], has_parameter=bool(oauth))


def _parameter(one: Manifest) -> Found:
    name = f"the parameter {one.get('name') or 'without a name'}"
    if not one.get("name"):
        yield "manifest.json: a parameter has no name"
    if one.get("name") == "name":
        yield "manifest.json: no parameter may be called name"
    kind = one.get("type", "text")
    if kind not in _TYPES:
        yield f"manifest.json: {name} is of type {kind}; there are {', '.join(sorted(_TYPES))}"
    for field in ("required", "secure"):
        if field in one and not isinstance(one[field], bool):
            yield f"manifest.json: {field} of {name} has to be true or false"
    if kind == "hidden" and one.get("required"):
        yield f"manifest.json: {name} is hidden and can't be required"
    if kind == "oauth" and one.get("secure"):
        yield f"manifest.json: {name} is of type oauth and can't be secure"
    if "scopes" in one:
        yield from _scopes(name, one)


def _scopes(name: str, one: Manifest) -> Found:
    scopes = one["scopes"]
    if one.get("secure") is not True:
        yield f"manifest.json: {name} has scopes, which only a secure one has"
    if not isinstance(scopes, list) or not scopes or not set(map(str, scopes)) <= _SCOPES:
        yield f"manifest.json: the scopes of {name} are some of {', '.join(sorted(_SCOPES))}"


def _oauth(oauth: Any, *, has_parameter: bool) -> Found:
    told = oauth if isinstance(oauth, dict) else {}
    for field in _OAUTH:
        if not told.get(field):
            yield f"manifest.json: oauth.{field} is missing"
    if not has_parameter:
        yield "manifest.json: oauth needs a parameter of type oauth"


def doubtful_parameters(manifest: Manifest, _files: Files) -> Found:
    """Secrets that would be shown, and secure ones that would reach nothing."""
    for one in [one for one in manifest.get("parameters", []) if isinstance(one, dict)]:
        name, is_secure = str(one.get("name")), one.get("secure") is True
        if one.get("type", "text") == "text" and not is_secure and _SOUNDS_SECRET.search(name):
            yield f"the parameter {name} sounds like a secret and is not secure"
        if "default" in one and (is_secure or one.get("type") == "hidden"):
            yield f"the parameter {name} has a default that anybody with the ZIP can read"
        if is_secure and not one.get("scopes"):
            yield f"the parameter {name} is secure and has no scopes"


def _is_web(address: str) -> bool:
    parts = urlsplit(address)
    return parts.scheme in ("http", "https") and bool(parts.hostname)


RULES: tuple[Callable[[Manifest, Files], Found], ...] = (needed, kinds, author, locale, location, parameters)
WARNINGS: tuple[Callable[[Manifest, Files], Found], ...] = (doubtful_parameters,)
