"""The call of 2025 from its announcement to its last selection, on a whole real stack of its own."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any

import psycopg
import pytest

from deploy.local.smtp_sink import kept_messages
from deploy.local.stack import Stack
from shared.settings import ServiceName
from tests.stack import PLAYED_WITHIN_SECONDS, Rehearsed

pytestmark = [pytest.mark.journey, pytest.mark.bus, pytest.mark.timeout(PLAYED_WITHIN_SECONDS + 120)]


@dataclass(frozen=True)
class Journey:
    """A played and ended stack, and its report."""

    rehearsed: Rehearsed
    report: dict[str, Any]

    @property
    def stack(self) -> Stack:
        """Its addresses."""
        return self.rehearsed.stack

    def applications(self, *tracks: str) -> list[dict[str, Any]]:
        """The applications of these tracks, of all when none is named."""
        return [one for one in self.report["applications"] if not tracks or one["track"] in tracks]

    def ask(self, service: ServiceName, question: str) -> list[tuple[Any, ...]]:
        """What the database of a service says."""
        with psycopg.connect(self.stack.database_url(service)) as connection:
            return connection.execute(question.encode()).fetchall()


@pytest.fixture(scope="module")
def journey(rehearsed: Rehearsed) -> Iterator[Journey]:
    """The rehearsed stack with its database server up, so that it can be asked."""
    stack = rehearsed.stack
    assert stack.rehearsal_file.exists(), rehearsed.printed[-4000:]
    assert stack.postgres is not None
    with nullcontext() if stack.postgres.answers() else stack.postgres:
        yield Journey(rehearsed, json.loads(stack.rehearsal_file.read_text()))


def test_every_check_of_the_rehearsal_holds(journey: Journey) -> None:
    assert journey.report["failure"] is None
    assert [check for check in journey.report["checks"] if not check["ok"]] == []
    assert journey.report["ok"] is True
    assert journey.rehearsed.code == 0, journey.rehearsed.printed[-4000:]


def test_nothing_was_left_out(journey: Journey) -> None:
    assert "left_out" not in journey.report
    assert len(journey.report["checks"]) > 130
    assert len(journey.applications("demonstration")) >= 40
    assert len(journey.applications("planning")) >= 20


def test_as_many_are_selected_as_the_call_wants(journey: Journey) -> None:
    selected = {
        track: sum(place["state"] == "selected" for place in places)
        for track, places in journey.report["rankings"].items()
    }
    assert 5 <= selected["demonstration"] <= 6
    assert 3 <= selected["planning"] <= 4


def test_the_catalogue_has_the_49_and_the_selected(journey: Journey) -> None:
    chosen = [
        place["application_id"]
        for places in journey.report["rankings"].values()
        for place in places
        if place["state"] == "selected"
    ]
    counted = dict(journey.ask("catalog", "SELECT state, count(*) FROM project GROUP BY state"))
    assert counted == {"completed": 49, "selected": len(chosen)}
    told = journey.ask("catalog", "SELECT application_id::text FROM project WHERE state = 'selected'")
    assert sorted(one for (one,) in told) == sorted(chosen)


def test_one_receipt_for_each_accepted_application_and_none_for_a_refused_one(journey: Journey) -> None:
    received = {
        one["application_id"]: one["receipt_no"] for one in journey.applications() if one["receipt_no"]
    }
    assert len(set(received.values())) == len(received)
    stored = journey.ask("intake", "SELECT application_id::text, receipt_no FROM submission")
    assert dict(stored) == received
    assert len(stored) == len(received)
    refused = [one for one in journey.applications() if one["refusals"] and one["story"] != "early"]
    assert {reason for one in refused for reason in one["refusals"]} == {"incomplete", "window-closed"}
    assert [one for one in refused if one["receipt_no"] is not None] == []


def test_every_received_application_has_one_case(journey: Journey) -> None:
    cases = journey.ask("review", "SELECT application_id::text FROM review_case")
    received = [one["application_id"] for one in journey.applications() if one["receipt_no"]]
    assert sorted(one for (one,) in cases) == sorted(received)


def test_one_mail_for_each_template_and_recipient_with_a_message_id_of_its_own(journey: Journey) -> None:
    assert journey.stack.mail is not None
    mails = kept_messages(journey.stack.mail.folder)
    ids = [str(mail["Message-ID"]) for mail in mails]
    assert len(set(ids)) == len(ids)
    assert set(ids) <= set(journey.report["message_ids"])
    delivered = sum(states.get("delivered", 0) for states in journey.report["mails"].values())
    assert len(ids) == delivered
    subjects = Counter((str(mail["To"]), str(mail["Subject"])) for mail in mails)
    assert [twice for twice, number in subjects.items() if number > 1] == []


def test_mails_go_to_invented_people_and_say_that_it_is_a_rehearsal(journey: Journey) -> None:
    assert journey.stack.mail is not None
    for mail in kept_messages(journey.stack.mail.folder):
        assert re.fullmatch(r"[a-z]+-\d{3}@example\.(com|org|net)", str(mail["X-Envelope-To"]))
        assert str(mail["Subject"]).startswith("[리허설/REHEARSAL]")


def test_no_event_is_held_back_and_none_is_given_up(journey: Journey) -> None:
    services: tuple[ServiceName, ...] = ("intake", "review", "notification", "catalog")
    for service in services:
        assert journey.ask(service, "SELECT count(*) FROM held_event") == [(0,)], service
        assert journey.ask(service, "SELECT count(*) FROM dead_letter") == [(0,)], service


def test_nothing_is_left_running(journey: Journey) -> None:
    assert journey.rehearsed.left_behind == ()
