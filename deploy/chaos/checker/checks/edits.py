"""Edits: each builds on the one before, none is lost, and nobody sees time go backwards."""

from collections import Counter
from collections.abc import Iterator

from deploy.chaos.checker.evidence import Evidence, Row
from deploy.chaos.checker.verdict import Check, Looks
from deploy.chaos.history.reading import Act, Attempt
from deploy.chaos.history.records import Operation, Outcome
from shared.events.intake import ApplicationSubmitted

SHOW_A_VERSION = (
    Operation.CREATE_APPLICATION,
    Operation.EDIT_APPLICATION,
    Operation.READ_APPLICATION,
    Operation.WITHDRAW_APPLICATION,
)


def drafts_in_order(evidence: Evidence, looks: Looks) -> Iterator[str]:
    """Acknowledged edits are in the draft, refused ones are not, no two were made to one version."""
    by_application: dict[str, list[Act]] = {}
    for act in evidence.history.of(Operation.EDIT_APPLICATION):
        by_application.setdefault(act.ids["application_id"], []).append(act)
    for application_id, acts in by_application.items():
        row = evidence.one("intake", "application", "id", application_id)
        if row is None:
            continue  # `acknowledged-kept` tells of it
        looks.at_one()
        yield from _wrong_marks(row, acts)
    yield from _other_edits_in_events(evidence, looks)


def _wrong_marks(row: Row, acts: list[Act]) -> Iterator[str]:
    marks: dict[str, int] = row["edits"]
    asked = {act.asked["mark"]: act for act in acts}
    for mark, act in asked.items():
        if act.outcome is Outcome.ACKNOWLEDGED and marks.get(mark) != act.asked["base"]:
            yield f"{act.name} was acknowledged and is not in application {row['id']}"
        if act.outcome is Outcome.REFUSED and mark in marks:
            yield f"{act.name} was refused and is in application {row['id']}"
        for answer in act.answers:
            if answer["version"] != act.asked["base"] + 1:
                yield f"{act.name} was made to version {act.asked['base']} and gave {answer['version']}"
            if answer["version"] > row["version"]:
                yield f"{act.name} gave version {answer['version']}, application {row['id']} is at {row['version']}"
    if strange := marks.keys() - asked.keys():
        yield f"application {row['id']} has edits that nobody asked for: {sorted(strange)}"
    bases = Counter(marks.values())
    if twice := sorted(base for base, count in bases.items() if count > 1):
        yield f"application {row['id']}: several edits were made to the same versions {twice}"


def _other_edits_in_events(evidence: Evidence, looks: Looks) -> Iterator[str]:
    """What was submitted is what stands in the application: nothing came in or got lost afterwards."""
    for event in evidence.by("intake", "journal", "type").get(ApplicationSubmitted.type, []):
        row = evidence.one("intake", "application", "id", event["aggregate_id"])
        if row is None:
            continue
        looks.at_one()
        if (event["facts"]["edits"] or {}) != row["edits"]:
            yield f"application {row['id']}: its submission tells of other edits than it has"


def sheets_in_order(evidence: Evidence, looks: Looks) -> Iterator[str]:
    """The last acknowledged score is the one that stands, unless an unknown one came after it."""
    by_sheet: dict[str, list[Act]] = {}
    for act in evidence.history.of(Operation.WRITE_SHEET):
        by_sheet.setdefault(act.ids["assignment_id"], []).append(act)
    for assignment_id, acts in by_sheet.items():
        looks.at_one()
        row = evidence.one("review", "score_sheet", "assignment_id", assignment_id)
        yield from _wrong_sheet(assignment_id, row, acts)


def _wrong_sheet(assignment_id: str, row: Row | None, acts: list[Act]) -> Iterator[str]:
    written = {act.answer["version"]: act for act in acts if act.outcome is Outcome.ACKNOWLEDGED}
    if len(written) < sum(act.outcome is Outcome.ACKNOWLEDGED for act in acts):
        yield f"sheet {assignment_id}: two acknowledged writings gave the same version"
    for act in written.values():
        if act.answer["version"] != act.asked["base"] + 1:
            yield f"{act.name} was made to version {act.asked['base']} and gave {act.answer['version']}"
    if row is None:
        if written:
            yield f"sheet {assignment_id} was written and is not there"
        return
    standing = row["revision"] - int(row["submitted"])
    if written and max(written) > standing:
        yield f"sheet {assignment_id} stands at version {standing}, {max(written)} was acknowledged"
    marks = {score["comment"].rpartition(" ")[2] for score in row["scores"]}
    points = {score["points"] for score in row["scores"]}
    possible = (
        [written[standing]]
        if standing in written
        else [act for act in acts if act.outcome is Outcome.UNKNOWN]
    )
    if not any(marks == {act.asked["mark"]} and points == {act.asked["points"]} for act in possible):
        yield f"sheet {assignment_id} has scores that were not the last ones written"


def time_goes_forward(evidence: Evidence, looks: Looks) -> Iterator[str]:
    """Who asks after an answer was given sees that version or a later one."""
    seen: dict[tuple[object, str], list[Attempt]] = {}
    for act in evidence.history.of(*SHOW_A_VERSION):
        for attempt in act.attempts:
            if attempt.outcome is Outcome.ACKNOWLEDGED:
                seen.setdefault((act.load, attempt.answer["application_id"]), []).append(attempt)
    for (_, application_id), attempts in seen.items():
        looks.at_one()
        yield from _backwards(application_id, attempts)


def _backwards(application_id: str, attempts: list[Attempt]) -> Iterator[str]:
    by_end = sorted(attempts, key=lambda one: one.ended_monotonic)
    newest, ended = 0, 0
    for attempt in sorted(attempts, key=lambda one: one.invoked.monotonic):
        while ended < len(by_end) and by_end[ended].ended_monotonic < attempt.invoked.monotonic:
            newest = max(newest, by_end[ended].answer["version"])
            ended += 1
        if attempt.answer["version"] < newest:
            yield (
                f"application {application_id}: attempt {attempt.invoked.attempt} saw version "
                f"{attempt.answer['version']} after {newest} had been told"
            )


CHECKS = (
    Check("edits-in-order", "no edit of a draft is lost or made to a version that was over", drafts_in_order),
    Check("sheets-in-order", "the last score acknowledged is the one that stands", sheets_in_order),
    Check("time-goes-forward", "nobody is shown an older state than somebody was before", time_goes_forward),
)
