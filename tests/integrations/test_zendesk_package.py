"""The app for Zendesk passes Zendesk's rules, and every rule can be broken."""

from __future__ import annotations

import io
import json
import stat
import tomllib
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from guidance.cli import main
from guidance.console import manual
from guidance.integrations.zendesk.package import staged
from guidance.integrations.zendesk.validating import problems, read_zip, size_of, warnings
from guidance.text.beside import file_beside

ROOT = Path(__file__).parents[2]


def with_manifest(**fields):
    """The app with fields of its manifest set; ... takes one out."""
    files = staged()
    manifest = json.loads(files["manifest.json"]) | fields
    files["manifest.json"] = json.dumps({key: value for key, value in manifest.items() if value is not ...}).encode()
    return files


def with_files(**changed):
    return staged() | {name.replace("__", "/"): body for name, body in changed.items()}


def with_parameter(**one):
    return with_manifest(parameters=[{"name": "service_url", "type": "url"}, {"name": "shared"} | one])


def with_page(page, place="ticket_sidebar"):
    return with_manifest(location={"support": {place: page}})


def with_words(locale="en", **app):
    told = {"app": {"name": "Guidance"} | app}
    return staged() | {f"translations/{locale}.json": json.dumps(told).encode()}


def with_requirements(**told):
    return staged() | {"requirements.json": json.dumps(told).encode()}


def with_file(name, body=b"words"):
    return staged() | {name: body}


def without(*names):
    return {name: body for name, body in staged().items() if name not in names}


def raw_manifest(text):
    return staged() | {"manifest.json": text.encode()}


def public(**app):
    files = with_manifest(private=False)
    return files | {"translations/en.json": json.dumps({"app": {"name": "Guidance"} | app}).encode()}


def png(width, height):
    return b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + width.to_bytes(4, "big") + height.to_bytes(4, "big")


OAUTH = {"client_id": "1", "client_secret": "2", "authorize_uri": "https://a", "access_token_uri": "https://b"}

