"""Where one can go in the console: a few groups of pages, of which each person sees those that their role opens."""

from __future__ import annotations

from msgspec import Struct

from guidance.people.users import May, User


class Place(Struct, frozen=True, kw_only=True):
    """A page in the navigation; `also`: pages without an entry of their own that belong to it."""

    path: str
    name: str
    may: May
    also: tuple[str, ...] = ()

    def has(self, path: str) -> bool:
        """Whether a page is this one, or one below it."""
        return any(path == own or path.startswith(f"{own}/") for own in (self.path, *self.also))


class Group(Struct, frozen=True):
    """Pages that are used together. The group's own link leads to the first of them."""

    name: str
    places: tuple[Place, ...]

    def has(self, path: str) -> bool:
        return any(place.has(path) for place in self.places)


GROUPS = (
    Group(
        "Rules",
        (
            Place(path="/console/rules", name="All rules", may=May.SEE, also=("/console/files", "/console/help")),
            Place(path="/console/try", name="Try it", may=May.TRY),
            Place(path="/console/backtests", name="Backtests", may=May.BACKTEST),
            Place(path="/console/versions", name="Versions", may=May.SEE, also=("/console/import",)),
        ),
    ),
    Group(
        "Results",
        (
            Place(path="/console/numbers", name="Numbers", may=May.SEE),
            Place(path="/console/promises", name="Promises", may=May.PROMISES),
        ),
    ),
    Group(
        "House",
        (
            Place(path="/console/words", name="House words", may=May.HOUSE_WORDS),
            Place(path="/console/network", name="Network", may=May.PARTNERS),
        ),
    ),
    Group(
        "People and data",
        (
            Place(path="/console/people", name="People", may=May.PEOPLE),
            Place(path="/console/customers", name="Customers", may=May.CUSTOMERS),
            Place(path="/console/changes", name="Changes", may=May.SEE_CHANGES),
            Place(path="/console/stored", name="Stored", may=May.SEE),
        ),
    ),
)


def groups_for(user: User) -> list[Group]:
    """The groups with a page that this person may open, each with those pages alone."""
    seen = (Group(group.name, tuple(one for one in group.places if user.may(one.may))) for group in GROUPS)
    return [group for group in seen if group.places]
