"""What two persons are compared on, read once so that a comparison costs little."""

from datetime import date
from functools import cached_property

from wida.people.matching.spelling import called, cores, plain, skeleton


class Home:
    """An address that shields nobody."""

    __slots__ = ("code", "number", "place", "street")

    def __init__(self, street: str, code: str, place: str = ""):
        words = plain(street).split()
        self.number = next((word for word in words if word[0].isdigit()), "")
        self.street = " ".join(word for word in words if not word[0].isdigit())
        self.code, self.place = plain(code), plain(place)


class Facts:
    """One person as somebody wrote it down. Anything may be missing; `birth_date` is ISO 8601 text."""

    def __init__(
        self,
        *,
        given_name: str = "",
        family_name: str = "",
        known_as: str = "",
        national_number: str = "",
        birth_date: str | date | None = "",
        birth_year: int | None = None,
        sex: str = "",
        homes: tuple[tuple[str, ...], ...] = (),
    ):
        self.given_name, self.family_name, self.known_as = given_name, family_name, known_as
        self.number = "".join(sign for sign in national_number if sign in "0123456789")
        self.born = birth_date.isoformat() if isinstance(birth_date, date) else birth_date or ""
        self.year = int(self.born[:4]) if self.born else birth_year
        self.sex = sex
        self.homes = tuple(Home(*home) for home in homes)
        self.given, self.family = plain(given_name), plain(family_name)
        self.called = called(given_name)
        self.first = skeleton(self.called)
        # Of the family name, and of the name somebody also goes by: a maiden name, a married one, a nickname.
        self.cores = cores(family_name)
        if known_as:
            self.cores = tuple(dict.fromkeys((*self.cores, *cores(known_as))))

    @property
    def wholes(self) -> set[str]:
        """The family name and the name somebody also goes by, as they are written, in one word."""
        return {plain(name).replace(" ", "") for name in (self.family_name, self.known_as)} - {""}

    @cached_property
    def swapped(self) -> "Facts":
        """The same person, had first and family name stood in each other's place."""
        other = Facts(given_name=self.family_name, family_name=self.given_name, known_as=self.known_as)
        other.number, other.born, other.year = self.number, self.born, self.year
        other.sex, other.homes = self.sex, self.homes
        return other
