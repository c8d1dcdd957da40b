"""What of a mail is its writer's own."""

import pytest

from guidance.text.written import written


def own(text):
    return "\n".join(text[start:end] for start, end in written(text))


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Where is it?\n\nOn Tue, 3 Mar 2026 Help wrote:\n> soon", "Where is it?"),
        ("Where is it?\n\nOn Tue, 3 Mar 2026 Help wrote:\nsoon\nreally", "Where is it?"),
        ("> soon\nWhen is soon?\n> really\nI see none.", "When is soon?\nI see none."),
        ("Where is it?\n\n-----Original Message-----\nFrom: Help", "Where is it?"),
        ("Where is it?\n--\nAna\nBakery", "Where is it?"),
        ("Where is it?\n---\nAna Ruiz\nRuiz Bakery", "Where is it?"),
        ("Where is it?\n\nThis email is confidential and meant for you.\nReally.", "Where is it?"),
        (
            "It fails:\nat com.acme.Order.ship(Order.java:12)\nat Object.<anonymous> (/app/x.js:10:5)\nWhy?",
            "It fails:\nWhy?",
        ),
    ],
)
def test_what_is_quoted_signed_or_pasted_is_left_out(text, kept):
    assert own(text) == kept


@pytest.mark.parametrize(
    "heading",
    [
        "On Tue, 3 Mar 2026 at 10:00, Acme <help@acme.example> wrote:",
        "On Mar 3, 2026, at 10:00, Acme <help@acme.example> wrote:",
        "Am Di., 3. März 2026 um 10:00 Uhr schrieb Acme <help@acme.example>:",
        "Am 03.03.26 um 10:00 schrieb Acme Kundendienst:",
        "Am 03.03.2026 um 10:00 schrieb Acme\n<help@acme.example>:",
        "Am Dienstag, 3. März 2026 um 10:00:00 MEZ hat Acme <help@acme.example> Folgendes geschrieben:",
        "Acme <help@acme.example> schrieb am Di., 3. März 2026, 10:00:",
        "Von: Acme <help@acme.example>\nGesendet: Dienstag, 3. März 2026 10:00\nAn: Rana\nBetreff: AW: Paket",
        "Gesendet: Dienstag, 3. März 2026 um 10:00 Uhr\nVon: Acme\nAn: Rana\nBetreff: AW: Paket",
        "Von : help@acme.example\nDatum : 03/03/2026 - 10:00 (MZ)\nAn : rana@example.com\nBetreff : AW: Paket",
        "-------- Ursprüngliche Nachricht --------\nVon: Acme",
        "Le mar. 3 mars 2026 à 10:00, Acme <help@acme.example> a écrit\u00a0:",
        "Le 3 mars 2026 à 10:00, Acme a écrit :",
        "De : Acme <help@acme.example>\nEnvoyé : mardi 3 mars 2026 10:00\nÀ : Rana\nObjet : RE: Colis",
        "El mar, 3 mar 2026 a las 10:00, Acme (<help@acme.example>) escribió:",
        "El 3/3/26 a las 10:00, Acme escribió:",
        "De: Acme <help@acme.example>\nEnviado: martes, 3 de marzo de 2026 10:00\nPara: Rana\nAsunto: RE: Paquete",
        "Op di 3 mrt 2026 om 10:00 schreef Acme <help@acme.example>:",
        'Request #4822 "Where is #7?" was closed and merged into this request. Last comment in request #4822:',
    ],
)
def test_what_stands_below_the_heading_of_an_older_mail_is_not_the_writers_own(heading):
    assert own(f"Danke, alles gut.\n\n{heading}\n\nIch bin stinksauer!\nWo ist es?") == "Danke, alles gut."


@pytest.mark.parametrize(
    "text",
    [
        "Hallo,\nAm 3. März schrieb Ihr Kollege:\nSie bekommen Ihr Geld zurück.\nDas ist nie passiert.",
        'Hello,\nmy order #12 "red pot" is late, and I asked about #14:\nWhere is it?',
        "I am furious.\n---\nThe second parcel is missing, too. Where is it?",
        "On 3 March your agent wrote:\nYou will get a refund.\nThat never came. Where is it?",
        "Disclaimer: I am no lawyer, but this is fraud.\nGive me my money back.",
        ">:( I am so angry",
        "at the shop (the one in town.)\nnobody knew of it",
        "at home ()\nat the depot (open until 17:30)\nat work (since 2019)",
    ],
)
def test_a_complaint_is_not_lost_to_what_only_looks_like_a_quote_or_a_signature(text):
    assert own(text) == text
