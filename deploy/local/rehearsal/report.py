"""What a rehearsal came to: a summary to read and a report for programs."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from deploy.local.rehearsal.play import TRACKS, Entry, Play
from deploy.local.rehearsal.timetable import KST

FORMAT = "kcity-rehearsal/1"
WHOLE = frozenset({"receipt", "total", "outcome", "Korean time"})
"""Columns that are no use when cut."""


@dataclass(frozen=True, slots=True)
class Ending:
    """How the play ended. ``failure``: what broke it off, None when it came to its end."""

    seconds: float
    failure: str | None


def report_of(play: Play, ending: Ending) -> dict[str, Any]:
    """Everything that was found, as JSON values; ``ok``: the play came to its end and every check holds."""
    failed = [check.name for check in play.checks.failed]
    return {
        "format": FORMAT,
        "ok": ending.failure is None and not failed and bool(play.checks.made),
        "call": play.code,
        "call_id": play.call_id,
        "failure": ending.failure,
        "failed_checks": failed,
        "checks": [check.as_json() for check in play.checks],
        "applications": [_application(entry) for entry in play.entries.values()],
        "refusals": dict(play.door.refusals.most_common()),
        "rankings": play.rankings,
        "selections": play.selections,
        **play.tally,
        "clock_steps": [step.as_json() for step in play.clock.steps],
        "stages": [stage.as_json() for stage in play.screen.stages],
        "requests": {"sent": play.door.requests, "repeated": play.door.repeats},
        "seconds": round(ending.seconds, 3),
    }


def write_report(report: dict[str, Any], out: Path) -> None:
    """Write the report whole or not at all."""
    out.parent.mkdir(parents=True, exist_ok=True)
    torn = out.with_suffix(".part")
    torn.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    torn.replace(out)


def show(play: Play, report: dict[str, Any], console: Console) -> None:
    """The summary for people."""
    for table in _tables(play, report):
        console.print(table)
    seconds, checks = report["seconds"], len(report["checks"])
    console.print(
        f"{report['call']}: {checks} checks, {len(report['failed_checks'])} failed; "
        f"{report['requests']['sent']} requests in {seconds:.0f} s.",
        style="bold green" if report["ok"] else "bold red",
    )
    for check in play.checks.failed:
        console.print(f"  failed – {check}", style="red", markup=False, highlight=False, soft_wrap=True)
    if report["failure"]:
        console.print(f"  broke off: {report['failure']}", style="red", markup=False, soft_wrap=True)


def _application(entry: Entry) -> dict[str, Any]:
    return {
        "number": entry.applicant.number,
        "track": entry.applicant.track,
        "story": entry.applicant.story.name.lower(),
        "application_id": entry.application_id,
        "state": entry.state,
        "receipt_no": entry.receipt["receipt_no"] if entry.receipt else None,
        "eligible": entry.eligible,
        "partner_confirmed": entry.partner_confirmed,
        "refusals": entry.refusals,
    }


def _tables(play: Play, report: dict[str, Any]) -> Iterator[Table]:
    yield _applications(play)
    yield _counted("Refusals", "problem", report["refusals"].items())
    for track in TRACKS:
        if track in play.rankings:
            yield _ranking(play, track)
    if "mails" in report:
        yield _mails(report["mails"])
    if "catalogue" in report:
        yield _catalogue(report["catalogue"])
    yield _steps(play)
    yield _stages(report)


def _applications(play: Play) -> Table:
    table = _table("Applications", "track", "state", "partner confirmed", "number")
    counted = Counter(
        (entry.applicant.track, entry.state, "yes" if entry.partner_confirmed else "no")
        for entry in play.entries.values()
    )
    for (track, state, confirmed), number in sorted(counted.items()):
        table.add_row(track, state, confirmed, str(number))
    return table


def _counted(title: str, what: str, counted: Iterable[tuple[str, int]]) -> Table:
    table = _table(title, what, "number")
    for name, number in counted:
        table.add_row(name, str(number))
    return table


def _ranking(play: Play, track: str) -> Table:
    table = _table(f"Ranking: {track}", "rank", "receipt", "city", "total", "outcome", "support (won)")
    cities = {
        entry.receipt["receipt_no"]: entry.applicant.place.en
        for entry in play.entries.values()
        if entry.receipt
    }
    for place in play.rankings[track]:  # type: ignore[index]  # a track is one of the two names
        receipt_no = place["receipt_no"]
        support = f"{place['support_krw']:,}" if place["support_krw"] else ""
        style = "bold" if place["state"] == "selected" else None
        cells = (str(place["rank"]), receipt_no, cities.get(receipt_no, "?"), place["total"])
        table.add_row(*cells, place["reason"], support, style=style)
    return table


def _mails(mails: dict[str, dict[str, int]]) -> Table:
    table = _table("Mails", "template", "state", "number")
    for template, states in sorted(mails.items()):
        for state, number in sorted(states.items()):
            table.add_row(template, state, str(number))
    return table


def _catalogue(catalogue: dict[str, dict[str, int]]) -> Table:
    table = _table("Catalogue", "", "before", "after")
    for measure, before in catalogue["before"].items():
        table.add_row(measure, str(before), str(catalogue.get("after", {}).get(measure, "?")))
    return table


def _steps(play: Play) -> Table:
    table = _table("Clock", "step", "Korean time", "all there after (s)")
    for step in play.clock.steps:
        local = step.instant.astimezone(KST)
        table.add_row(step.name, local.isoformat(sep=" ", timespec="milliseconds"), f"{step.seconds:.2f}")
    return table


def _stages(report: dict[str, Any]) -> Table:
    table = _table("Stages", "stage", "acts", "seconds")
    for stage in report["stages"]:
        table.add_row(stage["name"], str(stage["acts"]), f"{stage['seconds']:.1f}")
    return table


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left")
    numeric = {"number", "rank", "total", "support (won)", "before", "after", "acts", "seconds"}
    for name in columns:
        right = name in numeric or name.startswith("all there")
        table.add_column(name, justify="right" if right else "left", no_wrap=name in WHOLE)
    return table
