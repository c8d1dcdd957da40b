"""The app that an admin uploads in Freshdesk: its files brought together, ready to be zipped.

Its own few files lie in `app/`; the panel itself is the sidebar's, file by file the same as in every other helpdesk.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import resources
from pathlib import Path

_OWN = Path(str(resources.files("guidance.integrations.freshdesk") / "app"))
_SIDEBAR = "app/scripts/sidebar"
_README = b"""# Guidance for Freshdesk

One useful hint beside the ticket, before the reply is sent. Upload this ZIP as a custom app, give it the host of your Guidance
service and the install secret that `guidance connect freshdesk` showed. Everything else is in the service's docs/freshdesk.md.
"""


def staged(sidebar: Mapping[str, bytes]) -> dict[str, bytes]:
    """Every file of the app by its path in the ZIP. `sidebar`: the panel's files by their paths, as the service serves them."""
    own = {path.relative_to(_OWN).as_posix(): path.read_bytes() for path in sorted(_OWN.rglob("*")) if path.is_file()}
    panel = {f"{_SIDEBAR}/{name}": content for name, content in sidebar.items()}
    return {**own, **panel, "README.md": _README}
