"""Moments that belong to something else than what is promised: the date of an order, a train's time, when something ended."""

from __future__ import annotations

from guidance.text.fold import fold
from guidance.text.patterns import Pattern, either, one_of

_EVENT = {
    "de": one_of(
        r"\w*termins?|\w*buchung(?:en)?|\w*lieferung|\w*bestellung|\w*reise|\w*fluge?s?|\w*besuchs?",
        r"\w*veranstaltung|\w*hochzeit|\w*feier|kurs(?:e?s)?",
        r"\w*konzerts?|\w*sitzung|\w*besprechung|\w*treffens?|\w*anhorung|\w*prufung|\w*aufenthalts?|\w*abholung",
        r"\w*umzugs?|\w*wartung|\w*rate|\w*ubernachtung",
    ),
    "fr": one_of(
        r"livraison|rendez-vous|visite|reservation|sejour|vol|trajet|audience|reunion|intervention|passage|seance",
        r"cours|concert|mariage|fete|voyage",
        r"commande|prelevement|echeance|entretien|examen|enlevement|demenagement|facture|appel|stage|atelier|soiree",
        r"diner|nuit",
    ),
    "es": one_of(
        r"citas?|entregas?|visitas?|reservas?|estancia|vuelos?|viajes?|audiencia|reunion|revision|sesion|clase",
        r"curso|concierto|boda|fiesta|pedidos?",
        r"cobro|examen|recogida|mudanza|factura|llamada|evento|taller|cena|noche|envio|instalacion|entrevista",
    ),
}
"""What has a day of its own, which is not the day of what is promised about it."""

_BEFORE = {
    "en": Pattern(
        either(
            r"\b(?:orders?|invoices?|bills?|payments?|letters?|mails?|e-?mails?|messages?|bookings?|statements?|"
            r"calls?|"
            r"receipts?|claims?|requests?|tickets?|contracts?|visits?)"
            r"(?: \w+){0,3}? (?:of|dated|from|placed on|made on|sent on)\s*$",
            r"\b(?:left|went|arrived|came|landed|reached|shipped|departed|returned|dropped|delivered)"
            r"(?: (?:us|you|our|your|the|out|off|back|in|at|to|from|here|there|warehouse|depot|office|workshop|shop|bank))*"
            r" (?:on|at|last|this)?\s*$",
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
            r"\b(?:fur|wegen|uber|bezuglich|hinsichtlich|betreffs|von) (?:\w+ ){0,2}"
            + _EVENT["de"]
            + r" (?:vom|am|von)\s*(?:am )?$",
            r"\b(?:wegen|bezuglich|hinsichtlich|betreffs|zu) [^,;:]*\bvom\s*$",
        )
    ),
    "fr": Pattern(
        either(
            r"\b(?:facture|commande|courrier|message|mail|paiement|contrat|demande|devis|"
            r"reservation)(?: \w+)? du\s*$",
            r"\ba (?:pris fin|commence|debute|expire|ete \w+)(?: le)?\s*$",
            r"\b(?:vol|train|bus|seance|atelier|cours|traversee) (?:de|du|d')\s*$",
            r"\bqui (?:commence|debute|part|ouvre) (?:a|le)?\s*$",
            r"\b(?:pour|sur|sujet de|propos de|concernant|quant a|suite a|de) (?:l'|(?:la|le|les|votre|vos|ton|ta|"
            r"notre) )(?:\w+ )?" + _EVENT["fr"] + r" (?:de|du|d'|prevue? (?:le)?)\s*(?:du |de )?$",
        )
    ),
    "es": Pattern(
        either(
            r"\b(?:factura|pedido|correo|mensaje|pago|contrato|solicitud|reserva)(?:(?: \w+){0,3}? del?| el)\s*$",
            r"\b(?:una|cada|esa|media|otra|toda la)\s*$",
            r"\b(?:termino|hizo|empezo|llego|fue|pago|compro|vencio) (?:el|a las?)?\s*$",
            r"\bque (?:empieza|comienza|sale|inicia|abre) (?:a las?|el)?\s*$",
            r"\b(?:para|por|sobre|acerca de|respecto a|respecto de|en cuanto a|de) (?:el|la|los|las|su|sus|tu|"
            r"nuestra|nuestro) (?:\w+ )?" + _EVENT["es"] + r" (?:del?|prevista para el|previsto para el)\s*(?:del? )?$",
        )
    ),
}
"""What stands right before a moment that is not when we do it. Folded text."""

_SINCE = Pattern(
    r"\b(?:seit(?: dem| der| den)?|since(?: the| last)?|depuis(?: le| la| l'| les)?|desde(?: el| la| las)?)\s*$"
)
_SINCE_THEN = Pattern(r"^(?:seit|since|depuis|desde)\b")
_TO_COME = Pattern(r"^(?:desde )?(?:pasado )?manana\b")
"""What only begins then, and has not begun: "desde mañana"."""

