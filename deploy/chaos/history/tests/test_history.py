"""Histories written and read."""

from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest

from deploy.chaos.history.reading import HistoryUnreadable, read_history
from deploy.chaos.history.records import Ended, Invoked, LoadStarted, Operation, Outcome
from deploy.chaos.history.writing import HistoryFile

LOAD = uuid4()
NOW = datetime(2026, 11, 22, tzinfo=UTC)


def started() -> LoadStarted:
    return LoadStarted(
        load=LOAD, seed=1, front_door="http://x:8080", call_code="L-2026", organisation_ids=(), at=NOW
    )


def invoked(attempt: int, act: int = 1) -> Invoked:
    return Invoked(
        load=LOAD,
        attempt=attempt,
        act=act,
        operation=Operation.SUBMIT_APPLICATION,
        method="POST",
        path="/x",
        caller="somebody",
        key="key",
        ids={"application_id": "a"},
        asked={},
        body_sha256=None,
        at=NOW,
        monotonic=float(attempt),
    )


def ended(attempt: int, outcome: Outcome) -> Ended:
    return Ended(
        load=LOAD,
        attempt=attempt,
        outcome=outcome,
        status=None,
        problem=None,
        answer={"n": attempt},
        at=NOW,
        monotonic=attempt + 0.5,
    )


class TestHistory:
    @pytest.fixture
    def file(self, tmp_path: Path) -> Path:
        return tmp_path / "history.jsonl"

    def test_an_attempt_whose_generator_was_killed_is_unknown(self, file: Path) -> None:
        with HistoryFile(file) as history:
            history.write(started())
            history.write(invoked(1))
        (act,) = read_history(file).acts
        assert (act.outcome, act.attempts[0].ended) == (Outcome.UNKNOWN, None)

    @pytest.mark.parametrize(
        ("outcomes", "together"),
        [
            ([Outcome.REFUSED, Outcome.REFUSED], Outcome.REFUSED),
            ([Outcome.UNKNOWN, Outcome.REFUSED], Outcome.UNKNOWN),
            ([Outcome.UNKNOWN, Outcome.ACKNOWLEDGED, Outcome.REFUSED], Outcome.ACKNOWLEDGED),
        ],
    )
    def test_an_act_is_what_all_its_attempts_say(
        self, file: Path, outcomes: list[Outcome], together: Outcome
    ) -> None:
        with HistoryFile(file) as history:
            history.write(started())
            for number, outcome in enumerate(outcomes, start=1):
                history.write(invoked(number))
                history.write(ended(number, outcome))
        read = read_history(file)
        assert [act.outcome for act in read.acts] == [together]
        assert sum(read.counts()["submit_application"].values()) == len(outcomes)

    def test_a_line_torn_by_a_kill_is_closed_by_the_next_generator(self, file: Path) -> None:
        with HistoryFile(file) as history:
            history.write(started())
            history.write(invoked(1))
        with file.open("ab") as torn:
            torn.write(b'{"line":"ended","lo')
        assert read_history(file).torn == 1
        with HistoryFile(file) as history:
            history.write(started())
            history.write(invoked(2, act=2))
        read = read_history(file)
        assert (len(read.loads), len(read.acts), read.torn) == (2, 2, 1)

    def test_a_bad_line_that_no_kill_explains_is_refused(self, file: Path) -> None:
        with HistoryFile(file) as history:
            history.write(started())
        with file.open("ab") as torn:
            torn.write(b"not ours\n")
        with HistoryFile(file) as history:
            history.write(invoked(1))
        with pytest.raises(HistoryUnreadable, match="line 2"):
            read_history(file)

    def test_an_end_without_a_beginning_is_refused(self, file: Path) -> None:
        with HistoryFile(file) as history:
            history.write(started())
            history.write(ended(1, Outcome.ACKNOWLEDGED))
        with pytest.raises(HistoryUnreadable):
            read_history(file)
