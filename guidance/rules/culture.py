"""The conditions about a customer's language and customs: dates that read two ways, the right form of address, idioms."""

from __future__ import annotations

from guidance.model import Evidence
from guidance.rules.schema import Match
from guidance.rules.situation import Situation
from guidance.signals.names import greeted_name
from guidance.text.fold import fold
from guidance.text.language import base, detect
from guidance.text.patterns import Pattern, either, one_of, word_of

MONTH_FIRST = frozenset({"en-us", "en-ph", "es-us"})
"""Locales where 03/04 is the fourth of March. Everywhere else in the West it is the third of April."""

SURE_WORDS = 6
"""Fewer words than this say too little about their language."""

SURE_WITH_LOCALE = 3
"""So many are enough where the customer's profile says the same."""

_NUMERIC_DATE = Pattern(r"(?:^|[^\d/.])((\d{1,2})/(\d{1,2})(?:/(\d{4}|\d{2}))?)(?:$|[^\d/])")
_SHARE = Pattern(r"^\s*(?:of|stars?|gb|mb|mbps|tb|cups?|inch|\"|in\.|mm|cm|hour|support|%)|^-")
_LAST_PART = 5
"""The highest part that a message cut into pieces is numbered with; "2/3" at its very end is a part, not a day."""

_PRICED_IN_DOLLARS = Pattern(r"(?:^|[^A-Za-z])(?:US)?\$\s?\d")
"""A price in dollars; where another country's are meant, its customers write the day first and read two ways."""

_CLOSES = Pattern(r"^[\s).\]]*(?:[\^*/~-]+\s?\w{1,12})?[\s.]*$")
_DATED = Pattern(
    r"\b"
    + one_of(
        r"on|by|until|till|before|after|from|for|since|dated?|due|between|and|to|arrives?|delivery|starts?|ends?",
        r"booked|the|of|is|was|expires?|between",
    )
    + r"[ :(]*$"
)
_GERMAN_FORMAL = Pattern(
    either(
        r"\b(?:sehr geehrte[rs]?|mit freundlichen grussen|hochachtungsvoll)\b",
        r"\b(?:konnten|konnen|wurden|haben|mochten|teilen|senden|schicken|bestatigen) sie\b",
    )
)
_FRENCH_FORMAL = Pattern(r"\b(?:veuillez|je vous prie|salutations distinguees|cordialement|pourriez-vous|sentiments)\b")
_SPANISH_FORMAL = Pattern(
    word_of(
        r"atentamente|cordialmente|muy senor\w*|estimad[oa]s? (?:senor\w*|sra?s?)|le saluda|reciba un|usted|ruego|rogaria",
        r"agradeceria|solicito",
    )
)
_TITLED = Pattern(r"\b(?:dr|prof|herr|frau|monsieur|madame|mme|mr|mrs|ms)\b")
_SIGNED_FORMALLY = Pattern(
    r"\b(?:yours (?:faithfully|sincerely)|dear (?:sir|madam|sirs|sir or madam|mr|mrs|ms)|respected sir)\b"
)
_CASUAL = Pattern(
    r"^\W*(?:hi|hey|hullo|hello|hiya|heya|yo|dear|hallo|hi there|moin|servus|salut|coucou|bonjour|liebe[rs]?|cher|chere|lieber)\b"
)
_TITLE_SAID = Pattern(
    r"^\W*[a-z ]{0,24}\b(?:mr|mrs|ms|mx|miss|dr|prof|professor|sir|madam|herrn?|frau|monsieur|madame|m\.|mme|senor|senora|sr|sra)\b"
)
_DU = Pattern(r"\b(?:du|dir|dich|dein|deine[nmrs]?)\b")
_TU = Pattern(r"\b(?:tu|ton|ta|tes|toi)\b")
_TONE = Pattern(r"\b(?:le|un|au|du|ce|quel|mon|son|notre|votre|leur|meme|autre|d'un|bon|mauvais|sans) ton\b")
"""The tone of a letter, by which nobody is called “tu”."""