_TELLS_WHY = {
    "en": Pattern(
        r"^\W*(?:as|since|because|although|though|while|given) (?:i|we|you|he|she|it|they|the|our|my|your|their|"
        r"that|\w+day)\b[^,;:]*, "
    ),
    "de": Pattern(
        r"^\W*(?:da|weil|obwohl|nachdem) (?:ich|wir|sie|er|es|du|ihr|der|die|das|am|unsere?|meine?|ihre?)\b[^,;:]*, "
    ),
    "fr": Pattern(
        r"^\W*(?:comme|puisque?|vu que?|etant donne que?|bien que?)(?: |')(?:je|nous|on|ils?|elles?|vous|tu|le|la|"
        r"les|notre|mon|ma|votre)\b[^,;:]*, "
    ),
    "es": Pattern(
        r"^\W*(?:como|ya que|puesto que|dado que|aunque) (?:el|la|los|las|yo|nosotros|est\w+|no|mi|nuestr\w+|"
        r"libr\w+|cerr\w+|hay)\b[^,;:]*, "
    ),
}
"""A clause at the head of a sentence that only tells why: "As we're closed on Thursday, …"."""

_AS_SAID = Pattern(
    r"\b(?:said|say|promised|mentioned|told|agreed|discussed|explained|dit|promis|indique|dij\w+|comente|gesagt)\b"
)
"""What such a clause is no reason with, but a word of one's own before it: "As I said we'll …"."""

_AFTER = {
    "de": Pattern(
        either(
            r"^\s*(?:beginnt|startet|anfangt|losgeht|stattfindet|abfahrt)\b",
            r"\b(?:\w*(?:gegangen|gekommen|getroffen|gefahren|geflogen|gefallen|geblieben|geworden|gereist|gezogen|gelaufen|gestiegen)|"
            r"gewesen|passiert|erschienen|"
            r"aufgetaucht|gescheitert|gestartet|gelandet|entstanden)\b",
        )
    ),
}
"""What behind a moment says that it has passed, or is another thing's; no farther than its clause goes."""
_ABOUT = r"\b(?:about|regarding|concerning|re|for|of)"
_OF_A_THING = Pattern(_ABOUT + r" (?:the|your|our|my|his|her|their|that)\s*$")
_OF_ANOTHER = Pattern(_ABOUT + r"\s*(?:the\s*)?$")
_NAMES_A_THING = Pattern(r"^ [a-z]")
_GOES_ON = Pattern(
    r"^ "
    + one_of(
        r"at|by|between|in|on|and|or|before|after|around|from|during|until|till|to|with|for|if|as|so|but|when|then",
        r"once|instead|because|via|while|about",
        r"i|we|you|he|she|it|they|our|my|your|his|her|their|the|an?|this|that|is|are|was|will|would|can|at|not",
        r"please|again|too|also|who|which|where|since|unless|without",
    )
    + r"\b|^ \w+(?:'ll|'s|'re|n't)\b"
)
"""What follows a day that stands for itself, where a noun would follow one that only names a thing: "for the June 5 hearing"."""
_ORDINAL = Pattern(r"^\d+(?:st|nd|rd|th)\b")
_NAMES_A_TRAIN = Pattern(r"\b(?:the|your|my|our|that|this) (?:\w+ed |late |earlier |later |first |last |next )?$")
"""A time right behind these is the name of a train, a ferry, a slot: "the cancelled 10:42"."""
_FRONTED = 4
"""So many words may stand before a moment at the head of a sentence that dates what follows: "By the end of next week, I'll …"."""
_CLAUSE_ENDS = Pattern(r"[,;:–—-] |\b(?:and|but|so|und|aber|et|mais|y|pero) ")


def is_of_something_else(before: str, after: str, language: str, words: str) -> bool:
    """Whether a moment dates another thing, by its own `words` and the folded ones of its sentence `before` and `after` it."""
    if (found := _BEFORE.get(language)) and found.search(before):
        return True
    if _has_begun(before, fold(words).text):
        return True
    if (found := _AFTER.get(language)) and found.search(_clause(after)):
        return True
    if len(before) < told_why(before + words + after, language):
        return True
    return language == "en" and (_names_a_thing(before, after) or _names_a_train(before, words))


def _has_begun(before: str, words: str) -> bool:
    """Whether a moment is since when something is so."""
    return bool(_SINCE.search(before) or _SINCE_THEN.search(words)) and not _TO_COME.search(words)


def _clause(after: str) -> str:
    """What still belongs to the clause of the moment before it."""
    ends = _CLAUSE_ENDS.search(after)
    return after[: ends.start()] if ends else after


def told_why(folded: str, language: str) -> int:
    """Where the clause ends that only tells why, at the head of a sentence; 0 where there is none."""
    found = _TELLS_WHY.get(language)
    match = found.match(folded) if found else None
    return match.end() if match and not _AS_SAID.search(match[0]) else 0


def _names_a_thing(before: str, after: str) -> bool:
    """English days that stand as adjectives: "about Thursday's delivery", "for your May 20 booking"."""
    if after.startswith("'s "):
        return bool(_OF_ANOTHER.search(before))
    return bool(_OF_A_THING.search(before) and _NAMES_A_THING.search(after) and not _GOES_ON.search(after))


def _names_a_train(before: str, words: str) -> bool:
    if not words[:1].isdigit() or (_ORDINAL.search(words) and before.endswith("the ")):
        return False
    return bool(_NAMES_A_TRAIN.search(before))


def dates_what_follows(before: str) -> bool:
    """Whether a moment at the head of a sentence dates what comes after its clause: it is hardly more than that moment."""
    ends = list(_CLAUSE_ENDS.finditer(before))
    return len(before[ends[-1].end() if ends else 0 :].split()) < _FRONTED
