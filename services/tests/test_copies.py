"""Every table of a consuming service is a copy, which a rebuild may empty, or its own; nothing in between."""

import importlib
from collections.abc import Sequence

import pytest
from sqlalchemy import MetaData, Table, insert, text
from sqlalchemy.exc import DBAPIError

from services.catalog.tables import call, project
from shared.database.connection import Database
from shared.database.tables import SHARED
from shared.delivery.handlers import Handlers
from shared.ids import new_uuid
from shared.settings import ServiceName
from shared.testing.copies import as_copy_handler, guard_halves
from shared.testing.plugin import DatabaseOf

CONSUMERS: Sequence[ServiceName] = ("review", "notification", "catalog")
OF_ALL = {*SHARED.tables, "idempotency_key"}


def metadata_of(service: ServiceName) -> MetaData:
    found = importlib.import_module(f"services.{service}.tables").metadata
    assert isinstance(found, MetaData)
    return found


def copies_of(service: ServiceName) -> tuple[Table, ...]:
    return tuple(importlib.import_module(f"services.{service}.tables").COPIES)


def handlers_of(service: ServiceName) -> Handlers:
    found = importlib.import_module(f"services.{service}.consumers").handlers()
    assert isinstance(found, Handlers)
    return found


@pytest.mark.parametrize("service", CONSUMERS)
class TestTables:
    def test_each_says_whether_it_is_a_copy_or_own_and_why(self, service: ServiceName) -> None:
        tables = [table for name, table in metadata_of(service).tables.items() if name not in OF_ALL]
        said = {table.name: (table.comment or "").partition(": ")[0] for table in tables}
        copies = {table.name for table in copies_of(service)}
        assert said == {table.name: "Copy" if table.name in copies else "Own" for table in tables}

    def test_what_the_handlers_keep_is_what_the_tables_say(self, service: ServiceName) -> None:
        assert handlers_of(service).copy_tables == copies_of(service)

    def test_no_foreign_key_comes_from_or_goes_to_a_copy(self, service: ServiceName) -> None:
        """A copy can be empty while a rebuild runs, in an order of its own."""
        copies = {table.name for table in copies_of(service)}
        tied = {
            (table.name, key.column.table.name)
            for table in metadata_of(service).tables.values()
            for key in table.foreign_keys
        }
        assert {pair for pair in tied if copies & set(pair)} == set()


class TestTheGuardOfTheSuites:
    async def test_refuses_a_copy_written_by_anybody_and_an_own_table_written_by_a_copy_handler(
        self, database_of: DatabaseOf
    ) -> None:
        database = await Database.connect(await database_of("catalog"))
        try:
            await guard_halves(database, [call], own=[project])
            with pytest.raises(DBAPIError, match="INSERT of call in the wrong half"):
                async with database.transaction() as tx:
                    await tx.execute(insert(call).values(id=new_uuid(), version=1, code="X", year=2025))
            with pytest.raises(DBAPIError, match="DELETE of project in the wrong half"):
                async with database.transaction() as tx:
                    await as_copy_handler(tx, lambda tx: tx.execute(text("DELETE FROM project")))
        finally:
            await database.close()
