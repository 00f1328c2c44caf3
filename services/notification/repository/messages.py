"""All SQL about messages. Every time here is real: the database's own clock, never the business clock."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping, Select, func, select, update
from sqlalchemy.dialects.postgresql import insert

from services.notification.domain.message import (
    GIVE_UP_AFTER,
    HEALED_BY_CONTACT,
    Cause,
    HeldReason,
    Language,
    Message,
    Settlement,
    State,
    Template,
)
from services.notification.repository.sending import (
    CLAIM,
    COUNT_DUE,
    END_LEASES,
    GIVE_BACK,
    RENEW,
    SETTLE,
)
from services.notification.tables import contact, message
from shared.auth.caller import Track
from shared.database.connection import Tx
from shared.ids import ApplicationId, ConfirmationId, ContactId, EventId, MessageId, new_uuid

REAL_NOW = func.clock_timestamp()


@dataclass(frozen=True, slots=True)
class Draft:
    """A message to be queued. ``variables``: what its template tells, without personal data, as JSON values."""

    cause: Cause
    track: Track
    caused_at: datetime
    template_version: int
    variables: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Claimed:
    """A message in the hands of one sender, until its lease ends. ``name`` and ``email``: None without contact."""

    message: Message
    lease: UUID
    variables: Mapping[str, Any]
    queued_at: datetime
    given_up: bool
    name: str | None
    email: str | None


@dataclass(frozen=True, slots=True)
class Listed:
    """A message as the API shows it."""

    message: Message
    caused_at: datetime
    queued_at: datetime | None
    next_attempt_at: datetime | None
    last_smtp_code: int | None
    settled_at: datetime | None


@dataclass(frozen=True, slots=True)
class Filter:
    """Which messages to list; None: any."""

    tracks: Sequence[Track]
    state: State | None = None
    template: Template | None = None
    application_id: ApplicationId | None = None


class Messages:
    """The messages, inside one transaction."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    async def queue(self, draft: Draft) -> None:
        """Queue a message, or let it wait for its contact; nothing if the same cause queued it before.

        The caller holds the lock of the contact.
        """
        cause = draft.cause
        known = await self._language_of(cause.contact_id)
        values: dict[str, Any] = {
            "id": new_uuid(),
            "cause_event_id": cause.event_id,
            "contact_id": cause.contact_id,
            "template": cause.template,
            "application_id": cause.application_id,
            "track": draft.track,
            "caused_at": draft.caused_at,
            "template_version": draft.template_version,
            "variables": dict(draft.variables),
            "state": State.WAITING_FOR_CONTACT,
        }
        if known is not None:
            values |= _queued_now() | {"language": known, "queued_at": REAL_NOW}
        await self._tx.execute(insert(message).values(values).on_conflict_do_nothing())

    async def asked_partner(self, application_id: ApplicationId, confirmation_id: ConfirmationId) -> bool:
        """Whether a partner was asked for this confirmation before."""
        asked = select(message.c.id).where(
            message.c.application_id == application_id,
            message.c.template == Template.PARTNER_CONFIRMATION_REQUEST,
            message.c.variables["confirmation_id"].astext == str(confirmation_id),
        )
        return await self._tx.scalar(asked.limit(1)) is not None

    async def release(self, contact_id: ContactId, language: Language) -> int:
        """Queue what waited for a contact, or was held because of it; how many. The caller holds its lock."""
        held_for_it = (message.c.state == State.HELD) & message.c.held_reason.in_(HEALED_BY_CONTACT)
        released = await self._tx.execute(
            update(message)
            .where(message.c.contact_id == contact_id)
            .where((message.c.state == State.WAITING_FOR_CONTACT) | held_for_it)
            .values(_queued_now() | {"language": language, "held_reason": None})
        )
        return released.rowcount

    async def hold_for_erased(self, contact_id: ContactId) -> int:
        """Hold what was not sent to a contact that is erased; how many. One being sent at this moment is let go."""
        held = await self._tx.execute(
            update(message)
            .where(message.c.contact_id == contact_id)
            .where(message.c.state.in_((State.WAITING_FOR_CONTACT, State.QUEUED, State.FAILED)))
            .values(state=State.HELD, held_reason=HeldReason.CONTACT_ERASED, next_attempt_at=None)
        )
        return held.rowcount

    async def due(self, most: int) -> int:
        """How many messages are due, counted up to ``most``; those of senders that died are due again."""
        await self._tx.execute(END_LEASES)
        return int(await self._tx.scalar(COUNT_DUE, {"most": most}) or 0)

    async def claim(self, *, most: int, lease_for: timedelta) -> list[Claimed]:
        """Take due messages; nobody else gets them before the lease ends."""
        values = {"most": most, "lease": new_uuid(), "lease_for": lease_for}
        rows = (await self._tx.execute(CLAIM, values)).mappings()
        return [
            Claimed(
                _message(row),
                row["lease"],
                row["variables"],
                row["queued_at"],
                row["given_up"],
                row["name"],
                row["email"],
            )
            for row in rows
        ]

    async def settle(self, claimed: Claimed, settlement: Settlement, *, business_now: datetime) -> bool:
        """Write what an attempt came to; False when the lease had ended and the message is another's."""
        done = settlement.state in (State.DELIVERED, State.BOUNCED)
        result = await self._tx.execute(
            SETTLE,
            {
                "id": claimed.message.id,
                "lease": claimed.lease,
                "state": settlement.state,
                "held_reason": settlement.held_reason,
                "smtp_code": settlement.smtp_code,
                "wait": settlement.wait,
                "settled_at": business_now if done else None,
            },
        )
        return result.rowcount == 1

    async def renew(self, claimed: Collection[Claimed], *, lease_for: timedelta) -> set[UUID]:
        """Hold claimed messages longer; the ids of those that are still the holder's."""
        rows = await self._tx.execute(RENEW, {**_leases_of(claimed), "lease_for": lease_for})
        return set(rows.scalars())

    async def give_back(self, claimed: Collection[Claimed]) -> None:
        """Return claimed messages that were not tried."""
        await self._tx.execute(GIVE_BACK, _leases_of(claimed))

    async def resend(self, message_id: MessageId) -> None:
        """Queue a message again, with its full time to be tried; it keeps its Message-ID and its date."""
        await self._tx.execute(
            update(message)
            .where(message.c.id == message_id)
            .values(_queued_now() | {"attempts": 0, "settled_at": None})
        )

    async def get(self, message_id: MessageId, *, lock: bool = False) -> Listed | None:
        """A message, None when there is none; ``lock``ed until the transaction ends."""
        found = _listed().where(message.c.id == message_id)
        rows = await self._tx.execute(found.with_for_update() if lock else found)
        row = rows.mappings().first()
        return None if row is None else _as_listed(row)

    async def list(self, wanted: Filter, *, before: MessageId | None, most: int) -> Sequence[Listed]:
        """The newest first; after a page, those ``before`` its last one."""
        query = _listed().where(message.c.track.in_(wanted.tracks))
        if wanted.state is not None:
            query = query.where(message.c.state == wanted.state)
        if wanted.template is not None:
            query = query.where(message.c.template == wanted.template)
        if wanted.application_id is not None:
            query = query.where(message.c.application_id == wanted.application_id)
        if before is not None:
            query = query.where(message.c.id < before)
        rows = (await self._tx.execute(query.order_by(message.c.id.desc()).limit(most))).mappings()
        return [_as_listed(row) for row in rows]

    async def _language_of(self, contact_id: ContactId) -> str | None:
        return await self._tx.scalar(select(contact.c.language).where(contact.c.id == contact_id))


