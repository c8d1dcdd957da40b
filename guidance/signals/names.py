"""Names: what the customer is called, and whether a reply calls them so."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from msgspec import Struct

from guidance.model import Comment, Person
from guidance.signals.shortforms import any_short_form, is_short_form
from guidance.text.fold import fold
from guidance.text.language import base
from guidance.text.patterns import Pattern, either, one_of, word_of
from guidance.text.words import letter_words

_COMPANY = Pattern(
    word_of(
        r"inc|ltd|limited|llc|llp|plc|gmbh|mbh|ag|kg|ug|e\.?v|sa|s\.a|sas|sarl|srl|s\.l|bv|nv|oy|ab|pty|corp",
        r"corporation|co|company|group|holding|partners|associates|solutions|support|helpdesk|team|info|kontakt",
        r"contacto|sales|verkauf|billing|buchhaltung|accounts|accounting|office|admin|administrator|service|services",
        r"reception|rezeption|hr|it dept|marketing|bakery|shop|store|hotel|clinic|school|university|praxis|studio",
        r"restaurant|cafe|bar|church|club|library|practice|surgery|nursery|college|council|hospital|society|trust",
        r"agency|consulting|logistics|transport|foods|bank|customer|user",
        r"unknown|anonymous|guest|test|tester|noreply|no reply|no-reply|donotreply|postmaster|mailer|daemon",
        r"newsletter|contact|visitor|caller|client|kunde|cliente|ticket|system|bot|iphone|android",
        r"travel|tours|motors|family|familie|familia|famille|desk|leads?|marketplace|payable|receivable|dept|department|abteilung",
        r"centre|center|farms?|pharmacy|plumbing|roofing|technologies|software|systems|industries|enterprises|insurance",
        r"gallery|museum|theatre|foundation|committee|autohaus|stadtwerke|apotheke|backerei|metzgerei|gasthaus|gasthof",
        r"kanzlei|grundschule|gymnasium|verein|boulangerie|boucherie|pharmacie|mairie|cabinet|peluqueria|panaderia",
        r"farmacia|ayuntamiento|colegio|tienda|talleres",
    )
)
_WRITTEN: Final = r"\p{Lu}(?:-?[\p{Ll}\pM'’]|[-'’]\p{Lu})+"
"""A name as people write it: Rana, Anna-Lena, O'Brien."""
_INTRODUCED = Pattern(
    one_of(
        r"(?i:"
        + either(
            r"\bmy name is|\bname'?s|\bthis is|\bi am|\bi'm|\bit's|\bmein name ist|\bich bin|\bich hei(?:ß|ss)e",
            r"\bhier ist|\bme llamo|\bmi nombre es|\bsoy|\bje m'appelle|\bje suis|\bmon nom est",
        )
        + r")"
    )
    + rf"\s+(?:(?i:mr|mrs|ms|dr|herr|frau|se[ñn]ora?|monsieur|madame)\.?\s+)?({_WRITTEN})"
    + one_of(r"\s+(?:here|from|speaking|again|calling|aus|von|de|und)\b|\s+\p{Lu}[\pL'’-]+|\s*[.,\n–]|\s+-|-\s|\s*$")
)
_MY_NAME = Pattern(rf"(?i:\bmy name(?:'s| is))\s+({_WRITTEN})(?:\s+(?:and|but|not|&|\()|\s*!)")
_GREETS_FIRST = r"^\W*(?i:(?:hi|hello|hey|hiya|yo|g'day|hallo|good (?:morning|afternoon|evening))(?: (?:there|all|team|sir|mam|madam))?\W+)?"
_ONE = rf"({_WRITTEN})"
_LAST = r"(?: \p{Lu}[\pL\pM'’-]+){0,2}"
_SURELY_LAST = r"(?: \p{Lu}[\pL\pM'’-]+){1,2}"
_PRESENT = Pattern(
    _GREETS_FIRST
    + either(
        _ONE + _LAST + r" here\s*(?:[.,!;:\n–-]|$|from\b|again\b)",
        _ONE + _SURELY_LAST + r" here (?:at|with)\b",
    )
)
_IT_IS = Pattern(_GREETS_FIRST + r"(?i:it'?s) " + _ONE + r" (?:from|here|calling|speaking|again)\b")
_CALLED = Pattern(
    either(
        r"(?i:\b(?:call|calls|know|knows) me(?: as)?) " + _ONE,
        r"(?i:\b(?:i go by|my name being)) " + _ONE,
        r"(?:^|[.!?\n] ?)(?i:myself,?) " + _ONE + _LAST + r"(?:,| I\b| (?i:from|here)\b)",
        r"\bI, " + _ONE + _SURELY_LAST + ",",
        r"\b" + _ONE + _SURELY_LAST + r",? (?i:that'?s (?:me|myself))\b",
        r"\b" + _ONE + _LAST + r",? (?i:this side\b|speaking(?: here)?\s*(?:[.,!\n]|$))",
    )
)
_REFUSED = Pattern(
    one_of(
        r"(?i:\b(?:my name(?:'s| is)|i am|i'm|i go by|call me|it'?s|mein name ist|ich (?:bin|hei(?:ß|ss)e)|me llamo|"
        r"mi nombre es|soy|je m'appelle|mon nom est))"
        rf"\s+{_WRITTEN}(?i:,?\s+(?:and\s+|und\s+|y\s+|et\s+)?(?:not|nicht|no|pas)\s+)",
        r"(?i:\b(?:my name (?:is not|isn't)|(?:don't|do not|stop|quit) call(?:ing)? me|mein name ist nicht|ich hei(?:ß|ss)e nicht|"
        r"no me llamo|je ne m'appelle pas))\s+",
    )
    + rf"({_WRITTEN})\b"
)
_THIS_SIDE = Pattern(
    r"^\W*(?i:(?:hi|hello|hey|dear|good (?:morning|afternoon|evening))(?: (?:sir|madam|team|there|all))?)\W+(\p{Ll}{3,}) this side\b"
)
"""Indian English; behind a greeting nobody says so of anything but a name, so small letters will do."""
_SIGNED = Pattern(
    r"(?im)^\s*"
    + one_of(
        r"(?:kind|best|warm|many)?\s*regards|thanks(?: again| in advance| so much| a lot)?",
        r"thank you(?: very much| so much)?|many thanks|cheers|best(?: wishes)?|all the best",
        r"yours(?: (?:sincerely|faithfully|truly))?|sincerely|love|mit freundlichen gr(?:ü|ue)(?:ß|ss)en",
        r"(?:viele|beste|liebe|freundliche|herzliche) gr(?:ü|ue)(?:ß|ss)e|gru(?:ß|ss)|danke|lg|mfg|vg",
        r"saludos(?: cordiales)?|un saludo|atentamente|gracias|cordialement|bien cordialement|cdlt",
        r"merci(?: d'avance)?",
    )
    + r"\s*[,.!;-]*[ \t]*\n+\s*(?-i:((?:\p{Lu}|\p{Lo})[\pL\pM'’-]*)(?:\s+(?:\p{Lu}|\p{Lo})[\pL\pM'’.-]*){0,2})\s*(?:\([^()\n]{1,40}\)\s*)?$"
)
_GREETING = Pattern(
    r"(?i)^\W*"
    + one_of(
        r"hi|hello|hullo|hey|hiya|heya|dear|good (?:morning|afternoon|evening|day)|morning|afternoon|evening|hola|hallo",
        r"guten (?:tag|morgen|abend)|liebe|lieber|moin|servus|sehr geehrter?|bonjour|bonsoir|salut|cher|ch[eè]re",
        r"estimad[oa]|querid[oa]|buen[oa]s (?:d[ií]as|tardes|noches)",
    )
    + r"[ ,]+(?:there[ ,]+)?"
    + one_of(
        r"(?i:mr|mrs|ms|miss|mx|dr|prof|sir|herr|frau|monsieur|madame|mme|m|se[ñn]or|se[ñn]ora|sr|sra|don|do[ñn]a)\.? +"
    )
    + r"?(?:(?i:dr|prof)\.? +)?((?-i:\p{Lu})[\pL\pM'’-]+)((?: (?-i:\p{Lu})[\pL'’-]+)?)"
)
_NO_NAMES = frozenset(
    "there all team sir madam everyone everybody customer folks guys again both friend friends mr mrs ms miss dr i we it let the this that thank thanks sorry not just a an so really glad happy still "
    "from here very ridiculous unacceptable awful terrible urgent unhappy disappointed angry writing having trying looking waiting getting going using sure ok okay yes no hi hello regards best kind sent zusammen damen herren liebe "
    "monday tuesday wednesday thursday friday saturday sunday muy tres sehr enttauscht froh nur auch yours cheers support service your you they he she in at on down broken dead off late christmas easter summer winter heating internet wifi payment generally strictly broadly roughly technically honestly frankly practically personally legally today tomorrow tonight now later soon back asap urgently immediately love dear darling nothing nobody same new longtime rain snow someone somebody "
    "valued esteemed respected customers client clients applicant applicants guest guests member members user users subscriber subscribers passenger "
    "passengers premium gold silver platinum australian american british english irish scottish welsh indian german french spanish italian polish canadian dutch european african asian traveller travellers traveler travelers resident residents tenant tenants patient patients candidate student students "
    "kunde kundin kunden kundinnen interessent interessentin interessenten leser leserin gast gaste mitglied mitglieder nutzer nutzerin "
    "cliente clienta clientes clientas usuario usuaria usuarios socio socia lector lectora huesped amigo amiga "
    "cliente clients clientes abonne abonnee abonnes membre membres lecteur lectrice adherent adherente ami amie".split()
)
_SALUTES = frozenset(
    "estimado estimada estimados estimadas apreciado apreciada apreciados apreciadas querido querida queridos queridas caballeros "
    "cher chere chers cheres mesdames messieurs mesdemoiselles verehrter verehrte verehrtes geehrter geehrte geschatzter geschatzte".split()
)
"""What stands before a name, or for one, where a second greeting follows the first: "Bonjour Chère cliente"."""
_TITLES = frozenset(
    "mr mrs ms miss mx dr prof sir madam lady lord rev herr frau fraulein sr sra srta senor senora don dona m mme mlle monsieur madame maitre".split()
)
_PARTICLES = frozenset("von van de der den del della di da dos das do la le el bin ibn al ter ten zu zur vom".split())
_LATER = frozenset("jr sr ii iii iv phd md esq mba dds".split())

