"""Documents: attached, listed, downloaded, deleted."""

from services.intake.contract.applications import document
from shared.contracts.story import DA_NANG, PATHFINDER
from shared.http.contract.words import Answer, Audience, Described, Link, both

ID = {"document_id": "$response.body#/id"}

DOCUMENTS = {
    "uploadDocument": Described(
        Audience.APPLICANTS,
        answers={
            201: Answer(
                both(
                    en={**document(DA_NANG), "scan_state": "pending"},
                    ko={**document(PATHFINDER), "scan_state": "pending"},
                ),
                links=(
                    Link("downloadDocument", ID, "Read the file, once the malware scan has cleared it"),
                    Link("deleteDocument", ID, "Take it out of the draft"),
                    Link(
                        "getCompleteness",
                        {"application_id": "$response.body#/application_id"},
                        "See what is still missing or wrong",
                    ),
                ),
            )
        },
    ),
    "listDocuments": Described(
        Audience.APPLICANTS,
        answers={
            200: Answer(
                both(en={"items": [document(DA_NANG)]}, ko={"items": [document(PATHFINDER)]}),
                links=(
                    Link(
                        "downloadDocument",
                        {"document_id": "$response.body#/items/0/id"},
                        "Read the first file",
                    ),
                ),
            )
        },
    ),
    "downloadDocument": Described(
        Audience.APPLICANTS, answers={200: Answer(headers=("Content-Disposition",))}
    ),
    "deleteDocument": Described(Audience.APPLICANTS, answers={204: Answer()}),
}