BROKEN = {
    "no manifest": (without("manifest.json"), "manifest.json is missing"),
    "a manifest in a folder": ({f"app/{name}": body for name, body in staged().items()}, "lies in app/"),
    "a manifest that is no JSON": (raw_manifest("{'a'"), "no JSON that can be read"),
    "a manifest that is a list": (raw_manifest("[]"), "has to be a JSON object"),
    "a key twice": (raw_manifest('{"name": "a", "name": "b"}'), "the key name is there twice"),
    "a key twice within another": (raw_manifest('{"author": {"name": "a", "name": "b"}}'), "the key name is there twice"),
    "no author": (with_manifest(author=...), "author is missing"),
    "no default locale": (with_manifest(defaultLocale=...), "defaultLocale is missing"),
    "no framework version": (with_manifest(frameworkVersion=...), "frameworkVersion is missing"),
    "no location": (with_manifest(location=...), "location is missing"),
    "another framework version": (with_manifest(frameworkVersion="1.0"), 'the text "2.0"'),
    "a framework version that is a number": (with_manifest(frameworkVersion=2.0), 'the text "2.0"'),
    "noTemplate": (with_manifest(noTemplate=True), "noTemplate"),
    "a version that is a number": (with_manifest(version=1), "version has to be a text"),
    "a gaID that is a number": (with_manifest(gaID=1), "gaID has to be a text"),
    "terms without a host": (with_manifest(termsConditionsURL="terms"), "termsConditionsURL has to be an http"),
    "an author that is a text": (with_manifest(author="me"), "author has to be an object"),
    "an author's name that is a number": (with_manifest(author={"name": 1}), "author.name has to be a text"),
    "an author's address that is none": (with_manifest(author={"url": "example"}), "author.url has to be an http"),
    "signedUrls as a text": (with_manifest(signedUrls="true"), "signedUrls has to be true or false"),
    "private as a text": (with_manifest(private="yes"), "private has to be true or false"),
    "experiments as a list": (with_manifest(experiments=[]), "experiments has to be an object"),
    "an unknown experiment": (with_manifest(experiments={"warp": True}), "experiments has only"),
    "a domain whitelist as a text": (with_manifest(domainWhitelist="a.example"), "domainWhitelist has to be a list"),
    "parameters as an object": (with_manifest(parameters={}), "parameters has to be a list"),
    "a location as a list": (with_manifest(location=[]), "location"),
    "a product that is none": (with_manifest(location={"fax": {"top": "assets/offline.html"}}), "location.fax is no product"),
    "a place that is none": (with_page("assets/offline.html", "ceiling"), "is no place in support"),
    "a page that is a number": (with_page(7), "has to be an address"),
    "an unknown field of a place": (with_page({"url": "assets/offline.html", "colour": "red"}), "colour is nothing that a place has"),
    "flexible as a text": (with_page({"url": "assets/offline.html", "flexible": "yes"}), "flexible has to be true or false"),
    "a url that is a number": (with_page({"url": 7}), "url has to be a text"),
    "a url without encryption": (with_page("http://a.example/"), "url has to be https"),
    "a url outside of assets": (with_page("pages/a.html"), "begin with assets/"),
    "a page that is not there": (with_page("assets/none.html"), "which is not in the app"),
    "a blank url": (with_page({"flexible": True}), "only goes with autoLoad false"),
    "a locale that is none": (with_manifest(defaultLocale="English"), "defaultLocale is a language"),
    "a locale without words": (with_manifest(defaultLocale="pt-BR"), "translations/pt-BR.json is missing"),
    "a parameter twice": (with_manifest(parameters=[{"name": "a"}, {"name": "a"}]), "is there twice"),
    "a parameter without a name": (with_manifest(parameters=[{"type": "text"}]), "has no name"),
    "a parameter called name": (with_parameter(name="name"), "may be called name"),
    "a password": (with_parameter(type="password"), "is of type password"),
    "a drop-down": (with_parameter(type="dropdown"), "is of type dropdown"),
    "required as a text": (with_parameter(required="yes"), "required of the parameter shared"),
    "secure as a text": (with_parameter(secure="yes"), "secure of the parameter shared"),
    "a hidden one that is required": (with_parameter(type="hidden", required=True), "hidden and can't be required"),
    "two of type oauth": (with_manifest(parameters=[{"name": "a", "type": "oauth"}, {"name": "b", "type": "oauth"}]), "at most one"),
    "a secure oauth": (with_parameter(type="oauth", secure=True), "oauth and can't be secure"),
    "scopes of one that is not secure": (with_parameter(scopes=["header"]), "only a secure one has"),
    "empty scopes": (with_parameter(secure=True, scopes=[]), "the scopes of the parameter shared"),
    "an unknown scope": (with_parameter(secure=True, scopes=["cookie"]), "the scopes of the parameter shared"),
    "oauth without a parameter": (with_manifest(oauth=OAUTH), "needs a parameter of type oauth"),
    "oauth that lacks a field": (with_manifest(oauth={"client_id": "1"}), "oauth.client_secret is missing"),
    "a translation that is no JSON": (with_file("translations/de.json", b"{"), "translations/de.json is no JSON"),
    "a translation of no language": (with_file("translations/german.json", b"{}"), "named by its language"),
    "no name in English": (with_words(name=""), "app.name is missing"),
    "a public app without a short description": (public(), "app.short_description"),
    "a public app without a long description": (public(short_description="a"), "app.long_description"),
    "a public app without instructions": (public(short_description="a", long_description="b"), "app.installation_instructions"),
    "parameters' words as a list": (with_words(parameters=[]), "app.parameters has to be an object"),
    "a parameter without a label": (with_words(parameters={"service_url": {}}), "object with a label"),
    "a leaf without title beside a package": (with_words(package="guidance", greeting="Hello"), "object of title and value"),
    "an archive by its name": (with_file("assets/all.rar"), "not allowed in an app"),
    "an archive by its content": (with_file("assets/all.txt", b"PK\x03\x04..."), "is zip by its content"),
    "a document by its content": (with_file("assets/a.txt", b"%PDF-1.7"), "is pdf by its content"),
    "a script by its content": (with_file("assets/run", b"#!/bin/sh"), "a script by its content"),
    "a film by its content": (with_file("assets/film", b"RIFF\0\0\0\0AVI LIST"), "is avi by its content"),
    "no logo": (without("assets/logo.png"), "assets/logo.png is missing"),
    "no small logo": (without("assets/logo-small.png"), "assets/logo-small.png is missing"),
    "a logo of another size": (with_file("assets/logo.png", png(64, 64)), "320 × 320"),
    "a banner of another size": (with_file("assets/banner.png", png(800, 200)), "830 × 200"),
    "a top bar without an icon": (with_page("assets/offline.html", "top_bar"), "assets/icon_top_bar.svg is missing"),
    "requirements that are no JSON": (with_file("requirements.json", b"{"), "requirements.json is no JSON"),
    "an unknown requirement": (with_requirements(robots={}), "robots is nothing that an app can create"),
    "too many requirements": (with_requirements(macros={str(n): {"title": "a"} for n in range(5001)}), "at most 5000"),
    "a trigger without a title": (with_requirements(triggers={"a": {}}), "triggers.a has no title"),
    "a user field without a key": (with_requirements(user_fields={"a": {"title": "a"}}), "user_fields.a has no key"),
    "a webhook without an endpoint": (with_requirements(webhooks={"a": {"name": "a", "status": "active"}}), "webhooks.a has no endpoint"),
}  # fmt: skip


