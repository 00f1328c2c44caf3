"""A real Keycloak on loopback with our realm, as ``docker compose`` starts it: same command, same settings."""

import contextlib
import fcntl
import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Self

import httpx

from deploy.docker.compose_rules import read_compose
from deploy.docker.realm_rules import REALM_FILE
from deploy.java.artefacts import brought, find_java
from deploy.local.ports import free_ports

HOST = "127.0.0.1"
POM = Path(__file__).parent / "pom.xml"
START_TIMEOUT_SECONDS = 240.0
STOP_TIMEOUT_SECONDS = 30.0
_GIVEN = re.compile(r"\$\{\w+:-([^}]*)\}")


class KeycloakFailed(Exception):
    """Keycloak did not start; the message ends with the last lines of its log."""


class KeycloakServer:
    """Keycloak with an empty database in memory, its log in ``folder``. One at a time on a machine."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._port, self._management = free_ports(2)
        self._process: subprocess.Popen[bytes] | None = None
        self._lock: IO[str] | None = None

    @property
    def url(self) -> str:
        """Its origin."""
        return f"http://{HOST}:{self._port}"

    @property
    def issuer(self) -> str:
        """What tokens of our realm name as their issuer."""
        return f"{self.url}/realms/kcity"

    @property
    def settings(self) -> Mapping[str, str]:
        """The environment of the composition, with what it takes by default, on our ports."""
        given = read_compose()["services"]["identity"]["environment"]
        return {name: _GIVEN.sub(r"\1", value) for name, value in given.items()} | {
            "KC_HTTP_HOST": HOST,
            "KC_HTTP_PORT": str(self._port),
            "KC_HTTP_MANAGEMENT_PORT": str(self._management),
            "KC_HOSTNAME": self.url,
            "KC_DB": "dev-mem",
            "JAVA_HOME": str(find_java().resolve().parent.parent),
            "JAVA_OPTS_KC_HEAP": "-Xms64m -Xmx512m",
        }

    def start(self) -> None:
        """Start and wait until it is ready. Raises ``KeycloakFailed``, ``JavaUnavailable``."""
        [home] = brought(POM).glob("keycloak-*")
        self._lock = (home.parent.parent / "running").open("w")
        fcntl.flock(self._lock, fcntl.LOCK_EX)
        (home / "data" / "import").mkdir(parents=True, exist_ok=True)
        shutil.copy(REALM_FILE, home / "data" / "import")
        self._folder.mkdir(parents=True, exist_ok=True)
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [
                    "/bin/bash",
                    str(home / "bin" / "kc.sh"),
                    *read_compose()["services"]["identity"]["command"],
                ],
                env={**os.environ, **self.settings},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # its shell and its Java are ended together
            )
        try:
            self._await_ready()
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Stop in order; killed when that takes over 30 seconds."""
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGTERM)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(STOP_TIMEOUT_SECONDS)
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
        if self._lock is not None:
            self._lock.close()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def _log(self) -> Path:
        return self._folder / "keycloak.log"

    def _await_ready(self) -> None:
        deadline = time.monotonic() + START_TIMEOUT_SECONDS
        while time.monotonic() < deadline and self._process is not None and self._process.poll() is None:
            with contextlib.suppress(httpx.TransportError):
                ready = httpx.get(
                    f"http://{HOST}:{self._management}/health/ready", trust_env=False, timeout=5
                )
                if ready.is_success:
                    return
            time.sleep(0.2)
        tail = self._log.read_text(errors="replace").splitlines()[-20:]
        raise KeycloakFailed("\n".join([f"Keycloak did not start on {self.url}; {self._log}:", *tail]))
