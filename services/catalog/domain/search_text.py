"""The text that search compares: one normal form for what is stored and what is asked. Pure.

Compatibility forms, case and accents of Latin letters do not count (``Bogota`` finds Bogotá), nor do spaces
beside Hangul, where writers differ (``교통 관리`` finds 교통관리).
"""

import re
import unicodedata

from services.catalog.domain.project import Project
from services.catalog.domain.text import Bilingual

SEPARATOR = "\n"
"""Stands between two texts of a project; no query contains it, so none matches across two texts."""

# letters that Unicode does not decompose, though readers type them without their stroke or dot
_PLAIN = str.maketrans({"ı": "i", "đ": "d", "ø": "o", "ł": "l", "ħ": "h", "æ": "ae", "œ": "oe", "þ": "th"})
_ACCENTED_LATIN = re.compile(r"([a-z])[\u0300-\u036f]+")
_SPACES = re.compile(r"\s+")
HANGUL = r"\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff"
"""The letters of Korean, as part of a regular expression's class."""
_SPACE_BESIDE_HANGUL = re.compile(rf"(?<=[{HANGUL}]) | (?=[{HANGUL}])")


def normalised(text: str) -> str:
    """The form of ``text`` that is compared; "" when nothing remains. Normalising twice changes nothing."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    decomposed = unicodedata.normalize("NFKD", folded).translate(_PLAIN)
    plain = _ACCENTED_LATIN.sub(r"\1", decomposed)
    spaced = _SPACES.sub(" ", plain).strip()
    return unicodedata.normalize("NFC", _SPACE_BESIDE_HANGUL.sub("", spaced))


def search_text(project: Project) -> str:
    """Everything of ``project`` that can be searched: title, city, country, organisation, partner."""
    country = project.country.name if project.country else None
    parts: tuple[Bilingual | None, ...] = (
        project.title,
        project.city,
        country,
        project.organisation,
        project.partner,
    )
    return SEPARATOR.join(normalised(text) for part in parts if part is not None for text in part.texts)
