"""The words of exports, imports, corrections and histories."""

from typing import Any

from services.catalog.contract.projects import HAIPHONG, IN_EITHER, NUMBER
from services.catalog.contract.reading import UNCHANGED, read
from services.catalog.domain.table.text import CSV
from shared.http.contract.words import Answer, Audience, Described, Link, Parameter, asked, one, page

IMPORT = "0199c1f2-5c1e-7a53-9f0c-2f6d1c1b7e77"
SOURCE = "https://www.molit.go.kr/USR/2026/17"
IMPORT_ID = {"import_id": "$response.body#/id"}
TABLE = (
    f"no,organisation_en,support_krw,support_krw_source\r\n{NUMBER},Pathfinder Inc.,400000000,{SOURCE}\r\n"
)
CHANGE = {
    "row": 2,
    "project_id": HAIPHONG["id"],
    "number": NUMBER,
    "revision": 1,
    "cells": [
        {"column": "organisation_en", "cell": "B2", "before": "", "after": "Pathfinder Inc."},
        {"column": "organisation_source", "cell": None, "before": "", "after": SOURCE},
        {"column": "support_krw", "cell": "C2", "before": "", "after": "400000000"},
        {"column": "support_krw_source", "cell": "D2", "before": "", "after": SOURCE},
    ],
}
FAULT = {
    "row": 2,
    "column": "support_krw",
    "cell": "C2",
    "reason": "must be won, a whole number from 0 to 1000000000000",
}
SUMMARY: dict[str, Any] = {
    "id": IMPORT,
    "state": "previewed",
    "file_name": "k-city-projects.csv",
    "media_type": CSV,
    "size_bytes": 132,
    "sha256": "5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef",
    "source": SOURCE,
    "rows": 1,
    "changed_projects": 1,
    "fault_count": 0,
    "created_at": "2026-11-23T02:00:00Z",
    "created_by": "ministry-officer",
    "applied_at": None,
    "applied_by": None,
}
APPLIED = {"state": "applied", "applied_at": "2026-11-23T02:05:00Z", "applied_by": "ministry-officer"}
PREVIEWED = {**SUMMARY, "changes": [CHANGE], "faults": []}
FAULTY = {
    **SUMMARY,
    "state": "faulty",
    "changed_projects": 0,
    "fault_count": 1,
    "changes": [],
    "faults": [FAULT],
}
CORRECTION = {
    "reason": "The ministry published the sum",
    "source": SOURCE,
    "support_krw": 400_000_000,
    "organisation": {"ko": "길찾기 주식회사", "en": "Pathfinder Inc."},
}
CORRECTED = {
    **HAIPHONG,
    "organisation": {"ko": "길찾기 주식회사", "en": "Pathfinder Inc."},
    "support_krw": 400_000_000,
    "fact_sources": [
        {"fact": "organisation", "sources": [SOURCE]},
        {"fact": "support_krw", "sources": [SOURCE]},
    ],
    "revision": 2,
}
HISTORY = {
    "project_id": HAIPHONG["id"],
    "stages": [{"stage": "completed", "day": None, "since": "2025-01-20T02:00:00Z"}],
    "revisions": [
        {
            "revision": 1,
            "at": "2025-01-20T02:00:00Z",
            "cause": "list",
            "reason": None,
            "source": None,
            "import_id": None,
            "changes": [{"fact": "stage", "before": None, "after": "completed"}],
        },
        {
            "revision": 2,
            "at": "2026-11-23T02:10:00Z",
            "cause": "correction",
            "reason": "The ministry published the sum",
            "source": SOURCE,
            "import_id": None,
            "changes": [{"fact": "support_krw", "before": None, "after": 400_000_000}],
        },
    ],
}
PREVIEWS = {
    "previewed": {"summary": "It changes one project / 바뀌는 사업 1건", "value": PREVIEWED},
    "faulty": {"summary": "A cell is wrong / 잘못된 셀이 있음", "value": FAULTY},
}
NEXT = (
    Link("getImport", IMPORT_ID, "Read its preview again"),
    Link(
        "applyImport",
        {**IMPORT_ID, "header.If-Match": "$response.header.ETag"},
        "Apply it, if it has no fault",
    ),
)
FILE = Described(
    Audience.PUBLIC, answers={200: Answer(headers=("ETag", "Content-Disposition")), 304: UNCHANGED}
)


def _ministry(
    status: int, examples: dict[str, Any], request: dict[str, Any] | None = None, *links: Link
) -> Described:
    return Described(
        Audience.MINISTRY, request=request or {}, answers={status: Answer(examples, ("ETag",), links)}
    )


OPERATIONS: dict[str, Described] = {
    "exportProjectsCsv": FILE,
    "exportProjectsXlsx": FILE,
    "previewImport": _ministry(
        201, PREVIEWS, {CSV: one(TABLE, "Two values of one project / 사업 하나의 두 값")}, *NEXT
    ),
    "listImports": Described(
        Audience.MINISTRY,
        answers={
            200: Answer(
                dict(one(page({**SUMMARY, **APPLIED}), "One that was applied")),
                links=(
                    Link("getImport", {"import_id": "$response.body#/items/0/id"}, "Read the newest"),
                    Link("listImports", {"cursor": "$response.body#/next_cursor"}, "Go on to the next page"),
                ),
            )
        },
    ),
    "getImport": _ministry(200, PREVIEWS, None, *NEXT),
    "applyImport": _ministry(
        201,
        dict(one({**PREVIEWED, **APPLIED}, "All of it was applied")),
        None,
        Link(
            "getProjectHistory",
            {"project_id": "$response.body#/changes/0/project_id"},
            "Read what became of the first entry",
        ),
    ),
    "correctProject": _ministry(
        200, dict(one(CORRECTED, IN_EITHER)), dict(asked(one(CORRECTION, "A sum and a name are added")))
    ),
    "getProjectHistory": read(HISTORY, "Loaded from the list, and corrected once"),
}
PARAMETERS = {
    "import_id": Parameter("The import, as `previewImport` named it", IMPORT),
    "file_name": Parameter("Under which name the file is known to whoever gives it", "k-city-projects.csv"),
    "source": Parameter(
        "The public text that every new value was taken from whose row names no source", SOURCE
    ),
}
KOREAN = {
    "exportProjectsCsv": "사업 목록 CSV 내려받기",
    "exportProjectsXlsx": "사업 목록 XLSX 내려받기",
    "previewImport": "일괄 입력 파일 올리기와 변경 내용 미리보기",
    "listImports": "일괄 입력 목록 조회",
    "getImport": "일괄 입력 미리보기 조회",
    "applyImport": "일괄 입력 적용",
    "correctProject": "사업 정보 정정",
    "getProjectHistory": "사업 이력 조회",
}
