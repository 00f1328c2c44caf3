"""From a stack's folder to the evidence: where its databases, topics, mails and documents are."""

import os
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import unquote, urlsplit

from deploy.chaos.checker.evidence import Databases, Evidence, connect
from deploy.chaos.checker.mails import read_mails
from deploy.chaos.checker.rebuilding import rebuild_all
from deploy.chaos.checker.rest import Surroundings
from deploy.chaos.checker.topics import read_topics
from deploy.chaos.history.reading import History
from deploy.local.ports import FRONT_DOOR_PORT, LOOPBACK
from deploy.local.stack import Stack
from shared.bus.connection import BusAddress
from shared.settings import SERVICES, ServiceName
from shared.signing import ReceiptSigner


class NoStack(Exception):
    """There is no stack in the folder."""


@dataclass(frozen=True, slots=True)
class System:
    """The stack that is judged. ``mails``: None where mails go elsewhere."""

    stack: Stack
    mails: Path
    documents: Path | None
    mail_domain: str

    @classmethod
    def of(cls, folder: Path, history: History, environment: Mapping[str, str] = os.environ) -> "System":
        """The stack in ``folder``, on the ports of ``KCITY_PORT_OFFSET``, else of the history's front door.

        Addresses that stand in the environment count, as for the stack itself. Raises ``NoStack``.
        """
        if not (folder / "keys").is_dir():
            raise NoStack(f"{folder} is no folder of a stack")
        offset = environment.get("KCITY_PORT_OFFSET") or _offset_of(history)
        own = {"KCITY_LOCAL_FOLDER": str(folder), "KCITY_PORT_OFFSET": offset}
        stack = Stack.from_environment({**environment, **own})
        if stack.mail is None:
            raise NoStack("the stack sends its mails elsewhere; what became of them cannot be seen")
        store = urlsplit(stack.environment("intake")["KCITY_DOCUMENT_STORE_URL"])
        documents = Path(unquote(store.path)) if store.scheme == "file" else None
        sender = parseaddr(stack.environment("notification")["KCITY_MAIL_FROM"])[1]
        return cls(stack, stack.mail.folder, documents, sender.rpartition("@")[2].lower())

    @property
    def database_urls(self) -> dict[ServiceName, str]:
        """Each service's database."""
        return {service: self.stack.database_url(service) for service in SERVICES}

    @property
    def bus(self) -> BusAddress:
        """The broker."""
        told = self.stack.bus_environment()
        wait = told.get("KCITY_KAFKA_FETCH_MAX_WAIT_MS", "500")
        return BusAddress(told["KCITY_KAFKA_BOOTSTRAP"], replication=1, fetch_max_wait_ms=int(wait))

    @property
    def surroundings(self) -> Surroundings:
        """Where to see whether it is at rest."""
        workers: dict[ServiceName, str] = {
            service: f"http://{LOOPBACK}:{self.stack.worker_port(service)}" for service in SERVICES
        }
        return Surroundings(self.database_urls, workers)

    async def gather(self, history: History, *, kills: int, restless: list[str]) -> Evidence:
        """Everything that the checks need. Raises ``BusUnavailable`` and ``psycopg.OperationalError``."""
        with ExitStack() as open_ones:
            databases = Databases.read(connect(self.database_urls, open_ones))
        return Evidence(
            history=history,
            databases=databases,
            topics=await read_topics(self.bus, databases.secrets),
            mails=read_mails(self.mails),
            documents=self.documents,
            receipt_keys=ReceiptSigner.from_jwk_file(self.stack.keys.receipt_key_file).public_jwks,
            rebuilt=await rebuild_all(self.database_urls, self.bus),
            mail_domain=self.mail_domain,
            kills=kills,
            restless=restless,
        )


def _offset_of(history: History) -> str:
    """By the port of the front door that the load used."""
    port = urlsplit(history.loads[0].front_door).port if history.loads else None
    return str((port or FRONT_DOOR_PORT) - FRONT_DOOR_PORT)