def has_ambiguous_date(situation: Situation) -> Match:
    """A date in figures that reads two ways, to a customer whose order of day and month may differ from ours."""
    if situation.typed is None:
        return None
    text = situation.typed.text
    for found in _NUMERIC_DATE.finditer(text):
        first, second = int(found[2]), int(found[3])
        reads_two_ways = first != second and 1 <= first <= 12 and 1 <= second <= 12
        before, after = (
            fold(text[max(0, found.start(1) - 24) : found.start(1)]).text,
            text[found.end(1) : found.end(1) + 24],
        )
        is_date = bool(found[4]) or bool(_DATED.search(before))
        is_part = first < second <= _LAST_PART and not found[2].startswith("0") and bool(_CLOSES.search(after))
        if reads_two_ways and is_date and not is_part and not _SHARE.search(after[:10].lower()):
            words = Evidence("draft", found.start(1), found.end(1), found[1])
            return None if _reads_one_way(situation) else (words,)
    return None


def _reads_one_way(situation: Situation) -> bool:
    """Whether customer and company surely write dates in one order: the customer used such a date, or both places have one order."""
    said = situation.customers_words
    if _NUMERIC_DATE.search(said):
        return True
    locale = situation.case.conversation.requester.locale or ""
    ours = _month_comes_first(situation)
    return "-" in locale.replace("_", "-") and ours is not None and ours == _is_month_first(locale)


def _month_comes_first(situation: Situation) -> bool | None:
    """Whether the company writes the month first, as its locale, country, zone or else a price in dollars tells; None where nothing does.

    A price in another money tells nothing: who sells abroad puts it in their customers'. Hours that nobody has set are kept in the customer's zone, which says nothing about ours.
    """
    settings = situation.case.settings
    if "-" in settings.agent_locale:
        return _is_month_first(settings.agent_locale)
    if settings.hours.country:
        return settings.hours.country.upper()[:2] in {"US", "PH"}
    zone = settings.hours.time_zone or ""
    is_theirs = settings.hours.weekly is None and zone == situation.case.conversation.requester.time_zone
    if "/" in zone and not is_theirs:
        return zone.startswith(("America/", "US/"))
    return True if _PRICED_IN_DOLLARS.search(situation.draft.text) else None


def _is_month_first(locale: str) -> bool:
    return locale.replace("_", "-").lower() in MONTH_FIRST


def is_too_familiar(situation: Situation) -> Match:
    """A first name alone or a casual greeting, to somebody who writes formally or whose language expects title and last name."""
    if situation.typed is None or not expects_title(situation):
        return None
    text = situation.typed.text
    folded = fold(text).text
    if _says_du(situation, folded):
        return ()
    opening = folded[:80]
    if not _CASUAL.search(opening) or _TITLE_SAID.search(opening):
        return None
    greeted = greeted_name(text) or _first_name_in(situation, text[:80])
    if greeted is None or _is_last_name(situation, greeted[0]) or _is_in_full(situation, text[greeted[2] :]):
        return None
    return (Evidence("draft", greeted[1], greeted[2], greeted[0]),)


def _first_name_in(situation: Situation, opening: str) -> tuple[str, int, int] | None:
    first = situation.name.first if situation.name else ""
    start = opening.find(first) if first else -1
    return (first, start, start + len(first)) if start >= 0 else None


def expects_title(situation: Situation) -> bool:
    """Whether the customer keeps a formal tone that asks for one in return, and no first names went both ways before."""
    said = situation.last.text
    folded = fold(said).text
    language = _their_language(situation)
    if language == "de":
        return bool(_GERMAN_FORMAL.search(folded)) or bool(_TITLED.search(fold(_name(situation)).text))
    if language == "fr":
        return bool(_FRENCH_FORMAL.search(folded))
    if language == "es":
        return bool(_SPANISH_FORMAL.search(folded))
    titled = _TITLED.search(fold(_name(situation)).text)
    return bool(titled and _is_from(situation, "de", "ja", "ko")) or bool(
        _SIGNED_FORMALLY.search(folded) and _is_from(situation, "de", "ja", "ko", "fr", "hi")
    )


def _is_from(situation: Situation, *languages: str) -> bool:
    return base(situation.case.conversation.requester.locale) in languages


def _says_du(situation: Situation, folded: str) -> bool:
    language = _their_language(situation)
    theirs = fold(situation.last.text).text
    if language == "de":
        return bool(_DU.search(folded)) and not _DU.search(theirs)
    return language == "fr" and bool(_TU.search(_TONE.sub(" ", folded))) and not _TU.search(theirs)


def _is_in_full(situation: Situation, rest: str) -> bool:
    """Whether the last name follows: first and last name together are how somebody is called whose title nobody knows."""
    last = fold(situation.name.last).text if situation.name else ""
    return bool(last) and fold(rest).text.lstrip().startswith(last)


