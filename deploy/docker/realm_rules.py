"""What Keycloak's realm must say so that its tokens carry the claims that the services read."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from deploy.docker.compose_rules import Compose
from deploy.docker.image import ROOT
from shared.auth.caller import Role

REALM_FILE = ROOT / "deploy/keycloak/kcity-realm.json"
AUDIENCE = "kcity"
CLAIMS = frozenset({"roles", "organisation_id", "tracks"})


def read_realm() -> Mapping[str, Any]:
    """The realm as Keycloak imports it."""
    realm: Mapping[str, Any] = json.loads(REALM_FILE.read_text())
    return realm


def differing_roles(realm: Mapping[str, Any], _: Compose) -> Iterator[str]:
    """Roles that the services do not know or the realm lacks; roles that no sample person or machine has."""
    roles = {role["name"] for role in realm["roles"]["realm"]}
    if roles != set(Role):
        yield f"the realm has the roles {sorted(roles)}, the services {sorted(Role)}"
    held = {role for user in realm["users"] for role in user["realmRoles"]}
    yield from (f"nobody in the realm is {role}" for role in sorted(set(Role) - held))


def missing_claims(realm: Mapping[str, Any], _: Compose) -> Iterator[str]:
    """Clients whose tokens lack a claim or the audience."""
    for client in realm["clients"]:
        configs = [mapper["config"] for mapper in client["protocolMappers"]]
        claims = {config.get("claim.name") for config in configs if config["access.token.claim"] == "true"}
        yield from (f"{client['clientId']} puts no {claim} into tokens" for claim in sorted(CLAIMS - claims))
        if AUDIENCE not in {config.get("included.custom.audience") for config in configs}:
            yield f"{client['clientId']} does not say the audience {AUDIENCE}"
        if {"profile", "email"} & set(client["defaultClientScopes"]):
            yield f"{client['clientId']} puts personal data into every token"


def loose_clients(realm: Mapping[str, Any], _: Compose) -> Iterator[str]:
    """Ways to get a token that should not be open."""
    for client in realm["clients"]:
        if client["directAccessGrantsEnabled"] or client["implicitFlowEnabled"]:
            yield f"{client['clientId']} takes passwords or gives tokens in addresses"
        if client["publicClient"] and client["attributes"].get("pkce.code.challenge.method") != "S256":
            yield f"{client['clientId']} is public and does not ask for PKCE"


def written_secrets(realm: Mapping[str, Any], compose: Compose) -> Iterator[str]:
    """Secrets that stand in the file, or come from a variable that the composition does not give."""
    given = {f"${{{name}}}" for name in compose["services"]["identity"]["environment"]}
    secrets = [(client["clientId"], client["secret"]) for client in realm["clients"] if "secret" in client]
    for user in realm["users"]:
        secrets += [(user["username"], each["value"]) for each in user.get("credentials", [])]
    for name, secret in secrets:
        if secret not in given:
            yield f"the secret of {name} is not from the environment"


RULES = (differing_roles, missing_claims, loose_clients, written_secrets)
