"""Who may call a route: every route declares one rule, ``dependencies=[allow(rule)]``, and gets its caller from it.

``rules_of`` tells the rule of each operation: for the contract, ``/v1/me`` and the tests, which refuse a route
that has none.
"""

from collections.abc import Iterator
from typing import Annotated

import structlog
from fastapi import Depends, FastAPI, Request
from fastapi import params as declared
from fastapi.routing import APIRoute, RouteContext, iter_route_contexts

from shared.auth.bearer import bearer_token
from shared.auth.caller import Caller
from shared.auth.identity import verified
from shared.auth.rules import Access, Token
from shared.auth.verifier import TokenMissing


class NoRule(RuntimeError):
    """A route asks for its caller and declares no rule, or one for everybody: a mistake of ours."""


class Gate:
    """Lets in whom a rule allows; the rest of the request asks it who that is (``CallerDep``)."""

    def __init__(self, rule: Access) -> None:
        self.rule = rule

    async def __call__(self, request: Request) -> None:
        """See ``caller_by``; keeps the caller for this request.

        A route asks before it reads the body, and FastAPI once more as the dependency: the answer is the same.
        """
        if getattr(request.state, "let_in_by", None) is not self:
            request.state.caller = await caller_by(self.rule, request, bearer_token(request.scope))
            request.state.let_in_by = self


class OpenGate:
    """Lets everybody in, and looks at no token."""

    def __init__(self, rule: Access) -> None:
        self.rule = rule

    async def __call__(self) -> None:
        """Nothing to ask."""


async def caller_by(rule: Access, request: Request, token: str | None) -> Caller | None:
    """The caller as ``rule`` sees them; None where no token is needed and none was sent.

    Raises ``TokenMissing``, ``TokenInvalid``, ``TokenExpired``, ``IssuerUnavailable``, ``Forbidden``, ``ScopeMissing``.
    """
    if token is None:
        if rule.token is Token.NEEDED:
            raise TokenMissing
        return None
    caller = await verified(request, token)
    structlog.contextvars.bind_contextvars(subject=caller.subject)
    return rule.admit(caller)


def allow(rule: Access) -> declared.Depends:
    """The rule as an entry of a route's, or a whole router's, ``dependencies``."""
    return declared.Depends(OpenGate(rule) if rule.token is Token.NONE else Gate(rule))


PUBLIC = allow(Access.public())
"""The rule of a route that is everybody's."""


async def caller_if_any(request: Request) -> Caller | None:
    """Whom the route's rule let in; None without a token, where none is needed."""
    found: Caller | None = getattr(request.state, "caller", None)
    return found


async def caller_of(request: Request) -> Caller:
    """Whom the route's rule let in. Raises ``NoRule`` for a mistake in the route."""
    found = await caller_if_any(request)
    if found is None:
        raise NoRule(f"{request.method} {request.url.path} has no rule that needs a token")
    return found


CallerDep = Annotated[Caller, Depends(caller_of)]
MaybeCallerDep = Annotated[Caller | None, Depends(caller_if_any)]


def rules_of(app: FastAPI) -> dict[str, Access | None]:
    """The rule of every operation by its id (``GET /metrics`` where it has none); None: nobody decided, a mistake.

    Raises ``NoRule`` for an operation with two rules.
    """
    found: dict[str, Access | None] = {}
    for route in iter_route_contexts(app.routes):
        if not isinstance(route.original_route, APIRoute):
            continue
        calls = (needed.call for needed in route.dependant.dependencies)
        rules = [call.rule for call in calls if isinstance(call, Gate | OpenGate)]
        for name in _names(route):
            if len(rules) > 1:
                raise NoRule(f"{name} has {len(rules)} rules")
            found[name] = rules[0] if rules else None
    return found


def rule_of(route: APIRoute) -> Access:
    """The rule that a single route declares by itself. Raises ``NoRule``."""
    for gate in _gates(route):
        return gate.rule
    raise NoRule(f"{route.path} declares no rule of its own")


def gate_of(route: APIRoute) -> Gate | None:
    """Who is asked before a request of ``route`` is read; None where no rule looks at a token."""
    return next((gate for gate in _gates(route) if isinstance(gate, Gate)), None)


def _gates(route: APIRoute) -> Iterator[Gate | OpenGate]:
    for each in route.dependencies:
        if isinstance(each, declared.Depends) and isinstance(each.dependency, Gate | OpenGate):
            yield each.dependency


def _names(route: RouteContext) -> Iterator[str]:
    if route.operation_id:
        yield route.operation_id
    else:
        yield from (f"{method} {route.path}" for method in sorted(route.methods or ()))
