"""What docker-compose.yml must keep to; each rule yields one sentence per fault."""

import shlex
from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from deploy.docker.image import DOCKERFILE, ROOT, final_stage, the_only
from shared.commands import api_command, migrate_command, topics_command, worker_command
from shared.settings import API_PORTS, SERVICES, WORKER_PORTS

COMPOSE_FILE = ROOT / "docker-compose.yml"
Compose = Mapping[str, Any]

ANY_HOST = "0.0.0.0"  # noqa: S104 - inside a container, whose network decides who reaches it
SETUP_JOBS = frozenset({"receipt-key"})
"""Containers of ours whose command is no program of the local stack."""


def read_compose() -> Compose:
    """The composition as YAML says it, anchors followed, ``${…}`` left alone."""
    loaded: Compose = yaml.safe_load(COMPOSE_FILE.read_text())
    return loaded


def expected_commands() -> dict[str, list[str]]:
    """The argv of each container of ours, from the same source as the local stack's."""
    commands = {"topics": topics_command()}
    for service in SERVICES:
        commands[f"{service}-api"] = api_command(service, ANY_HOST, API_PORTS[service])
        commands[f"{service}-worker"] = worker_command(service)
        commands[f"{service}-migrate"] = migrate_command(service, rehearsal=True)
    return commands


def ours(compose: Compose) -> dict[str, Any]:
    """The containers of our services: those that are built from their Dockerfile."""
    dockerfile = DOCKERFILE.relative_to(ROOT).as_posix()
    return {
        name: service
        for name, service in compose["services"].items()
        if service.get("build", {}).get("dockerfile") == dockerfile
    }


def argv(command: str | list[str]) -> list[str]:
    """A command of the composition as an argv: a string is split as a shell would, without running one."""
    return shlex.split(command) if isinstance(command, str) else command


def dangling_names(compose: Compose) -> Iterator[str]:
    """Names of containers, networks, volumes and files that stand nowhere; what stands there but is not used."""
    used: set[str] = set()
    for name, service in compose["services"].items():
        for other in service.get("depends_on", {}):
            if other not in compose["services"]:
                yield f"{name} depends on {other}, which is no service"
        for network in service.get("networks", {}):
            if network not in compose["networks"]:
                yield f"{name} is in the network {network}, which does not exist"
        for volume in service.get("volumes", []):
            source = volume.split(":")[0]
            used.add(source)
            if source.startswith("."):
                if not (ROOT / source).is_file():
                    yield f"{name} mounts {source}, which is no file"
            elif source not in compose["volumes"]:
                yield f"{name} mounts {source}, which is no volume"
    yield from (f"nobody mounts the volume {volume}" for volume in compose["volumes"] if volume not in used)


def unfit_conditions(compose: Compose) -> Iterator[str]:
    """Waits that would never end or not wait: health of what has no check, the end of what stays."""
    for name, service in compose["services"].items():
        for other, wait in service.get("depends_on", {}).items():
            awaited = compose["services"].get(other, {})
            is_job = awaited.get("restart") == "no"
            if is_job != (wait["condition"] == "service_completed_successfully"):
                yield f"{name} waits for {other} by {wait['condition']}"
            elif not is_job and "test" not in awaited.get("healthcheck", {}):
                yield f"{name} waits for {other} to be healthy, which has no health check"


def differing_commands(compose: Compose) -> Iterator[str]:
    """Containers of ours that run something else than the local stack runs, or are missing."""
    expected = expected_commands()
    present = ours(compose)
    yield from (f"{name} is missing" for name in sorted(expected.keys() - present.keys()))
    for name, service in present.items():
        said = argv(service["command"])
        if name not in SETUP_JOBS and said != expected.get(name):
            yield f"{name} runs {shlex.join(said)}, the local stack {expected.get(name)}"


def differing_builds(compose: Compose) -> Iterator[str]:
    """Build arguments, databases and health checks that name another service or port than their container."""
    for name, container in ours(compose).items():
        service = container["build"]["args"]["SERVICE"]
        port = str(API_PORTS[service])
        if container["build"]["args"]["API_PORT"] != port:
            yield f"{name} is built for the port {container['build']['args']['API_PORT']}, not {port}"
        if not container["image"].startswith(f"kcity/{service}:"):
            yield f"{name} is built as {service} but called {container['image']}"
        if not container["environment"]["KCITY_DATABASE_URL"].endswith(f"@postgres:5432/{service}"):
            yield f"{name} uses another service's database"
        if name in {f"{service}-api", f"{service}-worker"}:
            own = API_PORTS[service] if name.endswith("-api") else WORKER_PORTS[service]
            if container["healthcheck"]["test"][-1] != f"http://127.0.0.1:{own}/ready":
                yield f"{name} is asked for its health at {container['healthcheck']['test'][-1]}"


def missing_locks(compose: Compose) -> Iterator[str]:
    """Containers that could do more than they need."""
    for name, service in compose["services"].items():
        if service.get("privileged") or "docker.sock" in str(service.get("volumes")):
            yield f"{name} may rule the machine"
        if "no-new-privileges:true" not in service.get("security_opt", []):
            yield f"{name} lacks no-new-privileges"
        yield from (
            f"{name} opens {port} to everybody" for port in service.get("ports", []) if not _loopback(port)
        )
    for name, service in ours(compose).items():
        if not service.get("read_only") or service.get("cap_drop") != ["ALL"] or service.get("ports"):
            yield f"{name} is not read-only, keeps capabilities or publishes a port"


def differing_image(_: Compose) -> Iterator[str]:
    """Commands of the Dockerfile that are not those of the composition; a final stage that runs as root."""
    stage = final_stage(DOCKERFILE.read_text())
    for service in SERVICES:
        values = {"SERVICE": service, "API_PORT": str(API_PORTS[service])}
        started = the_only(stage, "CMD").argv(values)
        if started != api_command(service, ANY_HOST, API_PORTS[service]):
            yield f"the image of {service} starts {shlex.join(started)}"
        asked = the_only(stage, "HEALTHCHECK").argv(values)
        if asked != ["python", "-m", "shared.healthcheck", f"http://127.0.0.1:{API_PORTS[service]}/health"]:
            yield f"the image of {service} asks for its health by {shlex.join(asked)}"
    if the_only(stage, "USER").text.split(":")[0] in {"0", "root"}:
        yield "the image runs as root"


def _loopback(port: str) -> bool:
    return port.startswith(("127.0.0.1:", "${KCITY_FRONT_DOOR_ADDRESS:-127.0.0.1:"))


RULES = (
    dangling_names,
    unfit_conditions,
    differing_commands,
    differing_builds,
    missing_locks,
    differing_image,
)
