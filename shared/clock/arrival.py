"""The instant a request reached us. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Arrival:
    """When a request arrived by the authority clock, and how far that may be off (``bound`` ≥ 0).

    Doubt favours the applicant on both edges of a window. Source: architecture, "Time".
    """

    at: datetime
    bound: timedelta

    def surely_at_or_after(self, instant: datetime) -> bool:
        """Whether even the earliest possible true arrival lies at or after ``instant``."""
        return self.at - self.bound >= instant

    def surely_before(self, instant: datetime) -> bool:
        """Whether even the latest possible true arrival lies before ``instant``."""
        return self.at + self.bound < instant
