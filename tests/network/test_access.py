"""Who may open which ticket, from roster and card alone."""

import pytest

from guidance.model import Colleague, Reach
from guidance.network import may_see
from tests.network.people import card

HERE = card(group="Delivery", assignee_id="7", organization="Ruiz Bakery")


@pytest.mark.parametrize(
    ("reach", "told", "may"),
    [
        (Reach.ALL, {}, True),
        (Reach.UNKNOWN, {"groups": ("Delivery",)}, False),
        (Reach.GROUPS, {"groups": ("delivery",)}, True),
        (Reach.GROUPS, {"groups": ("Billing",)}, False),
        (Reach.ORGANIZATIONS, {"organizations": ("Ruiz Bakery",)}, True),
        (Reach.ORGANIZATIONS, {"organizations": ("Other Ltd",)}, False),
        (Reach.ASSIGNED, {"groups": ("Delivery",)}, False),
    ],
)
def test_a_restriction_opens_what_it_says_and_no_more(reach, told, may):
    assert may_see(Colleague(id="21", name="Dev", reach=reach, **told), HERE) is may


def test_whoever_has_a_ticket_may_open_it_and_nobody_in_particular_may_not():
    assert may_see(Colleague(id="7", name="Lena", reach=Reach.ASSIGNED), HERE)
    assert not may_see(None, HERE)
    assert not may_see(Colleague(id="7", name="Lena"), HERE)
