"""Reviewers and panels."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, func, select
from sqlalchemy.dialects.postgresql import aggregate_order_by, insert

from services.review.domain.experts import Candidates, Panel, Reviewer
from services.review.tables import conflict_declaration, panel, panel_member, pre_consulting, reviewer
from shared.auth.caller import Track
from shared.database.connection import Tx
from shared.errors import NotFound


async def add_reviewer(tx: Tx, one: Reviewer) -> UUID:
    """Register a reviewer; returns the id of the one registered for that subject, this or an earlier one."""
    await tx.execute(
        insert(reviewer)
        .values(
            id=one.id,
            subject=one.subject,
            expertise=list(one.expertise),
            organisation_ids=list(one.organisation_ids),
            languages=list(one.languages),
            registered_at=one.registered_at,
        )
        .on_conflict_do_nothing(index_elements=[reviewer.c.subject])
    )
    found: UUID = (
        await tx.execute(select(reviewer.c.id).where(reviewer.c.subject == one.subject))
    ).scalar_one()
    return found


async def find_reviewer(tx: Tx, reviewer_id: UUID) -> Reviewer:
    """A reviewer by id. Raises ``NotFound``."""
    found = await find_reviewers(tx, [reviewer_id])
    if not found:
        raise NotFound("reviewer")
    return found[reviewer_id]


async def find_reviewers(tx: Tx, reviewer_ids: Sequence[UUID]) -> dict[UUID, Reviewer]:
    """Those of the reviewers that are registered."""
    rows = await tx.execute(select(reviewer).where(reviewer.c.id.in_(reviewer_ids)))
    return {row.id: _reviewer(row) for row in rows}


async def list_reviewers(tx: Tx, after: UUID | None, limit: int) -> Sequence[Reviewer]:
    """Reviewers in order of registration."""
    query = select(reviewer).order_by(reviewer.c.id).limit(limit)
    if after is not None:
        query = query.where(reviewer.c.id > after)
    return [_reviewer(row) for row in await tx.execute(query)]


async def add_panel(tx: Tx, one: Panel) -> None:
    """Keep a panel and its members, who are registered reviewers."""
    await tx.execute(
        panel.insert().values(id=one.id, call_id=one.call_id, track=one.track, created_at=one.created_at)
    )
    members = [{"panel_id": one.id, "reviewer_id": member} for member in one.reviewer_ids]
    await tx.execute(panel_member.insert(), members)


async def find_panel(tx: Tx, panel_id: UUID) -> Panel:
    """A panel by id. Raises ``NotFound``."""
    row = (await tx.execute(_panels().where(panel.c.id == panel_id))).first()
    if row is None:
        raise NotFound("panel")
    return _panel(row)


async def list_panels(
    tx: Tx, tracks: Sequence[Track], call_id: UUID | None, after: UUID | None, limit: int
) -> Sequence[Panel]:
    """Panels of these tracks in order of creation."""
    query = _panels().where(panel.c.track.in_(tracks)).order_by(panel.c.id).limit(limit)
    if call_id is not None:
        query = query.where(panel.c.call_id == call_id)
    if after is not None:
        query = query.where(panel.c.id > after)
    return [_panel(row) for row in await tx.execute(query)]


async def candidates_for(
    tx: Tx, case_id: UUID, call_id: UUID, track: Track, wanted: Sequence[UUID]
) -> Candidates:
    """What decides whether these reviewers may review the case."""
    in_panel = await tx.scalars(
        select(panel_member.c.reviewer_id)
        .join(panel, panel.c.id == panel_member.c.panel_id)
        .where(panel.c.call_id == call_id, panel.c.track == track, panel_member.c.reviewer_id.in_(wanted))
    )
    conflicted = await tx.scalars(
        select(conflict_declaration.c.reviewer_id).where(
            conflict_declaration.c.case_id == case_id, conflict_declaration.c.has_conflict
        )
    )
    adviser = await tx.scalar(select(pre_consulting.c.adviser_id).where(pre_consulting.c.case_id == case_id))
    return Candidates(
        reviewers=await find_reviewers(tx, wanted),
        in_panel=frozenset(in_panel),
        conflicted=frozenset(conflicted),
        adviser_id=adviser,
    )


def _panels() -> Any:
    members = func.array_agg(aggregate_order_by(panel_member.c.reviewer_id, panel_member.c.reviewer_id))
    return (
        select(panel, members.label("reviewer_ids"))
        .join(panel_member, panel_member.c.panel_id == panel.c.id)
        .group_by(panel.c.id)
    )


def _panel(row: Row[Any]) -> Panel:
    return Panel(row.id, row.call_id, row.track, tuple(row.reviewer_ids), row.created_at)


def _reviewer(row: Row[Any]) -> Reviewer:
    return Reviewer(
        id=row.id,
        subject=row.subject,
        expertise=tuple(row.expertise),
        organisation_ids=tuple(row.organisation_ids),
        languages=tuple(row.languages),
        registered_at=row.registered_at,
    )
