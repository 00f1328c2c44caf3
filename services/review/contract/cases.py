"""Cases and their screening."""

from typing import Any

from shared.contracts.story import CALL, DA_NANG, DIGEST, OTHER_DIGEST, PATHFINDER, Thread
from shared.http.contract.words import Answer, Audience, Described, Link, asked, both, page

ID = {"case_id": "$response.body#/id"}
NEXT = (
    Link("getCase", ID, "Read the case again"),
    Link("decideEligibility", ID, "Screen it"),
    Link("startPreConsulting", ID, "Begin its pre-consulting (planning track)"),
    Link("assignReviewers", ID, "Assign reviewers to it"),
    Link("declareConflict", ID, "Declare, as its reviewer, whether there is a conflict of interest"),
)


def summary(thread: Thread, state: str = "open") -> dict[str, Any]:
    """The case's line in a list."""
    return {
        "id": thread.case,
        "application_id": thread.application,
        "call_id": CALL,
        "track": thread.track,
        "state": state,
        "receipt_no": thread.receipt_no,
        "arrived_at": thread.submitted_at,
        "rolls_over": False,
        "organisation_name": thread.organisation["name"],
        "project_title": thread.project["title"],
        "city": thread.project["city"],
        "country_iso2": thread.project["country_iso2"],
    }


def proposal(thread: Thread) -> dict[str, Any]:
    """The proposal as it was submitted."""
    digest = DIGEST if thread is PATHFINDER else OTHER_DIGEST
    partner = thread.partner and {"name": thread.partner["name"], "kind": thread.partner["kind"]}
    return {
        "organisation": {"organisation_id": thread.organisation_id, **thread.organisation},
        "project": thread.project,
        "answers": thread.answers,
        "partner": partner,
        "documents": [
            {
                "document_id": thread.document,
                "kind": thread.document_kind,
                "file_name": thread.file_name,
                "media_type": "application/pdf",
                "size_bytes": 482_113,
                "sha256": digest,
            }
        ],
        "digest": digest,
    }


def case(thread: Thread, state: str = "open", eligibility: dict[str, Any] | None = None) -> dict[str, Any]:
    """The whole case."""
    listed = ("id", "application_id", "call_id", "track", "receipt_no", "arrived_at", "rolls_over")
    return {
        **{name: value for name, value in summary(thread).items() if name in listed},
        "state": state,
        "opened_at": thread.submitted_at,
        "withdrawn_at": None,
        "partner_confirmed_at": "2025-03-13T01:00:00Z" if thread.partner else None,
        "proposal": proposal(thread),
        "revised_project": None,
        "eligibility": eligibility,
    }


def eligible(note: str) -> dict[str, Any]:
    """The decision that lets a case pass."""
    return {"eligible": True, "unmet_rules": [], "note": note, "decided_at": "2025-03-14T01:00:00Z"}


NOTES = {"en": "All papers are there.", "ko": "제출 서류가 모두 갖추어짐"}

CASES = {
    "listCases": Described(
        Audience.SECRETARIAT,
        answers={
            200: Answer(
                both(en=page(summary(DA_NANG)), ko=page(summary(PATHFINDER))),
                links=(
                    Link("getCase", {"case_id": "$response.body#/items/0/id"}, "Read the first of the list"),
                    Link("listCases", {"cursor": "$response.body#/next_cursor"}, "Go on to the next page"),
                ),
            )
        },
    ),
    "getCase": Described(
        Audience.SECRETARIAT,
        answers={200: Answer(both(en=case(DA_NANG), ko=case(PATHFINDER)), links=NEXT)},
    ),
    "decideEligibility": Described(
        Audience.SECRETARIAT,
        request=asked(
            both(
                en={"eligible": True, "unmet_rules": [], "note": NOTES["en"]},
                ko={"eligible": True, "unmet_rules": [], "note": NOTES["ko"]},
            )
        ),
        answers={
            201: Answer(
                both(
                    en=case(DA_NANG, "eligible", eligible(NOTES["en"])),
                    ko=case(PATHFINDER, "eligible", eligible(NOTES["ko"])),
                ),
                links=NEXT,
            )
        },
    ),
}
