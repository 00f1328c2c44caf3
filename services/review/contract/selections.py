"""Evaluations, rankings, selections, results and invitations: the demonstration track's, with texts in both languages."""

from typing import Any

from shared.contracts.story import (
    CALL,
    DA_NANG,
    DIGEST,
    MINISTRY,
    OFFICER,
    OTHER_DIGEST,
    PATHFINDER,
    Thread,
)
from shared.http.contract.words import Answer, Audience, Described, Link, asked, both, one, page

ANNOUNCE_AT, CLOSED_AT = "2025-04-21T02:00:00Z", "2025-04-04T09:00:00Z"
TOTAL = "83.333333"
OF = {"call_id": CALL, "track": "demonstration"}
EVALUATION = {
    "id": PATHFINDER.evaluation,
    **OF,
    "closed_at": CLOSED_AT,
    "bundle_sha256": DIGEST,
    "ranking_sha256": OTHER_DIGEST,
}
PLACE = {
    "rank": 1,
    "case_id": PATHFINDER.case,
    "application_id": PATHFINDER.application,
    "receipt_no": PATHFINDER.receipt_no,
    "country_iso2": "VN",
    "total": TOTAL,
    "criteria": {"readiness": "84.000000", "market_entry": "82.666667"},
    "sheets_counted": 3,
    "state": "selected",
    "reason": "selected",
    "support_krw": 380_000_000,
}
RANKING = {
    "evaluation_id": PATHFINDER.evaluation,
    "ranking_sha256": OTHER_DIGEST,
    "ranking": {
        "format": "kcity-ranking/1",
        "bundle_sha256": DIGEST,
        "selected_count": 1,
        "quota_min_reached": False,
        "support_total_krw": 380_000_000,
        "places": [PLACE],
    },
}
BUNDLE = {
    "evaluation_id": PATHFINDER.evaluation,
    "bundle_sha256": DIGEST,
    "bundle": {"format": "kcity-evaluation-bundle/1", "evaluation_id": PATHFINDER.evaluation, "cases": []},
}


def selected(thread: Thread) -> dict[str, Any]:
    """A selected project as the public sees it."""
    shown = ("title", "summary", "city", "country_iso2", "project_type")
    return {
        "application_id": thread.application,
        "rank": 1,
        "organisation": {name: thread.organisation[name] for name in ("name", "kind", "country_iso2")},
        "project": {name: thread.project[name] for name in shown},
        "partner_name": thread.partner["name"] if thread.partner else None,
        "support_krw": 380_000_000,
    }


def selection(state: str, *, decided: bool = False, reason: str | None = None) -> dict[str, Any]:
    """A selection as its officers see it."""
    announced = state == "announced"
    trail = {
        "evaluation_id": PATHFINDER.evaluation,
        "ranking_sha256": OTHER_DIGEST,
        "proposed_by": OFFICER,
        "proposed_at": "2025-04-07T02:00:00Z",
        "decided_by": MINISTRY if decided else None,
        "decided_at": "2025-04-10T02:00:00Z" if decided else None,
        "rejection_reason": reason,
    }
    return {
        "id": PATHFINDER.selection,
        **OF,
        "state": state,
        "announce_at": ANNOUNCE_AT,
        "announced_at": ANNOUNCE_AT if announced else None,
        "selected": [selected(PATHFINDER)] if announced else None,
        "trail": trail,
    }


PUBLIC_SELECTION = {**selection("announced", decided=True), "trail": None}
REASONS = {
    "en": "The announcement clashes with a holiday; propose a later day.",
    "ko": "공고일이 공휴일과 겹치므로 날짜를 다시 정할 것",
}
INVITATIONS = {
    "selection_id": PATHFINDER.selection,
    "items": [
        {
            "id": PATHFINDER.invitation,
            "application_id": PATHFINDER.application,
            "occasion_code": "wsce_2025",
            "contact_id": "01946d2a-8c00-7000-8000-000000000005",
            "issued_at": "2025-04-22T02:00:00Z",
        }
    ],
}


