"""Who may call an operation, on which objects: the rule that every route declares. Pure.

A rule is looked at three times: before the route runs (token, role, scope: ``Access.admit``), in the domain, which
knows the object (``domain/access.py`` of the service), and by the tests, which compute every answer from the rule
alone and compare it with the running service. Whoever is tied to an object in none of the rule's ways gets the
answer of an object that does not exist.
"""

from dataclasses import dataclass, replace
from enum import Enum
from typing import Self

from shared.auth.caller import Caller, Role
from shared.auth.scopes import Scope
from shared.errors import DomainError, Forbidden, Kind

_NO_ORGANISATION = "Your token names no organisation: ask whoever runs your sign-in to add organisation_id."


class ScopeMissing(DomainError):
    """A system's token lacks the scope that this operation needs."""

    kind = Kind.FORBIDDEN
    title = "The access token lacks a scope"

    def __init__(self, scope: Scope) -> None:
        super().__init__(
            f"Ask the issuer for a token with the scope {scope.name}, or for one track with {scope.name}:<track>.",
            facts={"scope": scope.name},
        )
        self.challenge = f'Bearer error="insufficient_scope", scope="{scope.name}"'


class Token(Enum):
    """Whether an operation needs an access token."""

    NONE = "none"
    OPTIONAL = "optional"  # it shows more to some; a token that is sent must be good
    NEEDED = "needed"


class Tie(Enum):
    """A way in which a caller is tied to an object."""

    ANYBODY_ONCE_ANNOUNCED = "everybody, once it is announced"
    HOLDER = "whoever holds its link"
    MAKER = "whoever made it"
    ORGANISATION = "applicants of its organisation"
    ORGANISATION_ONCE_ANNOUNCED = "applicants of its organisation, once it is announced"
    TRACK = "officers of its track"  # the ministry is of both; a system is, where a scope lets it in
    TRACK_ONCE_RECEIVED = "officers of its track, once it was received"
    SECRETARIAT = "secretariat officers of its track"
    MINISTRY = "ministry officers"
    OPERATORS = "operators"
    ASSIGNED = "reviewers assigned to it without a conflict"
    ADVISER = "its adviser"
    PROPOSER = "the officer who proposed it"


class Reach(Enum):
    """How an operation reaches an object, and what it answers to whom is not tied to it."""

    ONE = "named in the path: 404, as if it did not exist"
    MANY = "listed: left out"
    NAMED = "named in the body: 403"
    CHOSEN = "named in the body: 404, as if it did not exist"


@dataclass(frozen=True, slots=True)
class Bound:
    """The objects of an operation. ``acts``: who may do it; ``sees``: who knows it exists, and is told 403."""

    what: str
    acts: tuple[Tie, ...]
    sees: tuple[Tie, ...] = ()
    reach: Reach = Reach.ONE


def one(what: str, *acts: Tie, sees: tuple[Tie, ...] = ()) -> Bound:
    """The object named in the path."""
    return Bound(what, acts, sees)


def many(what: str, *ties: Tie) -> Bound:
    """A list, which shows to each caller what they are tied to."""
    return Bound(what, ties, reach=Reach.MANY)


@dataclass(frozen=True, slots=True)
class Access:
    """The rule of one operation.

    ``roles``: the people who may call it, empty for anybody with a token. ``scope``: what a system's token must
    have; without one no system may call it, unless anybody may. ``on``: how the object is bound, None without one.
    """

    token: Token
    roles: frozenset[Role] = frozenset()
    scope: Scope | None = None
    on: Bound | None = None

    @classmethod
    def public(cls, on: Bound | None = None, *, shows_more_to_some: bool = False) -> Self:
        """For everybody, without a token; ``shows_more_to_some``: with one they see what their role lets them."""
        return cls(Token.OPTIONAL if shows_more_to_some else Token.NONE, on=on)

    @classmethod
    def known(cls) -> Self:
        """For whoever has a token, systems too: only what is about themselves."""
        return cls(Token.NEEDED)

    @classmethod
    def to(cls, *roles: Role, scope: Scope | None = None, on: Bound | None = None) -> Self:
        """For people of these roles, and for systems with the scope."""
        return cls(Token.NEEDED, frozenset(roles), scope, on)

    def admit(self, caller: Caller) -> Caller:
        """The caller as this operation sees them: a system with the tracks that its scope covers.

        Raises ``Forbidden`` for a wrong role, an applicant for no organisation and a system that nothing opens
        this for, ``ScopeMissing``.
        """
        if not caller.is_machine:
            if not self.admits(caller):
                caller.must_be(*self.roles)
                raise Forbidden(_NO_ORGANISATION)
            return caller
        if self.scope is None:
            if self.roles:
                raise Forbidden("No system may do this.")
            return caller
        tracks = self.scope.tracks_in(caller.scopes)
        if not tracks:
            raise ScopeMissing(self.scope)
        return replace(caller, tracks=tracks)

    def admits(self, caller: Caller) -> bool:
        """Whether ``admit`` lets this caller through."""
        if not caller.is_machine:
            held = caller.roles if caller.organisation_id else caller.roles - {Role.APPLICANT}
            return not self.roles or not held.isdisjoint(self.roles)
        return not self.roles if self.scope is None else bool(self.scope.tracks_in(caller.scopes))
