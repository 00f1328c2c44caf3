"""Applications in the database."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, RowMapping, and_, insert, or_, select, update

from services.intake.domain.application import Application, Contact, Document, ScanState, State
from services.intake.tables import application, call, contact, document, submission
from shared.auth.caller import Track
from shared.database.connection import Tx
from shared.errors import Violation
from shared.ids import ApplicationId, CallId, ConfirmationId, ContactId, DocumentId, OrganisationId

_FIELDS = (
    *(application.c[name] for name in ("id", "call_id", "track", "organisation_id", "state", "revision")),
    *(
        application.c[name]
        for name in ("version", "created_at", "changed_at", "submitted_at", "withdrawn_at")
    ),
    *(application.c[name] for name in ("organisation", "project", "answers", "partner", "confirmation_id")),
    *(application.c[name] for name in ("partner_confirmed_at", "violations")),
    call.c.code.label("call_code"),
)


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found out when an application last changed, so that submitting it need not.

    ``call_version``: of the call it was checked against; ``event_content``: ApplicationSubmitted as JSON
    without what only the submission knows, None while something is missing.
    """

    call_version: int
    violations: tuple[Violation, ...]
    digest: str
    event_content: str | None


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose applications a list shows: an organisation's own, and what was received in tracks overseen."""

    organisation_id: UUID | None
    tracks: Sequence[Track]


@dataclass(frozen=True, slots=True)
class Summary:
    """One line of a list."""

    id: UUID
    call_code: str
    track: Track
    state: State
    revision: int
    organisation_id: UUID
    title: dict[str, str] | None
    receipt_no: str | None
    created_at: datetime
    changed_at: datetime
    submitted_at: datetime | None


async def add_application(tx: Tx, one: Application, checked: Checked) -> None:
    """Store a new draft."""
    values = {
        "id": one.id,
        "call_id": one.call_id,
        "track": one.track,
        "organisation_id": one.organisation_id,
        "created_at": one.created_at,
        "changed_at": one.changed_at,
        **_checked_values(checked),
    }
    await tx.execute(insert(application).values(values))


async def find_application(tx: Tx, application_id: UUID, *, lock: bool = False) -> Application | None:
    """The whole application; ``lock`` keeps others from changing it until the transaction ends."""
    return await _find(tx, application.c.id == application_id, lock=lock)


async def find_by_confirmation(tx: Tx, confirmation_id: UUID, *, lock: bool = False) -> Application | None:
    """The application whose partner's link names ``confirmation_id``."""
    return await _find(tx, application.c.confirmation_id == confirmation_id, lock=lock)


async def save_content(tx: Tx, one: Application, checked: Checked, *, changed_at: datetime) -> Application:
    """Store the sections of a changed draft and what was found out about it; gives it with its new version."""
    values = {
        "revision": one.revision,
        "organisation": one.organisation,
        "project": one.project,
        "answers": one.answers,
        "partner": one.partner,
        "confirmation_id": one.confirmation_id,
        "changed_at": changed_at,
        **_checked_values(checked),
    }
    return replace(await _save(tx, one, values), changed_at=changed_at, violations=checked.violations)


async def save_withdrawal(tx: Tx, one: Application, *, withdrawn_at: datetime) -> Application:
    """Store that the applicant took it back."""
    saved = await _save(tx, one, {"state": State.WITHDRAWN, "withdrawn_at": withdrawn_at})
    return replace(saved, state=State.WITHDRAWN, withdrawn_at=withdrawn_at)


async def save_confirmation(tx: Tx, one: Application, *, confirmed_at: datetime) -> Application:
    """Store that the partner body confirmed it."""
    saved = await _save(tx, one, {"partner_confirmed_at": confirmed_at})
    return replace(saved, partner_confirmed_at=confirmed_at)


