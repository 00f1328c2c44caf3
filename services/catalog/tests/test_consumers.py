import asyncio

from sqlalchemy import text

from services.catalog.domain.entry import Entry, Order, Wanted
from services.catalog.domain.project import ProjectState, id_of_selected
from services.catalog.repository.reading import CatalogueReader
from services.catalog.tests.made import ANNOUNCED, Story, chosen
from shared.database.connection import Database
from shared.delivery.inbox import Inbox, Outcome
from shared.ids import ApplicationId
from shared.testing.journal import journal_records


async def entries(database: Database) -> list[Entry]:
    async with database.transaction() as tx:
        reader = CatalogueReader(tx)
        hits = await reader.hits(await reader.request(Wanted()), Order.NUMBER, fetch=100)
    return [hit.entry for hit in hits]


async def make_due(database: Database) -> None:
    async with database.transaction() as tx:
        await tx.execute(text("UPDATE held_event SET not_before = clock_timestamp() - interval '1 second'"))


class TestSelectionAnnounced:
    async def test_publishes_each_selected_application(self, database: Database, inbox: Inbox) -> None:
        story = Story()
        await inbox.receive(story.call_published())
        assert await inbox.receive(story.selection_announced()) is Outcome.APPLIED
        found = {entry.project.id: entry for entry in await entries(database)}
        first = found[id_of_selected(ApplicationId(story.selected[0]["application_id"]))]
        assert len(found) == 2
        assert first.project.state is ProjectState.SELECTED
        assert first.project.support_krw == 380_000_000
        assert first.project.country is not None
        assert first.project.country.name is not None
        assert first.project.country.name.ko == "베트남"
        assert first.published_at == ANNOUNCED
        assert first.call is not None
        assert first.call.name.ko == "K-City 네트워크 2025"

    async def test_keeps_nothing_of_contacts_ranks_receipts_and_the_not_selected(
        self, database: Database, inbox: Inbox
    ) -> None:
        story = Story()
        await inbox.receive(story.call_published())
        await inbox.receive(story.selection_announced())
        async with database.transaction() as tx:
            kept = await tx.scalar(text("SELECT string_agg(project::text, ' ') FROM project"))
            told = await tx.scalar(text("SELECT string_agg(data::text, ' ') FROM journal"))
        for secret in ("SECRET", "LOST", "1234567891", str(story.selected[0]["contact_id"])):
            assert secret not in f"{kept} {told}"

    async def test_a_repeat_changes_nothing(self, database: Database, inbox: Inbox) -> None:
        story = Story()
        await inbox.receive(story.call_published())
        record = story.selection_announced()
        await inbox.receive(record)
        before = await entries(database)
        assert await inbox.receive(record) is Outcome.DUPLICATE
        assert await entries(database) == before
        assert len(await journal_records(database, "catalog")) == 2

    async def test_the_same_application_announced_again_stands_there_once(
        self, database: Database, inbox: Inbox
    ) -> None:
        story = Story()
        again = Story(selected=[story.selected[0], chosen(2)], call_id=story.call_id)
        await inbox.receive(story.call_published())
        await inbox.receive(story.selection_announced())
        assert await inbox.receive(again.selection_announced()) is Outcome.APPLIED
        assert len(await entries(database)) == 3

    async def test_two_announcements_at_once_publish_an_application_once(
        self, database: Database, inbox: Inbox
    ) -> None:
        story = Story()
        again = Story(selected=list(reversed(story.selected)), call_id=story.call_id)
        await inbox.receive(story.call_published())
        await asyncio.gather(
            inbox.receive(story.selection_announced()), inbox.receive(again.selection_announced())
        )
        assert len(await entries(database)) == 2
        assert len(await journal_records(database, "catalog")) == 2

    async def test_waits_for_its_call(self, database: Database, inbox: Inbox) -> None:
        story = Story()
        assert await inbox.receive(story.selection_announced()) is Outcome.HELD
        assert await entries(database) == []
        await inbox.receive(story.call_published())
        await make_due(database)
        await inbox.retry_due()
        assert len(await entries(database)) == 2

    async def test_gives_the_same_ids_when_everything_is_built_anew(
        self, database: Database, inbox: Inbox
    ) -> None:
        story = Story()
        await inbox.receive(story.call_published())
        await inbox.receive(story.selection_announced())
        before = await entries(database)
        async with database.transaction() as tx:
            await tx.execute(text("GRANT DELETE ON project_history TO CURRENT_USER"))
            for table in ("project", "project_history", "watermark"):
                await tx.execute(text(f"DELETE FROM {table}"))  # noqa: S608 - a table of ours
        await inbox.receive(story.call_published())
        await inbox.receive(story.selection_announced())
        assert await entries(database) == before

    async def test_tells_the_bus_what_is_public_now(self, database: Database, inbox: Inbox) -> None:
        story = Story()
        await inbox.receive(story.call_published())
        await inbox.receive(story.selection_announced())
        records = await journal_records(database, "catalog")
        assert {record.topic for record in records} == {"catalog.project.v1"}
        assert b'"state": "selected"' in (records[0].value or b"")


class TestCallAmended:
    async def test_gives_the_call_its_new_name(self, database: Database, inbox: Inbox) -> None:
        story = Story()
        await inbox.receive(story.call_published())
        await inbox.receive(story.selection_announced())
        await inbox.receive(story.call_amended(2, "K-City Network 2025 (spring)"))
        (entry, _) = await entries(database)
        assert entry.call is not None
        assert entry.call.name.en == "K-City Network 2025 (spring)"

    async def test_comes_into_force_in_order_when_it_arrives_before_the_call(
        self, database: Database, inbox: Inbox
    ) -> None:
        story = Story()
        assert await inbox.receive(story.call_amended(2, "Renamed")) is Outcome.HELD
        await inbox.receive(story.call_published())
        await inbox.receive(story.selection_announced())
        (entry, _) = await entries(database)
        assert entry.call is not None
        assert (entry.call.version, entry.call.name.en) == (2, "Renamed")
