"""What a ticket is about, as weighted word stems: the terms of the index of solved tickets.

Names, addresses, links and numbers of more than four digits are no terms: they tell people and orders apart, not matters.
Words that mean the same at a helpdesk (`same_words.yaml`) are one term. Stems by Snowball, in the language of the text where it has one for it. The weight is BM25's share of a word in one ticket.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache

import Stemmer

from guidance.model import Comment, Conversation
from guidance.text.fold import fold
from guidance.text.language import base, detect
from guidance.text.patterns import Pattern
from guidance.text.shipped import shipped_yaml
from guidance.text.words import plain_words
from guidance.text.written import written

MOST_TERMS = 48
"""Terms that are kept of one solved ticket."""

_READ = 4_000
_SATURATION, _LENGTH_COUNTS, _USUAL_LENGTH = 1.2, 0.5, 60
_IN_SUBJECT = 2
_STEMS_FOR = {"en": "english", "de": "german", "fr": "french", "es": "spanish"}
_NO_MATTER = Pattern(r"\S+@\S+|https?:\S+|www\.\S+|\b\d[\d .:/-]{4,}\d\b|\b[a-z]*\d{5,}[a-z0-9]*\b")
_COMMON = frozenset(
    "a about after again all also although always am an and another any anyone anything are aren't as ask asked at away back be because been before being but by "
    "call came can cannot can't come could couldn't day days did didn't do does doesn't doing done don't down each either else ever every few find fine first for "
    "found from get gets getting give given go goes going gone good got great had has have haven't having he hello help her here hey hi him his hope how however i if "
    "in into is isn't it its it's i'd i'll i'm i've just keep kind know last least less let like little look looking made make many may maybe me might mine more most "
    "much must my myself need never new next no nobody none not nothing now of off often oh ok okay on once one only or other our out over own part past "
    "please possible put quite rather really regards right said same say says see seem seems seen send sent she should since so some somebody someone something soon "
    "sorry still such sure take taken tell than thank thanks that that's the their them then there these they thing things think this those though thought through time "
    "times to today together told tomorrow too took tried tries try trying two under until up us use used using very via want wanted was way we week weeks well went "
    "were what when where whether which while who whole whom whose why will wish with without won't would wrong yes yesterday yet you your yours "
    "aber als am auch auf aus bei bin bis bitte da danke das dass dein dem den der des die dies doch du durch ein eine einem einen einer eines er es fur gut habe haben hallo "
    "hat hatte ich ihr ihre im in ist ja kann kein keine konnen man mehr mein meine mich mir mit nach nicht noch nun nur oder ohne schon sehr sein seit sich sie sind so uber um "
    "und uns unser vom von vor war warum was wenn wer werden wie wieder wir wird zu zum zur "
    "ai au aussi avec avez bonjour ce cela ces cette comme dans de des du elle en est et etes ete faire il je la le les leur lui ma mais me merci mes moi mon ne nos notre nous on ont ou "
    "par pas plus pour pouvez qu que qui sa se ses si son sont sur tout tres un une vos votre vous y "
    "al como con de del el ella en entre era es esta este esto fue gracias ha hay he hola la las le lo los mas me mi mis muy no nos o para pero por que quien se ser si sin sobre su sus te tengo tiene "
    "un una uno y ya yo".split()
)
_local = threading.local()


def matter_of(conversation: Conversation) -> dict[str, int]:
    """A solved ticket's terms with their weights, 1 to 255; the most telling ones, `MOST_TERMS` at most."""
    counted = _counted(conversation, conversation.comments)
    length = 1 - _LENGTH_COUNTS + _LENGTH_COUNTS * sum(counted.values()) / _USUAL_LENGTH
    share = {term: times * (_SATURATION + 1) / (times + _SATURATION * length) for term, times in counted.items()}
    kept = sorted(share, key=lambda term: (-share[term], -len(term), term))[:MOST_TERMS]
    return {term: max(1, min(255, round(share[term] * 100))) for term in kept}


def query_of(conversation: Conversation) -> dict[str, int]:
    """What a ticket asks about: the terms of its subject and of the customer's words, with how often each stands there."""
    return dict(_counted(conversation, [one for one in conversation.comments if one.is_customer]))


def _counted(conversation: Conversation, comments: Iterable[Comment]) -> Counter[str]:
    """How often each term stands in subject and comments, names of people on the ticket left out."""
    language = base(conversation.ticket.language or conversation.requester.locale)
    names = set(_names(conversation))
    counted: Counter[str] = Counter()
    for text, weight in _texts(conversation, comments):
        spoken = detect(text, language) or language or "en"
        stem, same = _stemmer(spoken), _same_words(spoken)
        for word in _words(text):
            if word not in names:
                term = stem(word)
                counted[same.get(term, term)] += weight
    return counted


def _texts(conversation: Conversation, comments: Iterable[Comment]) -> Iterator[tuple[str, int]]:
    if conversation.ticket.subject:
        yield conversation.ticket.subject, _IN_SUBJECT
    left = _READ
    for comment in comments:
        own = " ".join(comment.text[start:end] for start, end in written(comment.text[:left]))
        left -= len(comment.text)
        if own:
            yield own, 1
        if left <= 0:
            return


def _words(text: str) -> Iterator[str]:
    plain = _NO_MATTER.sub(" ", fold(text).text)
    for word in plain_words(plain.replace("'", "")):
        if 2 < len(word) < 30 and word not in _COMMON:
            yield word


def _names(conversation: Conversation) -> Iterator[str]:
    people = [conversation.requester.name, conversation.assignee.name, *(c.author_name for c in conversation.comments)]
    for name in filter(None, people):
        yield from plain_words(fold(name).text)


@cache
def _same_words(language: str) -> Mapping[str, str]:
    """Stem -> the stem that stands for its meaning."""
    stem = _stemmer(language)
    lines = shipped_yaml("guidance.network", "same_words.yaml").get(language, ())
    meanings = ([stem(word.strip()) for word in line.split(",")] for line in lines)
    return {one: first for first, *others in meanings for one in (first, *others)}


def _stemmer(language: str) -> Callable[[str], str]:
    """Snowball's stemmer for a language, English where it has none; one for each thread, since it keeps a cache."""
    name = _STEMS_FOR.get(language, "english")
    kept = _local.__dict__.setdefault("stemmers", {})
    if name not in kept:
        kept[name] = Stemmer.Stemmer(name)
    stem: Callable[[str], str] = kept[name].stemWord
    return stem
