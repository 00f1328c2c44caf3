"""Canonical JSON (RFC 8785): the bytes that digests and signatures are taken over. Pure."""

import hashlib
from collections.abc import Mapping
from typing import Any

import rfc8785


class NotCanonical(ValueError):
    """The value has no canonical form that every reader would agree on."""

    def __init__(self, pointer: str, reason: str) -> None:
        super().__init__(f"{pointer or '/'}: {reason}")
        self.pointer = pointer


def canonical_bytes(value: Any) -> bytes:
    """The one JSON text of ``value``, in UTF-8: keys sorted, no spaces.

    Fractions travel as strings (``"0.25"``): floats and ``Decimal`` raise ``NotCanonical``, as do integers
    beyond ±(2^53 − 1), keys that are no strings and anything that is not JSON. Source: RFC 8785; architecture, "Proof".
    """
    _refuse_fractions(value, "")
    try:
        return rfc8785.dumps(value)
    except rfc8785.CanonicalizationError as error:
        raise NotCanonical("", str(error)) from error


def sha256_hex(content: bytes) -> str:
    """SHA-256 of ``content``: 64 lower-case hex digits."""
    return hashlib.sha256(content).hexdigest()


def _refuse_fractions(value: Any, pointer: str) -> None:
    if value is None or isinstance(value, str | int):
        return
    if isinstance(value, Mapping):
        for key, member in value.items():
            _refuse_fractions(member, f"{pointer}/{key}")
    elif isinstance(value, list | tuple):
        for index, member in enumerate(value):
            _refuse_fractions(member, f"{pointer}/{index}")
    else:
        reason = (
            f"a {type(value).__name__} is not canonical JSON; write fractions, instants and ids as strings"
        )
        raise NotCanonical(pointer, reason)
