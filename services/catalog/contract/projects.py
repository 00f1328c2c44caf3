"""The words of reading projects. The example is a real one."""

from typing import Any

from services.catalog.contract.reading import read
from services.catalog.domain.project import id_of_completed
from shared.http.contract.words import Described, Link, Parameter, page

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
IN_EITHER = "A project in Viet Nam; its texts are in Korean and English"
FIRST = Link("getProject", {"project_id": "$response.body#/items/0/id"}, "Read the first of the list")
MORE = Link("listProjects", {"cursor": "$response.body#/next_cursor"}, "Go on to the next page")

OPERATIONS: dict[str, Described] = {
    "listProjects": read(page(HAIPHONG), IN_EITHER, FIRST, MORE),
    "getProject": read(HAIPHONG, IN_EITHER),
    "getProjectByNumber": read(HAIPHONG, IN_EITHER),
}
PARAMETERS = {
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
}
KOREAN = {
    "listProjects": "사업 목록 조회",
    "getProject": "사업 조회",
    "getProjectByNumber": "번호로 완료사업 조회",
}
