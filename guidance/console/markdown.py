"""The project's own documents as HTML: headings, paragraphs, lists, tables, code and links, which is all that they use."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import groupby

from markupsafe import Markup, escape

_INLINE = re.compile(r"`([^`]+)`|\*\*([^*]+)\*\*|\[([^\]]+)\]\(([^)]+)\)")
_BAR = re.compile(r"(?<!\\)\|")


def as_html(text: str, link: Callable[[str], str]) -> Markup:
    """A document as HTML. `link`: where a link of it leads from here; '' for nowhere, and its words stand alone."""
    return Markup("\n").join(_blocks(text.splitlines(), link))


def _blocks(lines: list[str], link: Callable[[str], str]) -> Iterator[Markup]:
    fenced: list[str] | None = None
    open_lines: list[str] = []
    for line in [*lines, ""]:
        if line.startswith("```"):
            if fenced is not None:
                yield Markup('<pre tabindex="0">{}</pre>').format("\n".join(fenced))
            fenced = [] if fenced is None else None
        elif fenced is not None:
            fenced.append(line)
        elif line.strip():
            open_lines.append(line)
        elif open_lines:
            yield from _pieces(open_lines, link)
            open_lines = []


def _pieces(lines: list[str], link: Callable[[str], str]) -> Iterator[Markup]:
    for kind, group in groupby(lines, _kind):
        told = list(group)
        if kind == "heading":
            yield from (_heading(line, link) for line in told)
        elif kind == "table":
            yield _table(told, link)
        elif kind == "list":
            items = (Markup("<li>{}</li>").format(_inline(line.lstrip()[2:], link)) for line in told)
            yield Markup("<ul>{}</ul>").format(Markup("").join(items))
        else:
            yield Markup("<p>{}</p>").format(_inline("\n".join(told), link))


def _kind(line: str) -> str:
    return {"#": "heading", "|": "table", "-": "list"}.get(line.lstrip()[:1], "words")


def _heading(line: str, link: Callable[[str], str]) -> Markup:
    marks, _, words = line.partition(" ")
    return Markup("<h{0}>{1}</h{0}>").format(len(marks), _inline(words, link))


def _table(lines: list[str], link: Callable[[str], str]) -> Markup:
    head, _, *rows = ([cell.strip() for cell in _BAR.split(line.strip().strip("|"))] for line in lines)
    names = Markup("").join(Markup('<th scope="col">{}</th>').format(_inline(one, link)) for one in head)
    told = Markup("").join(Markup("<tr>{}</tr>").format(_row(row, head, link)) for row in rows)
    return Markup(
        '<div class="wide" tabindex="0" role="region" aria-label="{}"><table class="cards">'
        "<thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>"
    ).format(", ".join(head), names, told)


def _row(cells: list[str], head: list[str], link: Callable[[str], str]) -> Markup:
    first, *others = cells
    told = Markup('<th scope="row">{}</th>').format(_inline(first, link))
    for name, cell in zip(head[1:], others, strict=False):
        told += Markup('<td data-label="{}">{}</td>').format(name, _inline(cell, link))
    return told


def _inline(text: str, link: Callable[[str], str]) -> Markup:
    told, end = Markup(), 0
    for found in _INLINE.finditer(text):
        told += escape(text[end : found.start()]) + _marked(found, link)
        end = found.end()
    return told + escape(text[end:])


def _marked(found: re.Match[str], link: Callable[[str], str]) -> Markup:
    code, strong, words, target = found.groups()
    if code:
        return Markup("<code>{}</code>").format(code)
    if strong:
        return Markup("<strong>{}</strong>").format(strong)
    address = link(target)
    return Markup('<a href="{}">{}</a>').format(address, words) if address else escape(words)
