"""What the visitors apply for: invented, in the words of one language."""

from typing import Any

from deploy.local.rehearsal.samples.business_number import business_number

PLANNING: dict[str, Any] = {
    "organisation": {
        "name": {"en": "City of Da Nang (sample)"},
        "kind": "local_government",
        "country_iso2": "VN",
    },
    "project": {
        "title": {"en": "Smart-city plan for the Han river quarter"},
        "summary": {
            "en": "Mobility, flood warning and street lighting of one quarter, drawn as one plan. Invented."
        },
        "city": {"en": "Da Nang"},
        "country_iso2": "VN",
        "project_type": "development_plan",
        "requested_amount_krw": 650_000_000,
    },
    "contact": {"name": "Nguyen Linh", "email": "contact-981@example.com", "language": "en"},
    "answers": {
        "background": "The quarter grows by six per cent a year.",
        "needs_of_the_city": "Floods close the river road on ten days a year.",
        "expected_outcome": "A plan that the city council can adopt.",
        "population": 84_000,
    },
}
PLANNING_DOCUMENTS = ("concept_paper", "request_letter")
DEMONSTRATION: dict[str, Any] = {
    "organisation": {"name": {"ko": "(주)보기스마트모빌리티"}, "business_number": business_number(1981)},
    "project": {
        "title": {"ko": "다낭 한강변 교통신호 실증"},
        "summary": {"ko": "교통량에 따라 바뀌는 신호로 교차로 대기 시간을 줄입니다. 지어낸 사업입니다."},
        "city": {"ko": "다낭"},
        "country_iso2": "VN",
        "requested_amount_krw": 350_000_000,
    },
    "contact": {"name": "한지후", "email": "contact-982@example.com", "language": "ko"},
    "partner": {
        "name": {"ko": "다낭시 교통국 (보기)"},
        "kind": "local_government",
        "contact": {"name": "Nguyen Linh", "email": "partner-982@example.com", "language": "en"},
    },
    "answers": {
        "urban_problem": "도심 교차로 서른 곳에서 출퇴근 시간마다 정체가 되풀이됩니다.",
        "solution": "국내 두 도시에서 운영한 신호 제어기를 현지 여건에 맞추어 설치합니다.",
        "market_entry": "실증 이듬해에 이웃 도시 다섯 곳에 제안합니다.",
        "labour_share": "0.35",
    },
}
DEMONSTRATION_DOCUMENTS = (
    *("project_plan", "letter_of_intent", "consortium_agreement", "budget_table", "business_registration"),
)
