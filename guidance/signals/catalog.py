"""Every signal by name: what it means, on which side it is heard, and whether it leaves the process (docs/wire.md)."""

from __future__ import annotations

from typing import Final

LAST_WIRE: Final = ("upset", "feeling", "grateful", "repeat_contact", "churn_risk", "asks", "urgent")
DRAFT_WIRE: Final = (
    "acknowledgement",
    "apology",
    "action",
    "promise",
    "defensive",
    "scripted",
    "refusal",
    "alternative",
    "thanks",
    "asks",
)

CUSTOMER: Final[dict[str, str]] = {
    "upset": "annoyed or disappointed, however mildly, up to rage; a calm report of a fault is not",
    "grateful": "real thanks or praise; a bare closing thanks is not",
    "repeat_contact": "not the first time, or they waited or were passed around",
    "churn_risk": "they will leave, cancel, or take it to a regulator, a court or the press",
    "asks": "a real question or request that expects an answer",
    "urgent": "they press for time",
    "abusive": "insults or threats aimed at people",
    "joy": "joy shows",
    "worry": "worry or fear shows",
    "sadness": "sadness shows",
    "embarrassment": "they are embarrassed or blame themselves",
    "occasion": "a birthday, wedding, new baby, new job or the like of theirs",
    "loss": "illness, accident or bereavement in their life",
}

AGENT: Final[dict[str, str]] = {
    "acknowledgement": "names or validates this customer's situation, effort or feeling",
    "apology": "says sorry, in any form",
    "action": "says concretely what was, is or will be done, gives a step or answer, or asks for the details needed",
    "promise": "commits the agent or the company to something after this message",
    "defensive": "justifies, shifts blame, hides behind policy, minimises or contradicts",
    "scripted": "feels canned, with nothing specific to this customer",
    "refusal": "says no to what the customer wants",
    "alternative": "offers a next best step beside a no",
    "thanks": "thanks the customer",
    "asks": "asks the customer something",
    "presumes": "presumes fault, motive or ignorance",
    "servile": "grovels, or apologises over and over",
    "pitch": "sells, upsells or promotes",
    "favour": "asks for a review, a survey, a rating, or a form that is not needed to help",
    "retort": "answers in kind: sarcasm, snapping back",
    "rushed": "curt and disinterested",
    "procedure": "puts procedure before the person, or asks again for what was given",
    "forced_cheer": "cheer out of tune with an unhappy customer",
    "empty_care": "words of care and no deed",
    "handover": "passes the customer on to somebody else",
    "news": "tells something new of the matter: an answer, a decision, a finding, a way on; that somebody is still at it is none",
    "names_next": "says which person or team takes over",
    "open_door": "closes with an offer of further help",
    "public_data": "repeats personal data of the customer",
    "mocks": "mocks or belittles somebody, in an internal note",
}

IN_SENTENCES: Final[dict[str, str]] = {
    "excuse": "one of its sentences is defensive, however decent the rest",
    "boilerplate": "two of its sentences are canned, whatever else it says",
}
"""Signals of our side that single sentences tell, by the models of others."""

CUES: Final = {
    "customer": (
        "complains",
        "is_calm",
        "answers_us",
        "wants_help",
        "ranted",
        "tried_before",
        "leaves",
        "thanks_us",
        "praises",
        "tells_kindness",
        "marvels",
        "exclaims",
        "reports",
    ),
    "agent": (
        "named_trouble",
        "bare_regret",
        "asks_detail",
        "asks_vaguely",
        "gives_step",
        "says_done",
        "gives_fact",
        "links",
        "waits",
        "pleasantry",
        "courtesy",
        "looks_into",
        "no_promise",
        "on_condition",
        "requests",
        "right_now",
        "no_particulars",
        "one_particular",
        "two_particulars",
        "few_particulars",
        "some_particulars",
    ),
}
"""No signals of their own: kinds of wording, and how little a reply says of any matter, that the models weigh beside a text's words."""
