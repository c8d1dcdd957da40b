"""Help that works for whoever has only the running service: the documents that pages refer to."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import guidance.console
from guidance.console.markdown import as_html
from guidance.rules.conditions import KINDS

TEMPLATES = Path(guidance.console.__file__).parent / "templates" / "console"


def test_every_kind_of_condition_is_told_in_the_console(people):
    for someone in people.values():
        told = someone.get("/console/help/rules").text
        assert [kind for kind in KINDS if f"<code>{kind}</code>" not in told] == []


def test_the_fields_of_a_conversation_are_told_in_the_console(owner):
    told = owner.get("/console/help/wire").text
    assert '<th scope="row"><code>comments[]</code></th>' in told
    assert "<h2>Conversation</h2>" in told


def test_a_page_of_help_that_there_is_not_is_told_so(owner):
    assert owner.get("/console/help/../../etc/passwd").status_code == 404
    assert owner.get("/console/help/console").status_code == 404


def test_no_page_sends_its_reader_to_a_file_that_they_may_not_have():
    told = {path.name: re.findall(r"docs/[\w-]+\.md", path.read_text("utf8")) for path in TEMPLATES.glob("*.html")}
    assert {name: found for name, found in told.items() if found} == {}


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("## A *title*", "<h2>A <em>title</em></h2>"),
        ("one\ntwo\n\nthree", "<p>one\ntwo</p>\n<p>three</p>"),
        ("a `b < c` **d**", "<p>a <code>b &lt; c</code> <strong>d</strong></p>"),
        ("```yaml\na: <b>\n\nc: 1\n```", '<pre tabindex="0">a: &lt;b&gt;\n\nc: 1\n</pre>'),
        ("- one\n- `two`", "<ul>\n<li>one</li>\n<li><code>two</code></li>\n</ul>"),
        ("1. one\n   - two", "<ol>\n<li>one\n<ul>\n<li>two</li>\n</ul>\n</li>\n</ol>"),
        ("[here](here.md) [away](away.md)", '<p><a href="/at/here.md">here</a> away</p>'),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
    ],
)
def test_a_document_is_drawn_as_it_is_written(text, html):
    assert as_html(text, lambda target: f"/at/{target}" if target.startswith("here") else "").strip() == html


def test_a_table_names_each_value_so_that_its_rows_can_be_cards():
    told = as_html("| field | its `meaning` |\n|---|---|\n| `id` | a text, or `a \\| b` |", lambda _: "")
    assert 'role="region" aria-label="field, its meaning"' in told
    assert '<th scope="col">field</th>' in told
    assert (
        '<th scope="row"><code>id</code></th>\n<td data-label="its meaning">a text, or <code>a | b</code></td>' in told
    )
