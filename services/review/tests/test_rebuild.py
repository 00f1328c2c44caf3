"""Review's copies, emptied and rebuilt from what intake told, after all that can happen to records on their way."""

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest

from services.review.consumers import handlers
from services.review.tables import COPIES, metadata
from services.review.tests import made
from services.review.tests.house import House
from shared.bus.connection import BusAddress
from shared.database.connection import Database
from shared.delivery.inbox import Outcome
from shared.events.intake import ApplicationWithdrawn, CallAmended, PartnerConfirmed
from shared.ids import new_uuid
from shared.testing.copies import guard_halves, guarded, lift_guard
from shared.testing.plugin import DatabaseOf
from shared.testing.rebuilding import Consumer, Story, differences, publish_with_mishaps

pytestmark = pytest.mark.bus


def story_of(house: House) -> Story:
    """An amended call; one application revised and confirmed, one withdrawn, one as it came."""
    call, revised, withdrawn, plain = house.call_id, new_uuid(), new_uuid(), new_uuid()
    for number, application in enumerate((revised, withdrawn, plain), 1):
        house.applications[number], house.organisations[number] = application, new_uuid()
    amended = CallAmended(
        call_id=call, version=2, definition=made.definition(name={"en": "Renamed"}), reason={"en": "Name"}
    )
    confirmed = PartnerConfirmed(
        application_id=revised, confirmation_id=new_uuid(), confirmed_at=made.AFTER_INTAKE
    )
    taken_back = ApplicationWithdrawn(
        application_id=withdrawn, call_id=call, track="demonstration", withdrawn_at=made.AFTER_INTAKE
    )
    return Story(
        (
            made.record_of(made.published(call), call),
            made.record_of(made.submitted(call, revised, number=1), revised),
            made.record_of(made.submitted(call, withdrawn, number=2), withdrawn),
            made.record_of(amended, call, 2),
            made.record_of(made.submitted(call, revised, number=1, revision=2), revised, 2),
            made.record_of(made.submitted(call, plain, number=3, track="planning"), plain),
            made.record_of(confirmed, revised, 3),
            made.record_of(taken_back, withdrawn, 2),
        ),
        afterwards=made.record_of(
            made.submitted(call, plain, number=3, track="planning", revision=2), plain, 2
        ),
    )


@pytest.fixture
async def story(house: House, bus: BusAddress) -> Story:
    """It is on the topics, with mishaps; the house has consumed the call already."""
    await lift_guard(house.database)
    story = story_of(house)
    await publish_with_mishaps(bus, story.records)
    return story


@pytest.fixture
async def clean(database_of: DatabaseOf, bus: BusAddress) -> AsyncIterator[Consumer]:
    database = await Database.connect(await database_of("review"))
    yield Consumer("review", database, handlers(), bus)
    await database.close()


def live_of(house: House, bus: BusAddress, *, duplicate_check: bool = True) -> Consumer:
    return Consumer("review", house.database, handlers(), bus, duplicate_check=duplicate_check)


async def shown(house: House) -> list[Any]:
    """All that the ministry sees of cases."""
    listed = (await house.ministry.get("/v1/cases")).json()
    cases = [(await house.ministry.get(f"/v1/cases/{one['id']}")).json() for one in listed["items"]]
    return [listed, *cases]


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
        self, house: House, story: Story, clean: Consumer, bus: BusAddress
    ) -> None:
        live = live_of(house, bus)
        await live.consume(story.subjects)
        before = await shown(house)
        assert await differences(live, clean, story) == []
        assert await shown(house) == before
        states = {one["receipt_no"]: one["state"] for one in before[0]["items"]}
        assert sorted(states.values()) == ["open", "open", "withdrawn"]
        assert await live.take(story.afterwards) is Outcome.APPLIED
        assert (await live.rebuild(check_only=True)).agrees

    async def test_without_the_duplicate_check_live_consuming_is_seen_to_be_wrong(
        self, house: House, story: Story, clean: Consumer, bus: BusAddress
    ) -> None:
        found = await differences(live_of(house, bus, duplicate_check=False), clean, story)
        assert "rebuild (check only: True) differs" in found

    async def test_without_the_duplicate_check_a_rebuild_is_seen_to_be_wrong(
        self, house: House, story: Story, clean: Consumer, bus: BusAddress
    ) -> None:
        live = live_of(house, bus)
        found = await differences(live, clean, story, rebuild_duplicate_check=False)
        assert len(found) == 3
        assert all("misses events" in one for one in found)

    async def test_a_revision_that_does_not_count_stays_beside_the_one_under_review(
        self, house: House, story: Story, bus: BusAddress
    ) -> None:
        live = live_of(house, bus)
        await live.consume(story.subjects)
        await house.kind.post(f"/v1/cases/{house.case(3)}/eligibility", {"eligible": True})
        before = await shown(house)
        assert await live.take(story.afterwards) is Outcome.APPLIED
        await live.rebuild()
        assert await shown(house) == before
