"""The issuer as a process of its own."""

import sys
from pathlib import Path
from typing import ClassVar

from deploy.local.part import Part
from deploy.local.ports import LOOPBACK
from deploy.local.program import Program
from shared.healthcheck import answers


class Issuer(Part):
    """The issuer as a process of its own; its key lies in ``key_file``."""

    name: ClassVar[str] = "issuer"

    def __init__(self, folder: Path, port: int, key_file: Path | None = None) -> None:
        super().__init__(folder, port)
        self.key_file = key_file or self.folder / "issuer.jwk"

    @property
    def url(self) -> str:
        """The issuer's name and address."""
        return f"http://{LOOPBACK}:{self.port}"

    def program(self) -> Program:
        """Runs ``__main__``."""
        module = (sys.executable, "-m", "deploy.local.issuer")
        return Program((*module, "--port", str(self.port), "--key-file", str(self.key_file)))

    def answers(self) -> bool:
        """Whether it shows its keys."""
        return answers(f"{self.url}/jwks")
