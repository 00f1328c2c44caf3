"""What a recovery may meet that it cannot mend by itself."""

from collections.abc import Mapping
from typing import Any


class NotRestorable(Exception):
    """The state that an event of ours tells of cannot be made from it; the reason is counted in the report."""


class LossNotAccepted(Exception):
    """Something is lost for good, or contradicts itself: a person decides whether to go on."""

    def __init__(self, found: Mapping[str, Any]) -> None:
        told = "; ".join(f"{what}: {value}" for what, value in found.items())
        super().__init__(
            f"{told}. Nothing was written down as recovered. The runbook says what to look at; "
            "to go on without what is lost, run this again with --accept-loss."
        )
        self.found = found
