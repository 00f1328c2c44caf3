"""``python -m shared.delivery.recovery <service>``: at every start, after the migration and the topics, before the rest.

On a time line that the database knows it is done at once. Exit codes: 0 done; 1 a person must decide; 75 the broker or
the database did not answer, run it again.
"""

import argparse
import asyncio
import importlib
import json
import os
import sys
from typing import Any, get_args

import asyncpg

from shared.bus.connection import BusUnavailable
from shared.database.timeline import timeline_is_known
from shared.delivery.recovery.refusals import LossNotAccepted
from shared.settings import ServiceName

A_PERSON_DECIDES = 1
TRY_AGAIN = 75


async def known_already(url: str) -> bool:
    """Whether there is nothing to do; asked before anything heavy is loaded, as that is so at nearly every start."""
    connection = await asyncpg.connect(url, timeout=5)
    try:
        _, known = await timeline_is_known(connection)
    finally:
        await connection.close()
    return known


async def run(chosen: argparse.Namespace) -> dict[str, Any]:
    """The report."""
    if not chosen.again and await known_already(os.environ["KCITY_DATABASE_URL"]):
        return {"recovered": False}
    from shared.delivery.recovery.run import recover  # noqa: PLC0415 - see known_already

    plan = importlib.import_module(f"services.{chosen.service}.recovery").plan()
    return await recover(
        plan, again=chosen.again, accept_loss=chosen.accept_loss, nothing_missing=chosen.nothing_missing
    )


def main() -> None:
    """Recover the database of ``KCITY_DATABASE_URL``, and print the report as JSON."""
    parser = argparse.ArgumentParser(prog="python -m shared.delivery.recovery", description=__doc__)
    parser.add_argument("service", choices=get_args(ServiceName))
    parser.add_argument(
        "--again", action="store_true", help="although the time line is known: a disk was set back"
    )
    parser.add_argument(
        "--accept-loss", action="store_true", help="go on without what the topics do not hold"
    )
    parser.add_argument(
        "--nothing-missing", action="store_true", help="a synchronous standby was promoted: do not look"
    )
    chosen = parser.parse_args()
    try:
        report = asyncio.run(run(chosen))
    except (BusUnavailable, OSError, TimeoutError, asyncpg.PostgresConnectionError) as error:
        _end(TRY_AGAIN, chosen.service, error)
    except LossNotAccepted as error:
        _end(A_PERSON_DECIDES, chosen.service, error)
    print(json.dumps(report, indent=2))  # noqa: T201 - a job's only output


def _end(code: int, service: str, error: BaseException) -> None:
    print(f"recovery {service}: {error or type(error).__name__}", file=sys.stderr)  # noqa: T201 - a job's only output
    sys.exit(code)


if __name__ == "__main__":
    main()