async def list_applications(
    tx: Tx,
    scope: Scope,
    *,
    call_code: str | None,
    track: Track | None,
    state: State | None,
    after: UUID | None,
    limit: int,
) -> Sequence[Summary]:
    """Applications in ``scope``, the newest first; ``after``: the id of the last one seen."""
    query = (
        select(
            *(application.c[name] for name in ("id", "track", "state", "revision", "organisation_id")),
            *(application.c[name] for name in ("created_at", "changed_at", "submitted_at")),
            application.c.project["title"].label("title"),
            call.c.code.label("call_code"),
            submission.c.receipt_no,
        )
        .join(call)
        .outerjoin(submission, submission.c.application_id == application.c.id)
        .where(_in_scope(scope))
        .order_by(application.c.id.desc())
        .limit(limit)
    )
    wanted = ((call.c.code, call_code), (application.c.track, track), (application.c.state, state))
    for column, value in wanted:
        if value is not None:
            query = query.where(column == value)
    if after is not None:
        query = query.where(application.c.id < after)
    return [Summary(**row) for row in (await tx.execute(query)).mappings()]


def _in_scope(scope: Scope) -> ColumnElement[bool]:
    received = and_(application.c.track.in_(scope.tracks), application.c.submitted_at.is_not(None))
    if scope.organisation_id is None:
        return received
    own = application.c.organisation_id == scope.organisation_id
    return or_(own, received) if scope.tracks else own


async def _save(tx: Tx, one: Application, values: dict[str, Any]) -> Application:
    version = one.version + 1
    await tx.execute(update(application).where(application.c.id == one.id).values(version=version, **values))
    return replace(one, version=version)


async def _find(tx: Tx, condition: ColumnElement[bool], *, lock: bool) -> Application | None:
    query = select(*_FIELDS).join(call).where(condition)
    if lock:
        query = query.with_for_update(of=application)
    row = (await tx.execute(query)).mappings().one_or_none()
    if row is None:
        return None
    people = {one["role"]: _contact(one) for one in await _rows(tx, contact, row["id"])}
    documents = tuple(read_document(one) for one in await _rows(tx, document, row["id"]))
    return _read(row, people, documents)


async def _rows(tx: Tx, table: Any, application_id: UUID) -> Sequence[RowMapping]:
    query = select(table).where(table.c.application_id == application_id).order_by(table.c.id)
    return (await tx.execute(query)).mappings().all()


def _read(row: RowMapping, people: dict[str, Contact], documents: tuple[Document, ...]) -> Application:
    values = dict(row)
    confirmation_id = values["confirmation_id"]
    values |= {
        "id": ApplicationId(row["id"]),
        "call_id": CallId(row["call_id"]),
        "organisation_id": OrganisationId(row["organisation_id"]),
        "state": State(row["state"]),
        "confirmation_id": None if confirmation_id is None else ConfirmationId(confirmation_id),
        "violations": tuple(Violation(*item) for item in row["violations"]),
    }
    return Application(
        **values,
        contact=people.get("applicant"),
        partner_contact=people.get("partner"),
        documents=documents,
    )


def _contact(row: RowMapping) -> Contact:
    return Contact(ContactId(row["id"]), row["name"], row["email"], row["language"], row["salt"])


def read_document(row: RowMapping) -> Document:
    """A document's row."""
    return Document(
        id=DocumentId(row["id"]),
        application_id=ApplicationId(row["application_id"]),
        kind=row["kind"],
        file_name=row["file_name"],
        media_type=row["media_type"],
        size_bytes=row["size_bytes"],
        sha256=row["sha256"],
        commitment=row["commitment"],
        scan_state=ScanState(row["scan_state"]),
        uploaded_at=row["uploaded_at"],
        salt=row["salt"],
    )


def _checked_values(checked: Checked) -> dict[str, Any]:
    return {
        "checked_version": checked.call_version,
        "violations": [[item.pointer, item.reason, item.message] for item in checked.violations],
        "content_digest": checked.digest,
        "event_content": checked.event_content,
    }
