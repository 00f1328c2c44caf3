"""The access token of a request: one Authorization header, read strictly."""

import re

from starlette.types import Scope

from shared.auth.verifier import TokenInvalid

_HEADER = re.compile(rb"(?i:bearer) +([A-Za-z0-9._~+/=-]+)")
"""Source: RFC 6750, section 2.1."""


def bearer_token(scope: Scope) -> str | None:
    """The token of a request, None without one. Raises ``TokenInvalid`` for what cannot be read.

    Two Authorization headers are refused: two programs on the way could each believe another one. A token
    anywhere else (query, form, cookie) is not looked for, as addresses end up in logs.
    """
    found = [value for name, value in scope["headers"] if name == b"authorization"]
    if not found:
        return None
    read = _HEADER.fullmatch(found[0].strip()) if len(found) == 1 else None
    if read is None:
        raise TokenInvalid
    return read[1].decode()
