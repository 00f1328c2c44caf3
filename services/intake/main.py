"""The API of intake: calls, applications, documents, submissions, partner confirmations."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI

from services.intake.contract import contract
from services.intake.document_store import DocumentStore
from services.intake.domain.receipt import is_rehearsal_key
from services.intake.endpoints import applications, calls, documents, partner_confirmations, submissions
from services.intake.repository.calls import Calls, CallShelf
from services.intake.repository.submissions import ReceiptNumbers, Submissions
from services.intake.settings import IntakeSettings
from services.intake.use_cases.submit_application import Desk
from shared.clock.endpoints import router as time_router
from shared.http.application import create_application, usual_resources
from shared.idempotency.lookup import idempotency_router
from shared.signing import ReceiptSigner

DESCRIPTION = (
    "Intake of K-City Network: the calls as they were published, applications from draft to receipt, their "
    "documents, and the confirmation of partner bodies abroad."
)


class WrongReceiptKey(Exception):
    """A rehearsal's key would sign receipts that count, or the other way round."""

    def __init__(self, key_id: str, *, rehearsal: bool) -> None:
        database = "a rehearsal database" if rehearsal else "a live database"
        super().__init__(
            f"receipt key {key_id} may not sign for {database}: keys of rehearsals, and only those, have a "
            "kid that begins with rehearsal-"
        )


def create_app(settings: IntakeSettings | None = None) -> FastAPI:
    """The application; settings from the environment unless given."""
    chosen = settings or IntakeSettings()

    @asynccontextmanager
    async def open_resources(_app: FastAPI) -> AsyncIterator[Mapping[str, Any]]:
        async with usual_resources(chosen, "intake-api") as usual:
            rehearsal = usual["clock"].rehearsal
            signer = _signer(chosen, rehearsal=rehearsal)
            known_calls = Calls(CallShelf())
            numbers = ReceiptNumbers(chosen.receipt_number_secret.get_secret_value())
            submissions_at_once = Submissions(usual["database"].pool)
            desk = Desk(usual["database"], submissions_at_once, known_calls, numbers, signer, rehearsal)
            store = DocumentStore.open(chosen.document_store_url)
            yield {
                **usual,
                "settings": chosen,
                "calls": known_calls,
                "desk": desk,
                "document_store": store,
                "probes": {"documents": store.probe},
            }

    return create_application(
        settings=chosen,
        title="K-City Network: intake",
        description=DESCRIPTION,
        contract=contract,
        routers=[
            submissions.desk_router,  # first: routes are looked for in this order
            calls.router,
            applications.router,
            documents.router,
            submissions.router,
            partner_confirmations.router,
            idempotency_router(),
            time_router(),
        ],
        open_resources=open_resources,
    )


def _signer(settings: IntakeSettings, *, rehearsal: bool) -> ReceiptSigner:
    signer = ReceiptSigner.from_jwk_file(settings.receipt_key_file)
    if is_rehearsal_key(signer.key_id) != rehearsal:
        raise WrongReceiptKey(signer.key_id, rehearsal=rehearsal)
    return signer
