"""Toxiproxy: the proxy that every connection of the system under test goes through, and its HTTP API.

The suite builds it itself with the Go toolchain, once, into ``.local/tools``; the Go checksum database
vouches for the pinned version.
"""

import json
import os
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from deploy.local.ports import LOOPBACK
from deploy.local.program import ROOT

VERSION = "v2.12.0"
MODULE = f"github.com/Shopify/toxiproxy/v2/cmd/server@{VERSION}"
BUILD_SECONDS = 300.0
GO_PLACES = (Path("/usr/local/go/bin"), Path("/usr/lib/go/bin"), Path("/opt/go/bin"))


class GoMissing(Exception):
    """Toxiproxy cannot be built here."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"the network faults need Toxiproxy {VERSION}, which the suite builds with Go: {reason}. "
            "Install Go 1.23 or newer, or put a built server at KCITY_TOXIPROXY."
        )


def toxiproxy_binary(tools: Path = ROOT / ".local" / "tools") -> Path:
    """The server's binary, built if it is not there yet. Raises ``GoMissing``."""
    if named := os.environ.get("KCITY_TOXIPROXY"):
        return Path(named)
    binary = tools / f"toxiproxy-{VERSION}"
    if not binary.exists():
        _build(binary)
    return binary


def _build(binary: Path) -> None:
    go = shutil.which("go") or next((str(p / "go") for p in GO_PLACES if (p / "go").exists()), None)
    if go is None:
        raise GoMissing("there is no go command")
    place = binary.with_suffix(".building")
    place.mkdir(parents=True, exist_ok=True)
    built = subprocess.run(
        [go, "install", MODULE],
        env={**os.environ, "GOBIN": str(place), "GOFLAGS": "-trimpath"},
        capture_output=True,
        text=True,
        timeout=BUILD_SECONDS,
        check=False,
    )
    if built.returncode != 0:
        raise GoMissing(built.stderr.strip()[-400:])
    (place / "server").replace(binary)
    place.rmdir()


@dataclass(frozen=True, slots=True)
class Toxic:
    """One toxic on one proxy, in both directions. Source: Toxiproxy's README, "Toxics"."""

    type: str
    attributes: Mapping[str, int]


SILENCE = Toxic("timeout", {"timeout": 0})
"""Nothing gets through and nothing is said; connections that met it are closed when it ends."""
RESET = Toxic("reset_peer", {"timeout": 0})
"""Every connection is reset, new ones too."""


def latency(milliseconds: int) -> Toxic:
    """So much later in each direction, give or take a quarter."""
    return Toxic("latency", {"latency": milliseconds, "jitter": milliseconds // 4})


class Toxiproxy:
    """The API of a running server; all proxies stand in its configuration file."""

    def __init__(self, api_port: int, folder: Path) -> None:
        self.port = api_port
        self._config = folder / "toxiproxy.json"
        self._client = httpx.Client(base_url=f"http://{LOOPBACK}:{api_port}", trust_env=False, timeout=5.0)

    def command(self, proxies: Mapping[str, tuple[int, int]]) -> list[str]:
        """Argv of the server with these proxies: name → port it listens on, port it leads to."""
        rows = [
            {
                "name": name,
                "listen": f"{LOOPBACK}:{listen}",
                "upstream": f"{LOOPBACK}:{upstream}",
                "enabled": True,
            }
            for name, (listen, upstream) in proxies.items()
        ]
        self._config.write_text(json.dumps(rows, indent=1))
        server = str(toxiproxy_binary())
        return [server, "-host", LOOPBACK, "-port", str(self.port), "-config", str(self._config)]

    def answers(self) -> bool:
        """Whether it serves and has all its proxies."""
        try:
            return set(self.proxies()) == {row["name"] for row in json.loads(self._config.read_text())}
        except httpx.HTTPError:
            return False

    def proxies(self) -> dict[str, Any]:
        """What it says of each proxy."""
        found: dict[str, Any] = self._client.get("/proxies").raise_for_status().json()
        return found

    def poison(self, proxy: str, toxic: Toxic) -> None:
        """Put a toxic on both directions of a proxy."""
        for stream in ("upstream", "downstream"):
            body = {
                "name": f"{toxic.type}-{stream}",
                "type": toxic.type,
                "stream": stream,
                "attributes": dict(toxic.attributes),
            }
            self._client.post(f"/proxies/{proxy}/toxics", json=body).raise_for_status()

    def cure(self, proxy: str) -> None:
        """Take every toxic off a proxy; harmless when there is none."""
        for toxic in self._client.get(f"/proxies/{proxy}/toxics").raise_for_status().json():
            self._client.delete(f"/proxies/{proxy}/toxics/{toxic['name']}").raise_for_status()

    def close(self) -> None:
        """Close the connection to the API."""
        self._client.close()