_FAMILY_FIRST = frozenset({"ko", "zh", "ja", "hu"})
"""Languages in which the family name goes first, though many turn it round for others: of two names neither is surely the first."""

_VIETNAMESE = frozenset("nguyen tran le pham huynh hoang phan vu vo dang bui do ho ngo duong ly".split())
_SURELY_VIETNAMESE = frozenset("nguyen tran pham huynh".split())


class KnownName(Struct, frozen=True):
    """What to call the customer: `first` and `last` as they write them; `source` is `profile` or `comment:<id>`.

    No `first` where all that is known is a title and the last name.
    """

    first: str
    last: str = ""
    source: str = "profile"

    @property
    def called(self) -> str:
        """The one word by which somebody is called."""
        return self.first or self.last


def known_name(requester: Person, comments: Sequence[Comment], signed: dict[str, str | None]) -> KnownName | None:
    """The customer's name: as they signed or introduced themselves, else as the profile has it; None where neither is usable."""
    profile = profile_name(requester.name)
    if profile and profile.first and profile.last and base(requester.locale) in _FAMILY_FIRST:
        profile = None
    for comment in reversed(comments):
        if comment.is_customer and (name := signed.get(comment.id)):
            fits = profile is not None and is_same_name(name, profile)
            first = name if not fits or (profile and profile.first) else ""
            return KnownName(first=first, last=profile.last if profile and fits else "", source=f"comment:{comment.id}")
    return profile


