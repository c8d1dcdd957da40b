"""Whom the sidebar names: three at most, by name, from what the reader may open, and nobody who rests."""

from msgspec.structs import replace

from guidance.model import Reach, Roster, Similar, Status
from guidance.network import choose
from tests import cast
from tests.network.people import AMIR, DEV, LENA, MEI, NOUR, ROSTER, card

HERE = card("9", status=Status.OPEN, assignee_id="12")


def hit(solver, score, *, shared=3, **told):
    return Similar(card(solver_id=solver.id, **told), score, shared)


def named(*hits, reader=AMIR, here=HERE, resting=(), roster=ROSTER):
    return [one.name for one in choose(hits, roster, reader_id=reader.id, here=here, resting=resting)]


def test_those_who_solved_tickets_like_this_one_come_by_name_without_order():
    assert named(hit(MEI, 9), hit(DEV, 20), hit(LENA, 1)) == ["Dev Patel", "Lena Brandt", "Mei Tanaka"]


def test_one_word_in_common_is_chance():
    assert named(hit(MEI, 9, shared=1)) == []


def test_much_other_work_does_not_outweigh_the_ticket_that_fits():
    roster = Roster(
        at=cast.NOW,
        colleagues=(*ROSTER.colleagues, replace(DEV, id="31", name="Ana"), replace(DEV, id="32", name="Bo")),
    )
    crowd = [hit(LENA, 4) for _ in range(40)]
    found = choose(
        [hit(MEI, 9), hit(replace(DEV, id="31"), 9), hit(replace(DEV, id="32"), 9), *crowd],
        roster,
        reader_id="12",
        here=HERE,
        resting=(),
    )
    assert [one.name for one in found] == ["Ana", "Bo", "Mei Tanaka"]


def test_tickets_that_the_reader_may_not_open_do_not_count():
    reader = replace(AMIR, reach=Reach.GROUPS, groups=("Billing",))
    roster = Roster(at=cast.NOW, colleagues=(reader, DEV, MEI))
    assert named(hit(MEI, 9), hit(DEV, 2, group="Billing"), roster=roster) == ["Dev Patel"]


def test_a_colleague_who_may_not_open_this_ticket_is_not_named():
    assert named(hit(NOUR, 9)) == []
    assert named(hit(NOUR, 9), here=replace(HERE, group="Billing")) == ["Nour Haddad"]


def test_the_reader_the_assignee_the_absent_the_resting_and_the_gone_are_not_named():
    assert named(hit(AMIR, 9)) == []
    assert named(hit(LENA, 9), here=replace(HERE, assignee_id="7")) == []
    assert named(hit(DEV, 9), resting={"21"}) == []
    away = Roster(at=cast.NOW, colleagues=(AMIR, replace(DEV, is_away=True)))
    assert named(hit(DEV, 9), roster=away) == []
    assert named(hit(DEV, 9), roster=Roster(at=cast.NOW, colleagues=(AMIR,))) == []


def test_nobody_is_named_to_somebody_of_whom_nothing_is_known():
    assert named(hit(DEV, 9), roster=Roster(at=cast.NOW, colleagues=(DEV,))) == []
