"""Writing a history: each line reaches the kernel before the client goes on, so killing the client loses none."""

import os
from pathlib import Path
from types import TracebackType
from typing import Self

from deploy.chaos.history.records import Line


class HistoryFile:
    """A history open for appending. A line torn by a killed predecessor is closed, so that the next one is whole."""

    def __init__(self, file: Path) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        self._descriptor = os.open(file, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o644)
        size = os.fstat(self._descriptor).st_size
        if size and os.pread(self._descriptor, 1, size - 1) != b"\n":
            os.write(self._descriptor, b"\n")

    def write(self, line: Line) -> None:
        """Append one line. Raises ``OSError`` when it could not be written whole."""
        content = line.model_dump_json().encode() + b"\n"
        if os.write(self._descriptor, content) != len(content):
            raise OSError("the history could not be written whole")

    def close(self) -> None:
        """Write no more."""
        os.close(self._descriptor)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _at: TracebackType | None
    ) -> None:
        self.close()
