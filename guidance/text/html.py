"""HTML mail to the plain text that its reader sees."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from guidance.text.patterns import Pattern, one_of

_SILENT = frozenset(
    {"script", "style", "head", "title", "template", "noscript", "svg", "iframe", "object", "textarea", "select"}
)
_BLOCKS = frozenset(
    {
        "p", "div", "section", "article", "header", "footer", "main", "ul", "ol", "table", "tr", "form", "h1", "h2", "h3", "h4", "h5", "h6",
        "pre", "blockquote", "address", "figure", "figcaption", "hr", "dl", "dt", "dd", "center", "li", "nav", "aside", "details", "summary",
        "fieldset", "legend", "caption",
    }
)  # fmt: skip
_APART = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "blockquote", "pre", "table"})
_NEST_IN_NOTHING = frozenset(
    {
        "p", "li", "dd", "dt", "td", "th", "tr", "tbody", "thead", "tfoot", "colgroup", "caption", "html", "head", "body",
        "script", "style", "title", "textarea", "iframe",
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
    }
)  # fmt: skip
_FORMATTING = Pattern(rf"(?i)<(/?){one_of('a|b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u')}([\t\n\f\r />])")
_NAME = re.compile(r"[^\t\n\f\r />]*")

_TAG = re.compile(r"""<[a-zA-Z](?:[^>=]|=\s*"[^"]*"|=\s*'[^']*'|=)*""")
_VALUE = re.compile(r"""=\s*(?:"[^"]*"|'[^']*')""")
_BETWEEN_ATTRIBUTES = re.compile(r"[\s/]+")
_LONGEST_TAG = 8_192
_MOST_ATTRIBUTES = 500
"""Attributes of one tag that is long: each is compared with all before it, so the parser's time grows with their square."""

_MOST_TAGS_AS_WRITTEN = 200
_MOST_THAT_NEST = 8_000
"""Tags, opening and closing: the parser's time grows with how many elements are open at each, so with their square."""


def to_text(html: str) -> str:
    """The text of an HTML document or fragment; never raises.

    Paragraphs and line breaks become lines, list entries begin with `- `, quoted blocks with `> `; links keep their words;
    scripts, styles and hidden parts are left out.
    """
    if "<" not in html and "&" not in html:
        return html.strip()
    body = LexborHTMLParser(_bounded(_encodable(html))).body
    if body is None:
        return ""
    writer = _Writer()
    writer.walk(body)
    return writer.text()


def _encodable(html: str) -> str:
    return html.encode("utf8", "replace").decode("utf8")


def _bounded(html: str) -> str:
    """The same to its reader, in a form that the parser reads in bounded time and room, however it is nested.

    An element of formatting that was left open is opened anew in every paragraph that follows: a few kilobytes become
    millions of nodes. As a `span` it is not, and to the text it is the same.
    """
    if len(html) > _LONGEST_TAG:
        html = _TAG.sub(_with_few_attributes, html)
    if html.count("<") <= _MOST_TAGS_AS_WRITTEN:
        return html
    html = _FORMATTING.sub(r"<\1span\2", html)
    before, *parts = html.split("<")
    names = [_name_in(part) for part in parts]
    if sum(map(_nests, names)) <= _MOST_THAT_NEST:
        return html
    return "<".join([before, *map(_flat, parts, names)])


def _with_few_attributes(found: re.Match[str]) -> str:
    """A tag as it stands, or its bare name where it has more attributes than any mail has."""
    tag = found[0]
    if len(tag) <= _LONGEST_TAG or len(_BETWEEN_ATTRIBUTES.findall(_VALUE.sub("", tag))) <= _MOST_ATTRIBUTES:
        return tag
    return "<" + _name_in(tag[1:])


def _name_in(part: str) -> str:
    """The name of the tag whose `<` stands before this part, '' where it is none."""
    found = _NAME.match(part, part[:1] == "/")
    name = found[0] if found else ""
    return name if name[:1].isascii() and name[:1].isalpha() else ""


def _nests(name: str) -> bool:
    return name != "" and name.lower() not in _NEST_IN_NOTHING


def _flat(part: str, name: str) -> str:
    """An element that may nest as one that holds nothing: the lines stay, what is quoted or hidden is no more known."""
    if not _nests(name):
        return part
    return ("hr" if name.lower() in _BLOCKS else "wbr") + part[len(name) + (part[0] == "/") :]


class _Writer:
    """Collects lines while walking the tree."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._parts: list[str] = []
        self._bullet = ""
        self._quoted = 0
        self._kept_as_is = 0

    def walk(self, root: LexborNode) -> None:
        """Visit everything below `root` in order, without recursion."""
        todo: list[tuple[LexborNode, bool]] = [(child, False) for child in reversed(_children(root))]
        while todo:
            node, is_left = todo.pop()
            if is_left:
                self._leave(node)
            elif node.tag == "-text":
                self._write(node.text_content or "")
            elif not _is_silent(node):
                self._enter(node)
                todo.append((node, True))
                todo.extend((child, False) for child in reversed(_children(node)))

    def text(self) -> str:
        """What was written, with at most one empty line in a row."""
        self._end_line()
        out: list[str] = []
        for line in self._lines:
            if line.strip("> ") or (out and out[-1].strip("> ")):
                out.append(line)
        return "\n".join(out).strip("\n")

    def _enter(self, node: LexborNode) -> None:
        tag = node.tag
        if tag == "br":
            self._end_line(even_empty=True)
        elif tag in _BLOCKS:
            self._end_line()
            if tag in _APART and not self._bullet:
                self._lines.append(self._mark())
        elif tag in ("td", "th") and self._parts:
            self._parts.append(" ")
        if tag == "li":
            self._bullet = "- "
        self._quoted += tag == "blockquote"
        self._kept_as_is += tag == "pre"

    def _leave(self, node: LexborNode) -> None:
        tag = node.tag
        if tag in _BLOCKS:
            self._end_line()
        if tag == "li":
            self._bullet = ""
        self._quoted -= tag == "blockquote"
        self._kept_as_is -= tag == "pre"
        if tag in _APART:
            self._lines.append(self._mark())

    def _write(self, text: str) -> None:
        if not self._kept_as_is:
            words = " ".join(text.replace("\xa0", " ").split())
            if words or text:
                before = " " if text[:1].isspace() else ""
                after = " " if words and text[-1:].isspace() else ""
                self._parts.append(before + words + after)
            return
        first, *rest = text.split("\n")
        self._parts.append(first)
        for line in rest:
            self._end_line(even_empty=True)
            self._parts.append(line)

    def _end_line(self, *, even_empty: bool = False) -> None:
        line = "".join(self._parts)
        self._parts.clear()
        if not self._kept_as_is:
            line = " ".join(line.split())
        if line.strip() or (even_empty and not self._bullet):
            self._lines.append(self._mark() + self._bullet + line)
            self._bullet = ""

    def _mark(self) -> str:
        return "> " * min(self._quoted, 5)


def _children(node: LexborNode) -> list[LexborNode]:
    return list(node.iter(include_text=True))


def _is_silent(node: LexborNode) -> bool:
    if node.tag in _SILENT:
        return True
    attributes = node.attributes
    return "hidden" in attributes or "display:none" in (attributes.get("style") or "").replace(" ", "").lower()
