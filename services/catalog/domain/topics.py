"""The words by which readers ask for a sector or a type, beside those that stand in titles. Pure."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import TypeVar

from services.catalog.domain.project import ProjectType
from services.catalog.domain.search_terms import pieces_of
from services.catalog.domain.search_text import normalised
from services.catalog.domain.sector import NAMES, Sector
from services.catalog.domain.text import Bilingual

T = TypeVar("T", bound=StrEnum)
LEAST_BEGINNING = 4
"""Letters of a word that is taken for the beginning of another one."""
LEAST_SYLLABLES = 2

TYPE_NAMES: Mapping[ProjectType, Bilingual] = {
    ProjectType.DEVELOPMENT_PLAN: Bilingual("개발계획", "Development plan"),
    ProjectType.SOLUTION_PLAN: Bilingual("솔루션계획", "Solution plan"),
    ProjectType.PLAN: Bilingual("계획수립", "Plan"),
    ProjectType.DEMONSTRATION: Bilingual("해외실증", "Demonstration"),
}
_ALSO_SECTORS: Mapping[Sector, str] = {
    Sector.URBAN_DEVELOPMENT: "town district housing regeneration construction 신도시 도시재생 재건 주택 건설",
    Sector.MOBILITY: "traffic transport transportation transit road roads parking bus motorway highway "
    "교통 모빌리티 도로 주차 버스 대중교통 운송 자율주행",
    Sector.SAFETY: "security disaster emergency crime fire police 안전 재난 재해 방재 방범 소방 치안",
    Sector.DATA: "platform twin ai information 데이터 플랫폼 디지털트윈 인공지능 정보화",
    Sector.NETWORKS: "network communication communications internet telecom wifi iot 통신 인터넷 네트워크 통신망",
    Sector.WATER: "drainage sewage sewer flood flooding wastewater 상수도 하수도 배수 홍수 수자원",
    Sector.ENERGY: "power electricity solar grid electric 전력 전기 태양광 에너지",
    Sector.WASTE: "garbage rubbish trash recycling 쓰레기 재활용 폐기물",
    Sector.UTILITIES: "underground utility facilities 지하 시설물 공동구",
    Sector.LAND: "cadastre cadastral property gis geospatial 토지 지적 부동산 공간정보",
}
_ALSO_TYPES: Mapping[ProjectType, str] = {
    ProjectType.DEVELOPMENT_PLAN: "마스터플랜",
    ProjectType.SOLUTION_PLAN: "",
    ProjectType.PLAN: "planning",
    ProjectType.DEMONSTRATION: "demo pilot testbed 실증",
}
_TOO_WIDE = frozenset({"and", "plan", "urban", "development", "platforms", "solution"})
"""Words of the names that say nothing by themselves."""


def _index(names: Mapping[T, Bilingual], also: Mapping[T, str]) -> dict[str, tuple[T, ...]]:
    words: dict[str, tuple[T, ...]] = {}
    for topic, name in names.items():
        for word in _words(name, also[topic]):
            words[word] = (*words.get(word, ()), topic)
    return words


def _words(name: Bilingual, also: str) -> frozenset[str]:
    # word by word, for normalising takes the space between Korean words away
    texts = (normalised(text) for text in (*name.texts, *also.split()))
    return frozenset(word for text in texts for word, _ in pieces_of(text)) - _TOO_WIDE


_SECTORS = _index(NAMES, _ALSO_SECTORS)
_TYPES = _index(TYPE_NAMES, _ALSO_TYPES)
WORDS = frozenset(_SECTORS) | frozenset(_TYPES)


def sectors_of(word: str, *, korean: bool) -> tuple[Sector, ...]:
    """The sectors that somebody who writes ``word`` may mean, in the order of ``Sector``."""
    found = set(_meant(_SECTORS, word, korean=korean))
    return tuple(sector for sector in Sector if sector in found)


def types_of(word: str, *, korean: bool) -> tuple[ProjectType, ...]:
    """The types that somebody who writes ``word`` may mean, in the order of ``ProjectType``."""
    found = set(_meant(_TYPES, word, korean=korean))
    return tuple(kind for kind in ProjectType if kind in found)


def _meant(index: Mapping[str, tuple[T, ...]], word: str, *, korean: bool) -> Iterable[T]:
    for known, topics in index.items():
        if word == known or (_part(known, word) if korean else _beginning(known, word)):
            yield from topics


def _part(known: str, word: str) -> bool:
    return (len(known) >= LEAST_SYLLABLES and known in word) or (
        len(word) >= LEAST_SYLLABLES and word in known
    )


def _beginning(known: str, word: str) -> bool:
    return len(word) >= LEAST_BEGINNING and known.startswith(word)
