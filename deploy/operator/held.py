"""``kcity held`` and ``kcity dead-letters``: what waits for an operator, and releasing it."""

from typing import Annotated, Any
from uuid import UUID

import typer
from rich.table import Table
from rich.text import Text

from deploy.operator import speak
from deploy.operator.screen import wide_console
from shared.settings import ServiceName

app = typer.Typer(help="Received events that are not applied yet.", no_args_is_help=True)
ServiceArgument = Annotated[ServiceName, typer.Argument(help="whose delivery")]
HELD_COLUMNS = ("topic", "aggregate_id", "sequence", "type", "tries", "held_at", "parked_at", "reason")
DEAD_COLUMNS = ("id", "topic", "partition", "offset", "size_bytes", "received_at", "reason")


@app.command("list")
def list_held(
    service: ServiceArgument,
    parked: Annotated[bool, typer.Option("--parked", help="only those that wait for a redrive")] = False,
) -> None:
    """Show held and parked events, without their contents."""
    state = {"state": "parked"} if parked else {}
    _show(speak.every(service, "/v1/delivery/held-events", **state), HELD_COLUMNS)


@app.command("redrive")
def redrive(
    service: ServiceArgument,
    aggregate: Annotated[UUID, typer.Argument(help="the key's aggregate")],
    topic: Annotated[str, typer.Option(help="the key's topic")],
) -> None:
    """Try the parked events of a key again; those behind them follow."""
    answer = speak.post(service, f"/v1/delivery/held-keys/{aggregate}/redrive", {"topic": topic})
    released = answer["released"]
    typer.echo(f"{released} released; they are tried now" if released else "nothing of that key is parked")


def dead_letters(service: ServiceArgument) -> None:
    """Show records on our topics that are no events, without their contents."""
    _show(speak.every(service, "/v1/delivery/dead-letters"), DEAD_COLUMNS)


def _show(items: Any, columns: tuple[str, ...]) -> None:
    table = Table(*columns)
    for item in items:
        table.add_row(*(Text("" if item[name] is None else str(item[name])) for name in columns))
    wide_console().print(table if table.row_count else "none")
