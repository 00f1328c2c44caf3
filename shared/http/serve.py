"""``python -m shared.http.serve MODULE:FACTORY --host HOST --port PORT``: one API process.

It listens on the socket it was handed (``KCITY_LISTEN_FD``) or else on the address named. On SIGTERM it drains:
see ``shared.http.draining``. ``KCITY_DRAIN_ACCEPT_SECONDS`` (default 0): how long it goes on accepting after
the signal. httptools and uvloop are named, not guessed: without them throughput falls to 0.70 (measured).
Access lines are ours (``shared.http.edge``), not uvicorn's.
"""

import argparse
import contextlib
import gc
import os
from collections.abc import Callable
from functools import partial

import uvicorn
from uvicorn.config import STARTUP_FAILURE

from shared.handover import inherited_socket
from shared.http.draining import DrainingServer, says_ready

GRACEFUL_SECONDS = 10
KEEP_ALIVE_SECONDS = 30
"""Longer than a front door keeps an idle connection (2 s), so that it is never us who close it under a request."""


def serve(factory: str, host: str, port: int) -> None:
    """Serve until SIGTERM. Raises what the application's factory raises."""
    config = uvicorn.Config(
        factory,
        factory=True,
        host=host,
        port=port,
        loop="uvloop",
        http="httptools",
        access_log=False,
        server_header=False,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=GRACEFUL_SECONDS,
    )
    _without_collections(config.load)
    accept_seconds = float(os.environ.get("KCITY_DRAIN_ACCEPT_SECONDS") or 0)
    is_ready = partial(says_ready, config.loaded_app)
    handed = inherited_socket()
    server = DrainingServer(config, is_ready, accept_seconds=accept_seconds)
    with contextlib.suppress(KeyboardInterrupt):
        server.run(sockets=[handed] if handed else None)
    if not server.started:
        raise SystemExit(STARTUP_FAILURE)


def _without_collections(load: Callable[[], None]) -> None:
    """Load the application: nothing of it is garbage, so it is neither walked meanwhile nor ever after."""
    gc.disable()
    load()
    gc.freeze()
    gc.enable()


def main() -> None:
    """Serve what the command line names."""
    parser = argparse.ArgumentParser(prog="python -m shared.http.serve", description=__doc__)
    parser.add_argument("factory", help="module:function that makes the application")
    parser.add_argument("--host", required=True)
    parser.add_argument("--port", type=int, required=True)
    chosen = parser.parse_args()
    serve(chosen.factory, chosen.host, chosen.port)


if __name__ == "__main__":
    main()
