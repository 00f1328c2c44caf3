"""The report is good only when the play came to its end and every check holds."""

import io
import json
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from rich.console import Console

from deploy.local.rehearsal.checks import Check, Checks
from deploy.local.rehearsal.clock import Clock
from deploy.local.rehearsal.definition import Rehearsed
from deploy.local.rehearsal.door import Door, Person
from deploy.local.rehearsal.play import REVIEWERS, TRACKS, Entry, Play, Staff
from deploy.local.rehearsal.report import Ending, report_of, show, write_report
from deploy.local.rehearsal.samples.cast import cast_of
from deploy.local.rehearsal.screen import Screen
from deploy.local.rehearsal.timetable import Timetable

ENDED = Ending(seconds=12.3456, failure=None)


@pytest.fixture
async def play() -> AsyncIterator[Play]:
    rehearsed = Rehearsed.read()
    times = Timetable.of(rehearsed.call)
    console = Console(file=io.StringIO(), width=120)
    async with httpx.AsyncClient() as client:
        door = Door(client, "http://issuer")
        nobody = Person(door, None)
        staff = Staff((nobody, nobody), dict.fromkeys(TRACKS, nobody), nobody, (nobody,) * REVIEWERS, nobody)
        with Screen.open(console, times.announcement, times.planning.announce_at) as screen:
            yield Play(
                door=door,
                staff=staff,
                rehearsed=rehearsed,
                timetable=times,
                cast=cast_of(rehearsed.call),
                clock=Clock(nobody, screen.stepped),
                checks=Checks(screen.failed),
                screen=screen,
                mailboxes=None,
            )


class TestReport:
    async def test_is_good_when_every_check_holds(self, play: Play) -> None:
        play.checks.equal("one is one", 1, 1)
        report = report_of(play, ENDED)
        assert report["ok"] is True
        assert report["checks"] == [{"name": "one is one", "expected": 1, "actual": 1, "ok": True}]
        assert report["seconds"] == 12.346

    async def test_is_bad_and_names_the_check_that_failed(self, play: Play) -> None:
        play.checks.equal("one is one", 1, 1)
        play.checks.equal("one is two", 2, 1)
        report = report_of(play, ENDED)
        assert report["ok"] is False
        assert report["failed_checks"] == ["one is two"]
        assert shown(play, report).count("failed – one is two: expected 2, found 1") == 1

    async def test_is_bad_when_the_play_broke_off_or_checked_nothing(self, play: Play) -> None:
        assert report_of(play, ENDED)["ok"] is False
        play.checks.equal("one is one", 1, 1)
        broken = report_of(play, Ending(1.0, "ConnectError: gone"))
        assert broken["ok"] is False
        assert "broke off: ConnectError: gone" in shown(play, broken)

    async def test_shows_what_there_is_of_a_play_that_broke_off_in_the_middle(self, play: Play) -> None:
        play.entries[1] = Entry(play.cast[0], play.door.public, application_id="a")
        play.tally["catalogue"] = {"before": {"projects in the list": 49}}
        play.door.refusals["window-closed"] += 3
        text = shown(play, report_of(play, Ending(1.0, "Refused: no")))
        assert "window-closed" in text
        assert "projects in the list" in text

    async def test_is_written_whole(self, play: Play, tmp_path: Path) -> None:
        play.checks.holds("städte 도시", ok=True, expected="any", actual=["é"])
        report = report_of(play, ENDED)
        out = tmp_path / "deeper" / "rehearsal.json"
        write_report(report, out)
        assert json.loads(out.read_text()) == report
        assert [file.name for file in out.parent.iterdir()] == ["rehearsal.json"]


class TestChecks:
    def test_tell_of_a_failure_at_once(self) -> None:
        heard: list[Check] = []
        checks = Checks(heard.append)
        assert checks.equal("same", [1], [1])
        assert not checks.equal("other", "x" * 1000, "y")
        assert heard == checks.failed
        assert len(str(heard[0])) < 500


def shown(play: Play, report: dict[str, object]) -> str:
    console = Console(file=io.StringIO(), width=120)
    show(play, report, console)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()
