"""What Keycloak's realm must say so that its tokens carry the claims that the services read."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from deploy.docker.compose_rules import Compose
from deploy.docker.image import ROOT
from deploy.local.issuer.clients import FRONT_ENDS, MACHINES
from deploy.local.people import SamplePerson, sample_people
from shared.auth.caller import Role
from shared.auth.scopes import scope_meanings

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


def differing_people(realm: Mapping[str, Any], _: Compose) -> Iterator[str]:
    """Sample people who are others here than at the local issuer."""
    here = {user["username"]: user for user in realm["users"] if "serviceAccountClientId" not in user}
    people = {person.username: person for person in sample_people()}
    yield from (f"{name} is in one of realm and sample people only" for name in sorted(here.keys() ^ people))
    for name in sorted(here.keys() & people):
        if _told_of(here[name]) != _told_of_sample(people[name]):
            yield f"{name} is somebody else than in the sample people"


def differing_clients(realm: Mapping[str, Any], _: Compose) -> Iterator[str]:
    """Clients that the local issuer does not know, or that may do something else there."""
    clients = {client["clientId"]: client for client in realm["clients"]}
    systems = {name: one for name, one in MACHINES.items() if one.role is Role.SYSTEM}
    known = FRONT_ENDS.keys() | systems
    yield from (f"{name} is in one of realm and local issuer only" for name in sorted(clients.keys() ^ known))
    for name in sorted(FRONT_ENDS.keys() & clients):
        addresses = [*clients[name]["redirectUris"], *clients[name].get("webOrigins", ())]
        foreign = [one for one in addresses if one != "+" and not FRONT_ENDS[name].may_return_to(one)]
        yield from (f"{name} may return to {one}, which the local issuer refuses" for one in foreign)
    for name in sorted(systems.keys() & clients):
        if set(clients[name]["optionalClientScopes"]) != systems[name].scopes:
            yield f"{name} may have other scopes than at the local issuer"


def differing_scopes(realm: Mapping[str, Any], _: Compose) -> Iterator[str]:
    """Scopes that the services do not know, or that a client names and the realm does not have."""
    scopes = {scope["name"]: scope for scope in realm["clientScopes"]}
    meanings = dict(scope_meanings())
    for name in sorted(meanings):
        if scopes.get(name, {}).get("description") != meanings[name]:
            yield f"the scope {name} is missing or means something else"
        elif scopes[name]["attributes"]["include.in.token.scope"] != "true":
            yield f"the scope {name} is not told in tokens"
    for client in realm["clients"]:
        named = {*client["defaultClientScopes"], *client["optionalClientScopes"]}
        yield from (
            f"{client['clientId']} has the unknown scope {one}" for one in sorted(named - scopes.keys())
        )
        mappers = [each for one in named & scopes.keys() for each in scopes[one].get("protocolMappers", [])]
        if "oidc-sub-mapper" not in {mapper["protocolMapper"] for mapper in mappers}:
            yield f"{client['clientId']} puts no subject into tokens"


def lasting_refresh_tokens(realm: Mapping[str, Any], _: Compose) -> Iterator[str]:
    """Refresh tokens that may be used twice."""
    if not realm.get("revokeRefreshToken") or realm.get("refreshTokenMaxReuse") != 0:
        yield "refresh tokens are not replaced at each use"


def _told_of(user: Mapping[str, Any]) -> tuple[object, ...]:
    attributes = user["attributes"]
    name = f"{user['firstName']} {user['lastName']}"
    organisation, tracks = attributes.get("organisation_id", []), attributes.get("tracks", [])
    return user.get("id"), name, user["realmRoles"], organisation, tracks


def _told_of_sample(person: SamplePerson) -> tuple[object, ...]:
    organisation = [str(person.organisation_id)] if person.organisation_id else []
    return person.subject, person.name.en, [person.role], organisation, list(person.tracks)


RULES = (
    differing_roles,
    differing_people,
    differing_clients,
    differing_scopes,
    missing_claims,
    loose_clients,
    lasting_refresh_tokens,
    written_secrets,
)
