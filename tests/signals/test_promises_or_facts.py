"""What happens on a day is no promise: only what we do, what comes to the customer, or what is seen to by then."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from guidance.model import Promise
from guidance.signals import Context, Ear

WEDNESDAY = datetime(2026, 3, 4, 10, 0, tzinfo=UTC)
EAR = Ear()


def promises(language: str, text: str) -> tuple[Promise, ...]:
    return EAR.read(text, by_customer=False, context=Context(at=WEDNESDAY, language=language)).promises


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "I'll be on holiday next week."),
        ("en", "She'll be on leave until the 9th."),
        ("en", "I will be in a meeting until three."),
        ("en", "The bus comes on Friday at 8."),
        ("en", "The bin lorry comes on Thursday."),
        ("en", "We have a sale starting on Friday."),
        ("de", "Am Donnerstag ist Feiertag."),
        ("de", "Der Kurs ist am Freitag ausgebucht."),
        ("de", "Der Betrag ist bis Freitag zu zahlen."),
        ("de", "Das Formular ist bis zum 20. März einzureichen."),
        ("de", "Der Film läuft am Freitag im Kino."),
        ("de", "Die Prüfung findet am Montag statt."),
        ("de", "Die Anmeldung ist bis Freitag möglich."),
        ("de", "Ihre Rücksendung ist am Montag bei uns eingegangen."),
        ("de", "Am 1. April steigt der Preis um 2 Euro."),
        ("de", "Dreimal in einer Woche ist zu oft."),
        ("de", "Am Sonntag fahren die Busse nach Ferienfahrplan."),
        ("de", "Für Montag ist Glatteis gemeldet."),
        ("de", "Ich bin am Freitag auf einer Fortbildung."),
        ("es", "El viernes es festivo."),
        ("es", "El curso está completo el viernes."),
        ("es", "La cuota es a pagar antes del viernes."),
        ("es", "El examen es el lunes."),
        ("es", "La avería está reparada desde las tres."),
        ("es", "Una mañana entera perdida, lo siento."),
        ("es", "Que te enteres a medianoche es de lo peor."),
        ("es", "La web mostraba el dato del día anterior."),
        ("es", "El 1 de abril sube el precio 2 euros."),
        ("es", "El descuento es solo hoy."),
        ("es", "El tren va lleno el viernes."),
        ("es", "La temporada va hasta finales de octubre."),
        ("fr", "Vendredi est férié."),
        ("fr", "Le stage est complet vendredi."),
        ("fr", "Elle est à payer avant le 15 mars."),
        ("fr", "L'examen a lieu lundi."),
        ("fr", "L'inscription est possible jusqu'à vendredi."),
        ("fr", "L'argent est sur votre compte depuis ce matin."),
        ("fr", "Le film passe vendredi au cinéma."),
        ("fr", "Le train repart à 16 h 20."),
        ("fr", "Trois coupures en une semaine, c'est trop, Monsieur Meunier."),
        ("fr", "Impossible de s'organiser comme ça, je vous l'accorde."),
        ("fr", "La conférence est mardi dans la grande salle."),
        ("fr", "L'envoi à l'étranger prend deux semaines."),
    ],
)
def test_what_only_happens_on_a_day_is_no_promise(language: str, text: str) -> None:
    assert promises(language, text) == ()


@pytest.mark.parametrize(
    ("language", "text", "day"),
    [
        ("de", "Ihre Tochter bekommt die Brille am Montag.", "2026-03-09"),
        ("de", "Die neue Karte liegt spätestens am Samstag in Ihrem Briefkasten.", "2026-03-07"),
        ("de", "Herr Blum nimmt die Maße am Montag.", "2026-03-09"),
        ("de", "Am Dienstag ist die Dichtung gewechselt.", "2026-03-10"),
        ("de", "Die Lieferung erfolgt am 11. März.", "2026-03-11"),
        ("de", "Der Fehler ist bis 18 Uhr behoben.", "2026-03-04"),
        ("de", "Der Gutschein trudelt morgen bei Ihnen ein.", "2026-03-05"),
        ("es", "Su pedido llegará el viernes.", "2026-03-06"),
        ("es", "El martes queda cambiada la junta.", "2026-03-10"),
        ("es", "El señor Blum toma las medidas el lunes.", "2026-03-09"),
        ("es", "La reparación la terminan el jueves.", "2026-03-05"),
        ("es", "Las entradas se las adjunto en un segundo correo esta noche.", "2026-03-04"),
        ("es", "Las gafas le esperan mañana en el mostrador.", "2026-03-05"),
        ("es", "La entrega es el 11 de marzo.", "2026-03-11"),
        ("fr", "L'argent est là vendredi.", "2026-03-06"),
        ("fr", "Après-demain le coursier a la pièce.", "2026-03-06"),
        ("fr", "Madame Kern regarde le devis lundi.", "2026-03-09"),
        ("fr", "Cet après-midi la nouvelle serrure est posée.", "2026-03-04"),
        ("fr", "La livraison a lieu le 11 mars.", "2026-03-11"),
        ("fr", "Le remboursement tombe lundi.", "2026-03-09"),
        ("fr", "On se voit lundi à 10 h dans votre boutique.", "2026-03-09"),
    ],
)
def test_what_comes_gets_done_or_stands_ready_on_a_day_is_one(language: str, text: str, day: str) -> None:
    (promise,) = promises(language, text)
    assert promise.due_at is not None
    assert promise.due_at.date().isoformat() == day


@pytest.mark.parametrize(
    "text",
    [
        "Two hours is a long wait, and that's on us.",
        "This one is on us, sorry.",
        "It's all on us, the label was wrong.",
        "The delay of three days is on us.",
        "It's on me that nobody called.",
        "The first coffee is on the house every morning.",
        "Breakfast is on the house on Sundays.",
    ],
)
def test_a_mistake_that_is_owned_up_to_and_a_custom_of_the_house_are_no_promises(text: str) -> None:
    assert promises("en", text) == ()


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "You won't be charged again."),
        ("en", "The second visit is on us."),
        ("en", "Return postage is on us, of course."),
        ("en", "You won't pay a penny for the new pane."),
        ("de", "Das geht auf unsere Kappe."),
        ("de", "Für das Taxi zahlen Sie keinen Cent."),
        ("fr", "Le taxi est à notre charge."),
        ("fr", "Vous ne paierez rien pour la seconde visite."),
        ("es", "La segunda visita corre por nuestra cuenta."),
    ],
)
def test_what_holds_for_good_is_a_promise_with_nothing_to_date(language: str, text: str) -> None:
    (promise,) = promises(language, text)
    assert not promise.vague
    assert promise.due_at is None
    assert not promise.is_to_be_kept


def test_a_deed_beside_what_holds_for_good_still_lacks_its_day() -> None:
    promise, *_ = promises("en", "We'll send you a new one, and you won't be charged for it.")
    assert promise.vague
