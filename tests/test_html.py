"""HTML mail as its reader sees it."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidance.text.html import to_text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>Hello</p>\n<p>World</p>", "Hello\n\nWorld"),
        ("<div>one</div><div><br></div><div>two</div>", "one\n\ntwo"),
        ("<ul><li>one</li><li>two</li></ul>", "- one\n- two"),
        ("<ol><li><div>one</div></li><li></li><li><br>two</li></ol>", "- one\n- two"),
        ("<ul><li><p>one</p><p>more</p></li><li><p>two</p></li></ul>end", "- one\n\nmore\n\n- two\n\nend"),
        ("<blockquote><ul><li><p>old</p></li></ul></blockquote>new", "> - old\n> \nnew"),
        ("<pre>a\r\n  b</pre>", "a\n  b"),
        ("<details><summary>more</summary>here</details>", "more\nhere"),
        ("<p hidden>x</p><style>y</style>z <b>&amp;</b> co", "z & co"),
        ("a < b", "a < b"),
    ],
)
def test_html_becomes_the_text_that_its_reader_sees(html, text):
    assert to_text(html) == text


TAGS = st.sampled_from(
    [
        f"<{end}{name}>"
        for name in ("p", "div", "li", "ul", "blockquote", "pre", "br", "td", "b", "hr")
        for end in ("", "/")
    ]
)


@given(st.lists(TAGS | st.sampled_from(["Ana", " ", "\n", "&nbsp;", "&lt;"]), max_size=30).map("".join))
def test_no_tangle_of_tags_loses_a_word_or_leaves_a_bare_bullet(html):
    text = to_text(html)
    assert text.count("Ana") == html.count("Ana")
    assert not any(line.strip("> ") == "-" for line in text.split("\n"))


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 40_000 + "x",
        "<blockquote>" * 40_000 + "x",
        "<Span a=1>" * 40_000 + "x",
        "<a-b>" * 40_000 + "x",
        "<div title='</div>'>" * 40_000 + "x",
        "<div><table></div></table>" * 20_000 + "x",
        "<p>" + "".join(f"<b a={n}>" for n in range(1_500)) + "</p>" + "<p>x" * 1_500,
    ],
    ids=["blocks", "quotes", "spans", "unknown", "closed in words", "closed in tables", "formatting left open"],
)
def test_however_deep_a_mail_is_nested_it_is_read_in_bounded_time(html):
    began = time.process_time()
    assert to_text(html).endswith("x")
    assert time.process_time() - began < 3


@pytest.mark.parametrize(
    "attributes",
    [
        " ".join(f"a{n}" for n in range(60_000)),
        "/".join(f"a{n}" for n in range(60_000)),
        " ".join(f"a{n}='<>'" for n in range(60_000)),
    ],
    ids=["bare", "with slashes", "with signs of tags in them"],
)
def test_a_tag_of_ever_so_many_attributes_is_read_in_bounded_time(attributes):
    began = time.process_time()
    assert to_text(f"<p {attributes}>Hello</p><p>you</p>") == "Hello\n\nyou"
    assert time.process_time() - began < 3


def test_a_picture_that_stands_in_the_mail_itself_and_a_stray_apostrophe_take_no_words_away():
    picture = f"<img src='data:image/png;base64,{'ab/cd+' * 5_000}' alt='a cat'>"
    assert to_text(f"<p>It is {picture}here</p>") == "It is here"
    assert to_text("<p don't>" + "it's so 'very' " * 2_000 + "</p>").endswith("'very'")


def test_a_mail_of_many_tags_reads_as_one_of_few():
    line = "<blockquote><p hidden>no</p><div><b>old</b> <a href='x'>news</a></div></blockquote><p>new <I >words</I></p>"
    few = to_text(line)
    assert to_text(line * 300) == "\n\n".join([few] * 300)
