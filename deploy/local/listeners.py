"""The listening sockets of a stack: bound once, kept while the supervisor lives, handed to each child by number.

A process that ends, however it ends, closes its own copy alone: connections made meanwhile wait in the kernel
until the next process accepts them, and two processes can share one address while the one relieves the other.
"""

import errno
import socket

Address = tuple[str, int]
BACKLOG = 4096
NO_SUCH_ADDRESS = frozenset({errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT})


class AddressTaken(Exception):
    """Somebody else listens where we should."""

    def __init__(self, host: str, port: int) -> None:
        super().__init__(f"something else already listens on {host}, port {port}")


class Listeners:
    """Opens each address once. The sockets are inherited only by children that are given their numbers."""

    def __init__(self) -> None:
        self._open: dict[Address, socket.socket] = {}

    def numbers(self, *addresses: Address) -> tuple[int, ...]:
        """The descriptors of ``addresses``, in order; an IPv6 address that the machine lacks is left out.

        Raises ``AddressTaken``.
        """
        for address in addresses:
            if address not in self._open and (opened := _listen(address)) is not None:
                self._open[address] = opened
        return tuple(self._open[address].fileno() for address in addresses if address in self._open)

    def close(self) -> None:
        """From now on connections are refused."""
        for opened in self._open.values():
            opened.close()
        self._open.clear()


def _listen(address: Address) -> socket.socket | None:
    host, port = address
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=BACKLOG)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise AddressTaken(host, port) from error
        if family == socket.AF_INET6 and error.errno in NO_SUCH_ADDRESS:
            return None
        raise
