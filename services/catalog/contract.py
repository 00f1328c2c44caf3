"""What the contract of catalog says beyond its code: audiences, examples, headers, links. The projects are real."""

from typing import Any

from services.catalog.domain.project import id_of_completed
from shared.http.contract.words import Answer, Audience, Contract, Described, Link, Parameter, one, page

PRESS = (
    "국토교통부 보도자료, 2025-01-20 (press release of the Ministry of Land, Infrastructure and Transport)"
)
NUMBER = 17
HAIPHONG = {
    "id": str(id_of_completed(NUMBER)),
    "number": NUMBER,
    "state": "completed",
    "type": "solution_plan",
    "selection_year": 2021,
    "country": {"iso2": "VN", "name": {"ko": "베트남", "en": "Vietnam"}},
    "city": {"ko": "하이퐁", "en": "Haiphong"},
    "title": {"ko": "교통관리체계 구축", "en": "Traffic management system"},
    "organisation": None,
    "partner": None,
    "support_krw": None,
    "call": None,
    "selection_id": None,
    "sources": ["https://www.hankyung.com/economy/article/202106237513Y"],
    "note": None,
    "stage": "completed",
    "place_kind": "city",
    "position": {
        "latitude": 20.86481,
        "longitude": 106.68345,
        "source": "https://www.geonames.org/1581298",
    },
    "sectors": ["mobility"],
    "sectors_basis": "title",
    "agreed_on": None,
    "started_on": None,
    "completed_on": None,
    "fact_sources": [],
    "published_at": "2025-01-20T02:00:00Z",
}
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
}
IN_EITHER = "A project in Viet Nam; its texts are in Korean and English"
UNCHANGED = Answer(headers=("ETag",))


def _read(example: dict[str, Any], summary: str, *links: Link) -> Described:
    return Described(
        Audience.PUBLIC, answers={200: Answer(one(example, summary), ("ETag",), links), 304: UNCHANGED}
    )


def contract() -> Contract:
    """The words of catalog."""
    project = _read(HAIPHONG, IN_EITHER)
    first = Link("getProject", {"project_id": "$response.body#/items/0/id"}, "Read the first of the list")
    more = Link("listProjects", {"cursor": "$response.body#/next_cursor"}, "Go on to the next page")
    return Contract(
        operations={
            "listProjects": _read(page(HAIPHONG), IN_EITHER, first, more),
            "getProject": project,
            "getProjectByNumber": project,
            "getStatistics": _read(STATISTICS, "Shortened: one measure, one year, one country"),
        },
        parameters={
            "project_id": Parameter("The project, as `listProjects` named it", HAIPHONG["id"]),
            "number": Parameter("Its number in the list of completed projects", NUMBER),
            "year": Parameter("Year of selection", 2021),
            "country": Parameter("Country codes; repeat for several", ["VN"]),
            "type": Parameter("Only of this type", "solution_plan"),
            "state": Parameter("Only in this state", "completed"),
            "stage": Parameter("How far it is", "completed"),
            "sector": Parameter("What it is about; repeat for several", ["mobility"]),
            "q": Parameter("Text to find", "교통"),
            "sort": Parameter("The order", "-year"),
        },
        korean={
            "listProjects": "사업 목록 조회",
            "getProject": "사업 조회",
            "getProjectByNumber": "번호로 완료사업 조회",
            "getStatistics": "사업 통계 조회",
        },
    )
