"""A run's numbers as a table for people and as JSON for machines; neither host names nor paths."""

import json
import os
import platform
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

import psutil
from rich.console import Console
from rich.table import Table

from deploy.bench.catalogue import CatalogueFound, p95
from deploy.bench.delivery import DeliveryFound
from deploy.bench.ratios import Found, Met, Ratio, ratios_of
from deploy.bench.sizes import SMOKE, Sizes
from deploy.bench.submissions import Burst, SubmissionsFound

LATEST = Path(__file__).parent / "results" / "latest.json"
COLOURS: dict[Met, str] = {"aim": "green", "gate": "yellow", "missed": "red"}


def report_of(found: Found, sizes: Sizes) -> dict[str, Any]:
    """Everything that was measured."""
    return {
        "ratios": [_ratio(one) for one in ratios_of(found)],
        "machine": machine(),
        "rounds": {"submissions": sizes.rounds, "latency": sizes.latency_rounds, "drain": sizes.drain_rounds},
        "date": datetime.now(UTC).date().isoformat(),
        "smoke": sizes == SMOKE,
        **dict(_parts(found, sizes)),
    }


def _parts(found: Found, sizes: Sizes) -> Iterator[tuple[str, dict[str, Any]]]:
    if found.submissions is not None:
        yield "submissions", _submissions(found.submissions, sizes)
    if found.delivery is not None:
        yield "delivery", _delivery(found.delivery)
    if (growth := found.growth) is not None:
        yield (
            "growth",
            {
                "journal_rows": growth.rows,
                "few": _bursts(growth.few),
                "many": _bursts(growth.many),
            },
        )
    if found.outage is not None:
        yield "outage", {name: round(value, 2) for name, value in asdict(found.outage).items()}
    if found.recovery is not None:
        yield "recovery", asdict(found.recovery)
    if (door := found.door) is not None:
        ways = {"direct_p50_ms": door.direct, "through_p50_ms": door.through}
        yield "door", {name: round(median(waits), 3) for name, waits in ways.items()}
    if (one := found.identity) is not None:
        spent = {"me_cpu_ms": median(one.me), "twin_cpu_ms": median(one.twin)}
        spent |= {"gated_cpu_ms": one.gated, "open_cpu_ms": one.open}
        yield "identity", {name: round(value, 4) for name, value in spent.items()}
    if found.catalogue is not None:
        yield "catalogue", _catalogue(found.catalogue)


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


def _lines(report: dict[str, Any]) -> Iterator[str]:
    if (found := report.get("submissions")) is not None:
        intake, twin = found["intake"], found["twin"]
        pgbench = f"pgbench {found['pgbench']['rate']:.0f}"
        yield f"submissions/s: intake {intake['rate']:.0f}, twin {twin['rate']:.0f}, {pgbench}"
        cpu = f"intake {intake['cpu_ms']:.2f} ms, twin {twin['cpu_ms']:.2f} ms"
        share = f"{intake['generator_cpu_share']:.0%}"
        yield f"CPU a request: {cpu}; the load generator takes {share} of a core"
    if (delivery := report.get("delivery")) is not None:
        ways = (delivery["real"], delivery["raw"])
        real, raw = (f"{one['p50_ms']:.1f}/{one['p99_ms']:.1f} ms" for one in ways)
        yield f"latency p50/p99: commit → handler {real}, raw {raw}"
        published = delivery["published_rate"]
        yield f"events/s: drained {delivery['drained_rate']}, published from memory {published}"
    if (growth := report.get("growth")) is not None:
        many = f"with {growth['journal_rows']:,} {growth['many']['rate']:.0f}"
        yield f"submissions/s with few events {growth['few']['rate']:.0f}, {many}"
    yield from _lines_of_requests(report)


def _lines_of_requests(report: dict[str, Any]) -> Iterator[str]:
    if (outage := report.get("outage")) is not None:
        yield (
            f"{outage['outage_seconds']:.0f} s without Kafka at {outage['arrivals_per_second']:.0f}/s: "
            f"{outage['backlog']} waited, caught up in {outage['catch_up_seconds']:.1f} s, none refused, "
            f"{outage['worker_restarts']} restarts of a stuck worker"
        )
    if (kills := report.get("recovery")) is not None:
        each = (
            f"{kind} {kills['requests'][kind]:.1f}/{kills['events'][kind]:.1f} s ({times})"
            for kind, times in kills["times"].items()
        )
        yield f"requests/events again after a kill, the longest of so many: {', '.join(each)}"
    if (door := report.get("door")) is not None:
        through = f"through the door {door['through_p50_ms']:.2f} ms"
        yield f"a read, p50: straight {door['direct_p50_ms']:.2f} ms, {through}"
    if (one := report.get("identity")) is not None:
        gate = f"a route with a rule {one['gated_cpu_ms']:.3f} ms, without {one['open_cpu_ms']:.3f} ms"
        yield f"CPU a request: /v1/me {one['me_cpu_ms']:.3f} ms, its twin {one['twin_cpu_ms']:.3f} ms; {gate}"
    if (read := report.get("catalogue")) is not None:
        yield _line_of_catalogue(read)


def _line_of_catalogue(one: dict[str, Any]) -> str:
    lists, searches = (
        f"{what} made {one[what]:.0f}, kept {one[what + '_kept']:.0f} (twin {one[what + '_twin']:.0f})"
        for what in ("lists", "searches")
    )
    waits = (
        f"a search p95 {one['search_p95_ms']:.1f} ms, among 10,049 {one['search_among_many_p95_ms']:.1f} ms"
    )
    return f"the catalogue, requests/s: {lists}; {searches}; unchanged {one['conditional']:.0f}; {waits}"


def _catalogue(one: CatalogueFound) -> dict[str, Any]:
    whose = ("", "_kept", "_twin")
    names = [f"{what}{of}" for what in ("lists", "searches") for of in whose]
    rates = {name: round(median(getattr(one, name))) for name in (*names, "conditional")}
    waits = {"search_p95_ms": p95(one.few), "search_among_many_p95_ms": p95(one.many)}
    return {**rates, **{name: round(value, 2) for name, value in waits.items()}}


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
