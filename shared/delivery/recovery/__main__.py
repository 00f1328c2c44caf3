"""``python -m shared.delivery.recovery <service>``: what every migration does at its end, and an operator by hand.

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


async def run(
    service: ServiceName, *, again: bool, accept_loss: bool, nothing_missing: bool
) -> dict[str, Any] | None:
    """The report, None when there was nothing to do."""
    if not again and await known_already(os.environ["KCITY_DATABASE_URL"]):
        return None
    from shared.delivery.recovery.run import recover  # noqa: PLC0415 - see known_already

    plan = importlib.import_module(f"services.{service}.recovery").plan()
    return await recover(plan, again=again, accept_loss=accept_loss, nothing_missing=nothing_missing)


def recover_and_tell(
    service: ServiceName, *, again: bool = False, accept_loss: bool = False, nothing_missing: bool = False
) -> int:
    """Recover if needed, print the report or what is in the way, and give the exit code."""
    try:
        report = asyncio.run(
            run(service, again=again, accept_loss=accept_loss, nothing_missing=nothing_missing)
        )
    except (BusUnavailable, OSError, TimeoutError, asyncpg.PostgresConnectionError) as error:
        return _told(TRY_AGAIN, service, error)
    except LossNotAccepted as error:
        return _told(A_PERSON_DECIDES, service, error)
    if report is not None:
        print(json.dumps(report, indent=2))  # noqa: T201 - a job's only output
    return 0


def _told(code: int, service: str, error: BaseException) -> int:
    print(f"recovery {service}: {error or type(error).__name__}", file=sys.stderr)  # noqa: T201 - a job's only output
    return code


def main() -> None:
    """Recover the database of ``KCITY_DATABASE_URL``."""
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
    sys.exit(recover_and_tell(**vars(parser.parse_args())))


if __name__ == "__main__":
    main()
