"""Seeded faults of what events may not tell."""

from deploy.chaos.checker.tests.bench import Bench
from deploy.chaos.checker.tests.seeds.evidence import tell_more
from deploy.chaos.checker.tests.seeds.seed import seed
from shared.events.topics import INTAKE_APPLICATION


@seed("confidential")
def an_event_tells_an_address(bench: Bench) -> None:
    tell_more(bench, INTAKE_APPLICATION, {"note": "ask somebody@somewhere.example.org"})


@seed("confidential")
def an_event_tells_a_name(bench: Bench) -> None:
    name = bench.ask("intake", "SELECT name FROM contact LIMIT 1")[0]["name"]
    tell_more(bench, INTAKE_APPLICATION, {"told": {"whom": name}})


@seed("confidential")
def an_event_tells_points(bench: Bench) -> None:
    tell_more(bench, "review.case.v1", {"scores": [{"points": 71}]})


@seed("confidential")
def an_event_tells_what_a_reviewer_wrote(bench: Bench) -> None:
    row = bench.ask("review", "SELECT scores -> 0 ->> 'comment' AS comment FROM score_sheet LIMIT 1")[0]
    tell_more(bench, "review.case.v1", {"note": row["comment"]})


@seed("confidential")
def a_selection_is_told_before_it_is_announced(bench: Bench) -> None:
    bench.sql("review", "UPDATE selection SET state = 'approved' WHERE state = 'announced'")