@lru_cache(maxsize=256)
def profile_name(name: str | None) -> KnownName | None:
    """A profile's name as a name to call somebody by; companies, mailboxes, handles and masks are none."""
    if not name or any(sign in name for sign in "@#*<>[]{}_/|+=&0123456789") or "xxx" in name.lower():
        return None
    folded = fold(name).text
    if _COMPANY.search(folded) or not any(char.isalpha() for char in name):
        return None
    words = _words_of_name(name)
    if not words or len(words) > 5 or not _is_sayable(words[0], len(words)):
        return None
    if len(words) == 1 and len(_turned(name)) > 1:
        return KnownName(first="", last=words[0])
    if _is_family_first(words):
        return KnownName(first=words[-1], last=" ".join(words[:-1]))
    return KnownName(first=words[0], last=_last_of(words))


def _is_family_first(words: Sequence[str]) -> bool:
    """Whether this is a Vietnamese name in its own order: Nguyễn Thị Hoa is called Hoa."""
    first = fold(words[0]).text
    is_spelt_so = first in _VIETNAMESE and not all(word.isascii() for word in words)
    return len(words) > 1 and (is_spelt_so or (len(words) > 2 and first in _SURELY_VIETNAMESE))


def is_handle(name: str | None) -> bool:
    """Whether somebody goes by a handle, as in direct messages of social networks: "@moss_and_co", "kite99"."""
    if not name or " " in name.strip() or "@" in name[1:]:
        return False
    return name.startswith("@") or any(sign.isdigit() or sign == "_" for sign in name)


