"""Settings of the intake service."""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr

from shared.settings import ServiceName, Settings

SHORTEST_SECRET = 32


class IntakeSettings(Settings):
    """What intake's processes know beyond what all do."""

    service: ServiceName = "intake"
    document_store_url: str = Field(description="file:///folder or s3://bucket")
    receipt_key_file: Path = Field(description="private Ed25519 JWK that signs receipts")
    receipt_number_secret: SecretStr = Field(description="key of the receipt numbers' permutation")
    link_secret: SecretStr = Field(description="key of the links in mails; notification has the same")
    documents_scan: Literal["not_scanned", "clamd"] = Field(
        default="not_scanned",
        description="clamd: new documents are `pending` and are given to nobody before a scan clears them",
    )

    def unsafe_in_production(self) -> Iterator[str]:
        """What all refuse, and: unscanned documents, short secrets, documents in a local folder."""
        yield from super().unsafe_in_production()
        if self.documents_scan == "not_scanned":
            yield "KCITY_DOCUMENTS_SCAN must not be not_scanned"
        for name in ("receipt_number_secret", "link_secret"):
            if len(getattr(self, name).get_secret_value()) < SHORTEST_SECRET:
                yield f"KCITY_{name.upper()} needs at least {SHORTEST_SECRET} characters"
        if not self.document_store_url.startswith("s3://"):
            yield "KCITY_DOCUMENT_STORE_URL must be an object storage (s3://…)"