def test_our_own_app_breaks_no_rule_and_raises_no_doubt():
    assert (problems(staged()), warnings(staged())) == ([], [])


@pytest.mark.parametrize("which", BROKEN)
def test_an_app_is_refused_that_has(which):
    files, said = BROKEN[which]
    found = problems(files)
    assert [problem for problem in found if said in problem], found


GOOD = {
    "a page at an address of its own": with_page("https://a.example/page"),
    "a page on the developer's machine": with_page("http://localhost:4567/assets/iframe.html"),
    "a page at an address that is set on installation": with_page("{{setting.service_url}}/page"),
    "no page where it does not load by itself": with_page({"autoLoad": False}),
    "a secure parameter with scopes": with_parameter(secure=True, scopes=["header", "jwt_claim"]),
    "an oauth parameter with its block": with_manifest(parameters=[{"name": "a", "type": "oauth"}], oauth=OAUTH),
    "words with titles beside a package": with_words(package="guidance", greeting={"title": "a", "value": "b"}),
    "a banner of the right size": with_file("assets/banner.png", png(1660, 400)),
    "nothing but requirements": with_manifest(requirementsOnly=True, location=..., frameworkVersion=...),
}


@pytest.mark.parametrize("which", GOOD)
def test_an_app_is_taken_that_has(which):
    assert problems(GOOD[which]) == []


DOUBTFUL = {
    "an address without encryption": (with_file("assets/a.js", b"fetch('http://a.example')"), "without encryption"),
    "a word for a secret": (with_file("assets/a.js", b"const api_key = '1'"), "seems to hold a secret"),
    "a long token": (with_file("assets/a.html", b'"' + b"a1B2" * 12 + b'"'), "seems to hold a secret"),
    "a text parameter that sounds secret": (with_parameter(name="api_token"), "sounds like a secret"),
    "a secure parameter without scopes": (with_parameter(secure=True), "has no scopes"),
    "a default of a hidden parameter": (with_parameter(type="hidden", default="1"), "has a default"),
}


@pytest.mark.parametrize("which", DOUBTFUL)
def test_a_reviewer_would_ask_about(which):
    files, said = DOUBTFUL[which]
    assert [one for one in warnings(files) if said in one]


def test_a_link_in_a_zip_is_refused():
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w") as archive:
        link = zipfile.ZipInfo("assets/link")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    assert read_zip(body.getvalue())[1] == ["assets/link is a symbolic link"]


def test_the_zip_holds_the_app_at_its_root_and_the_same_app_gives_the_same_bytes(tmp_path):
    for name in ("a", "b"):
        answer = CliRunner().invoke(main, ["package", "zendesk", "--to", str(tmp_path / name)])
        assert answer.exit_code == 0, answer.output
    first, second = ((tmp_path / name / "guidance-zendesk.zip").read_bytes() for name in ("a", "b"))
    assert first == second
    files, wrong = read_zip(first)
    assert (files, wrong) == (staged(), [])


def test_the_panel_is_opened_signed_at_the_address_that_the_admin_gives():
    manifest = json.loads(staged()["manifest.json"])
    assert manifest["signedUrls"] is True
    assert manifest["location"]["support"]["ticket_sidebar"]["url"] == "{{setting.service_url}}/sidebar/zendesk"
    assert [one["name"] for one in manifest["parameters"]] == ["service_url"]


def test_the_logos_have_the_sizes_that_zendesk_shows():
    assert size_of(staged()["assets/logo.png"]) == (320, 320)
    assert size_of(staged()["assets/logo-small.png"]) == (128, 128)


def test_a_copy_that_was_installed_from_a_wheel_brings_its_manifest_and_its_help_along(monkeypatch, tmp_path):
    told = tomllib.loads((ROOT / "pyproject.toml").read_text("utf8"))["tool"]["setuptools"]["data-files"]
    for place, files in told.items():
        (tmp_path / place).mkdir(parents=True, exist_ok=True)
        for name in files:
            (tmp_path / place / Path(name).name).write_bytes((ROOT / name).read_bytes())
    monkeypatch.setattr("guidance.text.beside._PROJECT", tmp_path / "nowhere")
    monkeypatch.setattr("sys.prefix", str(tmp_path))
    assert staged()["manifest.json"] == (ROOT / "manifest.json").read_bytes()
    helped = [f"docs/{name}.md" for name in manual.PAGES]
    assert [file_beside(name) for name in helped] == [(ROOT / name).read_bytes() for name in helped]
    copied = (ROOT / "Dockerfile").read_text("utf8").partition("RUN python -m venv")[0]
    assert [name for name in ("manifest.json", *helped) if name not in copied] == []
