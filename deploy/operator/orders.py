"""``kcity journal replay`` and ``kcity projection rebuild``: orders that the service's worker carries out."""

import json
import time
from typing import Annotated, Any
from uuid import UUID

import typer

from deploy.operator import speak
from deploy.operator.held import ServiceArgument
from shared.settings import ServiceName

journal = typer.Typer(help="The events a service has published.", no_args_is_help=True)
projection = typer.Typer(help="A service's copies of what others decide.", no_args_is_help=True)
ASK_AGAIN_SECONDS = 0.5
PATIENCE_SECONDS = 3600.0
WaitOption = Annotated[float, typer.Option("--wait", help="how long to wait for its end, seconds")]


@journal.callback()
def _journal() -> None:
    """The events a service has published."""


@projection.callback()
def _projection() -> None:
    """A service's copies of what others decide."""


@journal.command("replay")
def replay(
    service: ServiceArgument,
    topic: Annotated[str | None, typer.Option(help="only this topic")] = None,
    aggregate: Annotated[UUID | None, typer.Option(help="only this aggregate")] = None,
    since: Annotated[int, typer.Option(min=1, help="only from this journal id on")] = 1,
    wait: WaitOption = PATIENCE_SECONDS,
) -> None:
    """Publish the journal again. Harmless: consumers recognise what they have."""
    wanted: dict[str, Any] = {"kind": "replay", "since_journal_id": since}
    wanted |= {"topic": topic} if topic else {}
    wanted |= {"aggregate_id": str(aggregate)} if aggregate else {}
    order = _carried_out(service, wanted, wait)
    typer.echo(f"{order['outcome']['queued']} events are published again")


@projection.command("rebuild")
def rebuild(
    service: ServiceArgument,
    check: Annotated[bool, typer.Option("--check", help="only compare, change nothing")] = False,
    wait: WaitOption = PATIENCE_SECONDS,
) -> None:
    """Empty the copies and fill them from the topics again; exit code 1 when that gives other digests."""
    order = _carried_out(service, {"kind": "rebuild", "check_only": check}, wait)
    outcome = order["outcome"]
    typer.echo(json.dumps(outcome, indent=2))
    if not outcome["agrees"]:
        raise speak.end("the digests differ: the copies were not what the topics say")


def _carried_out(service: ServiceName, wanted: dict[str, Any], wait_seconds: float) -> dict[str, Any]:
    order: dict[str, Any] = speak.post(service, "/v1/delivery/orders", wanted)
    typer.echo(f"order {order['id']}", err=True)
    deadline = time.monotonic() + wait_seconds
    while order["state"] in ("waiting", "running"):
        if time.monotonic() > deadline:
            raise speak.end(f"still {order['state']}: is {service}'s worker up? It goes on without us.")
        time.sleep(ASK_AGAIN_SECONDS)
        order = speak.get(service, f"/v1/delivery/orders/{order['id']}")
    if order["state"] == "failed":
        raise speak.end(f"failed, nothing was changed: {order['failure']}")
    return order
