"""Which later replies show that a promise was kept, and which only speak of it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.cast import NOW, amir_says
from tests.followups.story import ANSWER, S, Story, has_task, kept_by

REFUND = "I'll refund you by Friday"
SHIP = "I'll ship the replacement by Friday"
FIX = "I'll fix the login by Friday"
SEND = "I'll send you the invoice by Friday"
CALL = "I'll call you on Friday"
CANCEL = "I'll cancel the order today"
WORD = "I'll get back to you by Friday"
DE_R = "Ich erstatte Ihnen den Betrag bis Freitag"
DE_S = "Ich verschicke den Ersatz bis Freitag"
DE_I = "Ich schicke Ihnen die Rechnung bis Freitag"
DE_C = "Ich storniere die Bestellung heute"
DE_CALL = "Ich rufe Sie am Freitag an"
ES_R = "Le reembolsaré el importe el viernes"
ES_S = "Le enviaré el recambio un viernes"
ES_C = "Cancelaré el pedido hoy"
FR_R = "Je vous rembourse vendredi"
FR_S = "Je vous expédie le colis vendredi"
FR_I = "Je vous enverrai la facture vendredi"
FR_C = "J'annule la commande aujourd'hui"

NOT_DONE = [
    (REFUND, "It has not been refunded yet."),
    (REFUND, "We have not yet refunded the amount, sorry."),
    (REFUND, "Have you been refunded yet?"),
    (REFUND, "No refund has been issued so far."),
    (REFUND, "It will have been refunded by Monday."),
    (REFUND, "We will get you refunded."),
    (REFUND, "It has to be refunded by accounts."),
    (REFUND, "It is being refunded."),
    (REFUND, "Once it is refunded you get a mail."),
    (REFUND, "As soon as your order has been refunded you get a mail."),
    (REFUND, "It should have been refunded yesterday."),
    (REFUND, "It hasn't been checked and refunded."),
    (REFUND, "Nobody has refunded it."),
    (REFUND, "The parcel has not, I am afraid, been refunded yet."),
    (SHIP, "I'm sorry, it has not been shipped yet."),
    (SHIP, "Unfortunately your replacement hasn't been shipped yet."),
    (SHIP, "It wasn't shipped."),
    (SHIP, "It is not on its way yet."),
    (SHIP, "Was it shipped to your old address?"),
    (FIX, "I am afraid it is not fixed yet."),
    (FIX, "Is it working for you now?"),
    (FIX, "We are working on it."),
    (FIX, "We are now working on it."),
    (FIX, "It isn't working yet."),
    (CANCEL, "It has not been cancelled yet; we are working on it."),
    (CANCEL, "It could not be cancelled."),
    (CANCEL, "It has never been cancelled."),
    (SEND, "I have not sent the invoice yet."),
    (SEND, "The invoice hasn't been sent yet, I am sorry."),
    (SEND, "Nothing is attached yet."),
    (SEND, "Could you send the attached form back?"),
    (SEND, "I haven't e-mailed it."),
    (CALL, "Sorry, I have not called you yet."),
    (CALL, "I tried to reach our warehouse but nobody answered."),
    (CALL, "I spoke to the courier about the parcel."),
    (CALL, "I called the warehouse and they are looking."),
    (CALL, "I called the warehouse."),
    (CALL, "We spoke to the courier."),
    (CALL, "I phoned our depot today."),
    (CALL, "I missed our call today, I am sorry."),
    (CALL, "Did you get my message after I called you?"),
    (CALL, "I have spoken with the depot."),
    (WORD, "Could you please send me your order number?"),
    (WORD, 'This request was closed and merged into request #5000 "Order late".'),
    (
        FIX,
        'Request #4821 "It is fixed, and still broken" was closed and merged into this request. Last comment in request #4821: It has been fixed.',
    ),
    (WORD, "Diese Anfrage wurde geschlossen und mit der Anfrage #5000 zusammengeführt."),
    (WORD, "Esta solicitud se cerró y se fusionó con la solicitud n.º 5000."),
    (WORD, "Cette demande a été fermée et fusionnée avec la demande #5000."),
    (DE_R, "Der Betrag wurde leider noch nicht erstattet."),
    (DE_R, "Wurde Ihnen der Betrag schon erstattet?"),
    (DE_R, "Der Betrag wird nächste Woche erstattet."),
    (DE_R, "Sobald der Betrag erstattet ist, melde ich mich."),
    (DE_S, "Der Ersatz ist noch nicht verschickt."),
    (DE_S, "Verschickt wurde er noch nicht."),
    (DE_S, "Er muss erst verschickt werden."),
    (DE_I, "Die Rechnung habe ich noch nicht geschickt."),
    (DE_C, "Die Bestellung ist noch nicht storniert."),
    (DE_CALL, "Ich konnte Sie am Telefon nichts fragen, ich habe noch nicht angerufen."),
    (DE_CALL, "Leider konnte ich Sie nicht wie besprochen anrufen."),
    (ES_R, "Todavía no se ha reembolsado."),
    (ES_R, "No se ha reembolsado."),
    (ES_R, "¿Le han reembolsado ya?"),
    (ES_R, "Será reembolsado mañana."),
    (ES_S, "Aún no se ha enviado."),
    (ES_C, "El pedido no está cancelado todavía."),
    (FR_R, "Le montant n'a pas encore été remboursé."),
    (FR_R, "Avez-vous été remboursé ?"),
    (FR_R, "Le montant sera remboursé lundi."),
    (FR_S, "Le colis n'a pas été expédié."),
    (FR_S, "Dès que le colis sera expédié, je vous écris."),
    (FR_I, "La facture n'est pas encore envoyée."),
    (FR_C, "La commande n'est pas annulée."),
]

DONE = [
    (REFUND, "I've refunded the fare."),
    (REFUND, "Your refund has been issued."),
    (REFUND, "I can confirm that it has been refunded."),
    (REFUND, "I would like to let you know that the amount has been refunded."),
    (REFUND, "You will be glad to hear that it has been refunded."),
    (REFUND, "It was not easy, but it has been refunded."),
    (REFUND, "I'm sorry you had not heard from us, it has been refunded."),
    (REFUND, "We have checked and refunded it."),
    (REFUND, "The amount was refunded today and should not take longer than 3 days."),
    (REFUND, "It was not refunded on Monday but it has been refunded now."),
    (REFUND, "It was not in stock so we have refunded it."),
    (SHIP, "Your replacement has been shipped."),
    (SHIP, "It is on its way."),
    (SHIP, "The parcel has been shipped, it is not insured though."),
    (SHIP, "I'm still waiting for the tracking number, but the replacement has been shipped."),
    (FIX, "It's fixed now."),
    (FIX, "It is working now."),
    (FIX, "The login has been fixed and you don't need to do anything."),
    (CANCEL, "I have cancelled the order."),
    (SEND, "You will find the invoice attached."),
    (SEND, "Please find the invoice attached."),
    (SEND, "I have sent you the invoice."),
    (SEND, "Here is the invoice."),
    (CALL, "I called you this morning but nobody answered."),
    (CALL, "I called you today."),
    (CALL, "I've just called you."),
    (CALL, "I have tried to call you twice."),
    (CALL, "I tried calling you."),
    (CALL, "I tried your number."),
    (CALL, "It was good speaking with you just now, Rana."),
    (CALL, "As we discussed on the phone, the part comes on Monday."),
    (CALL, "We spoke earlier, here is the summary."),
    (CALL, "I rang you at ten."),
    (CALL, "I called earlier and left a message."),
    (CALL, "I tried to reach you by phone."),
    (CALL, "I called, as promised."),
    (CALL, "I spoke with you this morning."),
    (CALL, "We spoke on the phone."),
    (CALL, "As we spoke this morning, I have booked it."),
    (CALL, "Thanks for our call today."),
    (WORD, "The depot found your parcel and it leaves today."),
    (WORD, "I have merged your two tickets, and the depot found it."),
    (DE_R, "Der Betrag wurde heute erstattet."),
    (DE_R, "Ich kann bestätigen, dass wir den Betrag erstattet haben."),
    (DE_S, "Der Ersatz ist verschickt."),
    (DE_I, "Anbei finden Sie die Rechnung."),
    (DE_C, "Ich habe die Bestellung storniert."),
    (DE_CALL, "Wie telefonisch besprochen, kommt er am Montag."),
    (ES_R, "Se ha reembolsado el importe."),
    (ES_S, "El recambio ya se ha enviado."),
    (ES_C, "El pedido está cancelado."),
    (FR_R, "Nous vous avons remboursé."),
    (FR_S, "Le colis a été expédié."),
    (FR_I, "Voici la facture."),
    (FR_C, "La commande est annulée."),
]


@pytest.mark.parametrize(("promise", "reply"), NOT_DONE)
def test_what_is_asked_denied_or_announced_keeps_nothing(promise, reply):
    assert kept_by(promise, reply) is None


@pytest.mark.parametrize(("promise", "reply"), DONE)
def test_what_is_told_as_done_keeps_the_promise(promise, reply):
    assert kept_by(promise, reply)


def test_a_file_beside_words_that_deny_it_keeps_nothing():
    assert kept_by(SEND, "The invoice has not been sent yet, I'm sorry.", has_files=True) is None
    assert kept_by(SEND, "With best wishes from us all.", has_files=True)


@pytest.mark.parametrize(
    ("promise", "reply"),
    [
        ("Hi Rana, I'll refund you by tomorrow 3pm.", "Hi Rana, I'm sorry, it has not been refunded yet."),
        (ANSWER, 'This request was closed and merged into request #5000 "Order late".'),
    ],
)
def test_a_promise_of_which_nothing_was_done_stays_open_and_its_task_too(promise, reply):
    story = has_task(Story().hears(amir_says(promise))).at(NOW + timedelta(hours=3)).says(amir_says, reply)
    assert (story.promise.state, story.promise.evidence) == (S.TASK_MADE, None)
    assert story.works("task_update") == []