def result(thread: Thread, comment: str) -> dict[str, Any]:
    """What the applicant is told."""
    return {
        "application_id": thread.application,
        "receipt_no": thread.receipt_no,
        "outcome": "selected",
        "total_points": TOTAL,
        "comments": [{"criterion": thread.criteria[0], "comment": comment}],
        "reviewers": ["R-1F3A9C02", "R-77B0E4D1"],
        "announced_at": ANNOUNCE_AT,
    }


ID = {"selection_id": "$response.body#/id"}
NEXT = (
    Link("getSelection", ID, "Read the selection again"),
    Link("approveSelection", ID, "Approve it, as another person"),
    Link("rejectSelection", ID, "Reject it"),
    Link("issueInvitations", ID, "Invite the selected cities, once it is announced"),
)
EVALUATION_ID = {"evaluation_id": "$response.body#/id"}
EVALUATION_NEXT = (
    Link("getEvaluation", EVALUATION_ID, "Read the evaluation again"),
    Link("getRanking", EVALUATION_ID, "Read the ranking"),
    Link("getEvaluationBundle", EVALUATION_ID, "Get the input to compute the ranking anew"),
    Link("proposeSelection", {}, "Propose to announce it: `evaluation_id` of the body is this `id`"),
)
IN_EITHER = "Its texts are in Korean and English"

SELECTIONS = {
    "closeEvaluation": Described(
        Audience.SECRETARIAT,
        request=asked(one(OF)),
        answers={201: Answer(one(EVALUATION), links=EVALUATION_NEXT)},
    ),
    "getEvaluation": Described(
        Audience.SECRETARIAT, answers={200: Answer(one(EVALUATION), links=EVALUATION_NEXT)}
    ),
    "getRanking": Described(Audience.SECRETARIAT, answers={200: Answer(one(RANKING))}),
    "getEvaluationBundle": Described(Audience.SECRETARIAT, answers={200: Answer(one(BUNDLE))}),
    "proposeSelection": Described(
        Audience.SECRETARIAT,
        request=asked(one({"evaluation_id": PATHFINDER.evaluation, "announce_at": ANNOUNCE_AT})),
        answers={201: Answer(one(selection("proposed")), links=NEXT)},
    ),
    "listSelections": Described(
        Audience.PUBLIC,
        answers={
            200: Answer(
                one(page(PUBLIC_SELECTION), IN_EITHER),
                links=(
                    Link("getSelection", {"selection_id": "$response.body#/items/0/id"}, "Read the first"),
                    Link(
                        "listSelections", {"cursor": "$response.body#/next_cursor"}, "Go on to the next page"
                    ),
                ),
            )
        },
    ),
    "getSelection": Described(
        Audience.PUBLIC, answers={200: Answer(one(PUBLIC_SELECTION, IN_EITHER), links=NEXT)}
    ),
    "approveSelection": Described(
        Audience.MINISTRY,
        answers={201: Answer(one(selection("approved", decided=True)), links=NEXT)},
    ),
    "rejectSelection": Described(
        Audience.MINISTRY,
        request=asked(both(en={"reason": REASONS["en"]}, ko={"reason": REASONS["ko"]})),
        answers={
            201: Answer(
                both(
                    en=selection("rejected", decided=True, reason=REASONS["en"]),
                    ko=selection("rejected", decided=True, reason=REASONS["ko"]),
                ),
                links=NEXT[:1],
            )
        },
    ),
    "issueInvitations": Described(
        Audience.MINISTRY,
        request=asked(
            one({"occasion_code": "wsce_2025"}, "World Smart City Expo 2025 / 2025 월드 스마트시티 엑스포")
        ),
        answers={201: Answer(one(INVITATIONS))},
    ),
    "getResult": Described(
        Audience.APPLICANTS,
        answers={
            200: Answer(
                both(
                    en=result(DA_NANG, "Clear need, and the city council backs it."),
                    ko=result(PATHFINDER, "실증 부지와 협력기관이 이미 확보되어 있음"),
                )
            )
        },
    ),
}
