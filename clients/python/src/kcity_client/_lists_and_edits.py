"""What both clients say about lists, edits and acts in doubt; pure."""

from collections.abc import Sequence
from typing import Any, Protocol, TypeVar

from kcity_client import _operations
from kcity_client._call import Call
from kcity_client._exchange import Answer
from kcity_client.errors import KCityError
from kcity_client.models import KeptAnswer, KeptAnswers

Item_co = TypeVar("Item_co", covariant=True)


class Page(Protocol[Item_co]):
    """A page of a list."""

    @property
    def items(self) -> Sequence[Item_co]:
        """What is on it."""

    @property
    def next_cursor(self) -> str | None:
        """Where the next one begins; None on the last."""


def etag_of(read: Answer[Any]) -> str:
    """The version that was read. Raises ``ValueError`` for an answer without one."""
    if read.etag is None:
        raise ValueError("what was read has no ETag, so it cannot be edited")
    return read.etag


def kept_answers(act: KCityError | Answer[Any] | str, service: str | None) -> Call[KeptAnswers]:
    """The call that looks an act up. Raises ``ValueError`` where key or service is not known."""
    key = act if isinstance(act, str) else act.idempotency_key
    operation = "" if isinstance(act, str) else act.operation
    of = service or _operations.SERVICE_OF.get(operation)
    if key is None or of is None:
        raise ValueError("an act is looked up by its idempotency key and the name of its service")
    return _operations.LOOK_UPS[of](key=key)


def first(kept: KeptAnswers) -> KeptAnswer | None:
    """What the key came to; one act has one key."""
    return kept.items[0] if kept.items else None
