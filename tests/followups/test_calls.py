"""Which replies tell of the call that was promised, reached or not."""

from __future__ import annotations

import pytest

from tests.followups.story import kept_by

CALL = "I'll call you tomorrow at 3pm"
DE_CALL = "Ich rufe Sie morgen um 15 Uhr an"
FR_CALL = "Je vous appelle demain à 15 h"
ES_CALL = "Le llamo mañana a las 15 h"
RING = "I'll give you a ring tomorrow at 3pm"

CALLED = [
    (CALL, "I phoned at three but only reached your answering machine."),
    (CALL, "Thanks for taking the time to talk earlier."),
    (CALL, "You didn't pick up when I rang just now."),
    (CALL, "I've just come off the phone with you, so here's what we agreed."),
    (DE_CALL, "Ich habe gerade versucht, Sie zu erreichen, leider ging niemand ran."),
    (FR_CALL, "Je viens de vous laisser un message vocal."),
    (ES_CALL, "Le llamé hace un rato y no contestó."),
    (CALL, "I got through to your voicemail twice this afternoon."),
    (CALL, "Sorry I missed you when I called."),
    (CALL, "As I told you on the phone, a new meter is due."),
    (CALL, "I rang, you were driving, and we agreed on Friday."),
    (CALL, "Your line was engaged both times I tried."),
    (CALL, "Thanks for chatting to me at lunchtime."),
    (DE_CALL, "Ich habe es um drei bei Ihnen klingeln lassen, aber es ging nur der Anrufbeantworter dran."),
    (FR_CALL, "Je vous ai laissé un message à 15 h."),
    (ES_CALL, "He intentado llamarle a las tres y no lo cogió."),
    (RING, "Missed you at three, I let it ring for ages."),
    (RING, "It was a pleasure speaking with you at lunchtime."),
    (RING, "I've phoned you twice now without success."),
    (RING, "My call at three went to a mailbox with somebody else's name."),
    (RING, "We've just hung up, so here are the dates again."),
    (RING, "I called the number on file and your daughter answered."),
    (DE_CALL, "Schön, dass wir eben sprechen konnten."),
    (CALL, "Nice chatting with you a second ago!"),
    (CALL, "Good to finally hear your voice, Rana."),
    (CALL, "Following up on our chat on the phone: the meter is ordered."),
    (CALL, "I gave you a ring at 11 and got no answer."),
    (CALL, "I left you a voicemail a moment ago."),
    (CALL, "Just tried your cell, it went straight to voicemail."),
    (CALL, "Couldn't reach you on either number just now."),
]

NOT_CALLED = [
    (CALL, "I tried the workshop but nobody picked up."),
    (CALL, "I'll be ringing you shortly."),
    (CALL, "I was about to ring when the fire alarm went."),
    (CALL, "Couldn't call, my headset died."),
    (CALL, "We can talk whenever it suits you."),
    (CALL, "I called your bank about it."),
    (DE_CALL, "Ich komme heute leider nicht dazu, Sie anzurufen."),
    (RING, "I'd love to call, but my voice is gone."),
    (RING, "Our call has slipped to the evening."),
    (RING, "I rang your landlord at three."),
    (RING, "Could not ring at three, the meeting overran."),
    (CALL, "I called your neighbour as you asked."),
    (CALL, "Please call us when you're in."),
    (CALL, "I'm about to call you."),
    (CALL, "I'll be calling you in ten minutes."),
    (CALL, "I'm sorry I didn't call."),
    (CALL, "Our phones are down, so the call may be late."),
]


@pytest.mark.parametrize(("promise", "reply"), CALLED)
def test_a_call_that_was_tried_is_kept_whether_it_reached_them_or_not(promise, reply):
    assert kept_by(promise, reply)


@pytest.mark.parametrize(("promise", "reply"), NOT_CALLED)
def test_a_call_to_somebody_else_or_one_that_did_not_come_about_keeps_nothing(promise, reply):
    assert kept_by(promise, reply) is None
