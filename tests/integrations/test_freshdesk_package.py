"""The app for Freshdesk: what is in its ZIP, and each rule of Freshworks' that would refuse it, broken once."""

from __future__ import annotations

import json
from importlib.resources import files as resource_files
from pathlib import Path

import pytest

from guidance.integrations.freshdesk.package import staged
from guidance.integrations.freshdesk.validating import problems

STATIC = Path(str(resource_files("guidance.sidebar") / "static"))
SIDEBAR = {path.relative_to(STATIC).as_posix(): path.read_bytes() for path in STATIC.rglob("*") if path.is_file()}


@pytest.fixture
def app():
    return staged(SIDEBAR)


def changed(app, name, change):
    told = json.loads(app[name])
    change(told)
    return app | {name: json.dumps(told).encode()}


def manifest(change):
    return lambda app: changed(app, "manifest.json", change)


def template(**told):
    return lambda app: changed(app, "config/requests.json", lambda told_: told_["openSession"]["schema"].update(told))


def options(**told):
    return lambda app: changed(app, "config/requests.json", lambda told_: told_["openSession"]["options"].update(told))


def iparams(change):
    return lambda app: changed(app, "config/iparams.json", change)


def server(text):
    return lambda app: app | {"server/server.js": app["server/server.js"] + text.encode()}


def page(old, new):
    return lambda app: app | {"app/index.html": app["app/index.html"].replace(old.encode(), new.encode())}


def without(*names):
    return lambda app: {name: content for name, content in app.items() if name not in names}


def locations(told):
    return told["modules"]["support_ticket"]["location"]


BROKEN = {
    "no manifest": (without("manifest.json"), "manifest.json is missing"),
    "no readme": (without("README.md"), "README.md is missing"),
    "no parameters file": (without("config/iparams.json"), "config/iparams.json is missing"),
    "a manifest that is no JSON": (lambda app: app | {"manifest.json": b"{"}, "no JSON object"),
    "an older platform": (manifest(lambda m: m.update({"platform-version": "2.3"})), "platform-version"),
    "product instead of modules": (manifest(lambda m: m.update(product={})), "`product`"),
    "no module but common": (manifest(lambda m: m["modules"].pop("support_ticket")), "none besides"),
    "no node": (manifest(lambda m: m["engines"].pop("node")), "engines.node"),
    "no fdk": (manifest(lambda m: m["engines"].pop("fdk")), "engines.fdk"),
    "an undeclared template": (manifest(lambda m: m["modules"]["common"]["requests"].clear()), "does not declare"),
    "a template not written": (
        manifest(lambda m: m["modules"]["common"]["requests"].update(more={})),
        "declared in the manifest and not written",
    ),
    "too many templates": (
        lambda app: changed(
            app, "config/requests.json", lambda told: told.update({f"t{n}": told["openSession"] for n in range(100)})
        ),
        "101 templates",
    ),
    "plain http": (template(protocol="http"), "https"),
    "no method": (template(method=""), "no method"),
    "a host with a scheme": (template(host="https://x.example.com"), "full domain name"),
    "a host by number": (template(host="192.0.2.7"), "full domain name"),
    "a content type of no use": (template(headers={"Content-Type": "image/png"}), "image/png"),
    "a parameter that is not there": (template(path="/<%= iparam.nothing %>"), "nothing, which there is not"),
    "a secret in the path": (template(path="/<%= iparam.install_secret %>"), "headers only"),
    "too many attempts": (options(maxAttempts=6), "maxAttempts"),
    "an odd delay": (options(retryDelay=250), "retryDelay"),
    "a function not exported": (
        manifest(lambda m: m["modules"]["common"].update(functions={"issue": {}})),
        "issue is not exported",
    ),
    "a function elsewhere": (
        manifest(lambda m: m["modules"]["support_ticket"].update(functions={})),
        "belong to modules.common",
    ),
    "a handler not exported": (
        manifest(lambda m: m["modules"]["common"]["events"]["onAppInstall"].update(handler="nobody")),
        "nobody, which is not exported",
    ),
    "nothing on install": (manifest(lambda m: m["modules"]["common"]["events"].pop("onAppInstall")), "onAppInstall"),
    "nothing on leaving, with a schedule": (
        lambda app: manifest(lambda m: m["modules"]["common"]["events"].pop("onAppUninstall"))(
            server("$schedule.create({});")(app)
        ),
        "onAppUninstall",
    ),
    "a ticket's place in common": (
        manifest(lambda m: m["modules"]["common"].update(location={"ticket_sidebar": {"url": "index.html"}})),
        "does not belong to common",
    ),
    "a common place beside tickets": (
        manifest(lambda m: locations(m).update(full_page_app={"url": "index.html"})),
        "full_page_app does not belong",
    ),
    "a place that is not there": (
        manifest(lambda m: locations(m).update(ticket_ceiling={"url": "index.html"})),
        "no location ticket_ceiling",
    ),
    "a page that is not there": (without("app/index.html"), "app/index.html, which is not there"),
    "an icon that is not there": (without("app/styles/images/icon.svg"), "icon.svg, which is not there"),
    "a place without a page": (manifest(lambda m: locations(m)["ticket_sidebar"].pop("url")), "names no page"),
    "a page without the client": (page("{{{appclient}}}", "client.js"), "has to load Freshworks' client"),
    "a client that comes too late": (page("<script src", "<script async src"), "async"),
    "a parameter without a name": (iparams(lambda p: p["service_host"].pop("display_name")), "display_name"),
    "a parameter of no type": (iparams(lambda p: p["service_host"].update(type="song")), "of no type"),
    "a secret that browsers may read": (iparams(lambda p: p["install_secret"].pop("secure")), "secure"),
}


def test_our_app_is_as_freshworks_takes_it(app):
    assert problems(app) == []


@pytest.mark.parametrize("name", BROKEN)
def test_each_rule_refuses_what_breaks_it(app, name):
    spoil, said = BROKEN[name]
    found = problems(spoil(app))
    assert len(found) >= 1
    assert any(said in problem for problem in found), found


def test_the_panel_in_the_zip_is_the_services_own_byte_for_byte(app):
    packed = {name.removeprefix("app/scripts/sidebar/"): body for name, body in app.items() if "/sidebar/" in name}
    assert packed == SIDEBAR


def test_nothing_in_the_zip_names_a_service_or_holds_a_secret(app):
    told = b"".join(body for name, body in app.items() if not name.startswith("app/scripts/sidebar/"))
    assert b"http://" not in told.replace(b"http://www.w3.org", b"")
    assert b"<%= iparam.service_host %>" in told
