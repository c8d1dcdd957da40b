"""Which replies tell in plain words that a thing was done, and which that it was done in part or otherwise."""

from __future__ import annotations

import pytest

from tests.cast import NOW, amir_says, minutes
from tests.followups.story import Story, kept_by

REFUND = "I'll refund the second payment by Friday"
SHIP = "I'll ship the replacement tomorrow"
FIX = "we'll fix the login by Friday"
CANCEL = "I'll cancel the order by tomorrow noon"
INVOICE = "I'll email you the invoice by tomorrow noon"
BOOK = "I'll book the technician for you by tomorrow noon"
LABEL = "I'll send you the return label by tomorrow noon"
DEPOSIT = "we'll refund your deposit by Friday"
CHARGER = "we'll send you a new charger by Friday"
REPAIR = "we'll repair the heater by Friday"
QUOTE = "I'll send you the quote by tomorrow noon"
DE_CONTRACT = "ich schicke Ihnen den Vertrag bis morgen Mittag"
FR_DEPOSIT = "nous vous remboursons la caution vendredi"
ES_CONTRACT = "le envío el contrato mañana antes del mediodía"

DONE = [
    (REFUND, "The money left our account this morning."),
    (REFUND, "Your card has been credited."),
    (REFUND, "Refund's done."),
    (SHIP, "Your replacement went out last night."),
    (SHIP, "The courier collected it at noon."),
    (FIX, "The login works again."),
    (FIX, "Login's fixed."),
    (CANCEL, "That's cancelled for you."),
    (INVOICE, "The invoice went out to your inbox ten minutes ago."),
    (INVOICE, "I emailed it over at ten."),
    (REFUND, "I have just transferred the 30 dollars back to you."),
    (REFUND, "The duplicate charge is gone from your card."),
    (REFUND, "Your bank has the refund now."),
    (SHIP, "I took the replacement to the post office myself."),
    (SHIP, "It's on the lorry."),
    (SHIP, "Your replacement is in transit, tracking AB123."),
    (FIX, "Logging in works for everybody again."),
    (FIX, "The fix went live at ten, you're good to go."),
    (CANCEL, "Done, the order is void."),
    (CANCEL, "The order no longer exists, you won't be charged."),
    (BOOK, "The technician is booked for Tuesday at ten."),
    (BOOK, "Lars will be with you on Tuesday at ten, it's all arranged."),
    (INVOICE, "Attached is the invoice you asked for."),
    (LABEL, "The label is in your inbox."),
    (LABEL, "Label's attached, just stick it on the box."),
    (DEPOSIT, "Your deposit has been paid out."),
    (DEPOSIT, "The 300 pounds left us yesterday and reach you by Thursday."),
    (DEPOSIT, "We wired the deposit this morning."),
    (CHARGER, "Your charger was posted first class."),
    (CHARGER, "New charger's on its way."),
    (CHARGER, "I put a new charger in the post for you."),
    (REPAIR, "The heater is running again."),
    (REPAIR, "Our man has been, the heater is warm."),
    (REPAIR, "We've got the heater going again."),
    (CANCEL, "I took the order out of the system."),
    (CANCEL, "Cancelled as you wished."),
    (QUOTE, "You'll see the quote in the attached file."),
    (QUOTE, "I mailed you the quote a minute ago."),
    (DE_CONTRACT, "Den Vertrag habe ich Ihnen eben gemailt."),
    (FR_DEPOSIT, "La caution vous a été remboursée ce matin."),
    (ES_CONTRACT, "Le acabo de mandar el contrato."),
    (REFUND, "$42.10 is on its way back to your Visa."),
    (REFUND, "I've just credited you the $42.10."),
    (REFUND, "Your money's been returned to your card."),
    (REFUND, "All done, the second payment is reversed."),
    (SHIP, "UPS picked up your new lamp this morning."),
    (SHIP, "Off it went! UPS has it."),
    (SHIP, "It went out with today's post."),
    (FIX, "All sorted, you can log in again."),
    (FIX, "The bug is history, please reload the page."),
    (FIX, "We've resolved it, the login's back to normal."),
]

