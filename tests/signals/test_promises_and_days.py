"""Which of the days in a sentence a promise is due on."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from guidance.model import Hours
from guidance.signals import Context, Ear

TUESDAY = datetime(2026, 5, 12, 10, 20, tzinfo=ZoneInfo("Europe/Paris"))
EAR = Ear()


def dues(language: str, text: str) -> list[str | None]:
    context = Context(at=TUESDAY, hours=Hours(), zone="Europe/Paris", language=language)
    found = EAR.read(text, by_customer=False, context=context).promises
    return [f"{one.due_at:%m-%d %H:%M}".removesuffix(" 17:00") if one.due_at else None for one in found]


@pytest.mark.parametrize(
    ("language", "text", "due"),
    [
        ("en", "I'll phone you about Friday's viewing tomorrow at 9am.", "05-13 09:00"),
        ("en", "I'll mail you the map for the June 9 wedding by tomorrow noon.", "05-13 12:00"),
        ("en", "I'll mail the invoice for your May 21 stay today.", "05-12"),
        ("de", "Wegen Ihrer Abholung vom Freitag rufe ich Sie morgen um 9 Uhr an.", "05-13 09:00"),
        ("de", "Die Karte für Ihre Reise am 21. Mai schicke ich Ihnen heute.", "05-12"),
        ("de", "Ich schicke Ihnen den Plan für die Hochzeit am 9. Juni bis morgen Mittag.", "05-13 14:00"),
        ("fr", "Au sujet de votre visite de vendredi, je vous appelle demain à 9 h.", "05-13 09:00"),
        ("fr", "Je vous envoie le plan pour le mariage du 9 juin demain avant midi.", "05-13 12:00"),
        ("fr", "Je vous envoie la facture pour votre séjour du 21 mai demain.", "05-13"),
        ("es", "Le envío el plano para la boda del 9 de junio mañana antes del mediodía.", "05-13 12:00"),
        ("es", "Le llamo mañana a las 9 sobre la entrega del viernes.", "05-13 09:00"),
        ("es", "Le envío la factura de su estancia del 21 de mayo hoy.", "05-12"),
        ("en", "As we're shut on Thursday, your lamp ships on Friday.", "05-15"),
        ("en", "Since Thursday is a holiday, your lamp ships on Friday.", "05-15"),
        ("de", "Da wir am Donnerstag geschlossen haben, rufe ich Sie am Freitag um 9 Uhr an.", "05-15 09:00"),
        ("de", "Weil ich Montag frei habe, melde ich mich am Mittwoch bei Ihnen.", "05-13"),
        ("fr", "Puisque nous fermons jeudi, je vous appelle vendredi à 9 h.", "05-15 09:00"),
        ("fr", "Comme je suis en congé lundi, je vous rappelle mercredi.", "05-13"),
        ("es", "Como estamos cerrados el jueves, le llamo el viernes a las 9.", "05-15 09:00"),
        ("es", "Ya que el lunes libro, le escribo el miércoles.", "05-13"),
        ("en", "Your money left us on Monday and lands tomorrow.", "05-13"),
        ("en", "I shipped it on Monday, and you'll have it on Thursday.", "05-14"),
        ("de", "Die Ware ist am Montag eingetroffen und geht am Freitag zu Ihnen.", "05-15"),
        ("es", "Su pedido del lunes llegará el viernes.", "05-15"),
        ("es", "Su pedido llegará el viernes.", "05-15"),
        ("es", "Su pedido sale el viernes 15 de mayo.", "05-15"),
    ],
)
def test_the_day_of_another_thing_is_not_when_it_is_done(language: str, text: str, due: str) -> None:
    assert dues(language, text) == [due]


@pytest.mark.parametrize(
    ("language", "text", "due"),
    [
        ("en", "I'll book the van for the 21st.", "05-21"),
        ("en", "I'll have your refund on the 21st at the latest.", "05-21"),
        ("en", "I'll bring it with Thursday's van.", "05-14"),
        ("en", "As promised, we'll ship it on Friday, no fee.", "05-15"),
        ("de", "Ich rufe Sie am Freitag an, da ich morgen frei habe.", "05-15"),
        ("de", "Da rufe ich Sie am Freitag an.", "05-15"),
        ("fr", "Je vous livre pour vendredi, comme prévu.", "05-15"),
        ("es", "Le llamo el viernes, como quedamos.", "05-15"),
    ],
)
def test_the_day_of_what_is_promised_stays_its_day(language: str, text: str, due: str) -> None:
    assert dues(language, text) == [due]


@pytest.mark.parametrize(
    ("language", "text", "due"),
    [
        ("en", "Our fitter will call at noon ET on Friday.", "05-15 12:00"),
        ("en", "We're switching it back on at midnight ET on Friday.", "05-16 00:00"),
        ("en", "We'll post the cheque on the 20th of next month.", "06-20"),
        ("en", "We'll pay the bonus out on the 1st of next month.", "06-01"),
        ("en", "I'm away for the new year and will ring you on June 5.", "06-05"),
        ("de", "Der Dienst ruft Sie am 21.05. um 9.30 Uhr an.", "05-21 09:30"),
        ("de", "Ich melde mich am 1.6. um 14 Uhr bei Ihnen.", "06-01 14:00"),
        ("fr", "Le technicien passera lundi de 9 h à 11 h.", "05-18 11:00"),
    ],
)
def test_no_piece_of_a_date_is_cut_off(language: str, text: str, due: str) -> None:
    assert [(one or "") for one in dues(language, text)] == [due]


@pytest.mark.parametrize(
    ("language", "text", "due"),
    [
        ("en", "Our fitter will call at noon and the part ships on Friday.", ["05-12 12:00", "05-15"]),
        ("fr", "Le plombier passe jeudi et on vous appelle vendredi.", ["05-14", "05-15"]),
        ("de", "Ich rufe Sie am 21.05. an. Um 9 Uhr öffnet der Laden.", ["05-21"]),
        ("en", "I'll claim the fare back for the cancelled 18:42 from Leeds.", [None]),
    ],
)
def test_what_another_statement_begins_is_still_cut(language: str, text: str, due: list[str | None]) -> None:
    assert dues(language, text) == due


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Ihre Rücksendung ist am Montag bei uns eingegangen."),
        ("fr", "L'argent est sur votre compte depuis ce matin."),
        ("es", "La avería está reparada desde las tres."),
        ("es", "Una mañana entera perdida, lo siento."),
        ("en", "Your parcel left our depot on Monday."),
    ],
)
def test_a_day_since_which_something_is_so_is_nobodys_due_time(language: str, text: str) -> None:
    assert dues(language, text) == []
