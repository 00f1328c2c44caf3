"""Review's own copy of the calls, and the scope (call and track) that an evaluation closes."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from services.review.domain.rules import Criterion, SelectionRules, TrackRules
from services.review.tables import call, evaluation_scope
from shared.auth.caller import Track
from shared.database.connection import Tx
from shared.errors import NotFound
from shared.events.call_definition import CallDefinition, TrackDefinition


async def keep_call(tx: Tx, call_id: UUID, version: int, definition: CallDefinition) -> None:
    """Keep the newest version; an older one changes nothing. Written by the copy handlers alone."""
    fresh = insert(call).values(
        id=call_id, version=version, definition=definition.model_dump(mode="json", exclude_none=True)
    )
    await tx.execute(
        fresh.on_conflict_do_update(
            index_elements=[call.c.id],
            set_={"version": fresh.excluded.version, "definition": fresh.excluded.definition},
            where=call.c.version < version,
        )
    )


async def open_scopes(tx: Tx, call_id: UUID, definition: CallDefinition) -> None:
    """A scope for each track of a call; those that are there stay as they are."""
    scopes = [{"call_id": call_id, "track": track.track} for track in definition.tracks]
    await tx.execute(insert(evaluation_scope).values(scopes).on_conflict_do_nothing())


async def find_definition(tx: Tx, call_id: UUID) -> tuple[int, CallDefinition] | None:
    """Version and definition of a call, or None while it is not known here."""
    row = (await tx.execute(select(call).where(call.c.id == call_id))).first()
    return None if row is None else (row.version, CallDefinition.model_validate(row.definition))


async def rules_of(tx: Tx, call_id: UUID, track: Track) -> TrackRules:
    """The present rules of a track. Raises ``NotFound``."""
    found = await find_definition(tx, call_id)
    definition = found[1].track(track) if found else None
    if found is None or definition is None:
        raise NotFound("call with this track")
    version, whole = found
    window = definition.window
    return TrackRules(
        call_id=call_id,
        call_code=whole.code,
        call_version=version,
        year=whole.year,
        track=track,
        eligibility_codes=frozenset(rule.code for rule in definition.eligibility),
        pre_consulting=definition.pre_consulting,
        intake_ends_at=window.cut_off_at or window.closes_at or window.opens_at,
        selection=_selection_rules(definition),
    )


async def lock_scope(tx: Tx, call_id: UUID, track: Track, *, exclusive: bool) -> UUID | None:
    """Hold the scope: shared by whatever feeds an evaluation, exclusive to close it.

    Returns the id of the closed evaluation, None while it is open. Raises ``NotFound``.
    """
    row = (
        await tx.execute(
            select(evaluation_scope.c.evaluation_id)
            .where(evaluation_scope.c.call_id == call_id, evaluation_scope.c.track == track)
            .with_for_update(read=not exclusive)
        )
    ).first()
    if row is None:
        raise NotFound("call with this track")
    return row.evaluation_id  # type: ignore[no-any-return] # a nullable uuid column


async def close_scope(tx: Tx, call_id: UUID, track: Track, evaluation_id: UUID) -> None:
    """Mark the scope closed; the caller holds it exclusively."""
    await tx.execute(
        evaluation_scope.update()
        .where(evaluation_scope.c.call_id == call_id, evaluation_scope.c.track == track)
        .values(evaluation_id=evaluation_id)
    )


def _selection_rules(track: TrackDefinition) -> SelectionRules:
    rules = track.selection
    return SelectionRules(
        criteria=tuple(Criterion(one.code, one.weight, one.max_points) for one in rules.criteria),
        method=rules.aggregation.method,
        min_sheets=rules.aggregation.min_sheets,
        threshold_points=rules.threshold_points,
        tie_break=rules.tie_break,
        quota_min=rules.quota.min,
        quota_max=rules.quota.max,
        budget_krw=rules.budget_krw,
        max_support_krw=track.money.max_support_krw,
        max_per_country=rules.max_per_country,
        on_misfit=rules.on_misfit,
    )
