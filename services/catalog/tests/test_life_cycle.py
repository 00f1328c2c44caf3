"""How a selected project goes on in the catalogue, whatever its events go through."""

from datetime import date, timedelta
from uuid import UUID

import httpx
import pytest

from services.catalog.tests.made import ANNOUNCED, Story, record_of
from services.catalog.tests.test_consumers import make_due
from shared.bus.records import Incoming
from shared.database.connection import Database
from shared.delivery.inbox import Inbox, Outcome
from shared.events.review import AgreementSigned, ProjectCompleted, ProjectStarted, ProjectWithdrawn
from shared.ids import new_uuid

LATER = ANNOUNCED + timedelta(days=30)


def steps(story: Story, first: int = 1) -> list[Incoming]:
    """The three events of the first selected case."""
    case_id, application_id = new_uuid(), UUID(str(story.selected[0]["application_id"]))
    return [
        record_of(
            kind(case_id=case_id, application_id=application_id, day=date(2025, month, 2), recorded_at=LATER),
            case_id,
            sequence,
            at=LATER + timedelta(days=sequence),
        )
        for sequence, (kind, month) in enumerate(
            ((AgreementSigned, 5), (ProjectStarted, 6), (ProjectCompleted, 12)), start=first
        )
    ]


def withdrawal(story: Story, sequence: int, case_id: UUID | None = None) -> Incoming:
    """The first selected project is given up."""
    case_id, at = case_id or new_uuid(), LATER + timedelta(days=sequence)
    application_id = UUID(str(story.selected[0]["application_id"]))
    event = ProjectWithdrawn(case_id=case_id, application_id=application_id, withdrawn_at=at)
    return record_of(event, case_id, sequence, at=at)


def case_of(record: Incoming) -> UUID:
    assert record.key is not None
    return UUID(record.key.decode())


async def publish(inbox: Inbox) -> Story:
    story = Story()
    for record in (story.call_published(), story.selection_announced()):
        assert await inbox.receive(record) is Outcome.APPLIED
    return story


async def stages(api: httpx.AsyncClient) -> list[tuple[str, str | None]]:
    """Of the project that went farthest."""
    items = (await api.get("/v1/projects")).json()["items"]
    project = max(items, key=lambda one: one["revision"])
    told = (await api.get(f"/v1/projects/{project['id']}/history")).json()
    return [(one["stage"], one["day"]) for one in told["stages"]]


WHOLE = [
    ("selected", None),
    ("agreed", "2025-05-02"),
    ("under_way", "2025-06-02"),
    ("completed", "2025-12-02"),
]


class TestLifeCycle:
    async def test_goes_from_selected_to_completed_and_counts_there(
        self, api: httpx.AsyncClient, inbox: Inbox
    ) -> None:
        for record in steps(await publish(inbox)):
            assert await inbox.receive(record) is Outcome.APPLIED
            assert await inbox.receive(record) is Outcome.DUPLICATE
        assert await stages(api) == WHOLE
        for state in ("completed", "selected"):
            items = (await api.get("/v1/projects", params={"state": state})).json()["items"]
            assert [one["state"] for one in items] == [state]

    async def test_events_out_of_order_wait_for_those_before(
        self, api: httpx.AsyncClient, inbox: Inbox
    ) -> None:
        agreement, start, completion = steps(await publish(inbox))
        assert await inbox.receive(completion) is Outcome.HELD
        assert await inbox.receive(start) is Outcome.HELD
        assert await stages(api) == WHOLE[:1]
        assert await inbox.receive(agreement) is Outcome.APPLIED
        assert await stages(api) == WHOLE

    async def test_events_before_the_selection_are_held_until_it_is_published(
        self, api: httpx.AsyncClient, inbox: Inbox, database: Database
    ) -> None:
        story = Story()
        outcomes = [await inbox.receive(record) for record in steps(story)]
        assert outcomes == [Outcome.HELD] * 3
        for record in (story.call_published(), story.selection_announced()):
            await inbox.receive(record)
        await make_due(database)
        await inbox.retry_due()
        assert await stages(api) == WHOLE

    @pytest.mark.parametrize("again", [1, 2, 3])
    async def test_the_same_steps_told_anew_change_nothing(
        self, api: httpx.AsyncClient, inbox: Inbox, again: int
    ) -> None:
        story = await publish(inbox)
        for record in steps(story):
            await inbox.receive(record)
        for record in steps(story)[:again]:  # under another case, so no duplicate
            assert await inbox.receive(record) is Outcome.APPLIED
        assert await stages(api) == WHOLE


