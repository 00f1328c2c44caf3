"""What the contract says of an operation beyond what its code does: for whom, examples, headers, links. Data.

Every service has a ``contract`` package beside its endpoints that fills these in; a test refuses an operation
without them, and an example that does not fit its schema.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from pydantic import BaseModel


class Audience(Enum):
    """For whom an operation is there first of all: its tag. Who may call it is said by its access rule."""

    PUBLIC = "public"
    APPLICANTS = "applicants"
    SECRETARIAT = "secretariat"
    REVIEWERS = "reviewers"
    MINISTRY = "ministry"
    SYSTEMS = "systems"
    OPERATORS = "operators"


AUDIENCES: Mapping[Audience, str] = {
    Audience.PUBLIC: "Everybody (누구나). Calls, announced selections, the catalogue and the time; no token is needed.",
    Audience.APPLICANTS: "Applicants (신청기관): governments and international organisations abroad on the planning "
    "track, Korean companies on the demonstration track. From the draft to the receipt and the result.",
    Audience.SECRETARIAT: "Secretariat officers (전담기관) at KIND (planning) and KAIA (demonstration), each for its "
    "own track: screening, pre-consulting, reviewers, evaluation.",
    Audience.REVIEWERS: "Reviewers (평가위원): the cases assigned to them, their declarations and score sheets.",
    Audience.MINISTRY: "Ministry officers (국토교통부): calls, the approval of selections, invitations.",
    Audience.SYSTEMS: "Programs of any kind (연계 시스템): who am I, and what became of a request after a time-out.",
    Audience.OPERATORS: "Operators (운영자): health, the delivery of events, the clock of a rehearsal.",
}

Named = Mapping[str, Any]
"""Examples by name, each an OpenAPI Example Object."""


@dataclass(frozen=True, slots=True)
class Link:
    """What can be done next, with which parts of this answer (OpenAPI runtime expressions)."""

    operation_id: str
    parameters: Mapping[str, str]
    description: str


@dataclass(frozen=True, slots=True)
class Answer:
    """One way an operation succeeds.

    ``headers``: names out of ``shared.http.contract.headers``. ``also``: examples in other media types than JSON.
    ``location``: an example of the path that the header Location tells, where there is one.
    """

    examples: Named = field(default_factory=dict)
    headers: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    also: Mapping[str, Named] = field(default_factory=dict)
    location: str = ""


@dataclass(frozen=True, slots=True)
class Described:
    """An operation's words. ``request``: examples by media type."""

    audience: Audience
    answers: Mapping[int, Answer]
    request: Mapping[str, Named] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a parameter of this name is, wherever a service takes it, with an example."""

    description: str
    example: Any


@dataclass(frozen=True, slots=True)
class Contract:
    """A service's words: by operation id, by parameter name, and models that only the document refers to.

    ``korean``: what each operation is called in Korean.
    """

    operations: Mapping[str, Described] = field(default_factory=dict)
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    models: tuple[type[BaseModel], ...] = ()
    korean: Mapping[str, str] = field(default_factory=dict)


JSON = "application/json"


def one(value: Any, summary: str = "As it looks") -> Named:
    """A single example, of something that carries no text in a language."""
    return {"example": {"summary": summary, "value": value}}


def both(*, en: Any, ko: Any) -> Named:
    """The same in both threads of the story: in English from Da Nang, in Korean from the company in Seoul."""
    return {
        "en": {"summary": "English: the City of Da Nang, planning track", "value": en},
        "ko": {"summary": "한국어: 길찾기 주식회사, 해외실증형", "value": ko},
    }


def asked(named: Named) -> Mapping[str, Named]:
    """Examples of a JSON request."""
    return {JSON: named}


def page(*items: Any, next_cursor: str | None = None) -> dict[str, Any]:
    """A page with these items."""
    return {"items": list(items), "next_cursor": next_cursor}