PARTLY_OR_OTHERWISE = [
    (REFUND, "I've refunded the postage, the rest follows."),
    (REFUND, "The refund bounced."),
    (SHIP, "One of the two boxes has been dispatched."),
    (SHIP, "It was sent to the wrong depot."),
    (FIX, "There's a workaround: use the app, it is working there."),
    (FIX, "It's fixed for half of our users."),
    (INVOICE, "I've sent the invoice to the wrong address, sorry."),
    (CANCEL, "Only one of the two orders has been cancelled."),
    (REFUND, "We refunded 10 of the 30 dollars."),
    (REFUND, "The refund went to a closed account and came back to us."),
    (REFUND, "I have asked accounts to refund you."),
    (SHIP, "The replacement was sent back by customs."),
    (SHIP, "We shipped the cable, the charger is on back order."),
    (SHIP, "Your replacement is ready to go."),
    (FIX, "The fix works on Android, iPhones have to wait."),
    (FIX, "We fixed the layout, the login is next."),
    (CANCEL, "I could cancel just one of the items."),
    (CANCEL, "The order had left already, so it could not be cancelled."),
    (BOOK, "The technician has no free day this week."),
    (INVOICE, "Here's the delivery note, the invoice comes separately."),
    (LABEL, "The label printer is down."),
    (DEPOSIT, "The refund is waiting for a signature."),
    (DEPOSIT, "We have kept 50 and paid out the rest of the deposit."),
    (DEPOSIT, "Your deposit can be refunded once the keys are back."),
    (CHARGER, "We sent a cable, chargers are sold out."),
    (CHARGER, "The courier brought your charger back to us."),
    (CHARGER, "The charger has been ordered from our supplier."),
    (REPAIR, "The technician has been, but he needs another part."),
    (REPAIR, "We lent you a fan heater until then."),
    (REPAIR, "The heater runs, but only on low."),
    (QUOTE, "Here's a rough figure, the proper quote comes on Monday."),
    (QUOTE, "The quote is on the boss's desk for a signature."),
    (CANCEL, "The cancellation has been requested."),
    (DE_CONTRACT, "Der Vertrag liegt noch beim Chef zur Unterschrift."),
    (FR_DEPOSIT, "Le remboursement est en attente de validation."),
    (ES_CONTRACT, "El contrato está pendiente de firma."),
    (REFUND, "The refund is stuck at the bank."),
    (REFUND, "We have not been able to refund it, as the card is expired."),
    (REFUND, "I've put the refund through for approval."),
    (REFUND, "Lena will handle your refund from here."),
    (REFUND, "A refund of that size has to be signed off by my manager."),
    (REFUND, "The refund was sent to the wrong card, I'm getting it reversed."),
    (REFUND, "You asked when you'd be refunded."),
    (REFUND, "I've refunded half of it so far."),
    (SHIP, "The replacement has been packed but not collected."),
    (SHIP, "It was shipped to your old address by mistake, so I'm having it turned round."),
    (SHIP, "Only the shade has shipped, the base is out of stock."),
    (SHIP, "I've ordered the replacement from the factory."),
    (FIX, "We deployed a fix, but it broke something else, so it's been rolled back."),
    (FIX, "It works for most people again, just not for your region."),
    (FIX, "The fix is being tested."),
    (FIX, "It's working on my machine."),
]


@pytest.mark.parametrize(("promise", "reply"), DONE)
def test_a_deed_told_in_plain_words_keeps_the_promise(promise, reply):
    assert kept_by(promise, reply)


@pytest.mark.parametrize(("promise", "reply"), PARTLY_OR_OTHERWISE)
def test_what_was_done_in_part_or_otherwise_keeps_nothing(promise, reply):
    assert kept_by(promise, reply) is None


BOTH = "I'll email you the invoice and the warranty card by noon tomorrow."


@pytest.mark.parametrize(
    "reply",
    [
        "Here's the invoice. The warranty card isn't signed yet and will follow.",
        "Here's the invoice. I'll send the warranty card on Friday.",
    ],
)
def test_a_promise_of_two_things_is_open_while_one_of_them_is_to_follow(reply):
    story = Story().hears(amir_says(BOTH)).at(NOW + minutes(60)).says(amir_says, reply)
    assert story.promise.state.is_open