def _is_last_name(situation: Situation, greeted: str) -> bool:
    known = situation.name
    return bool(known and known.last and fold(greeted).text == fold(known.last).text and greeted != known.first)


def _name(situation: Situation) -> str:
    return situation.case.conversation.requester.name or ""


def _their_language(situation: Situation) -> str | None:
    latest = situation.last.said[-1].reading.language if situation.last.said else None
    return latest or base(situation.case.conversation.requester.locale)


def is_in_another_language(situation: Situation) -> Match:
    """The draft is in another language than the customer writes, and they did not write in this one before, nor ask for it."""
    if situation.typed is None or not situation.last.said:
        return None
    ours, read = situation.typed.reading, situation.last.said[-1].reading
    spoken = {one.language for key, one in situation.case.readings.items() if key in _of_customer(situation)}
    if ours.language not in _TOLD_SURELY or read.language is None or ours.language in spoken:
        return None
    is_expected = base(situation.case.conversation.requester.locale) == read.language
    fewest = SURE_WITH_LOCALE if is_expected else SURE_WORDS
    if ours.words < SURE_WORDS or situation.last.words < fewest or _is_sloppy(situation.last.text, read.language):
        return None
    return None if _speaks_of(ours.language, fold(situation.last.text).text) else ()


def _speaks_of(language: str, folded: str) -> bool:
    """Whether a text names a language, as who asks for it does; who says that they don't speak it does not count."""
    return any(
        not (_SPEAKS_NOT.search(folded[: found.start()]) or _SPEAKS_BADLY.search(folded[found.end() :]))
        for found in _NAMES_OF[language].finditer(folded)
    )


def _of_customer(situation: Situation) -> set[str]:
    return {comment.id for comment in situation.comments if comment.is_customer}


def _is_sloppy(text: str, language: str) -> bool:
    """Whether a text is not surely in its language: bare ASCII in one whose common words we do not know, or with too few of them."""
    if not text.isascii():
        return False
    return language not in _TOLD_SURELY or detect(" ".join(text.split()[:60]), hint="en") != language


_TOLD_SURELY = frozenset({"en", "de", "es", "fr"})
"""Languages of a draft that are told by their common words; neighbours such as Danish and Norwegian are not."""

_NAMES_OF = {
    "en": Pattern("english|englisch|ingles|anglais|engels"),
    "de": Pattern("german|deutsch|aleman|allemand"),
    "es": Pattern("spanish|espanol|spanisch|espagnol"),
    "fr": Pattern("french|francais|franzosisch|frances"),
}


_SPEAKS_NOT = Pattern(
    r"(?:\b(?:no|nada|nicht|kein|keine|ne|non|nie|not|little|poco|poca|wenig|kaum|peu|pas|n't|cannot)\b)(?: \w+){0,4} (?:(?:l|d)')?$"
)
"""What stands before the name of a language that somebody does not speak: "no hablo inglés", "spreche kein Englisch", "je ne parle pas l'anglais"."""

_SPEAKS_BADLY = Pattern(
    r"^(?: (?:es|is|ist|est|no es|n'est|so|muy|very|sehr|tres|nicht|not|pas|bastante|quite|ziemlich|assez))+ "
    + one_of(
        r"basico|malo|pobre|limitado|bueno|basic|bad|poor|limited|small|weak|good|great|schlecht|begrenzt|gut|besonders",
        r"mauvais|limite|faible|bon|basique|rudimentaire",
    )
    + r"\b"
)
"""What stands behind the name of a language that somebody hardly speaks: "mi inglés es muy básico", "mein Englisch ist schlecht"."""


def is_foreign_to_english(situation: Situation) -> Match:
    """English is not this customer's first language, as far as their locale, or what they wrote, tells."""
    locale = base(situation.case.conversation.requester.locale)
    languages = {reading.language for reading in situation.case.readings.values()} - {None}
    theirs = fold(situation.customers_words).text
    says_so = any(words in theirs for words in _ENGLISH_IS_NOT_MINE)
    return () if says_so or (locale is not None and locale != "en") or (languages and "en" not in languages) else None


_ENGLISH_IS_NOT_MINE = (
    "my english", "not my first language", "not my native", "excuse my english", "english is not", "english isn't", "bad english", "non-native", "sorry for english", "google translate", "my second language", "my third language", "english is my second", "english is my third", "write simple", "simple english", "in easy english", "using a translator",
)  # fmt: skip

__all__ = ["has_ambiguous_date", "is_foreign_to_english", "is_in_another_language", "is_too_familiar"]
