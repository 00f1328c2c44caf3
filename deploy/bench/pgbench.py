"""pgbench with the very statements of a submission: how fast PostgreSQL takes them with nothing in front."""

import re
from pathlib import Path

from deploy.bench.processes import BenchFailed, run_program
from deploy.bench.sample import PREFIX, Sample
from deploy.local.postgres import BINARIES
from services.intake.submission_sql import READ_CANDIDATE, WRITE_SUBMISSION

THREADS = 2
_PLACEHOLDER = re.compile(r"\$(\d+)")
_RATE = re.compile(r"^tps = ([0-9.]+)", re.MULTILINE)
_FAILED = re.compile(r"^number of failed transactions: (\d+)", re.MULTILINE)
_DIGITS = "lpad((:number)::text, 12, '0')"
_ID = f"('{PREFIX}' || {_DIGITS})"
_KEY = f"('bench-' || {_DIGITS})"
_FIRST = r"""\set turn :turn + 1
\set number :first + :client_id * :each + :turn - 1
"""


def script() -> str:
    """A custom script: each transaction submits the next draft of its client.

    The statements are intake's, letter by letter; only a ``$n`` becomes the variable, or the expression over
    the draft's number, that stands for it.
    """
    read = {1: _ID, 2: ":scope", 3: _KEY}
    write = {
        1: ":number",
        2: _ID,
        3: ":revision",
        4: ":arrived_at",
        5: f"('KCN-2025-D-' || {_DIGITS})",
        6: ":receipt",
        7: f"('01950000000070008001' || {_DIGITS})",
        8: ":facts",
        9: "NULL",
        10: ":actor",
        11: ":audit_facts",
        12: ":request_id",
        13: ":scope",
        14: _KEY,
        15: ":fingerprint",
        16: ":status",
        17: ":call_version",
    }
    return _FIRST + "".join(
        _filled(text, values) for text, values in ((READ_CANDIDATE, read), (WRITE_SUBMISSION, write))
    )


def _filled(statement: str, values: dict[int, str]) -> str:
    return _PLACEHOLDER.sub(lambda found: values[int(found[1])], statement).strip() + ";\n"


def run_pgbench(
    database_url: str, sample: Sample, folder: Path, *, first: int, count: int, connections: int
) -> float:
    """Transactions a second over drafts ``first`` … (a multiple of ``connections`` of them, at most ``count``)."""
    file = folder / "submission.pgbench"
    file.write_text(script())
    each = count // connections
    given = _variables(sample) | {"turn": "0", "first": str(first), "each": str(each)}
    definitions = [part for name, value in given.items() for part in ("-D", f"{name}={value}")]
    argv = (
        *(str(BINARIES / "pgbench"), "-n", "-M", "prepared", "-f", str(file), *definitions),
        *("-c", str(connections), "-j", str(THREADS), "-t", str(each), "-d", database_url),
    )
    return _rate(run_program("pgbench", argv, {}, folder))


def _variables(sample: Sample) -> dict[str, str]:
    return {
        "revision": str(sample.revision),
        "arrived_at": sample.arrived_at,
        "receipt": sample.receipt,
        "facts": sample.facts,
        "actor": sample.actor,
        "audit_facts": sample.audit_facts,
        "request_id": sample.request_id,
        "scope": sample.scope,
        "fingerprint": rf"\x{sample.fingerprint}",
        "status": str(sample.status),
        "call_version": str(sample.call_version),
    }


def _rate(printed: str) -> float:
    rate, failed = _RATE.search(printed), _FAILED.search(printed)
    if rate is None or failed is None or failed[1] != "0":
        raise BenchFailed(f"pgbench did not do all its transactions:\n{printed[-2000:]}")
    return float(rate[1])
