"""Catalog's copy of the calls, emptied and rebuilt, after all that can happen to records on their way."""

from collections.abc import AsyncIterator
from dataclasses import replace

import httpx
import pytest

from services.catalog.consumers import handlers
from services.catalog.tables import COPIES, metadata
from services.catalog.tests.made import Story as Announcement
from shared.bus.connection import BusAddress
from shared.database.connection import Database
from shared.delivery.inbox import Outcome
from shared.testing.copies import guard_halves, guarded, lift_guard
from shared.testing.plugin import DatabaseOf
from shared.testing.rebuilding import Consumer, Story, differences, publish_with_mishaps

pytestmark = pytest.mark.bus


@pytest.fixture
async def story(database: Database, bus: BusAddress) -> Story:
    """Two calls, one of them amended twice and announced; it is on the topics, with mishaps."""
    await lift_guard(database)
    one, other = Announcement(), Announcement()
    story = Story(
        (
            one.call_published(),
            other.call_published(),
            one.call_amended(2, "Renamed"),
            one.selection_announced(),
            one.call_amended(3, "Renamed again"),
        ),
        afterwards=other.call_amended(2, "Renamed at last"),
    )
    await publish_with_mishaps(bus, story.records)
    return story


@pytest.fixture
async def clean(database_of: DatabaseOf, bus: BusAddress) -> AsyncIterator[Consumer]:
    database = await Database.connect(await database_of("catalog"))
    yield Consumer("catalog", database, handlers(), bus)
    await database.close()


class TestCopyHandlers:
    async def test_write_copies_and_nothing_else_and_reactions_the_rest(
        self, clean: Consumer, story: Story
    ) -> None:
        own = [table for table in metadata.tables.values() if table not in COPIES]
        await guard_halves(clean.database, COPIES, own)
        watched = replace(clean, handlers=guarded(clean.handlers))
        outcomes = [await watched.inbox.receive(record) for record in story.records]
        assert outcomes == [Outcome.APPLIED] * len(story.records)


class TestRebuild:
    async def test_gives_the_digest_and_answers_of_a_clean_consumer_and_consuming_goes_on(
        self, database: Database, api: httpx.AsyncClient, story: Story, clean: Consumer, bus: BusAddress
    ) -> None:
        live = Consumer("catalog", database, handlers(), bus)
        await live.consume(story.subjects)
        before = (await api.get("/v1/projects")).json()
        assert await differences(live, clean, story) == []
        assert (await api.get("/v1/projects")).json() == before
        assert {one["call"]["name"]["en"] for one in before["items"]} == {"Renamed again"}
        assert await live.take(story.afterwards) is Outcome.APPLIED
        assert (await live.rebuild(check_only=True)).agrees

    async def test_without_the_duplicate_check_live_consuming_is_seen_to_be_wrong(
        self, database: Database, story: Story, clean: Consumer, bus: BusAddress
    ) -> None:
        live = Consumer("catalog", database, handlers(), bus, duplicate_check=False)
        found = await differences(live, clean, story)
        assert "rebuild (check only: True) differs" in found

    async def test_without_the_duplicate_check_a_rebuild_is_seen_to_be_wrong(
        self, database: Database, story: Story, clean: Consumer, bus: BusAddress
    ) -> None:
        live = Consumer("catalog", database, handlers(), bus)
        found = await differences(live, clean, story, rebuild_duplicate_check=False)
        assert len(found) == 3
        assert all("misses events" in one for one in found)
