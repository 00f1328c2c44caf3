"""The words of reading projects. The example is a real one."""

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
    "revision": 1,
    "distance_km": None,
}
FACETS = {
    "total": 1,
    "matched": "all",
    "year": [{"value": 2021, "projects": 1}],
    "country": [{"value": HAIPHONG["country"], "projects": 1}],
    "type": [{"value": "solution_plan", "projects": 1}],
    "state": [{"value": "completed", "projects": 1}],
    "stage": [{"value": "completed", "projects": 1}],
    "sector": [{"value": "mobility", "projects": 1}],
    "position": {"known": 1, "unknown": 0},
}
IN_EITHER = "A project in Viet Nam; its texts are in Korean and English"
FIRST = Link("getProject", {"project_id": "$response.body#/items/0/id"}, "Read the first of the list")
MORE = Link("listProjects", {"cursor": "$response.body#/next_cursor"}, "Go on to the next page")

OPERATIONS: dict[str, Described] = {
    "listProjects": read({**page(HAIPHONG), "matched": None}, IN_EITHER, FIRST, MORE),
    "getProjectFacets": read(FACETS, "For `q=traffic in Vietnam`"),
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
    "near": Parameter("Latitude and longitude of a point", "21.03,105.85"),
    "within_km": Parameter("How far from it at most", 250),
    "bbox": Parameter("West, south, east, north", "102.1,8.4,109.5,23.4"),
    "positioned": Parameter("With a known position, or without", True),
}
KOREAN = {
    "listProjects": "사업 목록 조회",
    "getProjectFacets": "사업 목록의 조건별 건수 조회",
    "getProject": "사업 조회",
    "getProjectByNumber": "번호로 완료사업 조회",
}
