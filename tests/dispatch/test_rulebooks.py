"""The rulebook in force: what is compiled at the start, and what stays when a later one can't be."""

import gc
import weakref

import pytest

from guidance.dispatch import rulebooks
from guidance.dispatch.rulebooks import LiveRulebook
from guidance.ports import Change, Edition
from tests.cast import NOW

HOUSE = """\
pack: house.day
version: 1
title: Name the day
rules:
  - id: house.day
    principle: three-as
    family: house
    title: Which day
    moments: [draft]
    when: last.asks
    hint: {say: "Name the day.", why: "They asked when."}
    examples:
      fires: [{last: "When?", draft: "Soon."}]
      silent: [{last: "Thanks.", draft: "Soon."}]
"""


@pytest.fixture
def collector():
    """The cycle collector, as it was before once the test is over."""
    before = gc.get_threshold()
    yield gc
    gc.unfreeze()
    gc.set_threshold(*before)


@pytest.fixture
def compiled(monkeypatch):
    """What was compiled: `shipped`, or the names of the house's files."""
    done = []

    def shipped(folder=None):
        done.append("shipped")
        return load(folder)

    def house(packs, files):
        done.append(sorted(files))
        return build(packs, files)

    load, build = rulebooks.load_rulebook, rulebooks.house_rulebook
    monkeypatch.setattr(rulebooks, "load_rulebook", shipped)
    monkeypatch.setattr(rulebooks, "house_rulebook", house)
    return done


def publish(store, files):
    edition = Edition(number=store.edition().number + 1, files=files)
    assert store.publish(edition, change=Change(at=NOW, who="lena@example.com", what="published", subject="file:day"))


def test_without_rules_of_the_house_the_shipped_ones_are_compiled_once(store, compiled):
    live = LiveRulebook(store)
    assert live.look()
    assert live().rules
    assert compiled == ["shipped"]


def test_with_rules_of_the_house_one_rulebook_is_compiled(store, compiled):
    publish(store, {"day": HOUSE})
    live = LiveRulebook(store)
    live.look()
    assert "house.day" in live().rules
    assert compiled == [["day"]]


def test_when_the_house_takes_its_rules_back_the_shipped_ones_are_there_again(store):
    publish(store, {"day": HOUSE})
    live = LiveRulebook(store)
    live.look()
    publish(store, {})
    live.look()
    assert "house.day" not in live().rules
    assert live.edition == 2


def test_one_that_can_not_be_compiled_leaves_what_was_there(store):
    live = LiveRulebook(store)
    publish(store, {"day": HOUSE})
    live.look()
    publish(store, {"day": "pack: house.day\n"})
    live.look()
    assert "house.day" in live().rules


def test_a_second_one_that_can_not_be_compiled_leaves_the_last_good_one_as_well(store):
    live = LiveRulebook(store)
    publish(store, {"day": HOUSE})
    live.look()
    for version in (1, 2):
        publish(store, {"day": f"pack: house.day\nversion: {version}\n"})
        live.look()
    assert "house.day" in live().rules


def test_one_that_can_not_be_compiled_at_the_start_leaves_the_shipped_ones(store):
    publish(store, {"day": "pack: house.day\n"})
    live = LiveRulebook(store)
    live.look()
    assert "three-as.acknowledge" in live().rules


def test_at_the_start_one_file_that_can_not_be_used_takes_none_of_the_others_with_it(store):
    publish(store, {"day": HOUSE, "late": HOUSE.replace("house.day", "house.late").replace("[draft]", "[later]")})
    live = LiveRulebook(store)
    live.look()
    assert ("house.day" in live().rules, "house.late" in live().rules) == (True, False)
    assert [problem.partition(" ")[0] for problem in live.problems] == ["late:9:"]


def test_what_was_wrong_is_forgotten_with_an_edition_in_which_nothing_is(store):
    live = LiveRulebook(store)
    for files, problems in (({"day": "pack: house.day\n"}, True), ({"day": HOUSE}, False)):
        publish(store, files)
        live.look()
        assert bool(live.problems) is problems


def test_the_cycle_collector_does_not_look_through_a_rulebook_in_force(store, collector):
    live = LiveRulebook(store)
    live.look()
    assert not any(rule is seen for seen in collector.get_objects() for rule in live().rules.values())
    assert len(live().rules) < collector.get_freeze_count()


def test_a_rulebook_that_was_replaced_goes_without_the_cycle_collector(store, collector):
    publish(store, {"day": HOUSE})
    live = LiveRulebook(store)
    live.look()
    replaced = weakref.ref(live())
    publish(store, {})
    collector.disable()
    try:
        live.look()
        assert replaced() is None
    finally:
        collector.enable()
