"""Moments that belong to something else than what is promised: the date of an order, a train's time, when something ended."""

from __future__ import annotations

from guidance.text.patterns import Pattern, either

_BEFORE = {
    "en": Pattern(
        either(
            r"\b(?:orders?|invoices?|bills?|payments?|letters?|mails?|e-?mails?|messages?|bookings?|statements?|calls?|"
            r"receipts?|claims?|requests?|tickets?|contracts?|visits?)"
            r"(?: \w+){0,3}? (?:of|dated|from|placed on|made on|sent on)\s*$",
            r"\b(?:ended|expired|placed|bought|ordered|paid|sent|made|arrived|came|started|began|signed|wrote|called|"
            r"received|was|were|happened|opened|closed|cancelled)"
            r"(?: it| them)? (?:on|at|in)?\s*$",
            r"\b(?:that|which|who) (?:starts?|begins?|leaves?|opens?|departs?|runs?) (?:at|on)?\s*$",
        )
    ),
    "de": Pattern(
        either(
            r"\b\w*(?:rechnung|bestellung|schreiben|mail|nachricht|zahlung|vertrag|anfrage|auftrag|brief|gutschrift|"
            r"buchung|termin)s? vom\s*$",
            r"\b(?:endete|begann|kam|lief|war|wurde) (?:\w+ ){0,2}(?:am|um)?\s*$",
            r"\b(?:vorgang|vorgangs|aktenzeichen|nummer|nr)\W*$",
        )
    ),
    "fr": Pattern(
        either(
            r"\b(?:facture|commande|courrier|message|mail|paiement|contrat|demande|devis|reservation)(?: \w+)? du\s*$",
            r"\ba (?:pris fin|commence|debute|expire|ete \w+)(?: le)?\s*$",
            r"\b(?:vol|train|bus|seance|atelier|cours|traversee) (?:de|du|d')\s*$",
            r"\bqui (?:commence|debute|part|ouvre) (?:a|le)?\s*$",
        )
    ),
    "es": Pattern(
        either(
            r"\b(?:factura|pedido|correo|mensaje|pago|contrato|solicitud|reserva)(?: \w+){0,3}? (?:del?|el)\s*$",
            r"\b(?:termino|hizo|empezo|llego|fue|pago|compro|vencio) (?:el|a las?)?\s*$",
            r"\bque (?:empieza|comienza|sale|inicia|abre) (?:a las?|el)?\s*$",
        )
    ),
}
"""What stands right before a moment that is not when we do it. Folded text."""

_AFTER = {
    "de": Pattern(r"^\s*(?:beginnt|startet|anfangt|losgeht|stattfindet|abfahrt)\b"),
}
_NAMES_A_TRAIN = Pattern(r"\b(?:the|your|my|our|that|this) (?:\w+ed |late |earlier |later |first |last |next )?$")
"""A time right behind these is the name of a train, a ferry, a slot: "the cancelled 10:42"."""
_FRONTED = 4
"""So many words may stand before a moment at the head of a sentence that dates what follows: "By the end of next week, I'll …"."""
_CLAUSE_ENDS = Pattern(r"[,;:–—-] |\b(?:and|but|so|und|aber|et|mais|y|pero) ")


def is_of_something_else(before: str, after: str, language: str, words: str) -> bool:
    """Whether a moment dates another thing, by its own `words` and the folded ones of its sentence `before` and `after` it."""
    found = _BEFORE.get(language)
    if found is not None and found.search(before):
        return True
    behind = _AFTER.get(language)
    if behind is not None and behind.search(after):
        return True
    return language == "en" and words[:1].isdigit() and bool(_NAMES_A_TRAIN.search(before))


def dates_what_follows(before: str) -> bool:
    """Whether a moment at the head of a sentence dates what comes after its clause: it is hardly more than that moment."""
    ends = list(_CLAUSE_ENDS.finditer(before))
    return len(before[ends[-1].end() if ends else 0 :].split()) < _FRONTED
