"""The call to rehearse: its file, and the same file under the code of a later rehearsal."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import yaml

from deploy.local.program import ROOT
from shared.events.call_definition import CallDefinition

CALL_FILE = ROOT / "services" / "intake" / "calls" / "k-city-network-2025.yaml"
_CODE_LINE = re.compile(r"(?m)^code:\s*\S+\s*$")


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """A call definition as text, and read."""

    text: str
    call: CallDefinition

    @classmethod
    def read(cls, file: Path = CALL_FILE) -> Self:
        """The definition in ``file``. Raises ``pydantic.ValidationError`` or ``yaml.YAMLError``."""
        return cls.of(file.read_text(encoding="utf-8"))

    @classmethod
    def of(cls, text: str) -> Self:
        """The definition that ``text`` spells."""
        return cls(text, CallDefinition.model_validate(yaml.safe_load(text)))

    def again(self, number: int) -> Self:
        """The same call under the code of the rehearsal with this number: ``KCN-2025``, then ``KCN-2025-R2``."""
        if number == 1:
            return self
        code = f"{self.call.code}-R{number}"
        return self.of(_CODE_LINE.sub(f"code: {code}", self.text, count=1))
