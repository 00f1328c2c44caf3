"""What a process knows of whoever started it: a listening socket it was handed, and where to say that it is ready.

Both are absent in containers, where a process binds its own address and is asked over HTTP. The words are those
of ``sd_notify(3)``, which other programs (Caddy among them) speak too.
"""

import contextlib
import os
import socket

LISTEN_FD = "KCITY_LISTEN_FD"
NOTIFY_SOCKET = "NOTIFY_SOCKET"
READY = b"READY=1"


def inherited_socket() -> socket.socket | None:
    """The listening socket named by ``KCITY_LISTEN_FD``, or None; it is no longer handed on to children.

    Its owner keeps a copy: closing ours ends our accepting alone, and ``shutdown`` would end everybody's.
    """
    number = os.environ.pop(LISTEN_FD, None)
    if number is None:
        return None
    found = socket.socket(fileno=int(number))
    found.set_inheritable(False)
    return found


def say_ready() -> None:
    """Tell the supervisor that this very process is ready; without one (or when it is gone) nothing happens."""
    address = os.environ.get(NOTIFY_SOCKET)
    if not address:
        return
    with (
        contextlib.suppress(OSError),
        socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as out,
    ):
        out.sendto(READY, "\0" + address[1:] if address.startswith("@") else address)
