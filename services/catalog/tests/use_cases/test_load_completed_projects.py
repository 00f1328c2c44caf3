import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from services.catalog.countries import country_of
from services.catalog.domain.completed_list import Listed, project_of
from services.catalog.domain.history import Cause, Why
from services.catalog.domain.project import Fact, Project, id_of_completed
from services.catalog.domain.table.faults import TableInvalid
from services.catalog.domain.text import Bilingual
from services.catalog.repository.projects import ProjectRepository
from services.catalog.repository.reading import CatalogueReader
from services.catalog.settings import SHIPPED_LIST, CatalogSettings
from services.catalog.tests.made import ANNOUNCED, shipped_list, shipped_rows
from services.catalog.use_cases.load_completed_projects import Loaded, load_completed_projects
from services.catalog.worker import build
from shared.clock.authority import AuthorityClock
from shared.database.connection import Database
from shared.worker import WorkerContext

LATER = ANNOUNCED + timedelta(days=1)


async def load(database: Database, listed: tuple[Listed, ...]) -> Loaded:
    async with database.transaction() as tx:
        projects = ProjectRepository(tx)
        return await load_completed_projects(listed, projects=projects, now=LATER, country_of=country_of)


def with_cells(number: int, **cells: str) -> tuple[Listed, ...]:
    """The shipped list, with other cells in one row."""
    return tuple(
        replace(listed, project=project_of(listed.cells | cells, country_of), cells=listed.cells | cells)
        if listed.project.number == number
        else listed
        for listed in shipped_rows()
    )


async def correct(database: Database, number: int, corrected: Callable[[Project], Project]) -> None:
    async with database.transaction() as tx:
        projects = ProjectRepository(tx)
        entry = await projects.lock(id_of_completed(number))
        assert entry is not None
        why = Why(Cause.CORRECTION, "officer", LATER, "the town hall wrote to us")
        await projects.change(entry, corrected(entry.project), why)


async def project(database: Database, number: int) -> Project:
    async with database.transaction() as tx:
        entry = await CatalogueReader(tx).find_number(number)
        assert entry is not None
        return entry.project


async def count(database: Database, table: str) -> int:
    async with database.transaction() as tx:
        return int(await tx.scalar(text(f"SELECT count(*) FROM {table}")) or 0)  # noqa: S608 - a table of ours


