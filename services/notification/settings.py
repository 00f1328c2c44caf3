"""Settings of notification."""

from collections.abc import Iterator
from email.headerregistry import Address
from email.utils import parseaddr
from typing import Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator

from services.notification.mail.compose import Letterhead
from shared.settings import ServiceName, Settings

SCHEMES = ("smtp", "smtps", "smtp+starttls")
NOWHERE = ("example", "invalid", "localhost", "test", "local")
"""Top domains that exist nowhere, so no answer to our mails could arrive. Source: RFC 6761, RFC 6762."""


class NotificationSettings(Settings):
    """What notification knows beyond the common settings."""

    service: ServiceName = "notification"
    smtp_url: SecretStr = Field(
        description="smtp://[user:password@]host:port; smtps:// for TLS from the start, "
        "smtp+starttls:// to insist on STARTTLS (smtp:// uses it where it is offered)"
    )
    smtp_connections: int = Field(default=4, ge=1, le=32, description="mails on their way at once")
    mail_from: str = Field(description="the sender: K-City Network <no-reply@domain>")
    mail_mode: Literal["relay", "sandbox"] = Field(
        default="relay", description="what stands at smtp_url: a relay that delivers, or a sandbox that keeps"
    )
    link_secret: SecretStr = Field(description="signs the links in mails; intake verifies them with the same")

    @field_validator("smtp_url")
    @classmethod
    def _is_a_mail_server(cls, value: SecretStr) -> SecretStr:
        parts = urlsplit(value.get_secret_value())
        if parts.scheme not in SCHEMES or not parts.hostname:
            raise ValueError(f"must be one of {', '.join(scheme + '://host:port' for scheme in SCHEMES)}")
        return value

    @field_validator("mail_from")
    @classmethod
    def _is_an_address(cls, value: str) -> str:
        name, address = parseaddr(value)
        if not address.isascii() or "@" not in address:
            raise ValueError("must be one address with a domain: K-City Network <no-reply@domain>")
        Address(display_name=name, addr_spec=address)
        return value

    def unsafe_in_production(self) -> Iterator[str]:
        """Beyond the common reasons: mail that reaches nobody, and a sender that is nowhere."""
        yield from super().unsafe_in_production()
        if self.mail_mode == "sandbox":
            yield "KCITY_MAIL_MODE is sandbox: mails would reach nobody"
        domain = self.sender.domain.lower()
        if "." not in domain or domain.rpartition(".")[2] in NOWHERE:
            yield f"KCITY_MAIL_FROM needs a domain that exists: {domain}"

    @property
    def sender(self) -> Address:
        """Who the mails are from."""
        name, address = parseaddr(self.mail_from)
        return Address(display_name=name, addr_spec=address)

    def letterhead(self, *, rehearsal: bool) -> Letterhead:
        """What all mails of this installation share; ``rehearsal``: as its database is marked."""
        return Letterhead(
            sender=self.sender,
            public_url=self.public_url,
            link_secret=self.link_secret.get_secret_value(),
            rehearsal=rehearsal,
        )
