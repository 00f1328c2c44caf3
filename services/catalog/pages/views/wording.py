"""Values in the words of one language. Pure."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from types import SimpleNamespace
from zoneinfo import ZoneInfo

from babel import Locale

from services.catalog.domain.project import Country, Project, ProjectType
from services.catalog.domain.sector import NAMES, Sector
from services.catalog.domain.text import Bilingual
from services.catalog.pages.words import Language, words_of
from shared.events.text import LocalText

SEOUL = ZoneInfo("Asia/Seoul")
_HANGUL = re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]")
_EOK = 10**8
_MILLION = 10**6


@dataclass(frozen=True, slots=True)
class Said:
    """A text as it is shown. ``language``: when it is not that of the page; a reader's voice needs to know."""

    text: str
    language: Language | None = None

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Wording:
    """One language's way to say things."""

    language: Language

    @property
    def words(self) -> SimpleNamespace:
        """Its words."""
        return words_of(self.language)

    @property
    def other(self) -> Language:
        """The other language."""
        return "en" if self.language == "ko" else "ko"

    def say(self, both: Bilingual | LocalText | None) -> Said | None:
        """A text in this language, or in the other one where it is only published there; None: not published."""
        if both is None:
            return None
        own, others = (both.ko, both.en) if self.language == "ko" else (both.en, both.ko)
        if own:
            return Said(own)
        return Said(others, self.other) if others else None

    def written(self, text: str) -> Said:
        """A text of which only its script tells the language."""
        language: Language = "ko" if _HANGUL.search(text) else "en"
        return Said(text, None if language == self.language else language)

    def country(self, country: Country | None) -> Said | None:
        """A country's name; its code where it has none."""
        if country is None:
            return None
        return self.say(country.name) or Said(country.iso2)

    def place(self, of: Project) -> str | None:
        """City and country as one reads them; None: neither is published."""
        city, country = self.say(of.city), self.country(of.country)
        named = [str(one) for one in (city, country) if one is not None]
        return (" ".join(reversed(named)) if self.language == "ko" else ", ".join(named)) or None

    def sector(self, sector: Sector) -> str:
        """A sector's name."""
        return str(self.say(NAMES[sector]))

    def type(self, of: ProjectType) -> str:
        """A type's name."""
        return str(getattr(self.words.types, of.value))

    def won(self, amount: int) -> str:
        """An amount of won as one says it: hundreds of millions in Korean, millions in English."""
        formats = self.words.formats
        if self.language == "ko" and amount and amount % (_EOK // 10) == 0:
            return str(formats.eok.format(eok=f"{amount / _EOK:,.1f}".removesuffix(".0")))
        if self.language == "en" and amount and amount % _MILLION == 0:
            return str(formats.eok.format(millions=f"{amount // _MILLION:,}"))
        return str(formats.won.format(amount=f"{amount:,}"))

    def day(self, day: date) -> str:
        """A day."""
        month = Locale(self.language).months["format"]["wide"][day.month]
        return str(
            self.words.formats.day.format(year=day.year, month=day.month, day=day.day, month_name=month)
        )

    def instant(self, at: datetime) -> str:
        """Day and hour in Seoul."""
        there = at.astimezone(SEOUL)
        return str(
            self.words.formats.time.format(
                year=there.year,
                month=there.month,
                day=there.day,
                month_name=Locale(self.language).months["format"]["wide"][there.month],
                weekday=self.words.formats.weekdays.split()[there.weekday()],
                clock=there.strftime("%H:%M"),
            )
        )


def in_seoul(at: datetime) -> date:
    """The day it is in Seoul."""
    return at.astimezone(SEOUL).date()
