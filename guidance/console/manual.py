"""The parts of the documentation that one needs while writing rules or making a file of conversations, from the running service."""

from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType

from werkzeug.wrappers import Response

from guidance.console.doors import Door
from guidance.console.markdown import as_html
from guidance.console.pages import page
from guidance.errors import NotFoundError
from guidance.people.users import May
from guidance.text.beside import file_beside

PAGES = MappingProxyType({"rules": "Writing rules", "wire": "Conversations as files"})
"""Documents by their name in docs/, and what they are called here."""


class Manual:
    """A page for each."""

    def doors(self) -> Sequence[Door]:
        return (Door("GET", "/console/help/<name>", May.SEE, self.show),)

    def show(self, name: str) -> Response:
        if name not in PAGES:
            raise NotFoundError("There is no such page of help.")
        text = file_beside(f"docs/{name}.md").decode()
        return page("help.html", pages=PAGES, here=name, title=PAGES[name], text=as_html(text, _leads_to))


def _leads_to(target: str) -> str:
    name = target.removesuffix(".md")
    return f"/console/help/{name}" if name in PAGES else ""
