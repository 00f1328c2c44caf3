"""Create every topic that is missing: ``python -m shared.bus.provision``. Run once per cluster, before the services."""

import asyncio
import os
import sys

from shared.bus.admin import WrongPartitions, bus_admin
from shared.bus.connection import BusAddress, BusUnavailable
from shared.events.topics import TOPICS


async def provision_all(address: BusAddress) -> list[str]:
    """Create the topics of all services; returns those that were missing."""
    async with bus_admin(address) as admin:
        return await admin.provision(TOPICS)


def main() -> None:
    """Provision the broker of ``KCITY_KAFKA_BOOTSTRAP``."""
    address = BusAddress(
        os.environ["KCITY_KAFKA_BOOTSTRAP"], replication=int(os.environ.get("KCITY_KAFKA_REPLICATION", "3"))
    )
    try:
        created = asyncio.run(provision_all(address))
    except (BusUnavailable, WrongPartitions) as error:
        sys.exit(f"provision: {error}")
    print(f"topics created: {', '.join(created) or 'none, all were there'}")  # noqa: T201 - a job's only output


if __name__ == "__main__":
    main()
