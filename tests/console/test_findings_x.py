"""What a backtest found: each finding once, how many were judged right, and what tells one run from another."""

from __future__ import annotations

import re
from html import unescape

import pytest

from guidance.jobs import Backtester
from tests.console.furnished import RULE
from tests.console.test_evidence import started
from tests.console.test_publishing import drafted
from tests.conversations_made import made
from tests.edges import SETTINGS


@pytest.fixture
def backtester(store, clock, app):
    return Backtester(store, SETTINGS, clock=clock)


def judged(someone, location, word, count):
    names = re.findall(r'data-hit="([^"]+)"', someone.get(location).text)
    for name in names[:count]:
        path = f"/api/v1/backtests/{location.rpartition('/')[2]}/judgements"
        assert someone.send("PUT", path, {"hit": unescape(name), "word": word}).status_code == 200
    return names


def test_a_backtest_says_how_many_of_its_findings_are_right_and_shows_each_once(editor, backtester):
    loud = RULE.replace("    moments", "    level: warning\n    moments")
    drafted(editor, loud.replace("which day", "please").replace("Which day will", "Please say when will"))
    location = started(editor, "\n".join(made(40)).encode(), file="day").location
    backtester.step()
    names = judged(editor, location, "right", 3)
    judged(editor, location, "wrong", 1)
    page = editor.get(location).text
    open("/tmp/bt.html", "w").write(page)
    assert "2 of 3 judged are right" in page
    assert len(names) == len(set(names))
    assert "of these stand above, to judge there" in page


def test_two_backtests_are_told_apart_in_the_list(editor, backtester):
    for count in (6, 40):
        started(editor, "\n".join(made(count)).encode(), rule="three-as.acknowledge")
        backtester.step()
    came = re.findall(r'data-label="What came of it">(.*?)</td>', editor.get("/console/backtests").text)
    assert len(set(came)) == 2 and all("0 new, 0 gone, 0 changed" in one for one in came)
