"""Who may ask the local issuer for tokens: front ends for people, other systems for themselves."""

import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass

from deploy.local.issuer.refusals import OAuthError
from shared.auth.caller import Role
from shared.auth.scopes import scope_meanings
from shared.settings import DEVELOPMENT_SECRET_PREFIX

DEVELOPMENT_GRANT = "urn:kcity:development"
_LOOPBACK = re.compile(r"http://(localhost|127\.0\.0\.1|\[::1\])(?::[0-9]{1,5})?(/[A-Za-z0-9._~/-]*)")
_EVERY_SCOPE = frozenset(name for name, _ in scope_meanings())


@dataclass(frozen=True, slots=True)
class FrontEnd:
    """A public client: PKCE instead of a secret. ``return_paths``: where it may be returned to, on any loopback port.

    Source: RFC 8252, section 7.3 (the port of a loopback address is not compared, everything else is).
    """

    return_paths: frozenset[str]

    def may_return_to(self, address: str) -> bool:
        """Whether people may be sent back to this address."""
        found = _LOOPBACK.fullmatch(address)
        return found is not None and found[2] in self.return_paths


@dataclass(frozen=True, slots=True)
class Machine:
    """A confidential client with its role and the scopes it may ask for; its secret is ``development-<id>``."""

    role: Role
    scopes: frozenset[str] = frozenset()

    def granted(self, asked: str) -> str:
        """The scopes it gets: those it asks for, all of which it must be allowed. Raises ``OAuthError``."""
        if not set(asked.split()) <= self.scopes:
            raise OAuthError("invalid_scope", "This client may not have each of these scopes.")
        return " ".join(sorted(set(asked.split())))


FRONT_ENDS: Mapping[str, FrontEnd] = {
    "kcity-front-end": FrontEnd(frozenset({"/", "/callback", "/sample-front-end/"})),
}
MACHINES: Mapping[str, Machine] = {
    "kcity-system": Machine(Role.SYSTEM, _EVERY_SCOPE),
    "kcity-system-planning": Machine(
        Role.SYSTEM, frozenset(name for name in _EVERY_SCOPE if name.endswith(":planning"))
    ),
    "kcity-operator": Machine(Role.OPERATOR),
}


def front_end(client_id: str) -> FrontEnd:
    """A client that signs people in. Raises ``OAuthError``."""
    found = FRONT_ENDS.get(client_id)
    if found is None:
        raise OAuthError("invalid_client", "There is no such front end.", 401)
    return found


def machine(client_id: str, secret: str) -> Machine:
    """A client that showed its secret. Raises ``OAuthError``."""
    found = MACHINES.get(client_id)
    right = hmac.compare_digest(secret.encode(), (DEVELOPMENT_SECRET_PREFIX + client_id).encode())
    if found is None or not right:
        raise OAuthError("invalid_client", "Unknown client, or another secret.", 401)
    return found
