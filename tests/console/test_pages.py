"""What goes wrong in the console is told on a page of the console, with a way on."""

from __future__ import annotations

import re

import pytest

from guidance.errors import HelpdeskError, StoreUnavailableError
from tests.console.test_doors import OPEN


@pytest.mark.parametrize("path", ["/console/nowhere", "/console/rules/a/b/c", "/console/pause"])
def test_an_address_that_is_none_is_told_on_a_page_with_a_way_on(owner, path):
    answer = owner.get(path)
    assert (answer.status_code, answer.mimetype) == (404, "text/html")
    assert "There is no page at this address" in answer.text
    assert "There is nothing here" in answer.text
    assert 'href="/console/rules"' in answer.text


def test_what_is_refused_is_not_told_as_what_is_missing(owner):
    assert "There is nothing here" in owner.get("/console/rules/no.such-rule").text
    refused = owner.post("/console/people", email="no address", name="", role="viewer", password="short")
    assert refused.status_code >= 400 and "There is nothing here" not in refused.text


def test_a_slash_at_the_end_leads_to_the_same_beginning(stranger):
    assert ("GET", "/console/") in OPEN
    answer = stranger.get("/console/")
    assert (answer.status_code, answer.location) == (303, "/console/rules")


def test_what_the_api_lacks_is_told_in_its_own_form(owner):
    assert owner.get("/api/v1/nowhere").json["error"]["code"] == "not_found"


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (StoreUnavailableError(retry_after=7), "can&#39;t reach its store just now"),
        (HelpdeskError("the customer's words"), "helpdesk does not answer just now"),
        (KeyError("the customer's words"), "Something went wrong here"),
    ],
)
def test_a_fault_of_ours_is_told_on_a_page_that_offers_to_try_again(app, owner, error, words):
    app.view_functions["console.get-console-rules"] = failing(error)
    answer = owner.get("/console/rules?q=parcel")
    assert (answer.status_code, answer.mimetype) == (503, "text/html")
    assert words in answer.text
    assert re.search(r'href="/console/rules\?q=parcel"[^>]*>Try again', answer.text)
    assert answer.headers["Retry-After"]
    assert "customer" not in answer.text


def failing(error):
    def fail():
        raise error

    return fail
