"""The report of a run: JSON for machines, Markdown for people."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from deploy.chaos.faults.catalogue import KINDS
from deploy.chaos.runner.findings import EVENTS_AIM_SECONDS, REQUESTS_AIM_SECONDS, Findings

MOST_BREACHES = 20


def write_report(findings: Findings, file: Path) -> None:
    """``file`` (``.json``), and the same name with ``.md``."""
    file.parent.mkdir(parents=True, exist_ok=True)
    torn = file.with_suffix(".torn")  # a run may be gone on with from it: whole, or as it was
    torn.write_text(json.dumps(findings.as_json(), indent=1) + "\n")
    torn.replace(file)
    file.with_suffix(".md").write_text(as_markdown(findings))


def as_markdown(findings: Findings) -> str:
    """The whole report for people."""
    return "\n".join([*_head(findings), *_recovery(findings), *_load(findings), *_ends(findings)]) + "\n"


def _head(findings: Findings) -> Iterator[str]:
    verdict = "nothing lost, nothing doubled" if findings.ok else "**BROKEN**"
    yield f"# Chaos on {findings.broker}: {verdict}"
    yield ""
    commits = ", ".join(findings.commits) or "none was checked"
    yield f"Profile {findings.profile}, seed {findings.seed}, {findings.begun_at}; commits: {commits}."
    bit = sum(one.spared is None for one in findings.struck)
    yield f"{bit} faults in {findings.fault_seconds:.0f} s; {len(findings.struck) - bit} could not bite."
    for kind, reason in findings.left_out.items():
        yield f"- left out: {kind}: {reason}"
    yield ""


def _recovery(findings: Findings) -> Iterator[str]:
    yield (
        f"Recovery in seconds, aims {REQUESTS_AIM_SECONDS:.0f} s for requests and {EVENTS_AIM_SECONDS:.0f} s for "
        "events: a kill counts from the kill, any other fault from its end; only faults that came alone."
    )
    yield ""
    yield "| fault | times | requests again: median, p95, longest | events flow: median, p95, longest |"
    yield "|---|---|---|---|"
    for kind, found in findings.recovery().items():
        columns = (_figures(found["requests"]), _figures(found["events"]))
        yield f"| {kind} ({KINDS[kind].description}) | {found['times']} | {columns[0]} | {columns[1]} |"
    yield ""


def _figures(found: dict[str, float]) -> str:
    if not found:
        return "–"
    middle = f"{found['p95']}" if "p95" in found else "–"
    return f"{found['median']}, {middle}, {found['longest']}"


def _load(findings: Findings) -> Iterator[str]:
    counts = ", ".join(f"{count} {outcome}" for outcome, count in sorted(findings.load.items()))
    yield f"Load, attempts by outcome: {counts or 'none'}."
    yield ""


def _ends(findings: Findings) -> Iterator[str]:
    for check in findings.checks:
        word = "nothing broken" if check["ok"] else f"BROKEN (exit code {check['code']})"
        busy = f"; the machine's load average {check['load_average']}" if "load_average" in check else ""
        yield f"- checker after {check['after_faults']} faults: {word}{busy}"
        yield from _breaches(check["report"])
    for failure in findings.failures:
        yield f"- failure: {failure}"


def _breaches(report: dict[str, Any]) -> Iterator[str]:
    for check in report.get("checks", []):
        if not check["ok"]:
            yield f"  - {check['name']}: {check['promise']}"
            yield from (f"    - {breach}" for breach in check["breaches"][:MOST_BREACHES])
