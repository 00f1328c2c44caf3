"""What every reading operation answers with."""

from typing import Any

from shared.http.contract.words import Answer, Audience, Described, Link, one

UNCHANGED = Answer(headers=("ETag",))


def read(example: dict[str, Any], summary: str, *links: Link) -> Described:
    """An operation for everybody, whose answer may be kept and asked for again."""
    return Described(
        Audience.PUBLIC, answers={200: Answer(one(example, summary), ("ETag",), links), 304: UNCHANGED}
    )
