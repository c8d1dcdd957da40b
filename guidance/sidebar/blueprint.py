"""The sidebar's blueprint, with all its doors."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from flask import Blueprint

from guidance.accounts import AccountBook
from guidance.ports import Account, Helpdesk, Store
from guidance.rules import Rulebook
from guidance.sidebar.about import About
from guidance.sidebar.calendar import Calendar
from guidance.sidebar.claiming import Claiming
from guidance.sidebar.cors import answer_other_origins
from guidance.sidebar.followups import FollowUps
from guidance.sidebar.network import Network
from guidance.sidebar.page import Page
from guidance.sidebar.quiet import Quiet
from guidance.sidebar.sessions import Sessions
from guidance.sidebar.tickets import Tickets
from guidance.sidebar.wiring import Wiring


def create_blueprint(
    *,
    store: Store,
    accounts: AccountBook,
    sessions: Sessions,
    rulebook: Callable[[], Rulebook],
    helpdesk: Callable[[Account], Helpdesk],
    clock: Callable[[], datetime],
    zaf_sdk_url: str,
) -> Blueprint:
    """The page, its sessions, and the API under `/api/v1` that it speaks. Errors of ours are raised for the app to answer."""
    wiring = Wiring(
        store=store,
        accounts=accounts,
        sessions=sessions,
        rulebook=rulebook,
        helpdesk=helpdesk,
        clock=clock,
        zaf_sdk_url=zaf_sdk_url,
    )
    blueprint = Blueprint("sidebar", __name__, template_folder="templates")
    doors = (Page, Claiming, Tickets, FollowUps, Calendar, Quiet, Network, About)
    for door in doors:
        door(wiring).add_to(blueprint)
    answer_other_origins(blueprint, wiring)
    return blueprint
