"""How a caller signs in, and who may call an operation: OpenAPI security out of each route's access rule."""

from collections.abc import Iterator
from typing import Any

from shared.auth.caller import TRACKS, Role
from shared.auth.rules import Access, Bound, Reach, Token
from shared.auth.scopes import scope_meanings

ISSUER = "https://issuer.k-city.example"
"""Stands for the installation's own issuer, whose real addresses are in its discovery document."""
_NOTE = "The addresses stand for those of the installation's issuer: read the real ones from its discovery document."
_JWT = "a signed JWT, checked as RFC8725 and RFC9068 say (algorithm, issuer, audience, time, key)"

SCHEMES: dict[str, Any] = {
    "bearer": {
        "type": "http",
        "scheme": "bearer",
        "bearerFormat": "JWT",
        "description": f"The access token of a person, however obtained: {_JWT}.",
    },
    "people": {
        "type": "oauth2",
        "description": f"People sign in with authorization code and PKCE (S256). What they may do follows from their "
        f"roles, not from scopes. The access token is {_JWT}. {_NOTE}",
        "flows": {
            "authorizationCode": {
                "authorizationUrl": f"{ISSUER}/authorize",
                "tokenUrl": f"{ISSUER}/token",
                "refreshUrl": f"{ISSUER}/token",
                "scopes": {"openid": "Who signed in", "profile": "The name to greet them by"},
            }
        },
    },
    "machines": {
        "type": "oauth2",
        "description": f"Other systems get a token with client credentials. They may do what its scopes say and "
        f"nothing else; `<scope>:<track>` covers one track. The access token is {_JWT}. {_NOTE}",
        "flows": {
            "clientCredentials": {"tokenUrl": f"{ISSUER}/token", "scopes": dict(scope_meanings())},
        },
    },
    "openid": {
        "type": "openIdConnect",
        "openIdConnectUrl": f"{ISSUER}/.well-known/openid-configuration",
        "description": f"Discovery for libraries that sign in by themselves. The access token is {_JWT}. {_NOTE}",
    },
}
_PEOPLE: tuple[dict[str, list[str]], ...] = ({"people": []}, {"bearer": []})
_ROLES = {
    Role.APPLICANT: "applicants",
    Role.SECRETARIAT_OFFICER: "secretariat officers",
    Role.MINISTRY_OFFICER: "ministry officers",
    Role.REVIEWER: "reviewers",
    Role.OPERATOR: "operators",
    Role.SYSTEM: "systems",
}


def security_of(rule: Access) -> list[dict[str, list[str]]]:
    """The alternatives of an operation's ``security``; empty where no token is looked at."""
    if rule.token is Token.NONE:
        return []
    alternatives: list[dict[str, list[str]]] = [dict(one) for one in _PEOPLE]
    if rule.scope is not None:
        names = (rule.scope.name, *(rule.scope.of_track(track) for track in TRACKS))
        alternatives += [{"machines": [name]} for name in names]
    elif not rule.roles:
        alternatives.append({"machines": []})
    return [{}, *alternatives] if rule.token is Token.OPTIONAL else alternatives


def who_may_call(rule: Access) -> str:
    """The rule in words, for the description."""
    return " ".join(("**Who may call it:**", *_sentences(rule)))


def _sentences(rule: Access) -> Iterator[str]:
    if rule.token is Token.NONE:
        yield "everybody, without a token."
    elif rule.token is Token.OPTIONAL:
        yield "everybody; to some roles a token shows more."
    elif rule.roles:
        people = ", ".join(name for role, name in _ROLES.items() if role in rule.roles)
        systems = f"; systems with the scope `{rule.scope.name}` (or that of one track)" if rule.scope else ""
        yield f"{people}{systems}."
    else:
        yield "whoever has a token."
    if rule.on is not None:
        yield _of_object(rule.on)
    if rule.on is not None and rule.scope is not None:
        yield "A system reaches what officers of the tracks in its scope reach."


def _of_object(on: Bound) -> str:
    acting = "; ".join(tie.value for tie in on.acts)
    seeing = "; ".join(tie.value for tie in on.sees if tie not in on.acts)
    if on.reach is Reach.MANY:
        return f"**Which {on.what} each finds in the list:** {acting}."
    named = "" if on.reach is Reach.ONE else " named in the body"
    others = "Others are refused (403)." if on.reach is Reach.NAMED else "For others it does not exist (404)."
    refused = f" Who may see it, but not do this, is refused (403): {seeing}." if seeing else ""
    return f"**On which {on.what}{named}:** {acting}.{refused} {others}"
