"""Submitting, and the receipt."""

from typing import Any

from shared.contracts.story import DA_NANG, DIGEST, OTHER_DIGEST, PATHFINDER, SIGNATURE, Thread
from shared.http.contract.words import Answer, Audience, Described, Link, both, one


def receipt(thread: Thread) -> dict[str, Any]:
    """The receipt of the application."""
    return {
        "receipt_no": thread.receipt_no,
        "call": "KCN-2025",
        "track": thread.track,
        "application_id": thread.application,
        "revision": 7,
        "arrived_at": thread.submitted_at,
        "clock_bound_ms": 2,
        "digest": DIGEST if thread is PATHFINDER else OTHER_DIGEST,
        "rehearsal": False,
        "signature": SIGNATURE,
    }


ID = {"application_id": "$response.body#/application_id"}
RECEIPTS = both(en=receipt(DA_NANG), ko=receipt(PATHFINDER))
VERIFY = Link("getReceiptKeys", {}, "Get the keys that verify the signature")

SUBMISSIONS = {
    "submitApplication": Described(
        Audience.APPLICANTS,
        answers={
            201: Answer(
                RECEIPTS,
                location=f"/v1/applications/{DA_NANG.application}/receipt",
                links=(
                    Link("getReceipt", ID, "Read the receipt again"),
                    Link("getApplication", ID, "Read the application as it was submitted"),
                    Link("withdrawApplication", ID, "Take it back, for good"),
                    VERIFY,
                ),
            )
        },
    ),
    "getReceipt": Described(
        Audience.APPLICANTS,
        answers={
            200: Answer(
                RECEIPTS, links=(Link("getApplication", ID, "Read the application it is for"), VERIFY)
            )
        },
    ),
    "getReceiptKeys": Described(
        Audience.PUBLIC,
        answers={
            200: Answer(
                one(
                    {
                        "keys": [
                            {
                                "kty": "OKP",
                                "crv": "Ed25519",
                                "kid": "receipt-2025",
                                "alg": "Ed25519",
                                "use": "sig",
                                "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
                            }
                        ]
                    },
                    "One key (the public example key of RFC 8037)",
                )
            )
        },
    ),
}
