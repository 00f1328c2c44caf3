"""The countries there are (ISO 3166-1) and their names in Korean and English (Unicode CLDR)."""

from functools import cache

import pycountry
from babel import Locale

from services.catalog.domain.project import Country
from services.catalog.domain.table.columns import Countries
from services.catalog.domain.text import Bilingual

COUNTRY_CODES: tuple[str, ...] = tuple(sorted(country.alpha_2 for country in pycountry.countries))

_PLAIN_NAMES = {"MM": "Myanmar"}
"""Where CLDR's English name is longer than the one in the ministry's list."""


def country_of(iso2: str) -> Country:
    """The country with its names; an unknown code has none."""
    ko, en = _names("ko").get(iso2), _PLAIN_NAMES.get(iso2) or _names("en").get(iso2)
    return Country(iso2, Bilingual(ko, en) if ko or en else None)


@cache
def _names(language: str) -> dict[str, str]:
    return dict(Locale(language).territories)


COUNTRIES = Countries(COUNTRY_CODES, country_of)
