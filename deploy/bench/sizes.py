"""How much one run measures. Full: over five minutes, as the bus is away for as long; smoke: seconds, its numbers mean nothing."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sizes:
    """Counts of one run. ``pause_seconds``: lets PostgreSQL finish what a preparation left behind."""

    rounds: int
    submissions: int
    iris_submissions: int
    warm_up: int
    applicants: int
    http_connections: int
    latency_rounds: int
    latency_events: int
    latency_rate: float
    drain_rounds: int
    drain_events: int
    pause_seconds: float
    growth_rounds: int
    journal_rows: int
    outage_seconds: float
    arrivals_per_second: float
    recovery_seconds: float
    door_rounds: int
    door_requests: int
    identity_rounds: int
    identity_requests: int
    identity_blocks: int
    catalogue_rounds: int
    catalogue_addresses: int
    catalogue_large: int

    @property
    def shared_drafts(self) -> int:
        """Drafts that the contenders of the rounds and the warm-up take from, one after the other.

        pgbench takes twice as many, so that its connections' first statements, which are planned anew in
        each round, weigh little.
        """
        return 4 * (self.rounds * self.submissions + self.warm_up)


FULL = Sizes(
    rounds=5,
    submissions=1_500,
    iris_submissions=14_487,
    warm_up=1_000,
    applicants=200,
    http_connections=48,
    latency_rounds=5,
    latency_events=400,
    latency_rate=100.0,
    drain_rounds=5,
    drain_events=20_000,
    pause_seconds=2.0,
    growth_rounds=5,
    journal_rows=1_000_000,
    outage_seconds=300.0,
    arrivals_per_second=20.0,
    recovery_seconds=150.0,
    door_rounds=5,
    door_requests=2_000,
    identity_rounds=5,
    identity_requests=5_000,
    identity_blocks=60,
    catalogue_rounds=5,
    catalogue_addresses=300,
    catalogue_large=10_000,
)
SMOKE = Sizes(
    rounds=1,
    submissions=40,
    iris_submissions=50,
    warm_up=40,
    applicants=5,
    http_connections=8,
    latency_rounds=1,
    latency_events=20,
    latency_rate=100.0,
    drain_rounds=1,
    drain_events=600,
    pause_seconds=0.0,
    growth_rounds=1,
    journal_rows=5_000,
    outage_seconds=3.0,
    arrivals_per_second=4.0,
    recovery_seconds=0.0,  # a stack and a checker of their own take most of a minute
    door_rounds=1,
    door_requests=50,
    identity_rounds=1,
    identity_requests=100,
    identity_blocks=8,
    catalogue_rounds=1,
    catalogue_addresses=16,
    catalogue_large=200,
)
