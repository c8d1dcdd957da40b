"""Charts, drawn by pygal: lines told apart by their dashes and their names as well as by colour."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from xml.etree.ElementTree import Element, tostring

import pygal
from flask import Response as FlaskResponse
from msgspec import Struct
from pygal.style import Style
from werkzeug.wrappers import Response

from guidance.console.measures import signed

# pygal leaves an import hook of an older Python behind, for maps that nobody here draws; each later import would warn of it.
sys.meta_path[:] = [one for one in sys.meta_path if type(one) is not pygal.PluginImportFixer]

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
"""An image's own: it may hold styles of its own, and loads nothing."""

_FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, Arial, sans-serif'
_STYLE = Style(
    background="transparent",
    plot_background="transparent",
    foreground="#5c6970",
    foreground_strong="#5c6970",
    foreground_subtle="#d8dcde",
    colors=("#1f73b7", "#0b6e4f", "#8f4410"),
    font_family=_FONT,
    label_font_size=11,
    major_label_font_size=11,
    value_label_font_size=12,
    value_font_size=6,  # also how far a line's name stands from its end: further, it would lie on the dates
    no_data_font_size=14,
    transition="0s",
)
_DARK = (
    "inline:text { fill: #5c6970 !important } .axis path { stroke: #d8dcde !important }"
    " @media (prefers-color-scheme: dark) { text { fill: #a8b1b7 !important } .axis path { stroke: #414b53 !important }"
    " .series path, .series circle { filter: brightness(1.7) } }"
)
_SCRIPT = "{*}script"
_DASHES: tuple[dict[str, str], ...] = ({}, {"dasharray": "8, 4"}, {"dasharray": "2, 4"})


class Series(Struct, frozen=True):
    """One line: its name, which stands where it is highest, and its values."""

    name: str
    values: Sequence[int | None]


class Bar(Struct, frozen=True):
    """One bar: its name, its value, and between which two the true one lies, shown as a whisker."""

    name: str
    value: float
    low: float
    high: float


def drawn(labels: Sequence[str], series: Sequence[Series]) -> Response:
    """A chart as an SVG image, at most three lines over the same labels."""
    chart = pygal.Line(
        style=_STYLE,
        css=["file://style.css", "file://graph.css", _DARK],
        js=[],
        width=720,
        height=220,
        margin_right=70,
        show_legend=False,
        print_labels=True,
        dots_size=2,
        include_x_axis=True,
        show_minor_x_labels=False,
        x_labels_major_count=4,
        truncate_label=-1,
        max_scale=5,
        min_scale=1,
        value_formatter=lambda value: f"{value:.0f}" if value == int(value) else "",
        no_data_text="Nothing was counted yet",
    )
    chart.x_labels = list(labels)
    for one, dashes in zip(series, _DASHES, strict=False):
        chart.add(one.name, _named(one), stroke_style={"width": 2, **dashes})
    return _answered(chart)


def compared(bars: Sequence[Bar]) -> Response:
    """Bars beside each other as an SVG image, each with its name and value below it and a whisker for its interval."""
    ends = [end for one in bars for end in (one.low, one.high, 0.0)]
    chart = pygal.Bar(
        style=_STYLE,
        css=["file://style.css", "file://graph.css", _DARK],
        js=[],
        width=720,
        height=220,
        show_legend=False,
        truncate_label=-1,
        max_scale=5,
        range=(min(ends) - 0.05, max(ends) + 0.05) if bars else None,
        value_formatter=signed,
        no_data_text="There are too few to tell yet",
    )
    chart.x_labels = [f"{one.name}: {signed(one.value)}" for one in bars]
    chart.add(None, [{"value": one.value, "ci": {"low": one.low, "high": one.high}} for one in bars])
    return _answered(chart)


def _answered(chart: pygal.Graph) -> Response:
    response = FlaskResponse(_without_scripts(chart.render_tree()), content_type="image/svg+xml")
    response.headers["Content-Security-Policy"] = _POLICY
    return response


def _named(one: Series) -> list[int | None | dict[str, int | str]]:
    """The values, the highest with the line's name."""
    highest = one.values.index(max(value for value in one.values if value is not None))
    return [
        {"value": value, "label": one.name} if place == highest and value is not None else value
        for place, value in enumerate(one.values)
    ]


def _without_scripts(tree: Element) -> bytes:
    for parent in list(tree.iter()):
        for child in parent.findall(_SCRIPT):
            parent.remove(child)
    return tostring(tree)
