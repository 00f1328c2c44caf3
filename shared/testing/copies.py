"""Makes a database refuse whoever writes a table of the other half: copies by reactions, own tables by copy handlers."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from sqlalchemy import Table, text

from shared.database.connection import Database, Tx
from shared.delivery.handlers import Handler, Handlers
from shared.events.envelope import Received

MARK_COPY = text("SELECT set_config('kcity.half', 'copy', true)")
MARK_REST = text("SELECT set_config('kcity.half', '', true)")
REFUSE = """
    CREATE FUNCTION refuse_other_half() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN
        IF (coalesce(current_setting('kcity.half', true), '') = 'copy') <> (TG_ARGV[0] = 'copy') THEN
            RAISE EXCEPTION '% of % in the wrong half of a handler', TG_OP, TG_TABLE_NAME;
        END IF;
        RETURN NULL;
    END $$
"""


async def guard_halves(database: Database, copies: Sequence[Table], own: Sequence[Table] = ()) -> None:
    """From now on ``copies`` are written by ``guarded`` copy handlers alone, and ``own`` tables by anybody else."""
    async with database.transaction() as tx:
        await tx.execute(text(REFUSE))
        for half, tables in (("copy", copies), ("own", own)):
            for table in tables:
                await tx.execute(
                    text(
                        f"CREATE TRIGGER other_half BEFORE INSERT OR UPDATE OR DELETE ON {table.name} "
                        f"FOR EACH STATEMENT EXECUTE FUNCTION refuse_other_half('{half}')"
                    )
                )


async def lift_guard(database: Database) -> None:
    """Let everybody write again: a rebuild empties copies, too."""
    async with database.transaction() as tx:
        await tx.execute(text("DROP FUNCTION IF EXISTS refuse_other_half CASCADE"))


def guarded(handlers: Handlers) -> Handlers:
    """The same handlers, which tell the database in which half they are."""
    marked = Handlers(copies=handlers.copy_tables)
    for kind in handlers.kinds:
        handled = handlers.get(kind.type)
        if handled is None:
            continue
        if handled.copy is not None:
            snapshot_of = handlers.snapshot_tables[kind.topic] if kind.snapshot else None
            marked.copy(kind, snapshot_of=snapshot_of)(_marking(handled.copy))
        if handled.reaction is not None:
            marked.on(kind)(handled.reaction)
    return marked


async def as_copy_handler(tx: Tx, act: Callable[[Tx], Awaitable[object]]) -> None:
    """Do what only copy handlers may, in a test that needs a damaged copy."""
    await tx.execute(MARK_COPY)
    await act(tx)
    await tx.execute(MARK_REST)


def _marking(handler: Handler) -> Handler:
    async def keep(event: Received[Any], tx: Tx) -> None:
        await as_copy_handler(tx, lambda tx: handler(event, tx))

    return keep
