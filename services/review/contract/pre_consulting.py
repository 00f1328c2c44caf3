"""Pre-consulting: the planning track's, so Da Nang's; its texts come in either language."""

from typing import Any

from shared.contracts.story import ADVISER, DA_NANG
from shared.http.contract.words import Answer, Audience, Described, Link, asked, both, one

REPORTS = {
    "en": {
        "text": "The plan is sound; its flood model needs the gauges of the upper river.",
        "recommendations": ["Use the gauges of the upper river.", "Name who runs the system after 2026."],
    },
    "ko": {
        "text": "계획은 타당하나 침수 모형에 상류 수위 자료가 필요하다.",
        "recommendations": ["상류 수위 자료를 활용할 것", "2026년 이후 운영 주체를 명시할 것"],
    },
}
REVISED = {
    "en": {
        "title": {"en": "A smart-city master plan for the Han river quarter"},
        "summary": {"en": "Mobility, flood warning with upstream gauges, and lighting of one quarter."},
        "requested_amount_krw": 680_000_000,
        "changes": "Upstream gauges added; lighting reduced to the river road.",
    },
    "ko": {
        "title": {"ko": "한강구역 스마트시티 기본계획"},
        "summary": {"ko": "교통, 상류 수위를 반영한 침수 경보, 가로등을 하나의 계획으로 묶는다"},
        "requested_amount_krw": 680_000_000,
        "changes": "상류 수위계를 추가하고 조명 범위를 강변로로 줄임",
    },
}
CASE_ID = {"case_id": "$response.body#/case_id"}
MATCHING = {**CASE_ID, "header.If-Match": "$response.header.ETag"}
NEXT = (
    Link("getPreConsulting", CASE_ID, "Read it again"),
    Link("putPreConsultingReport", MATCHING, "Write the adviser's report"),
    Link("putRevisedProposal", MATCHING, "Write the revised proposal"),
    Link("completePreConsulting", CASE_ID, "Complete it, once both are there"),
)


def pre_consulting(
    language: str | None = None, *, revised: bool = False, completed: bool = False
) -> dict[str, Any]:
    """The pre-consulting with what was written so far."""
    written = language is not None and revised
    return {
        "case_id": DA_NANG.case,
        "adviser_id": ADVISER,
        "report": REPORTS[language] if language else None,
        "revised_proposal": REVISED[language] if language and written else None,
        "started_at": "2025-07-02T01:00:00Z",
        "completed_at": "2025-09-01T01:00:00Z" if completed else None,
    }


def in_both(**so_far: bool) -> dict[str, Any]:
    """The pre-consulting in either language."""
    return {
        "en": {"summary": "Written in English", "value": pre_consulting("en", **so_far)},
        "ko": {"summary": "한국어로 작성한 경우", "value": pre_consulting("ko", **so_far)},
    }


def _answer(status: int, examples: dict[str, Any]) -> dict[int, Answer]:
    return {status: Answer(examples, ("ETag",), NEXT)}


PRE_CONSULTING = {
    "startPreConsulting": Described(
        Audience.SECRETARIAT,
        request=asked(one({"adviser_id": ADVISER}, "A registered reviewer, who will not review this case")),
        answers=_answer(201, dict(one(pre_consulting(), "Nothing is written yet"))),
    ),
    "getPreConsulting": Described(Audience.SECRETARIAT, answers=_answer(200, in_both(revised=True))),
    "putPreConsultingReport": Described(
        Audience.REVIEWERS,
        request=asked(both(en=REPORTS["en"], ko=REPORTS["ko"])),
        answers=_answer(200, in_both()),
    ),
    "putRevisedProposal": Described(
        Audience.APPLICANTS,
        request=asked(both(en=REVISED["en"], ko=REVISED["ko"])),
        answers=_answer(200, in_both(revised=True)),
    ),
    "completePreConsulting": Described(
        Audience.SECRETARIAT, answers=_answer(201, in_both(revised=True, completed=True))
    ),
}
