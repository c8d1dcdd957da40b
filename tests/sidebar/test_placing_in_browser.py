"""Where a line goes that is put into a reply: after the greeting or above the sign-off, wherever the cursor is."""

from __future__ import annotations

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.timeout(60)]

WORDS = "That is a lot to put up with."


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "Hi Rana,\n\nWe have cancelled it.\n\nBest regards,\nAmir",
            f"Hi Rana,\n\n{WORDS}\n\nWe have cancelled it.\n\nBest regards,\nAmir",
        ),
        ("Hi Rana,\nWe have cancelled it.\nAmir", f"Hi Rana,\n{WORDS}\nWe have cancelled it.\nAmir"),
        ("Hi Rana,", f"Hi Rana,\n\n{WORDS}"),
        ("Hi Rana,\n\n", f"Hi Rana,\n\n{WORDS}"),
        ("We have cancelled it.", f"{WORDS}\n\nWe have cancelled it."),
        ("Hi Rana, we have cancelled it.", f"Hi Rana,\n\n{WORDS}\n\nWe have cancelled it."),
        ("Hi Rana. We have cancelled it.", f"Hi Rana.\n\n{WORDS}\n\nWe have cancelled it."),
        ("Hallo Rana, übrigens ist es weg.", f"Hallo Rana,\n\n{WORDS}\n\nÜbrigens ist es weg."),
    ],
)
def test_what_comes_before_the_rest_follows_the_greeting(module, before, after):
    assert module("letter.js", "(m, text, words) => m.placed(text, words, 'opening')", before, WORDS) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Hi Rana,\n\nIt left.\n\nBest regards,\nAmir", f"Hi Rana,\n\nIt left.\n\n{WORDS}\n\nBest regards,\nAmir"),
        ("It left.\nBest, Amir", f"It left.\n{WORDS}\nBest, Amir"),
        (
            "Hallo Rana,\nes ging ab.\nViele Grüße\nAmir Khan\nGartenbau Nord",
            f"Hallo Rana,\nes ging ab.\n{WORDS}\nViele Grüße\nAmir Khan\nGartenbau Nord",
        ),
        ("It left.\n\nAmir", f"It left.\n\n{WORDS}\n\nAmir"),
        ("It left.\n\n--\nAmir Khan, Support", f"It left.\n\n{WORDS}\n\n--\nAmir Khan, Support"),
        ("It left.\n\nThanks for waiting", f"It left.\n\nThanks for waiting\n\n{WORDS}"),
        ("It left today.", f"It left today.\n\n{WORDS}"),
        ("We", f"We\n\n{WORDS}"),
    ],
)
def test_any_other_line_stands_above_the_sign_off(module, before, after):
    assert module("letter.js", "(m, text, words) => m.placed(text, words, 'end')", before, WORDS) == after


@pytest.mark.parametrize(
    ("place", "before", "after"),
    [
        (
            "opening",
            "<p>Hi Rana,</p><p>It left.</p><p>Amir</p>",
            f"<p>Hi Rana,</p><p>{WORDS}</p><p>It left.</p><p>Amir</p>",
        ),
        (
            "end",
            "<p>Hi Rana,</p><p>It left.</p><p>Best,<br>Amir</p>",
            f"<p>Hi Rana,</p><p>It left.</p><p>{WORDS}</p><p>Best,<br>Amir</p>",
        ),
        ("opening", "Hi Rana,<br><br>It left.<br><br>Amir", f"Hi Rana,<br><br>{WORDS}<br><br>It left.<br><br>Amir"),
        ("end", "Hi Rana,<br><br>It left.<br><br>Amir", f"Hi Rana,<br><br>It left.<br><br>{WORDS}<br><br>Amir"),
        (
            "opening",
            "Hi Rana,<div><br></div><div>It left.</div><div><br></div><div>Best,</div><div>Amir</div>",
            f"Hi Rana,<div><br></div><div>{WORDS}</div><div><br></div><div>It left.</div><div><br></div><div>Best,</div><div>Amir</div>",
        ),
        (
            "end",
            "Hi Rana,<div>It left.</div><div>Best,</div><div>Amir</div>",
            f"Hi Rana,<div>It left.</div><div>{WORDS}</div><div>Best,</div><div>Amir</div>",
        ),
        ("opening", "<p>Hi <b>Rana</b>, it left.</p>", f"<p>Hi <b>Rana</b>,<br><br>{WORDS}<br><br>It left.</p>"),
        ("opening", "<ul><li>It left.</li></ul>", f"<p>{WORDS}</p><ul><li>It left.</li></ul>"),
        (
            "end",
            "<p>It left.</p><ul><li>One</li><li>Two things more.</li></ul>",
            f"<p>It left.</p><ul><li>One</li><li>Two things more.</li></ul><p>{WORDS}</p>",
        ),
        (
            "opening",
            '<div class="zd-comment"><p>Hi Rana,</p><p>It left.</p></div>',
            f'<div class="zd-comment"><p>Hi Rana,</p><p>{WORDS}</p><p>It left.</p></div>',
        ),
        ("end", "It left today.", f"It left today.<br><br>{WORDS}"),
        ("end", "It left today.<br><br>", f"It left today.<br><br>{WORDS}"),
    ],
)
def test_a_reply_in_html_is_written_into_in_its_own_way(module, place, before, after):
    assert (
        module("markup.js", "(m, html, words, place) => m.placedMarkup(html, words, place)", before, WORDS, place)
        == after
    )


def test_words_that_are_put_in_are_never_read_as_markup(module):
    told = module(
        "markup.js", "(m, html, words) => m.placedMarkup(html, words, 'end')", "<p>It left.</p>", "<b>5 < 6</b>"
    )
    assert told == "<p>It left.</p><p>&lt;b&gt;5 &lt; 6&lt;/b&gt;</p>"
