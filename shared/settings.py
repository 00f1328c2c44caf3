"""Settings of a process, read from the environment; one production profile that refuses what is unsafe.

Every name starts with ``KCITY_`` and means the same in every process; what differs between two
processes (``KCITY_DATABASE_URL``) is set by whoever starts them.
"""

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, Literal, Self

import limits
from pydantic import AfterValidator, Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

ServiceName = Literal["intake", "review", "notification", "catalog"]
SERVICES: tuple[ServiceName, ...] = ("intake", "review", "notification", "catalog")

API_PORTS: dict[ServiceName, int] = {"intake": 8001, "review": 8002, "notification": 8003, "catalog": 8004}
WORKER_PORTS: dict[ServiceName, int] = {"intake": 8101, "review": 8102, "notification": 8103, "catalog": 8104}


def _readable_limit(text: str) -> str:
    limits.parse(text)
    return text


RateLimit = Annotated[str, AfterValidator(_readable_limit)]
"""So many requests in a time: ``600/minute``, ``20 per 10 seconds``."""

DEVELOPMENT_SECRET_PREFIX = "development-"  # noqa: S105 - names what production refuses


class Profile(StrEnum):
    """How strict the process is about its surroundings; unset means production."""

    PRODUCTION = "production"
    LOCAL = "local"


class UnsafeSettings(Exception):
    """The production profile met settings that are only fit for one machine."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__("refused by the production profile:\n- " + "\n- ".join(reasons))
        self.reasons = reasons


class Settings(BaseSettings):
    """What all processes of all services know; each service extends it in its ``settings.py``."""

    model_config = SettingsConfigDict(env_prefix="KCITY_", extra="ignore", frozen=True)

    service: ServiceName
    profile: Profile = Profile.PRODUCTION
    database_url: SecretStr = Field(description="postgresql://role:password@host:port/database")
    database_pool_size: int = Field(default=10, ge=2, le=200)

    kafka_bootstrap: str = Field(description="host:port, comma separated")
    kafka_idempotent_producer: bool = Field(
        default=True, description="off with the embedded broker, whose InitProducerId aiokafka cannot use"
    )
    kafka_replication: int = Field(default=3, ge=1, description="copies of a topic that is created")
    kafka_create_topics: bool = Field(
        default=False, description="relays create missing topics; off where a job provisions them"
    )
    kafka_session_timeout_ms: int = Field(default=10_000, ge=1_000)
    kafka_fetch_max_wait_ms: int = Field(
        default=500,
        ge=1,
        le=10_000,
        description="10 with the embedded broker, which does not wake a waiting fetch",
    )

    issuer_url: str = Field(description="OIDC issuer; its JWKS verifies every token")
    audience: str = "kcity"
    public_url: str = Field(default="http://localhost:8080", description="origin of the front door")

    valkey_url: SecretStr | None = Field(
        default=None,
        description="valkey://… counts requests over all processes; without, each counts its own",
    )
    rate_limit_reads: RateLimit = Field(default="1200/minute", description="of one caller")
    rate_limit_public_reads: RateLimit = Field(default="1200/minute", description="of one address, no token")
    rate_limit_writes: RateLimit = Field(default="600/minute", description="of one caller or address")
    rate_limit_submissions: RateLimit = Field(default="240/minute", description="of one caller")
    rate_limit_uploads: RateLimit = Field(default="240/minute", description="of one caller")

    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    otlp_endpoint: str | None = Field(default=None, description="OTLP over HTTP; no traces leave without it")
    trace_sample_ratio: float = Field(default=0.01, ge=0, le=1)

    @model_validator(mode="after")
    def _safe_in_production(self) -> Self:
        if self.profile is Profile.PRODUCTION and (reasons := list(self.unsafe_in_production())):
            raise UnsafeSettings(reasons)
        return self

    def unsafe_in_production(self) -> Iterator[str]:
        """Each reason why these settings are unfit for production; a service adds its own.

        Source: architecture, "Security".
        """
        for name in ("issuer_url", "public_url"):
            if not getattr(self, name).startswith("https://"):
                yield f"KCITY_{name.upper()} must be https: {getattr(self, name)}"
        for name in type(self).model_fields:
            value = getattr(self, name)
            if isinstance(value, SecretStr) and DEVELOPMENT_SECRET_PREFIX in value.get_secret_value():
                yield f"KCITY_{name.upper()} is a development secret"

    def accept_installation(self, *, rehearsal: bool) -> None:
        """Raise ``UnsafeSettings`` when the production profile meets a rehearsal database."""
        if rehearsal and self.profile is Profile.PRODUCTION:
            raise UnsafeSettings(["the database was marked as a rehearsal when it was created"])
