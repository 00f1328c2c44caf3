"""Ports on 127.0.0.1 that are free, for parts and stacks that are started beside others.

All of them lie below 32768, where Linux begins to hand ports to outgoing connections
(``net.ipv4.ip_local_port_range``): any client of the machine may take one above between our look and the start.
"""

import random
import socket
from itertools import cycle, islice

from shared.settings import API_PORTS, WORKER_PORTS

LOOPBACK = "127.0.0.1"
FRONT_DOOR_PORT, ISSUER_PORT, MAIL_PORT, POSTGRES_PORT, BROKER_PORT = 8080, 8180, 8025, 15432, 19092
STACK_PORTS = (
    *(FRONT_DOOR_PORT, ISSUER_PORT, MAIL_PORT, POSTGRES_PORT, BROKER_PORT),
    *API_PORTS.values(),
    *WORKER_PORTS.values(),
)
OFFSETS = range(1_000, 9_000, 10)
SINGLE_PORTS = range(28_200, 32_768)  # above the ports of every stack
_IN_TURN = cycle(random.sample(SINGLE_PORTS, len(SINGLE_PORTS)))  # none is given twice before it is bound


def is_free(port: int) -> bool:
    """Whether a server could listen there now; what is left of closed connections does not count."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


def free_ports(count: int) -> list[int]:
    """So many different ports that are free now; fewer where there are no more.

    Those of the last few thousand that this process was given before are not among them.
    """
    round_of_all = islice(_IN_TURN, len(SINGLE_PORTS))
    return list(islice(filter(is_free, round_of_all), count))


def free_port() -> int:
    """A port that is free now."""
    return free_ports(1)[0]


def free_offset() -> int:
    """An offset (``KCITY_PORT_OFFSET``) at which every port of a stack is free now."""
    for offset in random.sample(OFFSETS, len(OFFSETS)):
        if all(is_free(port + offset) for port in STACK_PORTS):
            return offset
    raise LookupError("no offset between 1000 and 9000 has all ports of a stack free")
