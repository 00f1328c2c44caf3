"""``python -m shared.healthcheck URL``: exit code 0 when the address answers 2xx. Standard library only."""

import sys
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlsplit

TIMEOUT_SECONDS = 3.0


def answers(url: str) -> bool:
    """Whether a GET of the plain-http ``url`` is answered with 2xx within three seconds.

    Proxies named in the environment are not used: the address asked is the container's own.
    """
    parts = urlsplit(url)
    connection = HTTPConnection(parts.hostname or "127.0.0.1", parts.port, timeout=TIMEOUT_SECONDS)
    try:
        connection.request("GET", parts.path or "/")
        return 200 <= connection.getresponse().status < 300  # noqa: PLR2004 - the 2xx class
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(0 if answers(sys.argv[1]) else 1)
