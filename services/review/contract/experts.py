"""Reviewers, panels, declarations, assignments and score sheets."""

from typing import Any

from shared.contracts.story import CALL, DA_NANG, OTHER_REVIEWER, PANEL, PATHFINDER, REVIEWER, Thread
from shared.http.contract.words import Answer, Audience, Described, Link, asked, both, one, page

REVIEWER_IN = {
    "subject": "reviewer-03",
    "expertise": ["traffic", "signal control"],
    "organisation_ids": [],
    "languages": ["ko", "en"],
}
REVIEWER_OUT = {"id": REVIEWER, **REVIEWER_IN, "registered_at": "2025-02-20T02:00:00Z"}
PANEL_IN = {"call_id": CALL, "track": "demonstration", "reviewer_ids": [REVIEWER, OTHER_REVIEWER]}
PANEL_OUT = {"id": PANEL, **PANEL_IN, "created_at": "2025-02-21T02:00:00Z"}
ASSIGNED = {
    "case_id": PATHFINDER.case,
    "items": [
        {
            "assignment_id": PATHFINDER.assignment,
            "reviewer_id": REVIEWER,
            "assigned_at": "2025-03-17T01:00:00Z",
        }
    ],
}
COMMENTS = {
    DA_NANG.track: "Clear need, and the city council backs it.",
    PATHFINDER.track: "실증 부지와 협력기관이 이미 확보되어 있음",
}


def assignment(thread: Thread) -> dict[str, Any]:
    """A reviewer's task."""
    return {
        "id": thread.assignment,
        "case_id": thread.case,
        "call_id": CALL,
        "track": thread.track,
        "assigned_at": "2025-03-17T01:00:00Z",
        "declared": True,
        "sheet": "draft",
    }


def scores(thread: Thread) -> list[dict[str, Any]]:
    """A full sheet."""
    return [
        {"criterion": criterion, "points": 82, "comment": COMMENTS[thread.track]}
        for criterion in thread.criteria
    ]


def sheet(thread: Thread, submitted_at: str | None = None) -> dict[str, Any]:
    """The reviewer's own sheet."""
    return {"assignment_id": thread.assignment, "scores": scores(thread), "submitted_at": submitted_at}


ID = {"assignment_id": "$response.body#/assignment_id"}
SHEET_NEXT = (
    Link("getScoreSheet", ID, "Read the sheet again"),
    Link(
        "putScoreSheet",
        {**ID, "header.If-Match": "$response.header.ETag"},
        "Change the sheet as it now stands",
    ),
    Link("submitScoreSheet", ID, "Submit it, for good"),
)
DRAFTS = both(en=sheet(DA_NANG), ko=sheet(PATHFINDER))
FIRST = {"assignment_id": "$response.body#/items/0/id"}

EXPERTS = {
    "registerReviewer": Described(
        Audience.SECRETARIAT,
        request=asked(one(REVIEWER_IN)),
        answers={201: Answer(one(REVIEWER_OUT), links=(Link("listReviewers", {}, "See all reviewers"),))},
    ),
    "listReviewers": Described(
        Audience.SECRETARIAT,
        answers={
            200: Answer(
                one(page(REVIEWER_OUT)),
                links=(
                    Link(
                        "listReviewers", {"cursor": "$response.body#/next_cursor"}, "Go on to the next page"
                    ),
                ),
            )
        },
    ),
    "createPanel": Described(
        Audience.SECRETARIAT,
        request=asked(one(PANEL_IN)),
        answers={201: Answer(one(PANEL_OUT), links=(Link("listPanels", {}, "See all panels"),))},
    ),
    "listPanels": Described(
        Audience.SECRETARIAT,
        answers={
            200: Answer(
                one(page(PANEL_OUT)),
                links=(
                    Link("listPanels", {"cursor": "$response.body#/next_cursor"}, "Go on to the next page"),
                ),
            )
        },
    ),
    "assignReviewers": Described(
        Audience.SECRETARIAT,
        request=asked(one({"reviewer_ids": [REVIEWER]})),
        answers={
            201: Answer(
                one(ASSIGNED),
                links=(Link("getCase", {"case_id": "$response.body#/case_id"}, "Read the case"),),
            )
        },
    ),
    "declareConflict": Described(
        Audience.REVIEWERS,
        request=asked(
            {
                "none": {"summary": "No conflict / 이해충돌 없음", "value": {"has_conflict": False}},
                "recusal": {
                    "summary": "Steps back / 회피",
                    "value": {"has_conflict": True, "kind": "recusal", "reason_code": "joint_work"},
                },
            }
        ),
        answers={
            200: Answer(
                one({"has_conflict": False, "kind": None, "reason_code": None}, "No conflict / 이해충돌 없음")
            )
        },
    ),
    "listAssignments": Described(
        Audience.REVIEWERS,
        answers={
            200: Answer(
                one(page(assignment(PATHFINDER), assignment(DA_NANG))),
                links=(
                    Link("getScoreSheet", FIRST, "Read the sheet of the first"),
                    Link("submitScoreSheet", FIRST, "Submit the sheet of the first"),
                    Link(
                        "getCase",
                        {"case_id": "$response.body#/items/0/case_id"},
                        "Read the case of the first",
                    ),
                    Link(
                        "listAssignments", {"cursor": "$response.body#/next_cursor"}, "Go on to the next page"
                    ),
                ),
            )
        },
    ),
    "getScoreSheet": Described(Audience.REVIEWERS, answers={200: Answer(DRAFTS, ("ETag",), SHEET_NEXT)}),
    "putScoreSheet": Described(
        Audience.REVIEWERS,
        request=asked(both(en={"scores": scores(DA_NANG)}, ko={"scores": scores(PATHFINDER)})),
        answers={200: Answer(DRAFTS, ("ETag",), SHEET_NEXT)},
    ),
    "submitScoreSheet": Described(
        Audience.REVIEWERS,
        answers={
            201: Answer(
                both(en=sheet(DA_NANG, "2025-11-14T05:20:00Z"), ko=sheet(PATHFINDER, "2025-03-28T05:20:00Z")),
                ("ETag",),
                SHEET_NEXT[:1],
            )
        },
    ),
}
