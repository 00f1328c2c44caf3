"""What a project is about. Pure.

Nobody published sectors for the completed projects: they are derived from the published titles, by the words below,
and say so. A project without a title has none, and one whose title names none of these has none either.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from services.catalog.domain.text import Bilingual


class Sector(StrEnum):
    """A field of work of a smart city."""

    URBAN_DEVELOPMENT = "urban_development"
    MOBILITY = "mobility"
    SAFETY = "safety"
    DATA = "data"
    NETWORKS = "networks"
    WATER = "water"
    ENERGY = "energy"
    WASTE = "waste"
    UTILITIES = "utilities"
    LAND = "land"


class SectorBasis(StrEnum):
    """Why a project is said to belong to its sectors: a rule read them from its title, or somebody stated them."""

    TITLE = "title"
    STATED = "stated"


NAMES: Mapping[Sector, Bilingual] = {
    Sector.URBAN_DEVELOPMENT: Bilingual("도시개발", "Urban development"),
    Sector.MOBILITY: Bilingual("교통·모빌리티", "Mobility"),
    Sector.SAFETY: Bilingual("안전·재난", "Safety"),
    Sector.DATA: Bilingual("데이터·플랫폼", "Data and platforms"),
    Sector.NETWORKS: Bilingual("통신망", "Networks"),
    Sector.WATER: Bilingual("물·배수", "Water"),
    Sector.ENERGY: Bilingual("에너지", "Energy"),
    Sector.WASTE: Bilingual("폐기물", "Waste"),
    Sector.UTILITIES: Bilingual("지하시설물", "Underground utilities"),
    Sector.LAND: Bilingual("토지·공간정보", "Land and property"),
}

_WORDS: Mapping[Sector, str] = {
    Sector.URBAN_DEVELOPMENT: r"smart city (basic|master|feasib|pre-feasib|comprehensive)|new town|reconstruction"
    r"|freeport zone|district|smart city$|신도시|재건|복구|단지|자유구역|스마트시티 (기본|마스터|타당|예비타당|종합)|스마트시티$",
    Sector.MOBILITY: r"traffic|mobility|parking|motorcycle|transport|transit|c-its|\broads?\b|motorway|\bbus(es)?\b"
    r"|교통|모빌리티|주차|오토바이|도로|노면|버스",
    Sector.SAFETY: r"disaster|safety|emergenc|monitoring and control|icing|\bfire\b|crime|cctv"
    r"|재난|재해|안전|방범|소방|감시|결빙",
    Sector.DATA: r"data platform|smart city platform|digital twin|데이터|통합플랫폼|디지털 ?트윈",
    Sector.NETWORKS: r"network|lora|broadband|wi-?fi|인터넷망|통신망|와이파이",
    Sector.WATER: r"drainage|water|flood|sewage|배수|상수|하수|홍수|(?<!폐기)물 ?관리",
    Sector.ENERGY: r"energy|electricity|solar|power grid|에너지|태양광|전력",
    Sector.WASTE: r"waste|garbage|recycl|폐기물|쓰레기|재활용",
    Sector.UTILITIES: r"underground facilit|utility tunnel|지하시설물|공동구",
    Sector.LAND: r"property rights|cadast|land information|권리공간|지적(도|측량|정보)|토지",
}
_RULES = {sector: re.compile(pattern, re.IGNORECASE) for sector, pattern in _WORDS.items()}


@dataclass(frozen=True, slots=True)
class Sectors:
    """The sectors of a project, in the order of ``Sector``, and how they are known."""

    values: tuple[Sector, ...]
    basis: SectorBasis

    @classmethod
    def stated(cls, values: Sequence[Sector]) -> "Sectors":
        """Sectors that somebody answers for."""
        return cls(tuple(sector for sector in Sector if sector in values), SectorBasis.STATED)


@lru_cache(4096)  # a reader asks for it with every project shown, and titles stay
def derived_from(title: Bilingual | None) -> Sectors | None:
    """The sectors whose words a title has; None without a title or a word."""
    texts = title.texts if title else ()
    found = tuple(sector for sector, rule in _RULES.items() if any(map(rule.search, texts)))
    return Sectors(found, SectorBasis.TITLE) if found else None
