"""Which replies bring the word that was promised, and which only say that somebody thinks of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cast import NOW, amir_says, minutes
from tests.followups.story import ANSWER, S, Story, kept_by

WORD = "I'll get back to you by Friday"

BROUGHT = [
    "The workshop says the hinge is covered, so the repair is free.",
    "Turns out your voucher had expired in January.",
    "I checked with the airline: the seat can't be moved, sorry.",
    "We've decided to waive the fee.",
    "Yes, you can bring the dog.",
    "I'm afraid your parcel is lost.",
    "Your claim has been accepted.",
    "Thanks for waiting. The technician found a broken fuse.",
    "I found the cause: your address had an old postcode on it.",
    "Die Werkstatt sagt, das Scharnier fällt unter die Garantie.",
    "Le transporteur a retrouvé votre colis.",
    "El taller dice que la reparación es gratuita.",
    "Amir asked the factory: they made that colour until 2023, and there is none left.",
    "Good morning Rana. Accounts looked at it again and the late fee is off your bill.",
    "The manager says yes.",
    "Short answer: no refund is possible on sale items, sorry.",
    "You were right, the price on the shelf was 12 and we charged 15.",
    "Your son can fly alone from the age of 12.",
    "To your question about the pram: it goes in the hold free of charge.",
    "I asked around and nobody has handed in a scarf, I'm afraid.",
    "Our chemist tested the sample and it's safe.",
    "I've extended your trial until June.",
    "The trip can be moved to the 14th for 20 dollars.",
    "Sadly the ferry company won't move it.",
    "He says the key is with the caretaker.",
    "The landlord turned it down.",
    "Found it: the code has a space at the end.",
    "That voucher had been used on 3 May already.",
    "Ja, der Umtausch ist möglich.",
    "Laut Fahrer wurde das Paket beim Nachbarn abgegeben.",
    "La réponse est non, le tarif ne permet pas l'échange.",
    "Sí, puede llevar al perro.",
    "It would cost 480 dollars, parts included.",
    "Mechanic's verdict: the gearbox is done for.",
    "Your suitcase flew to Oslo instead of Bergen.",
    "It's at Bergen airport, lost property, counter 3.",
    "Bad news I'm afraid, nobody has any trace of it.",
    "Your tickets stay valid until autumn.",
    "There's one seat left in the 9 o'clock group.",
    "After a long talk with the chef: the soup contains celery.",
    "The gym closes at nine on Sundays.",
    "No, children don't need a passport for this trip.",
    "I read the contract again; clause 4 lets you leave in May.",
    "Der Termin lässt sich auf den 14. verschieben.",
    "Wir haben den Fehler gefunden: Die Nummer war falsch hinterlegt.",
    "Le garage a remplacé la pièce.",
    "El vuelo sale a las nueve.",
    "The depot has it, it'll be with you on Saturday.",
    "Good news: you're covered.",
    "I'm afraid they turned it down, the model is out of warranty.",
    "It was a typo on our side, your balance is zero.",
    "It took a while, but here goes: you can keep both.",
    "The factory stopped making that lid in 2021.",
    "Your order was packed twice by accident, please keep the extra one.",
    "There is a fee of 15 for the change.",
    "The show starts at eight and there is no interval.",
    "Sorry for the delay; the answer is on page 3 of the manual.",
    "The museum is closed on Mondays, so Tuesday it is.",
    "The factory will make one more batch in May.",
    "You are entitled to 14 days of return.",
    "Your code was used by somebody with another address.",
    "The pump is under warranty until June.",
    "I can see your order: it left Oslo on Monday.",
    "It can't be changed after midnight, I'm afraid.",
    "The form is wrong; use 12C.",
    "It depends on the size: small ones are free, large ones cost 5.",
    "The claim is closed and the money is yours.",
    "Our buyer offers you the display model at half price.",
    "Thanks for waiting, here is what we found: a loose wire.",
    "Der Hersteller ersetzt das Teil kostenlos.",
    "Das Ersatzteil ist ab Montag lieferbar.",
    "Le fabricant remplace la pièce gratuitement.",
    "Vous n'avez rien à payer.",
    "La pieza está agotada.",
    "Puede cambiar la fecha sin coste.",
    "You'd have to buy a new ticket.",
    "The train ticket costs 20.",
    "The file can't be opened in version 3.",
]

NOT_BROUGHT = [
    "I'm chasing the workshop as we speak.",
    "Your case is with our specialists now.",
    "I've passed this to billing.",
    "Thanks for bearing with us.",
    "Rest assured we have not forgotten you.",
    "I appreciate how frustrating this is.",
    "It's on my list for this afternoon.",
    "I've left another message with the workshop.",
    "Nothing from the workshop so far, I'm afraid.",
    "This may take another day or two.",
    "Thanks for sending the photos over.",
    "Noted, and passed on to the right people.",
    "Wir sind noch dran.",
    "Vielen Dank für Ihre Geduld.",
    "Je m'en occupe.",
    "Merci de votre patience.",
    "Seguimos en ello.",
    "Gracias por su paciencia.",
    "I haven't forgotten about you, promise.",
    "Just checking in so you don't think we've vanished.",
    "Still nothing on my end, I'm sorry.",
    "Our lawyer is off sick, which is why this drags.",
    "I sent them another mail this morning.",
    "I can imagine how annoying that is.",
    "You have every right to be cross.",
    "Thank you for your trust in us.",
    "Pia from claims is on the case now.",
    "I've put a note on your account.",
    "The system is slow today, give me a little more time.",
    "We appreciate you holding on.",
    "I'm told it could be another week.",
    "Everyone here is doing what they can.",
    "My manager wants to see the photos first.",
    "We're on the last metres.",
    "Quick hello from me, more later.",
    "Your request is in the queue.",
    "Sorry, I know I said three o'clock.",
    "The ferry company has not made up its mind.",
    "I have passed your wish on to the ferry company.",
    "The landlord is travelling and hard to reach.",
    "The landlord promised me an answer for tonight.",
    "Left a voicemail with the landlord.",
    "We're comparing your voucher with the log files.",
    "Die Kollegin ist noch im Gespräch mit dem Hersteller.",
    "Ich habe beim Hersteller noch einmal nachgehakt.",
    "Je relance le transporteur aujourd'hui.",
    "Nous faisons de notre mieux.",
    "Estoy esperando la respuesta del taller.",
    "Lamento la demora.",
    "The mechanic has it on the lift right now.",
    "Give me until the evening, please.",
    "Our garage has your car.",
    "I pressed the garage for an answer.",
    "The diagnosis is being written up.",
    "We've put out a search for it.",
    "The airport has opened a file for your suitcase.",
    "I've emailed Oslo, Bergen and Stavanger.",
    "Nobody in Bergen picks up the phone.",
    "I'm so sorry you have to go through this.",
    "I wish I had more for you at this stage.",
    "Sorry to keep you hanging.",
    "Things are moving, slowly.",
    "I'm just about to go into the meeting with them.",
    "Hang in there!",
    "As soon as I know more, so will you.",
    "I owe you an answer, I know.",
    "Your question went to our tax adviser.",
    "Our tax adviser has read your question.",
    "It is a tricky one.",
    "I'm handing over to the night shift.",
    "Your file landed on my desk today.",
    "Hi Rana, quick sign of life from me.",
    "We value you as a customer.",
    "Danke für die Fotos, die helfen uns weiter.",
    "Unser Techniker meldet sich bei Ihnen.",
    "Merci pour les photos.",
    "Mi compañera se encarga de su caso.",
    "I know you're waiting, and I'm on it.",
    "We're still at it.",
    "My colleague has the file now and is reading through it.",
    "I've nudged the depot again.",
    "Just a heads-up that this is taking longer than I thought.",
    "No joy from the supplier as yet.",
    "I hear you, Rana, and I'm sorry this drags on.",
    "Thank you for the extra photos, they help a lot.",
    "Got your message, thanks.",
    "Understood, I've added that to the file.",
    "Your ticket is in good hands with Lena.",
    "I've moved your case to the claims desk.",
    "Hello Rana, I'm Lena and I've taken over from Amir.",
    "I've chased them twice today and will chase them again in the morning.",
    "Hope you had a good weekend!",
    "Unfortunately there's a backlog at the moment.",
    "You have been more than generous with your time.",
    "I wrote to the factory on Monday and on Wednesday.",
    "Let me double-check one thing first.",
    "I want to get this right for you.",
    "Please stay with us a little while.",
    "This one has our full attention.",
    "Your case has been given the highest priority.",
    "Someone from billing will be in touch.",
    "The right person is back on Thursday.",
    "I have to wait for the manager's OK.",
    "The manager has to sign it off first.",
    "We need the manager's approval for that.",
    "It depends on what the factory says.",
    "I'm keeping an eye on it.",
    "I haven't been able to speak to the manager.",
    "I can't say anything yet.",
    "I can't promise anything.",
    "The matter has been raised with the factory.",
    "I raised it with the factory once more.",
    "We've logged a ticket with the factory.",
    "The courier has opened an investigation.",
    "These things can take up to ten days.",
    "Normally it's quicker than this.",
    "I know that's not what you hoped to hear.",
    "That is a fair question.",
    "Good question, Rana.",
    "Glad to hear your mother is better!",
    "Congratulations on the new house.",
    "It was good of you to write.",
    "I see you've written twice.",
    "We are looking forward to sorting this out.",
    "I'm new to this case and need to read up.",
    "Wir haben Ihre Anfrage an den Hersteller weitergegeben.",
    "Der Hersteller hat uns leider noch nicht geantwortet.",
    "Ich kümmere mich darum.",
    "Nous revenons vers vous dès que possible.",
    "Nous n'avons pas de nouvelles du fabricant.",
    "Je fais le point avec mon collègue.",
    "Estamos pendientes de la respuesta del fabricante.",
    "Le mantendremos informado.",
]


@pytest.mark.parametrize("reply", BROUGHT)
def test_an_answer_a_finding_or_a_decision_is_the_word(reply):
    assert kept_by(WORD, reply)


@pytest.mark.parametrize("reply", NOT_BROUGHT)
def test_a_courtesy_a_plea_for_patience_or_a_hand_over_is_no_word(reply):
    assert kept_by(WORD, reply) is None


def test_a_word_beside_courtesies_is_quoted_and_they_are_not():
    reply = "Hi Rana, thanks for your patience. The depot found your parcel behind a shelf. Sorry again for the wait!"
    assert kept_by(WORD, reply) == "The depot found your parcel behind a shelf"


@pytest.mark.parametrize(
    "reply",
    [
        "Has the refund of 40 euros reached your account already?",
        "Your ticket was merged into ticket 4821, and the parcel was found in Leeds.",
    ],
)
def test_what_is_asked_or_told_of_a_merge_is_no_word_whatever_it_speaks_of(reply):
    assert kept_by(WORD, reply) is None


def test_a_word_beside_a_question_is_one():
    assert kept_by(WORD, "The parcel was found in Leeds. Shall we send it again?") == "The parcel was found in Leeds"


def test_a_promise_stays_open_while_we_only_ask_for_patience_and_is_kept_by_the_answer():
    story = Story().hears(amir_says(ANSWER)).at(NOW + minutes(60))
    assert story.says(amir_says, "I know you're waiting, and I'm on it.").promise.state.is_open
    assert story.says(amir_says, "Good news: you're covered.").promise.state is S.KEPT


UNSEEN = [json.loads(line) for line in Path(__file__).with_name("kept_words.jsonl").read_text("utf8").splitlines()]
"""Promises of a word, each with replies that keep it and replies that only hold. Their writers knew the definition alone, and nothing is learnt from them."""


def share_kept(asked: str, kind: str) -> float:
    said = [(row["promise"], reply) for row in UNSEEN if row["asked"] == asked for reply in row[kind]]
    return sum(kept_by(*one) is not None for one in said) / len(said)


@pytest.mark.parametrize(
    ("asked", "least", "most"), [("plain", 0.90, 0.04), ("rare", 0.90, 0.20), ("short", 0.80, 0.12)]
)
def test_most_replies_that_bring_a_word_keep_it_and_few_that_only_hold(asked: str, least: float, most: float):
    assert share_kept(asked, "keeps") >= least
    assert share_kept(asked, "holds") <= most
