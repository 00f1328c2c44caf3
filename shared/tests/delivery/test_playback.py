"""Records of topics, brought back into the order in which they were applied; pure."""

from datetime import UTC, datetime
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from shared.delivery.playback import Playback
from shared.events.envelope import Envelope
from shared.ids import new_uuid

TOPIC, CONTACTS = "intake.tram.v1", "intake.contact.v1"
NOON = datetime(2025, 3, 11, 9, 0, tzinfo=UTC)
ONE, OTHER = new_uuid(), new_uuid()


class Pass:
    """One playback and what it applied, by aggregate."""

    def __init__(self, marks: dict[tuple[str, UUID], int], *, duplicate_check: bool = True) -> None:
        self.applied: dict[UUID, list[int]] = {}
        self.playback = Playback(marks, {CONTACTS}, self.apply, duplicate_check=duplicate_check)

    async def apply(self, envelope: Envelope) -> None:
        self.applied.setdefault(envelope.subject, []).append(envelope.sequence)

    async def take(self, *sequences: int, subject: UUID = ONE, topic: str = TOPIC) -> None:
        for sequence in sequences:
            kind = "kcity.intake.TramOpened.v1"
            envelope = Envelope(new_uuid(), kind, "/kcity/intake", subject, sequence, NOON, b"{}")
            await self.playback.take(topic, envelope)


class TestPlayback:
    async def test_repeats_and_what_is_beyond_the_mark_are_left(self) -> None:
        one = Pass({(TOPIC, ONE): 3})
        await one.take(1, 1, 2, 1, 2, 3, 3, 4, 5)
        assert await one.playback.finish() == {}
        assert one.applied == {ONE: [1, 2, 3]}
        assert (one.playback.tally.duplicates, one.playback.tally.beyond) == (4, 2)

    async def test_what_comes_before_its_time_waits_for_it(self) -> None:
        one = Pass({(TOPIC, ONE): 4, (TOPIC, OTHER): 1})
        await one.take(3, 4, 3, 2)
        await one.take(1, subject=OTHER)
        await one.take(1)
        assert await one.playback.finish() == {}
        assert one.applied == {OTHER: [1], ONE: [1, 2, 3, 4]}

    async def test_who_does_not_reach_the_mark_is_told_with_where_it_stands(self) -> None:
        one = Pass({(TOPIC, ONE): 4, (TOPIC, OTHER): 2})
        await one.take(1, 2, 4)
        assert await one.playback.finish() == {(TOPIC, ONE): 2, (TOPIC, OTHER): 0}

    async def test_what_was_never_consumed_is_left_to_live_consuming(self) -> None:
        one = Pass({(TOPIC, ONE): 0})
        await one.take(1, 2)
        await one.take(1, subject=OTHER)
        assert await one.playback.finish() == {}
        assert one.applied == {}

    async def test_of_snapshots_the_newest_up_to_the_mark_counts_and_gaps_are_normal(self) -> None:
        one = Pass({(CONTACTS, ONE): 7})
        await one.take(2, 5, 3, 7, 5, 9, subject=ONE, topic=CONTACTS)
        assert await one.playback.finish() == {}
        assert one.applied == {ONE: [2, 5, 7]}

    async def test_a_snapshot_whose_record_at_the_mark_is_gone_is_taken_from_the_next(self) -> None:
        one = Pass({(CONTACTS, ONE): 7, (CONTACTS, OTHER): 1})
        await one.take(11, 9, topic=CONTACTS)
        assert await one.playback.finish() == {(CONTACTS, OTHER): 0}
        assert one.applied == {ONE: [9]}
        assert one.playback.tally.ahead == 1

    async def test_without_the_check_a_repeat_is_applied_again_and_sets_the_aggregate_back(self) -> None:
        one = Pass({(TOPIC, ONE): 3}, duplicate_check=False)
        await one.take(1, 2, 3, 1)
        assert one.applied == {ONE: [1, 2, 3, 1]}
        assert await one.playback.finish() == {(TOPIC, ONE): 1}

    @given(
        st.permutations([(subject, number) for subject in (ONE, OTHER) for number in range(1, 6)] * 2),
        st.integers(1, 5),
    )
    async def test_any_order_with_any_repeats_gives_each_aggregate_once_up_to_its_mark(
        self, records: list[tuple[UUID, int]], mark: int
    ) -> None:
        one = Pass({(TOPIC, ONE): mark, (TOPIC, OTHER): 5})
        for subject, sequence in records:
            await one.take(sequence, subject=subject)
        assert await one.playback.finish() == {}
        assert one.applied == {ONE: list(range(1, mark + 1)), OTHER: [1, 2, 3, 4, 5]}
