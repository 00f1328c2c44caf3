"""The check finds nothing wrong now, and finds each fault that is planted."""

import copy
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from deploy.docker import compose_rules as rules
from deploy.docker import front_door_rules, realm_rules, version_rules
from deploy.docker.check import faults, schema_faults

Plant = Callable[[Any], object]


def _user(realm: Any, username: str) -> int:
    return [user["username"] for user in realm["users"]].index(username)


def _scope(realm: Any, name: str) -> int:
    return [scope["name"] for scope in realm["clientScopes"]].index(name)


COMPOSE_FAULTS: dict[str, tuple[Callable[[Mapping[str, Any]], Iterator[str]], Plant]] = {
    "topics depends on zookeeper": (
        rules.dangling_names,
        lambda services: services["topics"]["depends_on"].update(zookeeper={"condition": "service_healthy"}),
    ),
    "kafka is in the network elsewhere": (
        rules.dangling_names,
        lambda services: services["kafka"].update(networks=["elsewhere"]),
    ),
    "kafka mounts unknown": (
        rules.dangling_names,
        lambda services: services["kafka"].update(volumes=["unknown:/data"]),
    ),
    "nobody mounts the volume kafka": (
        rules.dangling_names,
        lambda services: services["kafka"].pop("volumes"),
    ),
    "mounts ./missing.sh, which is no file": (
        rules.dangling_names,
        lambda services: services["mail"].update(volumes=["./missing.sh:/missing.sh"]),
    ),
    "topics waits for kafka by service_completed": (
        rules.unfit_conditions,
        lambda services: services["topics"]["depends_on"].update(
            kafka={"condition": "service_completed_successfully"}
        ),
    ),
    "waits for mail to be healthy, which has no": (
        rules.unfit_conditions,
        lambda services: services["mail"].pop("healthcheck"),
    ),
    "review-worker is missing": (
        rules.differing_commands,
        lambda services: services.pop("review-worker"),
    ),
    "the front door is told KCITY_HOST, which it does not know": (
        front_door_rules.untold_front_door,
        lambda services: services["front-door"]["environment"].update(KCITY_HOST="x"),
    ),
    "the front door is not told KCITY_PUBLIC_URL": (
        front_door_rules.untold_front_door,
        lambda services: services["front-door"]["environment"].pop("KCITY_PUBLIC_URL"),
    ),
    "the front door is built by Dockerfile": (
        front_door_rules.untold_front_door,
        lambda services: services["front-door"]["build"].update(dockerfile="Dockerfile"),
    ),
    "intake-api runs uvicorn": (
        rules.differing_commands,
        lambda services: services["intake-api"].update(command="uvicorn services.intake.main:app"),
    ),
    "but called kcity/review": (
        rules.differing_builds,
        lambda services: services["catalog-api"].update(image="kcity/review:development"),
    ),
    "uses another service's database": (
        rules.differing_builds,
        lambda services: services["catalog-api"].update(
            environment={"KCITY_DATABASE_URL": "postgresql://catalog:x@postgres:5432/intake"}
        ),
    ),
    "notification-worker is asked for its health at http://127.0.0.1:9999/ready": (
        rules.differing_builds,
        lambda services: services["notification-worker"].update(
            healthcheck={"test": ["CMD", "http://127.0.0.1:9999/ready"]}
        ),
    ),
    "postgres may rule the machine": (
        rules.missing_locks,
        lambda services: services["postgres"].update(privileged=True),
    ),
    "mail lacks no-new-privileges": (
        rules.missing_locks,
        lambda services: services["mail"].pop("security_opt"),
    ),
    "identity opens 8180:8180 to everybody": (
        rules.missing_locks,
        lambda services: services["identity"].update(ports=["8180:8180"]),
    ),
    "review-api is not read-only": (
        rules.missing_locks,
        lambda services: services["review-api"].update(read_only=False),
    ),
    "kafka is 3.9.0 in containers": (
        version_rules.differing_versions,
        lambda services: services["kafka"].update(image="apache/kafka:3.9.0"),
    ),
}