class TestLoadCompletedProjects:
    async def test_publishes_each_project_with_event_and_audit_entry(self, database: Database) -> None:
        assert await load(database, shipped_rows()) == Loaded(new=49, changed=0)
        assert [await count(database, name) for name in ("project", "journal", "outbox", "audit_entry")] == [
            49
        ] * 4
        async with database.transaction() as tx:
            actors = await tx.execute(text("SELECT DISTINCT actor, action, business_at FROM audit_entry"))
            assert actors.all() == [("worker:catalog", "list_project", LATER)]

    async def test_a_second_time_changes_nothing(self, loaded: Database) -> None:
        assert await load(loaded, shipped_rows()) == Loaded(new=0, changed=0)
        assert await count(loaded, "journal") == 49

    async def test_two_at_once_publish_each_project_once(self, database: Database) -> None:
        both = await asyncio.gather(load(database, shipped_rows()), load(database, shipped_rows()))
        assert sorted(result.new for result in both) == [0, 49]
        assert await count(database, "journal") == 49

    async def test_a_completed_value_replaces_what_was_not_published(self, loaded: Database) -> None:
        first = shipped_list()[0]
        fuller = replace(first, organisation=Bilingual("길찾기", None))
        assert await load(loaded, with_cells(1, company="길찾기")) == Loaded(new=0, changed=1)
        async with loaded.transaction() as tx:
            entry = await CatalogueReader(tx).find(first.id)
            sequences = await tx.execute(
                text("SELECT sequence FROM journal WHERE aggregate_id = :id ORDER BY id"), {"id": first.id}
            )
            assert list(sequences.scalars()) == [1, 2]
        assert entry is not None
        assert entry.project == fuller
        assert entry.revision == 2
        assert entry.published_at == ANNOUNCED

    async def test_a_correction_stays_when_the_list_is_loaded_again(self, loaded: Database) -> None:
        await correct(loaded, 2, lambda present: replace(present, note="seen on site"))
        assert await load(loaded, with_cells(2, company="길찾기")) == Loaded(new=0, changed=1)
        stands = await project(loaded, 2)
        assert (stands.note, stands.organisation) == ("seen on site", Bilingual("길찾기", None))

    async def test_a_correction_stays_when_the_list_says_something_else_of_the_same(
        self, loaded: Database
    ) -> None:
        await correct(loaded, 2, lambda present: replace(present, organisation=Bilingual(None, "Pathfinder")))
        assert await load(loaded, with_cells(2, company="길찾기")) == Loaded(new=0, changed=0)
        assert (await project(loaded, 2)).organisation == Bilingual(None, "Pathfinder")

    async def test_a_correction_can_be_taken_into_the_list(self, loaded: Database) -> None:
        await correct(loaded, 2, lambda present: replace(present, organisation=Bilingual("길찾기", None)))
        assert await load(loaded, with_cells(2, company="길찾기")) == Loaded(new=0, changed=0)
        assert await load(loaded, with_cells(2, company="길찾기 주식회사")) == Loaded(new=0, changed=1)

    async def test_a_corrected_source_stays_beside_a_source_that_the_list_brings(
        self, loaded: Database
    ) -> None:
        own, listed = ("https://town.example/2",), "https://ministry.example/2"
        await correct(loaded, 2, lambda present: replace(present, fact_sources={Fact.CITY: own}))
        fuller = with_cells(2, support_krw="400000000", support_source=listed)
        assert await load(loaded, fuller) == Loaded(new=0, changed=1)
        stands = await project(loaded, 2)
        assert stands.fact_sources == {Fact.CITY: own, Fact.SUPPORT_KRW: (listed,)}
        assert await load(loaded, with_cells(2)) == Loaded(new=0, changed=1)
        assert (await project(loaded, 2)).fact_sources == {Fact.CITY: own}

    async def test_a_list_from_before_a_column_leaves_what_was_corrected_in_it(
        self, loaded: Database
    ) -> None:
        async with loaded.transaction() as tx:
            await tx.execute(text("UPDATE project SET listed = listed - 'company' WHERE number = 2"))
        await correct(loaded, 2, lambda present: replace(present, organisation=Bilingual(None, "Pathfinder")))
        assert await load(loaded, with_cells(2, company="길찾기")) == Loaded(new=0, changed=0)

    async def test_a_project_that_the_list_no_longer_names_stays(self, loaded: Database) -> None:
        assert await load(loaded, shipped_rows()[:10]) == Loaded(new=0, changed=0)
        assert await count(loaded, "project") == 49

    async def test_reads_back_just_what_the_list_says(self, loaded: Database) -> None:
        async with loaded.transaction() as tx:
            present = await ProjectRepository(tx).lock_completed()
        assert {entry.project for entry, _ in present.values()} == set(shipped_list())


class TestWorkerStart:
    async def context(self, database: Database) -> WorkerContext:
        clock = AuthorityClock(database, "catalog-worker")
        await clock.open()
        return WorkerContext(database, clock)

    async def test_loads_the_list_that_is_shipped(
        self, database: Database, settings: CatalogSettings
    ) -> None:
        async with build(await self.context(database), settings) as parts:
            assert parts.handlers.topics == ["intake.call.v1", "review.case.v1", "review.selection.v1"]
        assert await count(database, "project") == 49

    async def test_loads_the_fuller_list_of_an_operator(
        self, database: Database, settings: CatalogSettings, tmp_path: Path
    ) -> None:
        given = tmp_path / "list.csv"
        given.write_bytes(SHIPPED_LIST.read_bytes().replace(b"Ecube Labs", b"Ecube Labs Co."))
        fuller = settings.model_copy(update={"completed_projects_file": given})
        context = await self.context(database)
        for each in (settings, fuller):
            async with build(context, each):
                pass
        assert await count(database, "journal") == 50

    async def test_a_faulty_list_loads_nothing(
        self, database: Database, settings: CatalogSettings, tmp_path: Path
    ) -> None:
        given = tmp_path / "list.csv"
        given.write_bytes(SHIPPED_LIST.read_bytes().replace(b"49,2024", b"49,1924"))
        faulty = settings.model_copy(update={"completed_projects_file": given})
        with pytest.raises(TableInvalid, match="row 50, column selection_year"):
            async with build(await self.context(database), faulty):
                pass
        assert await count(database, "project") == 0
