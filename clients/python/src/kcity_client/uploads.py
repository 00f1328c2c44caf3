"""Files to send: streamed, hashed on the way, with progress."""

import hashlib
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

import anyio.to_thread

CHUNK_BYTES = 256 * 1024
Progress = Callable[[int, int | None], None]
"""Called with the bytes sent so far and, where known, all of them; from zero again for each new attempt."""

MEDIA_TYPES = {
    ".pdf": "application/pdf",
    ".hwp": "application/x-hwp",
    ".hwpx": "application/vnd.hancom.hwpx",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".zip": "application/zip",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
}


@dataclass(frozen=True, slots=True)
class Upload:
    """A file. ``source``: a path, bytes, or an open binary file, which is left open.

    A file that cannot seek is sent once: a failed attempt is not repeated. ``media_type`` follows from the ending
    of the name where none is given.
    """

    source: Path | bytes | BinaryIO
    media_type: str | None = None
    progress: Progress | None = None

    @property
    def repeatable(self) -> bool:
        """Whether it can be sent again from its beginning."""
        return isinstance(self.source, (Path, bytes)) or self.source.seekable()

    def readings(self) -> "Callable[[], Reading]":
        """Makes the reading of each attempt, all from where the file stands now."""
        seekable = not isinstance(self.source, (Path, bytes)) and self.source.seekable()
        start = self.source.tell() if seekable else None  # type: ignore[union-attr]  # an open file then
        size = self.size
        return lambda: Reading(self, start, size)

    @property
    def size(self) -> int | None:
        """Its bytes, where known beforehand."""
        if isinstance(self.source, bytes):
            return len(self.source)
        if isinstance(self.source, Path):
            return self.source.stat().st_size
        if not self.source.seekable():
            return None
        here = self.source.tell()
        end = self.source.seek(0, 2)
        self.source.seek(here)
        return end - here

    def content_type(self, file_name: str) -> str:
        """What it is. Raises ``ValueError`` where neither it nor the name tells."""
        found = self.media_type or MEDIA_TYPES.get(Path(file_name).suffix.lower())
        if found is None:
            raise ValueError(f"say the media_type of {file_name!r}")
        return found

    @classmethod
    def of(cls, file: "Upload | Path | bytes | BinaryIO") -> "Upload":
        """An upload of whatever was given."""
        return file if isinstance(file, Upload) else cls(file)


class Reading:
    """One attempt's way through a file: where it stands and the digest of what was read.

    ``start``: where an open file stood at the first attempt.
    """

    def __init__(self, upload: Upload, start: int | None, size: int | None) -> None:
        self.size = size
        self._upload = upload
        self._start = start
        self._digest = hashlib.sha256()
        self._sent = 0

    @property
    def sha256(self) -> str:
        """Hex SHA-256 of what was read."""
        return self._digest.hexdigest()

    def chunks(self) -> Iterator[bytes]:
        """The file, piece by piece."""
        with self._opened() as file:
            while piece := file.read(CHUNK_BYTES):
                yield self._counted(piece)

    async def chunks_async(self) -> AsyncIterator[bytes]:
        """The same without blocking the loop: files are read in a thread."""
        with self._opened() as file:
            while piece := await anyio.to_thread.run_sync(file.read, CHUNK_BYTES):
                yield self._counted(piece)

    @contextmanager
    def _opened(self) -> Iterator[BinaryIO]:
        source = self._upload.source
        if isinstance(source, Path):
            with source.open("rb") as file:
                yield file
        elif isinstance(source, bytes):
            yield BytesIO(source)
        else:
            if self._start is not None:
                source.seek(self._start)
            yield source

    def _counted(self, piece: bytes) -> bytes:
        self._digest.update(piece)
        self._sent += len(piece)
        if self._upload.progress is not None:
            self._upload.progress(self._sent, self.size)
        return piece
