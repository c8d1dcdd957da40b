"""What a customer says that takes a promise off, and what only sounds like it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from guidance.followups.called_off import calls_off
from tests.cast import NOW, amir_says, rana_says
from tests.followups.story import CALL, S, Story

STILL_WANTED = [
    "Please don't forget the call tomorrow.",
    "Please don't forget it.",
    "Do not forget this please.",
    "Please let me know once it's fixed.",
    "Great, please let me know once it's fixed.",
    "Please call me once it's fixed.",
    "Let me know when it is sorted.",
    "I won't pay until it is resolved.",
    "I won't pay until it's resolved.",
    "I don't think it's fixed.",
    "I doubt it's fixed.",
    "I'm not sure it's resolved.",
    "It's not like it is resolved.",
    "I got it, I will wait for your call on Friday.",
    "We got it, thanks. Talk on Friday!",
    "I no longer want to wait.",
    "I no longer want to wait for this.",
    "No need to call me before noon.",
    "Don't call me before noon.",
    "Please don't send any more reminders.",
    "Please don't call, before noon I am at work.",
    "I will be home from 5, don't call before, that's settled.",
    "Nevermind the delay, just call me please.",
    "Never mind the late hour, please call me back.",
    "I don't need anything else until you call.",
    "Please make sure it's fixed before Friday.",
    "Please make sure that it is solved.",
    "I hope it's resolved soon.",
    "If it's fixed, please call.",
    "I thought it was all sorted.",
    "Is it fixed.",
    "It should be fixed by now, but it isn't.",
    "It's fixed for my colleague but not for me.",
    "They say it's resolved, but I still see the error.",
    "You told me it's sorted, it is not.",
    "Never forget this.",
    "How could you forget it!",
    "You forget it every time.",
    "Don't bother calling before ten, I am asleep.",
    "No need to send it by post, email is fine.",
    "No need to follow up by mail, a call is better.",
    "No need to call, an email is enough.",
    "You don't need to cancel my appointment.",
    "Please do not cancel the call.",
    "Don't cancel my request.",
    "Please don't skip the call.",
    "We have it fixed in writing that you call.",
    "I haven't found it yet.",
    "I have not got it yet.",
    "I have not found it so far.",
    "I never got it.",
    "I still want it fixed.",
    "I want it solved.",
    "It is not resolved.",
    "It's still not sorted.",
    "Once it's sorted please write.",
    "As soon as it is solved, call me.",
    "Before it's resolved I will not order again.",
    "Don't worry about the time, call whenever.",
    "Das hat sich noch nicht erledigt.",
    "Das hat sich nicht erledigt.",
    "Bitte rufen Sie an, sobald es sich erledigt hat.",
    "Wenn es sich erledigt hat, melden Sie sich bitte.",
    "Ich hoffe, das hat sich bald erledigt.",
    "Ein Anruf ist nicht mehr nötig, wenn Sie bis Freitag schreiben.",
    "Der Anruf ist vor 12 Uhr nicht nötig.",
    "Vergessen Sie den Anruf bitte nicht.",
    "Ich zahle erst, wenn das erledigt ist.",
    "No olviden la llamada, por favor.",
    "Ya no quiero esperar más.",
    "Avíseme cuando esté resuelto.",
    "Ya no hace falta que me llame antes del mediodía.",
    "N'oubliez pas l'appel demain.",
    "Ce n'est plus la peine d'appeler avant midi.",
    "Je ne veux plus attendre.",
    "Prévenez-moi quand c'est réglé.",
    "I will see what your regulator says, since you don't call back.",
    "Never mind the delay. Just call me, please.",
    "It's fixed now. Please call me all the same.",
]

CALLED_OFF = [
    "No need to call me any more, it has arrived.",
    "Never mind, it has arrived.",
    "Nevermind.",
    "Never mind!",
    "Forget it, I bought one elsewhere.",
    "You can forget about it.",
    "Forget the call, it works now.",
    "Please cancel the call.",
    "Please cancel my request.",
    "No need to call me any more on the number that I gave you, it has arrived.",
    "No need to call.",
    "No need to call me.",
    "No need to call me back.",
    "No need to follow up.",
    "There's no need to get back to me, thanks.",
    "No need for a call.",
    "No longer needed, thanks.",
    "This is no longer needed.",
    "I no longer need the refund.",
    "I no longer want the replacement.",
    "We no longer need this.",
    "It's sorted now.",
    "It's all sorted, thank you!",
    "All sorted, thanks.",
    "That's resolved.",
    "It is solved.",
    "It's fixed now, thanks.",
    "It has been resolved.",
    "I found it.",
    "I've found it, thanks!",
    "I have solved it myself.",
    "I got it sorted.",
    "We've fixed it ourselves.",
    "I got it this morning.",
    "Don't bother, it works.",
    "Please don't bother calling.",
    "Don't call me, it has arrived.",
    "Don't worry about it.",
    "Don't worry about the call.",
    "You don't need to call me any more.",
    "Das hat sich erledigt.",
    "Hat sich erledigt, danke.",
    "Ein Anruf ist nicht mehr nötig.",
    "Es ist nicht mehr nötig, danke.",
    "Ya no hace falta, gracias.",
    "Ya no es necesario.",
    "Ya no hace falta que me llame.",
    "Ce n'est plus nécessaire.",
    "Ce n'est plus la peine, merci.",
    "Glad it's all sorted, thanks!",
    "We do not need it any more, no need to call about the booster.",
]


@pytest.mark.parametrize("text", STILL_WANTED)
def test_a_plea_a_doubt_or_a_time_that_suits_better_takes_nothing_off(text):
    assert calls_off(text) is None


@pytest.mark.parametrize("text", CALLED_OFF)
def test_whoever_needs_nothing_more_is_believed(text):
    assert calls_off(text)


def test_a_customer_who_asks_to_keep_a_promise_finds_it_kept_track_of():
    story = Story().hears(amir_says(CALL)).at(NOW + timedelta(minutes=5))
    story.says(rana_says, "Thanks. Please don't forget the call tomorrow.")
    assert (story.promise.state, story.promise.settled_by) == (S.PLANNED, None)