REALM_FAULTS: dict[str, tuple[Callable[[Any, Any], Iterator[str]], Plant]] = {
    "the realm has the roles": (
        realm_rules.differing_roles,
        lambda realm: realm["roles"]["realm"].pop(),
    ),
    "nobody in the realm is reviewer": (
        realm_rules.differing_roles,
        lambda realm: [user.update(realmRoles=["operator"]) for user in realm["users"]],
    ),
    "sample-reviewer is in one of realm and sample people only": (
        realm_rules.differing_people,
        lambda realm: realm["users"].pop(_user(realm, "sample-reviewer")),
    ),
    "sample-officer-kind is somebody else": (
        realm_rules.differing_people,
        lambda realm: realm["users"][_user(realm, "sample-officer-kind")]["attributes"].clear(),
    ),
    "kcity-front-end may return to http://localhost:8080/*": (
        realm_rules.differing_clients,
        lambda realm: realm["clients"][0]["redirectUris"].append("http://localhost:8080/*"),
    ),
    "kcity-system-planning may have other scopes": (
        realm_rules.differing_clients,
        lambda realm: realm["clients"][2]["optionalClientScopes"].append("cases:read"),
    ),
    "kcity-system is in one of realm and local issuer only": (
        realm_rules.differing_clients,
        lambda realm: realm["clients"].pop(1),
    ),
    "the scope cases:read is missing": (
        realm_rules.differing_scopes,
        lambda realm: realm["clientScopes"].pop(_scope(realm, "cases:read")),
    ),
    "kcity-system has the unknown scope cases:read": (
        realm_rules.differing_scopes,
        lambda realm: realm["clientScopes"].pop(_scope(realm, "cases:read")),
    ),
    "kcity-front-end puts no subject into tokens": (
        realm_rules.differing_scopes,
        lambda realm: realm["clientScopes"][_scope(realm, "basic")]["protocolMappers"].clear(),
    ),
    "refresh tokens are not replaced": (
        realm_rules.lasting_refresh_tokens,
        lambda realm: realm.update(revokeRefreshToken=False),
    ),
    "kcity-system puts no tracks into tokens": (
        realm_rules.missing_claims,
        lambda realm: realm["clients"][1].update(protocolMappers=realm["clients"][1]["protocolMappers"][:-1]),
    ),
    "does not say the audience": (
        realm_rules.missing_claims,
        lambda realm: realm["clients"][0].update(protocolMappers=realm["clients"][0]["protocolMappers"][1:]),
    ),
    "puts personal data into every token": (
        realm_rules.missing_claims,
        lambda realm: realm["clients"][0].update(defaultClientScopes=["basic", "email"]),
    ),
    "takes passwords": (
        realm_rules.loose_clients,
        lambda realm: realm["clients"][0].update(directAccessGrantsEnabled=True),
    ),
    "does not ask for PKCE": (
        realm_rules.loose_clients,
        lambda realm: realm["clients"][0].update(attributes={}),
    ),
    "the secret of kcity-system is not from the environment": (
        realm_rules.written_secrets,
        lambda realm: realm["clients"][1].update(secret="written here"),
    ),
}


class TestCheck:
    def test_finds_nothing_wrong_in_this_repository(self) -> None:
        assert list(faults()) == []

    @pytest.mark.parametrize("fault", COMPOSE_FAULTS)
    def test_finds_a_planted_fault_of_the_composition(self, fault: str) -> None:
        rule, plant = COMPOSE_FAULTS[fault]
        compose = copy.deepcopy(rules.read_compose())
        plant(compose["services"])
        found = list(rule(compose))
        assert any(fault in each for each in found), found

    @pytest.mark.parametrize("fault", REALM_FAULTS)
    def test_finds_a_planted_fault_of_the_realm(self, fault: str) -> None:
        rule, plant = REALM_FAULTS[fault]
        realm = copy.deepcopy(realm_rules.read_realm())
        plant(realm)
        found = list(rule(realm, rules.read_compose()))
        assert any(fault in each for each in found), found

    def test_finds_what_the_specification_does_not_know(self, tmp_path: Path) -> None:
        file = tmp_path / "compose.yml"
        file.write_text("services: {one: {image: a, depend_on: [two]}}")
        [fault] = schema_faults(file)
        assert "depend_on" in fault
