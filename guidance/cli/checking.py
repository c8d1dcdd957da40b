"""What an operator writes of an account, looked over before it is kept: what nothing would ever look at, or could live with, is refused."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

import msgspec
from babel import Locale, UnknownLocaleError

from guidance.accounts.house_words import checked_words
from guidance.cli.naming import no_rule
from guidance.errors import MalformedError
from guidance.hours.business import DAYS
from guidance.hours.zones import zone
from guidance.integrations import integrations
from guidance.model import SCOPES, AccountSettings, Hours
from guidance.ports import Account
from guidance.text.foreign import misfit
from guidance.text.nearest import nearest

OF_RULES = ("proposals", "stages")
"""The settings that name rules."""

HANDED_IN = frozenset({"account", "approved", "calibration"})
"""What `AccountSettings` holds besides what anybody sets."""

_OWN = "locked"
_HOURS = 1_000.0
_RANGES: Mapping[str, tuple[float, float, str]] = {
    "grace_for": (0, 86_400, "seconds"),
    "remind_before": (0, _HOURS, "business hours"),
    "nudge_after": (0, _HOURS, "business hours"),
    "broken_after": (0, _HOURS, "business hours"),
}
_TIME = re.compile(r"(?:[01]?\d|2[0-3]):[0-5]\d|24:00")


def check_told(told: Mapping[str, Any], rules: Callable[[], Mapping[str, Collection[str]]]) -> None:
    """Raise `MalformedError`, naming the place, where this could not be meant.

    `rules`: by the name of a setting, what it may name; asked only where one of these is set, since it takes a while.
    """
    _check_names(told, set(Account.__struct_fields__) - {_OWN}, "")
    helpdesk = integrations().get(str(told.get("id", "")).partition(":")[0])
    if helpdesk is not None:
        _check_names(_part(told, "secrets"), helpdesk.SECRETS, "secrets.")
        _check_names(_part(told, "config"), helpdesk.Config.__struct_fields__, "config.")
        _check_kind(_part(told, "config"), helpdesk.Config, "config.")
    settings = {name: value for name, value in _part(told, "settings").items() if value is not None}
    _check_names(settings, set(AccountSettings.__struct_fields__) - HANDED_IN, "settings.")
    _check_kind(settings, AccountSettings, "settings.")
    for place, problem in _problems(settings):
        raise MalformedError(f"settings.{place}: {problem}", path=f"settings.{place}")
    if any(settings.get(name) for name in OF_RULES):
        _check_rules(settings, rules())


def _part(told: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """One part of what was told; another kind than an object is for the reader to refuse."""
    part = told.get(name)
    return part if isinstance(part, dict) else {}


def _check_names(told: Iterable[str], there: Collection[str], under: str) -> None:
    for name in told:
        if name not in there:
            meant = nearest(name, there)
            way = f"is it {meant}?" if meant else f"there are {', '.join(sorted(there))}"
            raise MalformedError(f"{under}{name}: there is nothing of this name; {way}", path=f"{under}{name}")


def _check_kind(told: Mapping[str, Any], kind: type[Any], under: str) -> None:
    try:
        msgspec.convert(told, kind)
    except msgspec.ValidationError as error:
        known = misfit(error)
        raise MalformedError(f"{under}{known.path}: {known}", path=f"{under}{known.path}") from None


def _problems(settings: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The place and what is wrong there."""
    for name, (least, most, unit) in _ranges(settings):
        if name in settings and not least <= settings[name] <= most:
            yield name, f"from {least:g} to {most:,g} {unit}, not {settings[name]:,g}"
    if "agent_locale" in settings and not _is_locale(settings["agent_locale"]):
        yield (
            "agent_locale",
            f"a language, with its country where it matters, as in en-US, not {settings['agent_locale']!r}",
        )
    for scope in settings.get("live_in", ()):
        if not scope.partition(":")[2].strip() or scope.partition(":")[0] not in SCOPES:
            yield "live_in", f"a group or brand, as in group:Billing or brand:Acme, not {scope!r}"
    for part in settings.get("network_off", ()):
        if part not in (parts := _network_parts()):
            yield "network_off", f"there is no part {part!r}; there are {', '.join(parts)}"
    for words in settings.get("house_words", {}).values():
        checked_words(words)
    yield from _problems_of_hours(settings.get("hours", {}))


def _problems_of_hours(hours: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    _check_names(hours, Hours.__struct_fields__, "settings.hours.")
    if (named := hours.get("time_zone")) and zone(named) is None:
        yield "hours.time_zone", f"there is no zone {named!r}; write it as in Europe/Berlin"
    _check_names(hours.get("weekly") or {}, DAYS, "settings.hours.weekly.")
    for day, spans in (hours.get("weekly") or {}).items():
        for opens, closes in spans:
            if not (_TIME.fullmatch(opens) and _TIME.fullmatch(closes) and opens != closes):
                yield (
                    f"hours.weekly.{day}",
                    f'from one time to another, as in ["09:00", "17:00"], not {opens!r} to {closes!r}',
                )
    for day in hours.get("holidays", ()):
        if not _is_date(day):
            yield "hours.holidays", f"a day as in 2026-12-25, not {day!r}"
    if (country := hours.get("country")) and not (len(country) == 2 and country.isalpha()):
        yield "hours.country", f"two letters, as in DE, not {country!r}"


def _check_rules(settings: Mapping[str, Any], rules: Mapping[str, Collection[str]]) -> None:
    for name in OF_RULES:
        for rule_id in settings.get(name, ()):
            if rule_id not in rules[name]:
                raise MalformedError(f"settings.{name}: {no_rule(rule_id, rules[name])}", path=f"settings.{name}")


def _ranges(settings: Mapping[str, Any]) -> Iterator[tuple[str, tuple[float, float, str]]]:
    yield from _RANGES.items()
    if "holdout" in settings:
        from guidance.hints.holdout import MOST  # noqa: PLC0415 - hints are much to read for one number

        yield "holdout", (0, MOST, "of all tickets")


def _network_parts() -> Collection[str]:
    from guidance.console.network import PARTS  # noqa: PLC0415 - the console is much to read for one name

    return PARTS


def _is_locale(name: str) -> bool:
    try:
        return bool(Locale.parse(name, sep="-" if "-" in name else "_"))
    except (UnknownLocaleError, ValueError):
        return False


def _is_date(day: str) -> bool:
    try:
        return bool(date.fromisoformat(day))
    except ValueError:
        return False
