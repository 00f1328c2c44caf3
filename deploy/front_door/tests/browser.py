"""A real browser, cut off from the network, that tells what a page asked for and complained about."""

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

from shared.testing.tools import CHROMIUM


class Browser:
    """Debian's Chromium, cut off from every name but localhost; it notes its requests and what it complains about."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._log = folder / "net.json"
        self.complaints: list[str] = []

    def open(self, url: str) -> str:
        """The page as it stands when its scripts have run."""
        command = [
            str(CHROMIUM),
            *("--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"),
            *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost",
            f"--user-data-dir={self._folder / 'profile'}",
            f"--log-net-log={self._log}",
            *("--enable-logging=stderr", "--v=0", "--virtual-time-budget=4000", "--dump-dom", url),
        ]
        ran = subprocess.run(command, capture_output=True, text=True, timeout=110, check=True)
        self.complaints = [line for line in ran.stderr.splitlines() if "CONSOLE" in line]
        return ran.stdout

    def hosts(self) -> set[str]:
        """Whom pages asked for something (what the browser itself looks for has no page as its initiator)."""
        return {re.sub(r"^\w+://([^/]*).*", r"\1", url) for url in self._asked()}

    def _asked(self) -> Iterator[str]:
        log = json.loads(self._log.read_text())
        for event in log["events"]:
            told = event.get("params", {})
            if str(told.get("initiator", "")).startswith("http"):
                yield told["url"]
