"""The form of an access token, looked at before any key is: what is odd is refused, never interpreted. Pure.

Two readers that disagree about a token (a claim that stands twice, a key that the token brings along) are how
tokens are forged; so is a header that makes the verifier fetch something. Sources: RFC 7515, RFC 8725, RFC 9068.
"""

import base64
import json
import re
from collections.abc import Mapping
from typing import Any, NoReturn

LONGEST_TOKEN = 8_192
DEEPEST_CLAIM = 8
_PARTS = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+")
_HEADERS = frozenset({"alg", "kid", "typ", "x5t", "x5t#S256"})
"""Others (``jwk``, ``jku``, ``x5u``, ``x5c``, ``crit`` …) say where keys are or how to read: that is not a token's to say."""
_TYPES = frozenset({"jwt", "at+jwt", "application/at+jwt"})


class OddToken(ValueError):
    """It is not the plain signed token that our issuer writes."""


def key_id_of(token: str) -> str:
    """The id of the key that the token says it was signed with. Raises ``OddToken`` unless its form is plain."""
    if len(token) > LONGEST_TOKEN or not _PARTS.fullmatch(token):
        raise OddToken("not three parts, or too long")
    header, claims = (_object_in(part) for part in token.split(".")[:2])
    if not header.keys() <= _HEADERS or str(header.get("typ", "JWT")).lower() not in _TYPES:
        raise OddToken("a header of another kind")
    key_id = header.get("kid")
    if not isinstance(key_id, str):
        raise OddToken("no key is named")
    _refuse_depth(claims)
    return key_id


def _object_in(part: str) -> Mapping[str, Any]:
    try:
        text = base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)).decode()
        found = json.loads(text, object_pairs_hook=_without_twins, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise OddToken("unreadable") from error
    if not isinstance(found, dict):
        raise OddToken("not an object")
    return found


def _without_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise OddToken("a claim stands twice")
    return found


def _refuse_constant(_constant: str) -> NoReturn:
    raise OddToken("NaN and Infinity are no JSON numbers")


def _refuse_depth(claims: Mapping[str, Any]) -> None:
    level: list[Any] = [claims]
    for _ in range(DEEPEST_CLAIM):
        level = [member for item in level for member in _members(item)]
        if not level:
            return
    raise OddToken("nested too deep")


def _members(item: Any) -> list[Any]:
    members = item.values() if isinstance(item, Mapping) else item
    return [member for member in members if isinstance(member, Mapping | list)]
