"""Each helpdesk's README names every file of its folder, and every setting of an account that its code reads."""

from __future__ import annotations

from pathlib import Path

import pytest
import re2

import guidance.integrations

FOLDER = Path(guidance.integrations.__file__).parent
READ = re2.compile(r'(?:secrets|config|settings)\.get\("([a-z_]+)"')


@pytest.mark.parametrize("helpdesk", guidance.integrations.integrations())
def test_it_names_every_file(helpdesk):
    readme = (FOLDER / helpdesk / "README.md").read_text("utf8")
    for path in (FOLDER / helpdesk).glob("*.py"):
        assert path.name == "__init__.py" or f"`{path.name}`" in readme, path.name


@pytest.mark.parametrize("helpdesk", guidance.integrations.integrations())
def test_it_names_every_setting_of_an_account(helpdesk):
    readme = (FOLDER / helpdesk / "README.md").read_text("utf8")
    code = "".join(path.read_text("utf8") for path in (FOLDER / helpdesk).glob("*.py"))
    found = set(READ.findall(code)) - {"token"}
    assert len(found) > 4
    assert [name for name in found if f"`{name}`" not in readme and f".{name}`" not in readme] == []
