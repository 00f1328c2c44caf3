"""Drafts: begun, filled in, looked through, taken back."""

from typing import Any

from shared.contracts.story import DA_NANG, DIGEST, OTHER_DIGEST, PATHFINDER, Thread
from shared.http.contract.words import Answer, Audience, Described, Link, asked, both, page

CREATED, CHANGED = "2025-02-10T01:20:00Z", "2025-03-10T06:41:12Z"
ID = {"application_id": "$response.body#/id"}


def document(thread: Thread) -> dict[str, Any]:
    """The document of the application."""
    return {
        "id": thread.document,
        "application_id": thread.application,
        "kind": thread.document_kind,
        "file_name": thread.file_name,
        "media_type": "application/pdf",
        "size_bytes": 482_113,
        "sha256": DIGEST if thread is PATHFINDER else OTHER_DIGEST,
        "scan_state": "clean",
        "uploaded_at": "2025-03-10T06:39:40Z",
    }


def application(thread: Thread, **changed: Any) -> dict[str, Any]:
    """The application with everything in it, as a draft; ``changed`` replaces members."""
    return {
        "id": thread.application,
        "call_code": "KCN-2025",
        "track": thread.track,
        "state": "draft",
        "revision": 7,
        "organisation_id": thread.organisation_id,
        "organisation": thread.organisation,
        "project": thread.project,
        "answers": thread.answers,
        "contact": thread.contact_person,
        "partner": thread.partner,
        "documents": [document(thread)],
        "complete": True,
        "created_at": CREATED,
        "changed_at": CHANGED,
        "submitted_at": None,
        "withdrawn_at": None,
        **changed,
    }


def begun(thread: Thread) -> dict[str, Any]:
    """The application as it was begun: nothing in it yet."""
    nothing: dict[str, Any] = {
        "organisation": {},
        "project": {},
        "answers": {},
        "contact": None,
        "partner": None,
    }
    return application(thread, **nothing, documents=[], complete=False, revision=1, changed_at=CREATED)


def sections(thread: Thread) -> dict[str, Any]:
    """What fills the draft in."""
    partner = thread.partner and {
        "name": thread.partner["name"],
        "kind": thread.partner["kind"],
        "contact": _without_id(thread.partner["contact"]),
    }
    filled = {
        "organisation": {key: value for key, value in thread.organisation.items() if value is not None},
        "project": thread.project,
        "answers": thread.answers,
        "contact": _without_id(thread.contact_person),
    }
    return {**filled, "partner": partner} if partner else filled


def summary(thread: Thread) -> dict[str, Any]:
    """The application's line in a list."""
    return {
        "id": thread.application,
        "call_code": "KCN-2025",
        "track": thread.track,
        "state": "submitted",
        "revision": 7,
        "organisation_id": thread.organisation_id,
        "title": thread.project["title"],
        "receipt_no": thread.receipt_no,
        "created_at": CREATED,
        "changed_at": CHANGED,
        "submitted_at": thread.submitted_at,
    }


def _without_id(contact: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in contact.items() if key != "id"}


def completeness(*findings: tuple[str, str, str]) -> dict[str, Any]:
    """What is missing or wrong."""
    items = [{"pointer": place, "reason": why, "message": text} for place, why, text in findings]
    return {"complete": not items, "revision": 3, "findings": items}


READ = Link("getApplication", ID, "Read the application again")
CHANGE = Link(
    "changeApplication",
    {**ID, "header.If-Match": "$response.header.ETag"},
    "Change the draft as it now stands",
)
NEXT = (
    READ,
    CHANGE,
    Link("getCompleteness", ID, "See what is still missing or wrong"),
    Link("uploadDocument", ID, "Attach a document that the call asks for"),
    Link("listDocuments", ID, "See what is attached"),
    Link("submitApplication", ID, "Submit it, once it is complete and its window is open"),
    Link("getReceipt", ID, "Read the receipt, once it was submitted"),
    Link("withdrawApplication", ID, "Take it back, for good"),
)
FILLED = both(en=application(DA_NANG), ko=application(PATHFINDER))
WITHDRAWN = {"state": "withdrawn", "withdrawn_at": "2025-03-12T01:00:00Z"}

APPLICATIONS = {
    "createApplication": Described(
        Audience.APPLICANTS,
        request=asked(
            both(
                en={"call_code": "KCN-2025", "track": "planning"},
                ko={"call_code": "KCN-2025", "track": "demonstration"},
            )
        ),
        answers={
            201: Answer(
                both(en=begun(DA_NANG), ko=begun(PATHFINDER)),
                ("ETag",),
                NEXT,
                location=f"/v1/applications/{DA_NANG.application}",
            ),
        },
    ),
    "listApplications": Described(
        Audience.APPLICANTS,
        answers={
            200: Answer(
                both(en=page(summary(DA_NANG)), ko=page(summary(PATHFINDER))),
                links=(
                    Link(
                        "getApplication",
                        {"application_id": "$response.body#/items/0/id"},
                        "Read the first of the list",
                    ),
                    Link(
                        "listApplications",
                        {"cursor": "$response.body#/next_cursor"},
                        "Go on to the next page",
                    ),
                ),
            )
        },
    ),
    "getApplication": Described(
        Audience.APPLICANTS,
        answers={200: Answer(FILLED, ("ETag",), NEXT), 304: Answer(headers=("ETag",))},
    ),
    "changeApplication": Described(
        Audience.APPLICANTS,
        request=asked(both(en=sections(DA_NANG), ko=sections(PATHFINDER))),
        answers={200: Answer(FILLED, ("ETag",), NEXT)},
    ),
    "getCompleteness": Described(
        Audience.APPLICANTS,
        answers={
            200: Answer(
                both(
                    en=completeness(("/documents/request_letter", "missing", "This document is missing.")),
                    ko=completeness(
                        ("/answers/labour_share", "missing", "This is missing."),
                        ("/documents/letter_of_intent", "missing", "This document is missing."),
                    ),
                )
            )
        },
    ),
    "withdrawApplication": Described(
        Audience.APPLICANTS,
        answers={
            201: Answer(
                both(en=application(DA_NANG, **WITHDRAWN), ko=application(PATHFINDER, **WITHDRAWN)),
                ("ETag",),
                (READ,),
            )
        },
    ),
}
