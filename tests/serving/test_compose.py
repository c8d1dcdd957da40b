"""What `compose.yaml` and the Dockerfile hand on: every setting of `.env` to the service, and of this folder no more than is built."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
OF_THE_CONTAINER = {"GUIDANCE_HOST", "GUIDANCE_PORT"}
SERVICES = yaml.safe_load((ROOT / "compose.yaml").read_text("utf8"))["services"]


@pytest.mark.parametrize("name", ["service", "worker"])
def test_every_setting_in_env_reaches_the_service_and_its_workers(name):
    assert SERVICES[name]["env_file"] == [{"path": ".env", "required": False}]
    told = SERVICES[name]["environment"]
    assert [
        one for one, value in told.items() if one not in OF_THE_CONTAINER and not value.startswith(f"${{{one}:")
    ] == []


def test_the_service_listens_where_its_port_is_published():
    told = SERVICES["service"]["environment"]
    assert SERVICES["service"]["ports"] == [f"127.0.0.1:8710:{told['GUIDANCE_PORT']}"]
    assert told["GUIDANCE_HOST"] == "0.0.0.0"  # noqa: S104 - within the container


def test_the_builder_is_given_what_it_copies_and_no_key_data_or_setting():
    build = (ROOT / "Dockerfile").read_text("utf8").partition("\nRUN ")[0]
    copied = {name for line in re.findall(r"^COPY (.+) \S+$", build, re.MULTILINE) for name in line.split()}
    everything, *rest = [
        one for one in (ROOT / ".dockerignore").read_text("utf8").splitlines() if not one.startswith("#")
    ]
    assert everything == "*"
    assert {one.removeprefix("!") for one in rest if one.startswith("!")} == copied
