"""What is stored about an agent is told to that agent, and to nobody else."""

from __future__ import annotations

from guidance.model import CountHabit
from tests.cast import KEY
from tests.sidebar.panel import Panel


def test_an_agent_learns_what_is_stored_about_them(panel: Panel):
    store, now = panel.served.store, panel.clock()
    habits = [
        CountHabit(id="1", agent_id="12", mute="three-as.acknowledge"),
        *(CountHabit(id=f"g{place}", agent_id="12", count="names.gone") for place in range(5)),
        CountHabit(id="2", agent_id="12", count="three-as.act@2026-03-04"),
        CountHabit(id="3", agent_id="13", count="names.greet"),
    ]
    store.count(KEY.account, habits, now=now)
    store.open_feed(KEY.account, "12", "a secret of theirs")
    told = panel.call("GET", "/api/v1/me").json()
    assert told["agent_id"] == "12"
    assert [one["what"] for one in told["muted"]] == ["three-as.acknowledge"]
    assert told["counted"] == {"names.gone": 5, "three-as.act@2026-03-04": 1}
    assert told["titles"]["three-as.acknowledge"] == "The trouble is not recognised"
    assert sorted(told["titles"]) == ["three-as.acknowledge", "three-as.act"]
    assert told["has_calendar_link"] is True
    assert told["mastered"] == ["names.gone"]


def test_who_is_not_proven_learns_nothing(panel: Panel):
    opened = panel.served.sessions.open(KEY.account, "12", claimed=True)
    headers = {"Authorization": f"Bearer {opened.token}"}
    assert panel.served.request("GET", "/api/v1/me", headers=headers).status == 403
    assert panel.served.request("GET", "/api/v1/me").status == 401
