"""Disks that are full: the database's and the documents' lie on small file systems that shrink to what they hold."""

import os
import time
from pathlib import Path
from typing import ClassVar

import psycopg

from deploy.chaos.faults.fault import CannotBite, Fault, Turn
from deploy.chaos.faults.namespace import NoMounts, resize

SHRINK_TRIES = 50
SHRINK_AGAIN_SECONDS = 0.02
SEGMENTS = 80  # spare segments of the log are used first: at most max_wal_size, 64 of 16 MB
FILL = b"CREATE TABLE kcity_chaos_fill AS SELECT repeat('x', 1000) FROM generate_series(1, 20000)"
NEXT_SEGMENT = b"SELECT pg_logical_emit_message(false, 'chaos', 'next'), pg_switch_wal()"


class DiskFull(Fault):
    """Not a byte more than there is already."""

    turn = Turn.TAKES_AWAY
    longest_seconds = 6.0
    folder_name: ClassVar[str]
    megabytes: ClassVar[int]

    @property
    def folder(self) -> Path:
        """Where the small file system is mounted."""
        return self.system.stack_folder / self.folder_name

    def inject(self) -> None:
        """Take all free space away. Raises ``CannotBite``."""
        for _ in range(SHRINK_TRIES):  # it may grow between the look and the act
            try:
                resize(self.folder, max(_used_bytes(self.folder), 4096))
            except NoMounts:
                time.sleep(SHRINK_AGAIN_SECONDS)
            else:
                return
        raise CannotBite(f"{self.folder} does not stand still")

    def has_room(self) -> bool:
        """Whether something new can be written: what the fault takes away."""
        raise NotImplementedError

    def heal(self) -> None:
        """Give the space back."""
        resize(self.folder, self.megabytes * 1024 * 1024)


class DatabaseDiskFull(DiskFull):
    """``pages``: tables cannot grow. ``log``: there is no room for the next segment of the log: PANIC."""

    kind = "disk-full-database"
    description = "the database's disk full: tables cannot grow, or the server PANICs and cannot start"
    folder_name, megabytes = "postgres", 2048

    targets = ("pages", "log")

    def inject(self) -> None:
        """Take the space away and see to it that the server notices. Raises ``CannotBite``."""
        super().inject()
        statements = [NEXT_SEGMENT] * SEGMENTS if self.target == "log" else [FILL]
        if self._writes(*statements):
            self.heal()
            raise CannotBite("the server found room")

    def has_room(self) -> bool:
        """Whether the server can let a table grow."""
        found = self._writes(FILL)
        if found:
            self._drop_what_was_filled()
        return found

    def _writes(self, *statements: bytes) -> bool:
        postgres = self.system.stack.postgres
        if postgres is None:
            return True
        try:
            with psycopg.connect(postgres.superuser_url, autocommit=True, connect_timeout=3) as connection:
                for statement in statements:
                    connection.execute(statement)
        except psycopg.OperationalError:  # DiskFull is one, and so is a server that ended in the midst of it
            return False
        return True

    def _drop_what_was_filled(self) -> None:
        postgres = self.system.stack.postgres
        if postgres is not None:
            with psycopg.connect(postgres.superuser_url, autocommit=True, connect_timeout=3) as connection:
                connection.execute("DROP TABLE IF EXISTS kcity_chaos_fill")


class DocumentsDiskFull(DiskFull):
    """Uploads find no room; all else goes on."""

    kind = "disk-full-documents"
    description = "the documents' disk full"
    folder_name, megabytes = "documents", 512

    targets = ("documents",)

    def inject(self) -> None:
        """Take the space away and try it out. Raises ``CannotBite``."""
        super().inject()
        if self.has_room():
            self.heal()
            raise CannotBite("a document found room")

    def has_room(self) -> bool:
        """Whether a file can be written."""
        tried = self.folder / ".chaos-fill"
        try:
            tried.write_bytes(bytes(64 * 1024))
        except OSError:
            return False
        finally:
            tried.unlink(missing_ok=True)
        return True


def _used_bytes(folder: Path) -> int:
    found = os.statvfs(folder)
    return (found.f_blocks - found.f_bfree) * found.f_frsize


SMALL_DISKS: tuple[type[DiskFull], ...] = (DatabaseDiskFull, DocumentsDiskFull)
