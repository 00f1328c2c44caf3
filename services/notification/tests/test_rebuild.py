"""Notification's copies, emptied and rebuilt, after all that can happen to records on their way; no mail comes of it."""

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import httpx
import pytest

from services.notification.consumers import handlers
from services.notification.tables import COPIES, metadata
from services.notification.tests.endpoints.callers import headers_of
from services.notification.tests.mails import World, definition, record, rows_of
from shared.bus.connection import BusAddress
from shared.database.connection import Database
from shared.delivery.inbox import Outcome
from shared.delivery.rebuild import TopicMissesEvents
from shared.events.intake import CallAmended
from shared.testing.copies import guard_halves, guarded, lift_guard
from shared.testing.plugin import DatabaseOf, TokenFor
from shared.testing.rebuilding import Consumer, Story, differences, publish, publish_with_mishaps

pytestmark = pytest.mark.bus


@pytest.fixture
async def story(database: Database, bus: BusAddress) -> Story:
    """Every event that notification hears, an amended call, an erased contact; on the topics, with mishaps."""
    await lift_guard(database)
    one = World()
    other = World(call_id=one.call_id, receipt_no="KCN-2025-D-AAAA-AAAA")
    amended = CallAmended(call_id=one.call_id, version=2, definition=definition(), reason={"en": "Extended"})
    story = Story(
        (
            one.call(),
            one.contact(name="First"),
            one.contact(one.partner_contact_id),
            other.contact(),
            one.submitted(),
            record(amended, one.call_id, sequence=2),
            one.contact(name="Second", sequence=2),
            other.submitted(partner=False),
            one.submitted(revision=2, sequence=2),
            one.decided(eligible=True),
            other.erased(),
            one.announced(),
            one.invited(),
        ),
        afterwards=one.contact(name="Third", sequence=3),
    )
    await publish_with_mishaps(bus, story.records)
    return story


@pytest.fixture
async def clean(database_of: DatabaseOf, bus: BusAddress) -> AsyncIterator[Consumer]:
    database = await Database.connect(await database_of("notification"))
    yield Consumer("notification", database, handlers(), bus)
    await database.close()


async def messages(database: Database) -> list[dict[str, Any]]:
    return await rows_of(database, "SELECT * FROM message ORDER BY id")


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
    async def test_gives_the_digests_and_answers_of_a_clean_consumer_and_consuming_goes_on(
        self,
        database: Database,
        api: httpx.AsyncClient,
        token_for: TokenFor,
        story: Story,
        clean: Consumer,
        bus: BusAddress,
    ) -> None:
        live, ministry = (
            Consumer("notification", database, handlers(), bus),
            headers_of("ministry", token_for),
        )
        await live.consume(story.subjects)
        queued, listed = await messages(database), (await api.get("/v1/messages", headers=ministry)).json()
        assert await differences(live, clean, story) == []
        assert await messages(database) == queued
        assert (await api.get("/v1/messages", headers=ministry)).json() == listed
        asked = [one for one in queued if one["template"] == "partner_confirmation_request"]
        assert (len(queued), len(asked)) == (7, 1)
        assert await live.take(story.afterwards) is Outcome.APPLIED
        assert (await live.rebuild(check_only=True)).agrees

    async def test_without_the_duplicate_check_live_consuming_is_seen_to_be_wrong(
        self, database: Database, story: Story, clean: Consumer, bus: BusAddress
    ) -> None:
        live = Consumer("notification", database, handlers(), bus, duplicate_check=False)
        found = await differences(live, clean, story)
        assert "rebuild (check only: True) differs" in found

    async def test_without_the_duplicate_check_a_rebuild_is_seen_to_be_wrong(
        self, database: Database, story: Story, clean: Consumer, bus: BusAddress
    ) -> None:
        live = Consumer("notification", database, handlers(), bus)
        found = await differences(live, clean, story, rebuild_duplicate_check=False)
        assert len(found) == 3
        assert all("misses events" in one for one in found)


class TestContacts:
    async def test_one_that_was_erased_and_compacted_away_is_not_missed(
        self, database: Database, bus: BusAddress, story: Story
    ) -> None:
        live, gone = Consumer("notification", database, handlers(), bus), World()
        await live.consume(story.subjects)
        for unpublished in (gone.contact(), gone.erased()):
            assert await live.inbox.receive(unpublished) is Outcome.APPLIED
        assert (await live.rebuild()).agrees

    async def test_one_that_is_known_and_on_no_topic_fails_the_rebuild_whole(
        self, database: Database, bus: BusAddress, story: Story
    ) -> None:
        live, lost = Consumer("notification", database, handlers(), bus), World()
        await live.consume(story.subjects)
        assert await live.inbox.receive(lost.contact()) is Outcome.APPLIED
        before = await live.digests()
        with pytest.raises(TopicMissesEvents, match=r"kcity journal replay intake"):
            await live.rebuild()
        assert await live.digests() == before

    async def test_one_whose_record_at_the_mark_was_compacted_away_is_taken_from_the_next(
        self, database: Database, bus: BusAddress, story: Story
    ) -> None:
        live, changed = Consumer("notification", database, handlers(), bus), World()
        await live.consume(story.subjects)
        assert await live.inbox.receive(changed.contact(name="Before")) is Outcome.APPLIED
        await publish(bus, [changed.contact(name="After", sequence=2)])
        report = await live.rebuild()
        assert (report.agrees, report.tally.ahead) == (False, 1)
        names = await rows_of(database, "SELECT name FROM contact WHERE id = :id", id=changed.contact_id)
        assert names == [{"name": "After"}]
