"""The partners' mailboxes: what the local mail server kept, read once each."""

import asyncio
import contextlib
import os
import re
from dataclasses import dataclass, field
from pathlib import Path

from deploy.chaos.load.client import Person
from deploy.local.rehearsal.mailbox import body_of, read_mail

LOOK_EVERY_SECONDS = 0.5
LINK = re.compile(r"/intake/v1/partner-confirmations/[\w-]+\.[\w-]+")
ANYBODY = Person("anybody", None)


@dataclass(slots=True)
class Mailbox:
    """The mails in ``folder``; those from before the load are not read."""

    folder: Path
    anybody: Person = ANYBODY
    _arriving: "dict[str, asyncio.Future[str]]" = field(default_factory=dict)
    _seen: set[str] = field(default_factory=set)

    @classmethod
    def open(cls, folder: Path) -> "Mailbox":
        """The mailboxes from now on."""
        return cls(folder, _seen=_names(folder))

    async def read_on(self) -> None:
        """Read what comes, until cancelled."""
        while True:
            for address, link in await asyncio.to_thread(self._read_new):
                arriving = self._arriving.setdefault(address, asyncio.get_running_loop().create_future())
                if not arriving.done():
                    arriving.set_result(link)
            await asyncio.sleep(LOOK_EVERY_SECONDS)

    async def link_for(self, address: str, *, within: float) -> str | None:
        """The path of the link that ``address`` was sent, None when it does not come in so many seconds."""
        arriving = self._arriving.setdefault(address, asyncio.get_running_loop().create_future())
        with contextlib.suppress(TimeoutError):
            return await asyncio.wait_for(asyncio.shield(arriving), within)
        return None

    def _read_new(self) -> list[tuple[str, str]]:
        new = _names(self.folder) - self._seen
        self._seen |= new
        mails = (read_mail((self.folder / name).read_bytes()) for name in new)
        found = ((str(mail["X-Envelope-To"]), LINK.search(body_of(mail))) for mail in mails)
        return [(address, link.group()) for address, link in found if link]


def _names(folder: Path) -> set[str]:
    try:
        with os.scandir(folder) as entries:
            return {
                entry.name for entry in entries if entry.name.endswith(".eml") and entry.name[0].isdigit()
            }
    except FileNotFoundError:
        return set()
