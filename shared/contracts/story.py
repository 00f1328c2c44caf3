"""The story that every example tells, in two threads of the 2025 call.

English: the City of Da Nang in Viet Nam asks for a plan (planning track, KIND). Korean: a company from Seoul, with
Da Nang as its partner, tries its signal control there (demonstration track, KAIA). All people and firms are made up.
"""

from dataclasses import dataclass
from typing import Any

CALL = "01946d2a-8c00-7000-8000-000000000001"
REVIEWER = "01946d2a-8c00-7000-8000-000000000009"
OTHER_REVIEWER = "01946d2a-8c00-7000-8000-000000000019"
ADVISER = "01946d2a-8c00-7000-8000-000000000029"
PANEL = "01946d2a-8c00-7000-8000-00000000000f"
ORDER = "01946d2a-8c00-7000-8000-000000000010"
KEY = "5b0f3c1e-0a5d-4d0b-9c57-2f1f5b0e9a11"
DIGEST = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
OTHER_DIGEST = "60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752"
OFFICER = "officer-kaia-01"
MINISTRY = "ministry-01"
OPERATOR = "operator-01"
SELECTION_TOPIC = "review.selection.v1"
PROJECT = "7e64d7c4-976c-5764-a71f-be0fff03219f"
SIGNATURE = (
    "eyJhbGciOiJFZDI1NTE5Iiwia2lkIjoicmVjZWlwdC0yMDI1In0"
    ".eyJyZWNlaXB0X25vIjoiS0NOLTIwMjUtRC03RjNLLTlRWDIifQ"
    ".hqFPoaA8wTmDGbLjbhtGBwmzPIPDGOvzQKJUvEsS2bJ6sYfJVCGdWJGB3Y0o6dRE6ElePLrmIAtvfhXcWvoUDw"
)


@dataclass(frozen=True, slots=True)
class Thread:
    """One of the two: its ids, who applies, and for what."""

    track: str
    application: str
    organisation_id: str
    contact: str
    document: str
    case: str
    assignment: str
    evaluation: str
    selection: str
    invitation: str
    message: str
    event: str
    receipt_no: str
    submitted_at: str
    organisation: dict[str, Any]
    project: dict[str, Any]
    answers: dict[str, Any]
    contact_person: dict[str, Any]
    partner: dict[str, Any] | None
    document_kind: str
    file_name: str
    criteria: tuple[str, ...]


DA_NANG = Thread(
    track="planning",
    application="01946d2a-8c00-7000-8000-000000000102",
    organisation_id="01946d2a-8c00-7000-8000-000000000103",
    contact="01946d2a-8c00-7000-8000-000000000104",
    document="01946d2a-8c00-7000-8000-000000000107",
    case="01946d2a-8c00-7000-8000-000000000108",
    assignment="01946d2a-8c00-7000-8000-000000000109",
    evaluation="01946d2a-8c00-7000-8000-00000000010a",
    selection="01946d2a-8c00-7000-8000-00000000010b",
    invitation="01946d2a-8c00-7000-8000-00000000010c",
    message="01946d2a-8c00-7000-8000-00000000010d",
    event="01946d2a-8c00-7000-8000-00000000010e",
    receipt_no="KCN-2025-P-4M8T-2HW6",
    submitted_at="2025-06-18T03:12:41.207Z",
    organisation={
        "name": {"ko": None, "en": "City of Da Nang"},
        "kind": "local_government",
        "country_iso2": "VN",
        "business_number": None,
    },
    project={
        "title": {"ko": None, "en": "A smart-city master plan for the Han river quarter"},
        "summary": {
            "ko": None,
            "en": "Mobility, flood warning and public lighting of one quarter, as one plan.",
        },
        "city": {"ko": None, "en": "Da Nang"},
        "country_iso2": "VN",
        "project_type": "development_plan",
        "requested_amount_krw": 700_000_000,
    },
    answers={
        "background": "The quarter grows by 6 % a year.",
        "needs_of_the_city": "Floods close the river road ten days a year.",
        "expected_outcome": "A plan that the city council can adopt in 2026.",
    },
    contact_person={
        "id": "01946d2a-8c00-7000-8000-000000000104",
        "name": "Nguyen Van Mau",
        "email": "plan@danang.example",
        "language": "en",
    },
    partner=None,
    document_kind="concept_paper",
    file_name="concept-paper.pdf",
    criteria=("importance", "viability", "feasibility"),
)
PATHFINDER = Thread(
    track="demonstration",
    application="01946d2a-8c00-7000-8000-000000000002",
    organisation_id="01946d2a-8c00-7000-8000-000000000003",
    contact="01946d2a-8c00-7000-8000-000000000004",
    document="01946d2a-8c00-7000-8000-000000000007",
    case="01946d2a-8c00-7000-8000-000000000008",
    assignment="01946d2a-8c00-7000-8000-000000000018",
    evaluation="01946d2a-8c00-7000-8000-00000000000a",
    selection="01946d2a-8c00-7000-8000-00000000000b",
    invitation="01946d2a-8c00-7000-8000-00000000000c",
    message="01946d2a-8c00-7000-8000-00000000000d",
    event="01946d2a-8c00-7000-8000-00000000000e",
    receipt_no="KCN-2025-D-7F3K-9QX2",
    submitted_at="2025-03-11T08:59:59.999Z",
    organisation={
        "name": {"ko": "길찾기 주식회사", "en": "Pathfinder Inc."},
        "kind": "korean_company",
        "country_iso2": "KR",
        "business_number": "1248100998",
    },
    project={
        "title": {"ko": "교통 신호 최적화", "en": "Traffic signal optimisation"},
        "summary": {"ko": "교차로 40곳의 신호를 최적화한다", "en": "Optimises the signals of 40 junctions"},
        "city": {"ko": "다낭", "en": "Da Nang"},
        "country_iso2": "VN",
        "project_type": "demonstration",
        "requested_amount_krw": 400_000_000,
    },
    answers={
        "urban_problem": "출퇴근 시간 교차로 정체",
        "solution": "실시간 신호 최적화",
        "market_entry": "다낭 실증 후 베트남 5개 도시로 확대",
        "labour_share": "0.38",
    },
    contact_person={
        "id": "01946d2a-8c00-7000-8000-000000000004",
        "name": "홍길동",
        "email": "gildong@pathfinder.example",
        "language": "ko",
    },
    partner={
        "name": {"ko": "다낭시", "en": "City of Da Nang"},
        "kind": "local_government",
        "contact": {
            "id": "01946d2a-8c00-7000-8000-000000000005",
            "name": "Nguyen Van Mau",
            "email": "plan@danang.example",
            "language": "en",
        },
        "confirmed_at": None,
    },
    document_kind="project_plan",
    file_name="사업계획서.pdf",
    criteria=("readiness", "market_entry"),
)
