"""Optimistic concurrency over HTTP: a strong ETag from a revision, If-Match to write, If-None-Match to read."""

import re
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Header, Request, Response
from fastapi.exceptions import RequestValidationError

from shared.errors import DomainError, Kind, StaleVersion

LONGEST = 1000
"""Characters of If-Match and If-None-Match: many times what anybody needs."""
_REVISION = re.compile(r'"(\d{1,18})"')


class PreconditionRequired(DomainError):
    """A change must say which version it is made to."""

    kind = Kind.PRECONDITION_MISSING
    title = "If-Match is required"

    def __init__(self) -> None:
        super().__init__("Send the ETag of the version you read in the header If-Match.")


def etag_of(revision: int) -> str:
    """The strong ETag of a revision, with its quotes: ``"7"``."""
    return f'"{revision}"'


@dataclass(frozen=True, slots=True)
class IfMatch:
    """The revisions a caller is ready to change; weak and foreign tags match nothing (RFC 9110, 13.1.1)."""

    revisions: frozenset[int]

    def check(self, revision: int) -> None:
        """Raise ``StaleVersion`` (with the present ETag) unless ``revision`` is one of those named."""
        if revision not in self.revisions:
            raise StaleVersion(etag_of(revision))


async def if_match(
    header: Annotated[
        str | None,
        Header(
            alias="If-Match",
            max_length=LONGEST,
            description="The ETag of the version you read",
            examples=['"7"'],
        ),
    ] = None,
) -> IfMatch:
    """The caller's If-Match. Raises ``PreconditionRequired`` without one; ``*`` names no version, so it counts as none."""
    if header is None or header.strip() in ("", "*"):
        raise PreconditionRequired
    tags = (tag.strip() for tag in header.split(","))
    return IfMatch(frozenset(int(found[1]) for tag in tags if (found := _REVISION.fullmatch(tag))))


IfMatchDep = Annotated[IfMatch, Depends(if_match)]


def not_modified(request: Request, etag: str) -> Response | None:
    """The 304 to answer with when the caller's If-None-Match names ``etag`` (weak comparison), else None.

    Raises ``RequestValidationError`` for a header that is longer than the contract allows.
    """
    header = request.headers.get("if-none-match", "")
    if len(header) > LONGEST:
        told = {"msg": f"String should have at most {LONGEST} characters", "input": None}
        raise RequestValidationError(
            [{"type": "string_too_long", "loc": ("header", "If-None-Match"), **told}]
        )
    tags = {tag.strip().removeprefix("W/") for tag in header.split(",")}
    if etag in tags or "*" in tags:
        return Response(status_code=304, headers={"ETag": etag})
    return None
