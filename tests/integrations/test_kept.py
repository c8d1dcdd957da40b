"""Small facts of a helpdesk, kept for a while."""

from __future__ import annotations

from cachetools import TTLCache

from guidance.integrations.kept import Kept


def test_what_expires_while_it_is_looked_up_is_fetched_anew():
    kept, times = Kept(), [0.0]
    kept._values = TTLCache(10, 600, timer=lambda: times.pop(0) if len(times) > 1 else times[0])
    kept._values["group"] = "Delivery"
    times[:] = [599.0, 601.0]
    assert kept.get("group", lambda: "Returns") in ("Delivery", "Returns")


def test_what_is_kept_is_fetched_once():
    kept = Kept()
    assert [kept.get("group", lambda name=name: name) for name in ("Delivery", "Returns")] == ["Delivery"] * 2
