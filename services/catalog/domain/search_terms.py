"""What of a text is kept to find it again: its words, and of Korean each syllable and each two in a row. Pure.

Korean writes words together or apart as it likes and hangs particles onto them, so nobody can say where a word ends;
two syllables in a row are found in any of its forms.
"""

import re
from collections.abc import Iterable, Iterator, Mapping

from services.catalog.domain.project import Project
from services.catalog.domain.search_text import HANGUL, normalised
from services.catalog.domain.text import Bilingual

_PIECE = re.compile(rf"([{HANGUL}]+)|([^\W_{HANGUL}]+)")
_LONE_LETTER = re.compile(r"(?<![a-z0-9])([a-z])-(?=[a-z0-9])")


_ALSO_CALLED: Mapping[str, Bilingual] = {
    "AE": Bilingual(None, "UAE"),
    "CI": Bilingual("아이보리코스트", "Ivory Coast"),
    "CZ": Bilingual("체코", "Czech Republic"),
    "GB": Bilingual("영국", "UK Britain England"),
    "MM": Bilingual("버마", "Burma"),
    "MK": Bilingual("마케도니아", "Macedonia"),
    "SZ": Bilingual("스와질란드", "Swaziland"),
    "TL": Bilingual("동티모르", "East Timor"),
    "TR": Bilingual("터키", "Turkey"),
    "US": Bilingual("아메리카", "USA America"),
}
"""What readers call a country beside its name in CLDR."""


def pieces_of(text: str) -> Iterator[tuple[str, bool]]:
    """The words of a normalised text, each with whether it is a run of Korean; a lone letter clings: c-its is cits."""
    for found in _PIECE.finditer(_LONE_LETTER.sub(r"\1", text)):
        yield found[0], found[1] is not None


def grams_of(run: str) -> frozenset[str]:
    """What is kept of a run of Korean: its syllables, and each two in a row."""
    return frozenset(run) | frozenset(run[start : start + 2] for start in range(len(run) - 1))


def terms_of(texts: Iterable[Bilingual | None]) -> list[str]:
    """All that is kept of some texts, in order, each once."""
    found: set[str] = set()
    for text in texts:
        for written in text.texts if text else ():
            for piece, korean in pieces_of(normalised(written)):
                found |= grams_of(piece) if korean else {piece}
    return sorted(found)


def is_korean(term: str) -> bool:
    """Whether a term is a piece of Korean."""
    return re.match(rf"[{HANGUL}]", term) is not None


def columns_of_terms(of: Project) -> dict[str, list[str]]:
    """The terms of a project by where they stand; ``search_terms`` are all of them."""
    country = (of.country.name, _ALSO_CALLED.get(of.country.iso2)) if of.country else ()
    place = (of.city, *country)
    return {
        "title_terms": terms_of((of.title,)),
        "place_terms": terms_of(place),
        "search_terms": terms_of((of.title, *place, of.organisation, of.partner)),
    }
