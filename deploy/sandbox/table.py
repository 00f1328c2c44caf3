"""What a sandbox holds, to read and for programs."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from deploy.local.rehearsal.timetable import KST
from deploy.sandbox.calls import Round
from deploy.sandbox.looking import Shown
from deploy.sandbox.states import EVERY_STATE, WITHOUT_SAMPLE, Met

PREFIX = "sample-"


def lacking(rows: Sequence[Shown]) -> list[Met]:
    """States that ought to have a sample and have none."""
    met = {row.found.met for row in rows}
    return [state for state in EVERY_STATE if state not in met and state not in WITHOUT_SAMPLE]


def show(one: Round, rows: Sequence[Shown], console: Console) -> None:
    """The table, and how to become somebody in it."""
    table = Table(title=f"Sandbox, round {one.number}", title_justify="left")
    for name in ("what", "state", "this one is", "id", "of", "who may see it"):
        table.add_column(name, no_wrap=name in {"what", "state", "id"}, overflow="fold")
    order = {state: place for place, state in enumerate(EVERY_STATE)}
    kind = None
    for row in sorted(rows, key=lambda row: order[row.found.met]):
        found = row.found
        if found.kind != kind:
            table.add_section()
        shown, kind = "" if found.kind == kind else found.kind.value, found.kind
        table.add_row(shown, found.state, found.about, found.id, str(row.number), _who(row))
    console.print(table)
    for (what, state), why in WITHOUT_SAMPLE.items():
        console.print(f"no {what} is {state}: {why}", markup=False, soft_wrap=True, style="dim")
    console.print(
        f"Business time stands at {one.announce_at.astimezone(KST):%Y-%m-%d %H:%M} KST.\n"
        "To act as somebody: .venv/bin/kcity token --person sample-officer-kaia, or sign in at the sample front end.",
        markup=False,
        soft_wrap=True,
    )


def write(one: Round, rows: Sequence[Shown], out: Path) -> None:
    """The same as JSON, whole or not at all."""
    told: dict[str, Any] = {
        "format": "kcity-sandbox/1",
        "round": one.number,
        "samples": [
            {
                **asdict(row.found),
                "number": row.number,
                "public": row.seen_by is None,
                "seen_by": row.seen_by or [],
            }
            for row in rows
        ],
        "without_sample": [
            {"kind": kind, "state": state, "why": why} for (kind, state), why in WITHOUT_SAMPLE.items()
        ],
    }
    out.parent.mkdir(parents=True, exist_ok=True)
    torn = out.with_suffix(".part")
    torn.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    torn.replace(out)


def _who(row: Shown) -> str:
    if row.seen_by is None:
        return "everybody"
    return ", ".join(name.removeprefix(PREFIX) for name in row.seen_by) or "nobody through the API"
