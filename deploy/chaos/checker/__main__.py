"""Judge a history: ``python -m deploy.chaos.checker --history FILE --folder STACKFOLDER [--kills N] [--report FILE]``.

Waits until the stack is at rest, then checks that nothing was lost and nothing doubled. Exit code 0 when nothing is
broken, 1 with every breach, 2 when it cannot be judged.
"""

import argparse
import asyncio
import json
import logging
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import psycopg
import structlog

from deploy.chaos.checker.checks import ALL
from deploy.chaos.checker.evidence import Evidence
from deploy.chaos.checker.rest import LONGEST_SECONDS, wait_for_rest
from deploy.chaos.checker.system import NoStack, System
from deploy.chaos.checker.verdict import Finding, judge
from deploy.chaos.history.reading import HistoryUnreadable, read_history
from shared.bus.connection import BusUnavailable

BROKEN, NOT_JUDGED = 1, 2


def wishes() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m deploy.chaos.checker", description=__doc__)
    parser.add_argument("--history", type=Path, required=True)
    parser.add_argument("--folder", type=Path, required=True, help="the stack's folder")
    parser.add_argument("--kills", type=int, default=0, help="faults that may have torn a mail's sending")
    parser.add_argument("--report", type=Path, help="where the report goes, as JSON")
    parser.add_argument("--rest-seconds", type=float, default=LONGEST_SECONDS, help="wait so long for rest")
    return parser.parse_args()


def check(chosen: argparse.Namespace) -> int:
    """Wait, gather, judge, tell. Raises what keeps it from judging."""
    begun = time.monotonic()
    history = read_history(chosen.history)
    system = System.of(chosen.folder.absolute(), history)
    restless = wait_for_rest(system.surroundings, seconds=chosen.rest_seconds, say=print)
    rested = time.monotonic() - begun
    evidence = asyncio.run(system.gather(history, kills=chosen.kills, restless=restless))
    findings = judge(evidence, ALL)
    report = report_of(evidence, findings, rested_seconds=rested, seconds=time.monotonic() - begun)
    if chosen.report is not None:
        chosen.report.write_text(json.dumps(report, indent=1, ensure_ascii=False))
    for finding in findings:
        print("\n".join(finding.lines()))
    broken = [finding.name for finding in findings if not finding.ok]
    print(f"broken: {', '.join(broken)}" if broken else "nothing is broken")
    return BROKEN if broken else 0


def report_of(
    evidence: Evidence, findings: Sequence[Finding], *, rested_seconds: float, seconds: float
) -> dict[str, Any]:
    """The report as JSON values."""
    history = evidence.history
    return {
        "ok": all(finding.ok for finding in findings),
        "seeds": [load.seed for load in history.loads],
        "attempts": history.counts(),
        "acts": len(history.acts),
        "torn_lines": history.torn,
        "kills": evidence.kills,
        "mails": {"kept": len(evidence.mails), "different": len({one.message_id for one in evidence.mails})},
        "records_on_topics": len(evidence.topics.records),
        "at_rest_after_seconds": round(rested_seconds, 1),
        "seconds": round(seconds, 1),
        "checks": [finding.as_json() for finding in findings],
    }


def main() -> int:
    """Exit code: 0 nothing is broken, 1 something is, 2 it could not be judged."""
    chosen = wishes()
    # a rebuild tells of itself in the log; here its outcome stands among the findings
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    try:
        return check(chosen)
    except (HistoryUnreadable, NoStack, BusUnavailable, psycopg.Error, OSError) as failure:
        print(f"cannot judge: {type(failure).__name__}: {failure}", file=sys.stderr)
        return NOT_JUDGED


if __name__ == "__main__":
    sys.exit(main())
