"""``kcity doctor``: everything the delivery depends on, how it is, and what to do next."""

import json
from dataclasses import asdict
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from deploy.operator.doctor.asking import Answers, ask_everybody
from deploy.operator.doctor.finding import Finding, State, worst
from deploy.operator.doctor.processes import look_at_processes
from deploy.operator.doctor.services import look_at_service
from deploy.operator.doctor.workers import look_at_worker
from deploy.operator.screen import wide_console
from shared.settings import SERVICES

STYLES = {State.OK: "green", State.WARN: "yellow", State.BAD: "red"}


def doctor(
    as_json: Annotated[bool, typer.Option("--json", help="findings as JSON, for programs")] = False,
) -> None:
    """Examine everything; exit code 0: all is well, 1: warnings, 2: something is bad."""
    findings = examine(ask_everybody())
    if as_json:
        told = [{**asdict(finding), "state": finding.state.name.lower()} for finding in findings]
        typer.echo(json.dumps(told, indent=2))
    else:
        wide_console().print(table_of(findings))
    raise typer.Exit(worst(findings))


def examine(answers: Answers) -> list[Finding]:
    """All findings: processes first, then each service with its worker."""
    findings = list(look_at_processes(answers))
    for service in SERVICES:
        told = answers.services[service]
        findings += look_at_service(service, told)
        last_cluster = told.content.get("cluster_id") if told.content and not told.why_not else None
        findings += look_at_worker(service, answers.workers[service], last_cluster=last_cluster)
    return findings


def table_of(findings: list[Finding]) -> Table:
    """The findings as people read them."""
    table = Table("", "part", "matter", "found", "what to do")
    for finding in findings:
        state = Text(finding.state.name.lower(), style=STYLES[finding.state])
        words = (finding.part, finding.matter, finding.fact, finding.advice)
        table.add_row(state, *map(Text, words))
    return table
