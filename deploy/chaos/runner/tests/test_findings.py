"""What a run says of itself: never well when something is broken, missing or unheard."""

import json
from pathlib import Path

import pytest

from deploy.chaos.__main__ import wishes_of
from deploy.chaos.faults.catalogue import KINDS, OFTEN_NINE, strikes
from deploy.chaos.runner.findings import Findings, Struck, spread
from deploy.chaos.runner.leg import outcomes_of
from deploy.chaos.runner.report import as_markdown, write_report
from deploy.chaos.runner.run import PROFILES, Run, Wishes

GOOD = {"ok": True, "code": 0, "after_faults": 1, "commit": "abc", "report": {}}
BAD = {
    "ok": False,
    "code": 1,
    "after_faults": 1,
    "commit": "abd",
    "load_average": 3.5,
    "report": {
        "checks": [{"name": "mail-once", "promise": "one mail", "ok": False, "breaches": ["two mails"]}]
    },
}


def struck(kind: str = "kill-api", **changes: object) -> Struck:
    found = {"number": 1, "kind": kind, "target": "intake-api", "at": "2026-11-22T00:00:00+00:00"}
    times = {"requests_within_seconds": 1.5, "events_within_seconds": 2.5}
    return Struck.of(found | {"seconds": 0.1, "is_kill": True, "alone": True} | times | changes)


@pytest.fixture
def findings() -> Findings:
    return Findings("embedded", "ci", 7, "2026-11-22T00:00:00+00:00", struck=[struck()], checks=[GOOD])


def test_well_is_only_what_the_checker_called_well(findings: Findings) -> None:
    assert findings.ok
    findings.checks.append(BAD)
    assert not findings.ok


def test_a_run_whose_checker_was_never_heard_is_not_well(findings: Findings) -> None:
    findings.checks.clear()
    assert not findings.ok


def test_a_failure_of_the_run_itself_is_not_well(findings: Findings) -> None:
    findings.failures.append("not recovered")
    assert not findings.ok


def test_findings_survive_their_report(findings: Findings) -> None:
    assert Findings.of(json.loads(json.dumps(findings.as_json()))) == findings


def test_recovery_counts_only_faults_that_bit_and_came_alone(findings: Findings) -> None:
    findings.struck += [struck(alone=False, requests_within_seconds=99.0), struck(spared="it did not run")]
    assert findings.recovery() == {
        "kill-api": {
            "times": 2,
            "requests": {"median": 1.5, "longest": 1.5},
            "events": {"median": 2.5, "longest": 2.5},
        }
    }


def test_a_95th_percentile_needs_twenty_values() -> None:
    assert "p95" not in spread([1.0] * 19)
    assert spread([1.0] * 20) == {"median": 1.0, "longest": 1.0, "p95": 1.0}


def test_the_report_names_seed_kinds_left_out_and_every_breach(findings: Findings, tmp_path: Path) -> None:
    findings.checks.append(BAD)
    findings.left_out["clock-step"] = "no library"
    write_report(findings, tmp_path / "report.json")
    text = (tmp_path / "report.md").read_text()
    assert text == as_markdown(findings)
    for told in (
        "BROKEN",
        "seed 7",
        "commits: abc, abd",
        "| kill-api",
        "left out: clock-step: no library",
        "two mails",
        "load average 3.5",
    ):
        assert told in text
    assert json.loads((tmp_path / "report.json").read_text())["ok"] is False


def test_a_torn_last_line_of_a_history_is_left_aside(tmp_path: Path) -> None:
    history = tmp_path / "history.jsonl"
    history.write_text('{"outcome": "acknowledged"}\n{"kind": "invoked"}\n{"outcome": "unkn')
    assert outcomes_of(history) == {"acknowledged": 1}


def test_a_resumed_run_goes_on_with_its_seed_in_the_round_it_was_in(
    tmp_path: Path, findings: Findings
) -> None:
    findings.struck = [struck(kind) for kind in KINDS] * 2 + [struck()]
    write_report(findings, report := tmp_path / "report.json")
    run = Run(Wishes(PROFILES["long"], "embedded", 1, report=report, resumes=True), {}, lambda _line: None)
    assert run.findings == findings
    ahead = strikes(7, "embedded", run.kinds, at_once=OFTEN_NINE)
    passed = 0
    while passed < 2 * len(KINDS):
        passed += len(next(ahead))
    assert next(run.next_strikes()) == next(ahead)


def test_a_short_run_begins_anew_where_there_is_a_report(tmp_path: Path, findings: Findings) -> None:
    write_report(findings, report := tmp_path / "report.json")
    run = Run(Wishes(PROFILES["ci"], "embedded", 1, report=report), {}, lambda _line: None)
    assert (run.findings.seed, run.findings.struck) == (1, [])


def test_a_long_run_is_done_when_every_kind_has_bitten_often_enough(findings: Findings) -> None:
    run = Run(Wishes(PROFILES["long"], "embedded", 1), {}, lambda _line: None)
    run.findings = findings
    findings.struck = [struck(kind) for kind in KINDS for _ in range(99)]
    assert not run.done
    findings.struck += [struck(kind) for kind in KINDS if kind != "kill-relay"]
    findings.struck += [struck("kill-relay", spared="no row waited")]
    assert not run.done
    assert {planned.kind for strike in run.strikes_of_a_leg() for planned in strike} == {"kill-relay"}
    findings.struck += [struck("kill-relay")]
    assert run.done


def test_a_broken_run_does_not_go_on(findings: Findings) -> None:
    run = Run(Wishes(PROFILES["long"], "embedded", 1), {}, lambda _line: None)
    run.findings = findings
    findings.checks.append(BAD)
    assert run.done


def test_both_brokers_get_the_same_seed() -> None:
    runs = wishes_of(["--broker", "both"])
    assert [wishes.broker for wishes in runs] == ["embedded", "kafka"]
    assert runs[0].seed == runs[1].seed


def test_a_leg_of_a_long_run_is_some_rounds_of_every_kind() -> None:
    run = Run(Wishes(PROFILES["long"], "embedded", 1), {}, lambda _line: None)
    faults = [planned.kind for strike in run.strikes_of_a_leg() for planned in strike]
    rounds = PROFILES["long"].rounds_per_leg
    assert len(faults) == rounds * len(KINDS)
