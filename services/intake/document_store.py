"""Where documents lie: an object storage (s3://) or a folder (file://), streamed in and out."""

import hashlib
import secrets
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self
from uuid import UUID

import obstore
from obstore.exceptions import BaseError
from obstore.store import from_url

from services.intake.domain.documents import (
    HEAD_BYTES,
    DocumentContentMismatch,
    DocumentEmpty,
    DocumentTooLarge,
    begins_like,
)
from shared.errors import Unavailable
from shared.ids import DocumentId, new_uuid
from shared.signing import SALT_BYTES

CHUNK_BYTES = 256 * 1024
LISTED_TOGETHER = 1000
_FOLDER = "documents"


class DocumentStoreUnavailable(Unavailable):
    """The document store does not answer."""


@dataclass(frozen=True, slots=True)
class Stored:
    """What was found out while streaming: size, hex SHA-256, and the salted commitment with its salt."""

    size_bytes: int
    sha256: str
    commitment: str
    salt: bytes


@dataclass(frozen=True, slots=True)
class Listed:
    """A document as it lies in the store. ``stored_at``: by the store's own clock."""

    id: DocumentId
    stored_at: datetime


class Intake:
    """One upload on its way in: hashed, measured and sniffed while it passes."""

    def __init__(self, media_type: str, max_bytes: int) -> None:
        self._media_type = media_type
        self._max_bytes = max_bytes
        self._salt = secrets.token_bytes(SALT_BYTES)
        self._plain = hashlib.sha256()
        self._salted = hashlib.sha256(self._salt)
        self._size = 0

    async def through(self, chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
        """The same bytes. Raises ``DocumentTooLarge``, ``DocumentContentMismatch``, ``DocumentEmpty``."""
        head = b""
        async for chunk in chunks:
            self._size += len(chunk)
            if self._size > self._max_bytes:
                raise DocumentTooLarge(self._max_bytes)
            self._plain.update(chunk)
            self._salted.update(chunk)
            if len(head) < HEAD_BYTES:
                head += chunk[:HEAD_BYTES]
                if len(head) >= HEAD_BYTES:
                    self._must_fit(head)
            if chunk:
                yield chunk
        if not self._size:
            raise DocumentEmpty
        self._must_fit(head)

    def _must_fit(self, head: bytes) -> None:
        if not begins_like(self._media_type, head):
            raise DocumentContentMismatch(self._media_type)

    def stored(self) -> Stored:
        """What was found out, once all has passed."""
        return Stored(self._size, self._plain.hexdigest(), self._salted.hexdigest(), self._salt)


class DocumentStore:
    """The store of one installation; a document lies under its id."""

    def __init__(self, store: Any) -> None:
        self._store = store

    @classmethod
    def open(cls, url: str) -> Self:
        """Open ``file:///folder`` (made if absent) or ``s3://bucket`` (``AWS_…`` variables give the rest)."""
        return cls(from_url(url, mkdir=True) if url.startswith("file:") else from_url(url))

    async def put(
        self, document_id: DocumentId, chunks: AsyncIterator[bytes], *, media_type: str, max_bytes: int
    ) -> Stored:
        """Stream a document in; an upload that fails or is refused leaves nothing behind."""
        intake = Intake(media_type, max_bytes)
        try:
            await obstore.put_async(self._store, _path(document_id), intake.through(chunks))
        except BaseError as error:
            raise DocumentStoreUnavailable from error
        return intake.stored()

    async def get(self, document_id: DocumentId) -> AsyncIterator[bytes]:
        """The bytes of a document, in chunks. Raises ``DocumentStoreUnavailable`` before the first one."""
        try:
            found = await obstore.get_async(self._store, _path(document_id))
        except (BaseError, FileNotFoundError) as error:
            raise DocumentStoreUnavailable from error
        return _chunks(found)

    async def listed(self) -> AsyncIterator[list[Listed]]:
        """Every document that lies here, in pages. What lies under another name than ours is left out."""
        try:
            async for page in obstore.list(self._store, _FOLDER, chunk_size=LISTED_TOGETHER):
                yield [found for one in page if (found := _listed(one)) is not None]
        except BaseError as error:
            raise DocumentStoreUnavailable from error

    async def delete(self, document_id: DocumentId) -> None:
        """Remove a document's bytes; one that is not there is removed already."""
        try:
            await obstore.delete_async(self._store, _path(document_id))
        except FileNotFoundError:
            return
        except BaseError as error:
            raise DocumentStoreUnavailable from error

    async def probe(self) -> None:
        """Write and remove a byte beside the documents. Raises ``DocumentStoreUnavailable``."""
        place = f"probe/{new_uuid()}"
        try:
            await obstore.put_async(self._store, place, b".")
            await obstore.delete_async(self._store, place)
        except (BaseError, OSError) as error:
            raise DocumentStoreUnavailable from error


def _path(document_id: DocumentId) -> str:
    return f"{_FOLDER}/{document_id.hex[-2:]}/{document_id}"


def _listed(one: Any) -> Listed | None:
    try:
        document_id = DocumentId(UUID(one["path"].rpartition("/")[2]))
    except ValueError:
        return None
    return Listed(document_id, one["last_modified"]) if one["path"] == _path(document_id) else None


async def _chunks(found: Any) -> AsyncIterator[bytes]:
    async for chunk in found.stream(min_chunk_size=CHUNK_BYTES):
        yield bytes(chunk)