class TestWithdrawal:
    @pytest.mark.parametrize("came_to", [0, 1, 2])
    async def test_is_said_of_the_entry_which_stays_with_its_history(
        self, api: httpx.AsyncClient, inbox: Inbox, came_to: int
    ) -> None:
        story = await publish(inbox)
        made = steps(story)
        for record in made[:came_to]:
            await inbox.receive(record)
        given_up = withdrawal(story, came_to + 1, case_of(made[0]))
        assert [await inbox.receive(given_up) for _ in range(2)] == [Outcome.APPLIED, Outcome.DUPLICATE]
        assert await stages(api) == [*WHOLE[: came_to + 1], ("withdrawn", None)]
        [entry] = (await api.get("/v1/projects", params={"stage": "withdrawn"})).json()["items"]
        assert (entry["state"], entry["revision"]) == ("selected", came_to + 2)
        told = (await api.get(f"/v1/projects/{entry['id']}/history")).json()["revisions"]
        assert [one["cause"] for one in told][-1] == "withdrawal"
        for language, word in (("ko", "철회"), ("en", "Withdrawn by its applicant")):
            assert word in (await api.get(f"/{language}/projects/{entry['id']}")).text

    async def test_ends_its_way_and_what_comes_late_changes_nothing(
        self, api: httpx.AsyncClient, inbox: Inbox
    ) -> None:
        story = await publish(inbox)
        for record in (
            withdrawal(story, 1),
            *steps(story),
            withdrawal(story, 1),
        ):  # each of a case of its own
            assert await inbox.receive(record) is Outcome.APPLIED
        assert await stages(api) == [*WHOLE[:1], ("withdrawn", None)]

    async def test_before_the_selection_or_the_steps_before_it_is_held(
        self, api: httpx.AsyncClient, inbox: Inbox, database: Database
    ) -> None:
        story = Story()
        agreement, *_ = steps(story)
        given_up = withdrawal(story, 2, case_of(agreement))
        assert [await inbox.receive(record) for record in (given_up, agreement)] == [Outcome.HELD] * 2
        for record in (story.call_published(), story.selection_announced()):
            await inbox.receive(record)
        await make_due(database)
        await inbox.retry_due()
        assert await stages(api) == [*WHOLE[:2], ("withdrawn", None)]

    async def test_takes_nothing_from_a_completed_project(self, api: httpx.AsyncClient, inbox: Inbox) -> None:
        story = await publish(inbox)
        made = steps(story)
        for record in (*made, withdrawal(story, 4, case_of(made[0]))):
            assert await inbox.receive(record) is Outcome.APPLIED
        assert await stages(api) == WHOLE

    async def test_counts_by_stage_alone(self, api: httpx.AsyncClient, inbox: Inbox) -> None:
        story = await publish(inbox)
        await inbox.receive(withdrawal(story, 1))
        told = (await api.get("/v1/statistics")).json()
        assert {row["stage"]: row["projects"] for row in told["by_stage"]}["withdrawn"] == 1
        selected = {one["measure"]: one["selected"]["value"] for one in told["totals"]}
        assert (selected["projects"], selected["countries"]) == (1, 1)
        assert "VN" not in [row["country"]["iso2"] for row in told["by_country"] if row["country"]]
        assert (await api.get("/v1/projects/facets")).json()["total"] == 2
