"""What the proxy of `compose.yaml` shows to the world: every door that somebody outside knocks at, and no figures."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from pathlib import Path

import pytest
import yaml

from guidance.app import create_app
from guidance.rules import shipped_rulebook
from tests.edges import SETTINGS

ROOT = Path(__file__).parents[2]
OPERATORS = {"/metrics", "/readyz"}


@pytest.fixture
def routes(store):
    app = create_app(SETTINGS, store=store, rulebook=shipped_rulebook)
    return {str(rule) for rule in app.url_map.iter_rules()}


def public():
    (listed,) = re.findall(r"^\t@public path (.+)$", (ROOT / "Caddyfile").read_text("utf8"), re.MULTILINE)
    return listed.split()


def test_every_route_but_the_operators_own_is_public(routes):
    shown = {route for route in routes if any(fnmatchcase(route, pattern) for pattern in public())}
    assert routes - shown == OPERATORS


def test_the_proxy_is_started_with_that_list():
    proxy = yaml.safe_load((ROOT / "compose.yaml").read_text("utf8"))["services"]["tls"]
    assert "./Caddyfile:/etc/caddy/Caddyfile:ro" in proxy["volumes"]
    assert "command" not in proxy


def test_the_page_about_running_tells_the_same_list():
    told = (ROOT / "docs" / "running.md").read_text("utf8")
    assert [path for path in public() if f"`{path}`" not in told] == []
