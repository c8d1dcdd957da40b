"""Plain text to the small HTML in which helpdesks keep comments."""

from __future__ import annotations

from html import escape


def to_html(text: str) -> str:
    """Paragraphs at empty lines, breaks at single ones; everything is escaped."""
    paragraphs = (part.strip("\n") for part in text.replace("\r\n", "\n").split("\n\n"))
    return "".join(f"<p>{escape(part).replace(chr(10), '<br>')}</p>" for part in paragraphs if part.strip())
