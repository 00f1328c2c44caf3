"""A POST that is ready to be sent."""

from dataclasses import dataclass
from typing import Protocol, Self

from services.tests.idempotency.desk import Ask
from shared.testing.plugin import TokenFor


class Person(Protocol):
    """Somebody of a service's own tests."""

    @property
    def subject(self) -> str: ...

    @property
    def token(self) -> str | None: ...


@dataclass(frozen=True)
class Prepared:
    """``powerless``: a token of the same person, who has lost every role. ``other``: another request of the route.

    ``spoiled``: the request with a fault in its body, None where it has no body.
    """

    token: str
    powerless: str
    ask: Ask
    other: Ask
    spoiled: Ask | None = None

    @classmethod
    def by(
        cls, person: Person, token_for: TokenFor, ask: Ask, other: Ask, spoiled: Ask | None = None
    ) -> Self:
        assert person.token is not None
        return cls(person.token, token_for(subject=person.subject), ask, other, spoiled)

    @classmethod
    def json(cls, person: Person, token_for: TokenFor, path: str, body: object, other: object) -> Self:
        """A POST with a JSON body, to which another one is given."""
        return cls.by(person, token_for, Ask(path, body), Ask(path, other), Ask(path, {"unknown": 1}))

    @classmethod
    def bare(cls, person: Person, token_for: TokenFor, path: str) -> Self:
        """A POST without a body; with one it is another request."""
        return cls.by(person, token_for, Ask(path), Ask(path, {"another": "request"}))
