"""The project's own documents as HTML, by markdown-it: links lead where they can from here, rows of tables may be cards."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from markupsafe import Markup


def as_html(text: str, link: Callable[[str], str]) -> Markup:
    """A document as HTML; HTML of its own is told as text. `link`: where a link leads from here; '' for nowhere, and its words stand alone."""
    parser = MarkdownIt("js-default", renderer_cls=_Pages)
    tokens = parser.parse(text)
    _ready_for_cards(tokens)
    for token in tokens:
        token.children = _led([*(token.children or ())], link)
    return Markup(parser.renderer.render(tokens, parser.options, {}))  # noqa: S704 - markdown-it escapes, its HTML is off


class _Pages(RendererHTML):
    """What is wider than a narrow screen scrolls by itself, by keyboard too."""

    def table_open(self, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType) -> str:
        end = next(n for n in range(at, len(tokens)) if tokens[n].type == "thead_close")
        names = ", ".join(_plain(one) for one in tokens[at:end] if one.type == "inline")
        return f'<div class="wide" tabindex="0" role="region" aria-label="{escapeHtml(names)}"><table class="cards">\n'

    def table_close(self, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType) -> str:
        return "</table></div>\n"

    def fence(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return f'<pre tabindex="0">{escapeHtml(tokens[idx].content)}</pre>\n'


def _ready_for_cards(tokens: Sequence[Token]) -> None:
    """The first value of a row is its heading, and each other one carries the name of its column."""
    names: list[str] = []
    column = 0
    for at, token in enumerate(tokens):
        if token.type == "thead_open":
            names = []
        elif token.type == "tr_open":
            column = 0
        elif token.type == "th_open":
            names.append(_plain(tokens[at + 1]))
            token.attrSet("scope", "col")
        elif token.type == "td_open" and column == 0:
            token.tag = "th"
            token.attrSet("scope", "row")
        elif token.type == "td_open":
            token.attrSet("data-label", names[column])
        elif token.type == "td_close":
            token.tag = "td" if column else "th"
            column += 1


def _led(tokens: list[Token], link: Callable[[str], str]) -> list[Token]:
    told: list[Token] = []
    leads = False
    for token in tokens:
        if token.type == "link_open":
            address = link(str(token.attrGet("href")))
            leads = bool(address)
            token.attrSet("href", address)
        if leads or token.type not in {"link_open", "link_close"}:
            told.append(token)
    return told


def _plain(inline: Token) -> str:
    return "".join(token.content for token in inline.children or ())