def _queued_now() -> dict[str, Any]:
    """A message's date is that of its first queueing, so that every copy is the same to the byte."""
    return {
        "state": State.QUEUED,
        "queued_at": func.coalesce(message.c.queued_at, REAL_NOW),
        "next_attempt_at": REAL_NOW,
        "give_up_at": REAL_NOW + GIVE_UP_AFTER,
    }


def _listed() -> Select[Any]:
    return select(message)


def _as_listed(row: RowMapping) -> Listed:
    return Listed(
        _message(row),
        row["caused_at"],
        row["queued_at"],
        row["next_attempt_at"],
        row["last_smtp_code"],
        row["settled_at"],
    )


def _message(row: RowMapping) -> Message:
    return Message(
        id=MessageId(row["id"]),
        cause=Cause(
            EventId(row["cause_event_id"]),
            ContactId(row["contact_id"]),
            Template(row["template"]),
            ApplicationId(row["application_id"]),
        ),
        track=row["track"],
        template_version=row["template_version"],
        language=row["language"],
        state=State(row["state"]),
        held_reason=None if row["held_reason"] is None else HeldReason(row["held_reason"]),
        attempts=row["attempts"],
    )


def _leases_of(claimed: Collection[Claimed]) -> dict[str, list[UUID]]:
    return {"ids": [one.message.id for one in claimed], "leases": [one.lease for one in claimed]}
