"""A run's numbers as a table for people and as JSON for machines; neither host names nor paths."""

import json
import os
import platform
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

import psutil
from rich.console import Console
from rich.table import Table

from deploy.bench.delivery import DeliveryFound
from deploy.bench.door import DoorFound
from deploy.bench.growth import GrowthFound
from deploy.bench.outage import OutageFound
from deploy.bench.ratios import Met, Ratio, ratios_of
from deploy.bench.sizes import SMOKE, Sizes
from deploy.bench.submissions import Burst, SubmissionsFound

LATEST = Path(__file__).parent / "results" / "latest.json"
COLOURS: dict[Met, str] = {"aim": "green", "gate": "yellow", "missed": "red"}


def report_of(
    submissions: SubmissionsFound,
    delivery: DeliveryFound,
    growth: GrowthFound,
    outage: OutageFound,
    door: DoorFound,
    sizes: Sizes,
) -> dict[str, Any]:
    """Everything that was measured."""
    return {
        "ratios": [_ratio(one) for one in ratios_of(submissions, delivery, growth, outage, door)],
        "machine": machine(),
        "rounds": {"submissions": sizes.rounds, "latency": sizes.latency_rounds, "drain": sizes.drain_rounds},
        "date": datetime.now(UTC).date().isoformat(),
        "smoke": sizes == SMOKE,
        "submissions": _submissions(submissions, sizes),
        "delivery": _delivery(delivery),
        "growth": {
            "journal_rows": growth.rows,
            "few": _bursts(growth.few),
            "many": _bursts(growth.many),
        },
        "outage": {name: round(value, 2) for name, value in asdict(outage).items()},
        "door": {
            "direct_p50_ms": round(median(door.direct), 3),
            "through_p50_ms": round(median(door.through), 3),
        },
    }


def machine() -> dict[str, Any]:
    """What the numbers depend on; ``load`` is the one-minute average after the run, which includes the run."""
    return {
        "cores": os.cpu_count(),
        "memory_gib": round(psutil.virtual_memory().total / 2**30),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "load": round(os.getloadavg()[0], 1),
    }


def write_report(report: dict[str, Any], file: Path) -> None:
    """Write it where it is kept."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(report, indent=2, ensure_ascii=False) + "\n")


def print_report(report: dict[str, Any], ratios: list[Ratio], console: Console) -> None:
    """The table of ratios, and below it what they are made of."""
    table = Table(title=f"K-City Network, measured in one run ({report['date']})")
    for name, justify in (
        ("ratio", "left"),
        ("value", "right"),
        ("gate", "right"),
        ("aim", "right"),
        ("met", "left"),
    ):
        table.add_column(name, justify="right" if justify == "right" else "left")
    for one in ratios:
        met = f"[{COLOURS[one.met]}]{one.met}[/]"
        table.add_row(one.name, f"{one.value:.2f}{one.unit}", one.bound(one.gate), one.bound(one.aim), met)
    console.print(table)
    for line in _lines(report):
        console.print(line, highlight=False)


def _lines(report: dict[str, Any]) -> list[str]:
    found, delivery = report["submissions"], report["delivery"]
    growth, outage, door = report["growth"], report["outage"], report["door"]
    intake, twin = found["intake"], found["twin"]
    rates = f"intake {intake['rate']:.0f}, twin {twin['rate']:.0f}, pgbench {found['pgbench']['rate']:.0f}"
    cpu = f"intake {intake['cpu_ms']:.2f} ms, twin {twin['cpu_ms']:.2f} ms"
    real, raw = (f"{one['p50_ms']:.1f}/{one['p99_ms']:.1f} ms" for one in (delivery["real"], delivery["raw"]))
    return [
        f"submissions/s: {rates}",
        f"CPU a request: {cpu}; the load generator takes {intake['generator_cpu_share']:.0%} of a core",
        f"latency p50/p99: commit → handler {real}, raw {raw}",
        f"events/s: drained {delivery['drained_rate']}, published from memory {delivery['published_rate']}",
        (
            f"submissions/s with few events {growth['few']['rate']:.0f}, with {growth['journal_rows']:,} "
            f"{growth['many']['rate']:.0f}"
        ),
        (
            f"{outage['outage_seconds']:.0f} s without Kafka at {outage['arrivals_per_second']:.0f}/s: "
            f"{outage['backlog']} waited, caught up in {outage['catch_up_seconds']:.1f} s, none refused, "
            f"{outage['worker_restarts']} restarts of a stuck worker"
        ),
        f"a read, p50: straight {door['direct_p50_ms']:.2f} ms, through the door {door['through_p50_ms']:.2f} ms",
    ]


def _ratio(one: Ratio) -> dict[str, Any]:
    return {"name": one.name, "value": round(one.value, 3), "gate": one.gate, "aim": one.aim, "met": one.met}


def _submissions(found: SubmissionsFound, sizes: Sizes) -> dict[str, Any]:
    return {
        "in_a_round": sizes.submissions,
        "http_connections": sizes.http_connections,
        "intake": _bursts(found.intake),
        "twin": _bursts(found.twin),
        "pgbench": {"rate": median(found.pgbench), "rates": [round(rate) for rate in found.pgbench]},
        "iris": _bursts([found.iris])
        | {"submissions": sizes.iris_submissions, "receipts": found.iris.receipts},
    }


def _bursts(bursts: list[Burst]) -> dict[str, Any]:
    names = ("rate", "cpu_ms", "generator_cpu_share", "p50_ms", "p99_ms")
    medians = {name: round(median(getattr(one, name) for one in bursts), 3) for name in names}
    return medians | {"rates": [round(one.rate) for one in bursts]}


def _delivery(found: DeliveryFound) -> dict[str, Any]:
    def latency(rounds: list[Any]) -> dict[str, float]:
        return {
            f"{which}_ms": round(median(getattr(one, which) for one in rounds), 3) for which in ("p50", "p99")
        }

    return {
        "real": latency(found.real),
        "raw": latency(found.raw),
        "drained_rate": round(median(found.drained)),
        "published_rate": round(median(found.published)),
    }