@lru_cache(maxsize=256)
def formal_name(name: str) -> str:
    """A profile's name for somebody who is called formally: title and all, as they have it."""
    return " ".join(_turned(name))


def _turned(name: str) -> list[str]:
    """First names first: "Huber, Josef" is turned round; suffixes are left out."""
    if "," in name:
        last, _, first = (part.strip() for part in name.partition(","))
        name = last if fold(first).text.strip(".") in _LATER else f"{first} {last}"
    return [_cased(word) for word in name.split() if fold(word).text.strip(".") not in _LATER]


def _words_of_name(name: str) -> list[str]:
    """A name without its titles, first names first; nothing where only initials go before the last."""
    words = [word for word in _turned(name) if fold(word).text.strip(".") not in _TITLES]
    return [] if len(words) > 1 and all(len(word.strip(".")) == 1 for word in words[:-1]) else words


def _cased(word: str) -> str:
    """JOSEF and josef as Josef; anything mixed stays as its owner writes it."""
    if word in _PARTICLES:
        return word
    return (
        word.title()
        if len(word) > 2 and (word.isupper() or word.islower()) and word.isascii() and "'" not in word
        else word
    )


def _is_sayable(first: str, words: int) -> bool:
    bare = first.strip(".'’-")
    if not bare or fold(bare).text in _NO_NAMES:
        return False
    return len(bare) > 1 or _is_east_asian(bare) or (words > 1 and not bare.isascii())


def _is_east_asian(word: str) -> bool:
    return any("\u3040" <= char <= "\u9fff" or "\uac00" <= char <= "\ud7a3" for char in word)


def _last_of(words: Sequence[str]) -> str:
    """The family name with its particles: "van der Berg", "de la Cruz"."""
    if len(words) < 2:
        return ""
    start = len(words) - 1
    while start > 1 and fold(words[start - 1]).text in _PARTICLES:
        start -= 1
    return " ".join(words[start:])


def signed_name(text: str) -> str | None:
    """The name with which a customer signs or introduces themselves."""
    for pattern, part in (
        (_SIGNED, text[-1_000:]),
        (_INTRODUCED, text[:1_000]),
        (_MY_NAME, text[:1_000]),
        (_PRESENT, text[:100]),
        (_IT_IS, text[:100]),
        (_CALLED, text[:1_000]),
        (_THIS_SIDE, text[:100]),
    ):
        for found in pattern.finditer(part):
            name = next((group for group in found.groups() if group), "")
            if name and fold(name).text not in _NO_NAMES and not _COMPANY.search(fold(name).text):
                return _cased(name)
    return None


def refused_names(text: str) -> frozenset[str]:
    """The names by which somebody says that they are not called, folded: "my name is Anna-Lena not Ana"."""
    return frozenset(fold(found[1]).text for found in _REFUSED.finditer(text))


def uses_name(text: str, name: KnownName) -> bool:
    """Whether a text calls the customer by any decent form: first name, title and last name, a short form, any script."""
    folded = fold(text).text
    said = frozenset(letter_words(folded))
    parts = {part for part in _parts(name) if len(part) > 1 and part not in _PARTICLES}
    if parts & said or any(_is_east_asian(part) and part in folded for part in _parts(name)):
        return True
    return any_short_form(said, fold(name.first).text)


def greeted_name(text: str) -> tuple[str, int, int] | None:
    """The name in a greeting at the beginning of a text, with its span; None where nobody is named."""
    found = _GREETING.search(text[:200])
    if not found or not {fold(found[1]).text, fold(found[1]).text.partition("'")[0]}.isdisjoint(_NO_NAMES | _SALUTES):
        return None
    return found[1], found.start(1), found.end(1)


def is_same_name(greeted: str, name: KnownName) -> bool:
    """Whether the name greeted can be this customer's: equal, a part, a short form, or a slip of one letter."""
    said = fold(greeted).text
    return any(
        said == part or is_short_form(said, part) or is_short_form(part, said) or _near(said, part)
        for part in _parts(name)
    )


def _parts(name: KnownName) -> tuple[str, ...]:
    whole = f"{fold(name.first).text} {fold(name.last).text}"
    return tuple(whole.replace("-", " ").replace("'", " ").split())


def _near(one: str, other: str) -> bool:
    """One letter more, less or other, in names long enough to bear it."""
    if min(len(one), len(other)) < 4 or abs(len(one) - len(other)) > 1:
        return False
    if len(one) == len(other):
        return sum(a != b for a, b in zip(one, other, strict=True)) == 1
    short, long = sorted((one, other), key=len)
    return any(long[:i] + long[i + 1 :] == short for i in range(len(long)))
