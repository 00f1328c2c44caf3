"""The instants of the year follow each other, and the published ones are where the programme puts them."""

from dataclasses import fields
from datetime import datetime, timedelta

import pytest

from deploy.local.rehearsal.definition import Rehearsed
from deploy.local.rehearsal.timetable import KST, NoTimetable, Round, Timetable
from shared.events.call_definition import CallDefinition


@pytest.fixture(scope="module")
def call() -> CallDefinition:
    return Rehearsed.read().call


def instants(track: Round) -> list[datetime]:
    return [
        *(track.opens_at, track.part(1, 3), track.part(2, 3), track.ends_at),
        *(track.screening, track.scoring, track.proposing, track.announce_at),
    ]


class TestTimetable:
    def test_begins_a_second_before_the_embargo_of_the_press_release(self, call: CallDefinition) -> None:
        times = Timetable.of(call)
        assert times.announcement == datetime(2025, 1, 20, 11, tzinfo=KST)
        assert times.announcement - times.before_announcement == timedelta(seconds=1)

    def test_closes_and_announces_where_the_programme_says(self, call: CallDefinition) -> None:
        times = Timetable.of(call)
        assert times.demonstration.ends_at == datetime(2025, 3, 11, 18, tzinfo=KST)
        assert (times.demonstration.announce_at.year, times.demonstration.announce_at.month) == (2025, 4)
        assert times.planning.ends_at == datetime(2025, 10, 31, 18, tzinfo=KST)
        assert times.planning.announce_at.month == 12

    def test_never_goes_back(self, call: CallDefinition) -> None:
        times = Timetable.of(call)
        for track in (times.demonstration, times.planning):
            assert instants(track) == sorted(set(instants(track)))
        assert times.demonstration.announce_at < times.inviting < times.planning.part(1, 2)
        assert times.inviting.date() < call.occasions[0].starts_on

    def test_says_when_a_track_ends_too_late_for_its_announcement(self, call: CallDefinition) -> None:
        late = datetime(2025, 4, 16, tzinfo=KST)
        tracks = tuple(
            track.model_copy(update={"window": track.window.model_copy(update={"closes_at": late})})
            for track in call.tracks
        )
        with pytest.raises(NoTimetable, match="demonstration track ends too late"):
            Timetable.of(call.model_copy(update={"tracks": tracks}))

    def test_needs_both_tracks(self, call: CallDefinition) -> None:
        with pytest.raises(NoTimetable, match="planning track"):
            Timetable.of(call.model_copy(update={"tracks": call.tracks[1:]}))

    def test_knows_every_instant_with_its_zone(self, call: CallDefinition) -> None:
        times = Timetable.of(call)
        values = [getattr(times, field.name) for field in fields(times)]
        assert all(value.tzinfo for value in values if isinstance(value, datetime))
