"""The words of counting."""

from typing import Any

from services.catalog.contract.projects import HAIPHONG
from services.catalog.contract.reading import read
from shared.http.contract.words import Described

PRESS = (
    "국토교통부 보도자료, 2025-01-20 (press release of the Ministry of Land, Infrastructure and Transport)"
)
ONE_PLAN = {
    "projects": 1,
    "countries": 1,
    "development_plan": 0,
    "solution_plan": 1,
    "plan": 0,
    "demonstration": 0,
}
NONE = dict.fromkeys(ONE_PLAN, 0)


def figure(value: int | None, ko: str, en: str, source: str) -> dict[str, Any]:
    """A number with its basis."""
    return {"value": value, "basis": {"ko": ko, "en": en}, "source": source}


STATISTICS = {
    "totals": [
        {
            "measure": "projects",
            "published": figure(49, "국토교통부가 공표한 수", "As published by the ministry", PRESS),
            "completed": figure(
                49,
                "완료사업 목록에서 센 수",
                "Counted from the completed projects",
                "/v1/projects?state=completed",
            ),
            "selected": figure(
                0,
                "선정 공고된 사업을 센 수",
                "Counted from the selections announced",
                "/v1/projects?state=selected",
            ),
        }
    ],
    "countries_added": figure(
        0,
        "선정 공고된 사업의 국가 중 새로 더해진 국가 수",
        "Countries that only announced selections have",
        "/v1/projects?state=selected",
    ),
    "by_year": [{"selection_year": 2021, "completed": ONE_PLAN, "selected": NONE}],
    "by_country": [{"country": HAIPHONG["country"], "completed": ONE_PLAN, "selected": NONE}],
    "by_sector": [{"sector": "mobility", "completed": ONE_PLAN, "selected": NONE}],
    "by_stage": [{"stage": "completed", "projects": 1}],
}
OPERATIONS: dict[str, Described] = {
    "getStatistics": read(STATISTICS, "Shortened: one measure, one year, one country"),
}
KOREAN = {"getStatistics": "사업 통계 조회"}
