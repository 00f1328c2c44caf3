"""A proxy before every address: which connections there are, and what each process is told instead.

Source: issue 3, ``make chaos``: every pair can be cut.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from deploy.local.ports import LOOPBACK, free_ports
from shared.settings import SERVICES, ServiceName

Told = dict[str, dict[str, str]]


@dataclass(frozen=True, slots=True)
class Ends:
    """The real ports of the parts, and of each API."""

    database: int
    broker: int
    mail: int
    issuer: int
    apis: Mapping[ServiceName, int]


@dataclass(frozen=True, slots=True)
class Detours:
    """One proxy for each pair. ``proxies``: name of the pair → port it listens on, port it leads to.

    ``posts``: signpost's port → the port clients are shown, one for each worker.
    """

    proxies: Mapping[str, tuple[int, int]]
    posts: Mapping[int, int]

    @classmethod
    def before(cls, ends: Ends) -> "Detours":
        """A proxy on a free port before each end of each pair."""
        pairs = pairs_of_the_system()
        ports = iter(free_ports(len(pairs) + len(SERVICES)))
        proxies: dict[str, tuple[int, int]] = {}
        posts: dict[int, int] = {}
        for pair in pairs:
            listen, upstream = next(ports), _upstream(pair, ends)
            if pair.endswith(">broker"):
                upstream = next(ports)
                posts[upstream] = listen
            proxies[pair] = (listen, upstream)
        return cls(proxies, posts)

    def port(self, pair: str) -> int:
        """Where a pair's proxy listens."""
        return self.proxies[pair][0]

    @property
    def issuer_url(self) -> str:
        """Who signs the tokens, as every API sees it."""
        return f"http://{LOOPBACK}:{self.port('apis>issuer')}"

    def told(self, database_urls: Mapping[ServiceName, str]) -> Told:
        """What each process is told otherwise: every address is its proxy's."""
        told: Told = {"front-door": {}}
        for service in SERVICES:
            api, worker = f"{service}-api", f"{service}-worker"
            upstream = f"{LOOPBACK}:{self.port(f'front-door>{api}')}"
            told["front-door"][f"KCITY_{service.upper()}_UPSTREAM"] = upstream
            for process in (api, worker):
                url = _at_port(database_urls[service], self.port(f"{process}>database"))
                told[process] = {"KCITY_DATABASE_URL": url}
            told[worker]["KCITY_KAFKA_BOOTSTRAP"] = f"{LOOPBACK}:{self.port(f'{worker}>broker')}"
        told["notification-worker"]["KCITY_SMTP_URL"] = (
            f"smtp://{LOOPBACK}:{self.port('notification-worker>mail')}"
        )
        return told


def pairs_of_the_system() -> tuple[str, ...]:
    """Every pair of processes that talk, as ``from>to``."""
    return (
        *(f"{service}-api>database" for service in SERVICES),
        *(f"{service}-worker>database" for service in SERVICES),
        *(f"{service}-worker>broker" for service in SERVICES),
        *(f"front-door>{service}-api" for service in SERVICES),
        "notification-worker>mail",
        "apis>issuer",
    )


def _upstream(pair: str, ends: Ends) -> int:
    to = pair.partition(">")[2]
    for service in SERVICES:
        if to == f"{service}-api":
            return ends.apis[service]
    return {"database": ends.database, "broker": ends.broker, "mail": ends.mail, "issuer": ends.issuer}[to]


def _at_port(url: str, port: int) -> str:
    parts = urlsplit(url)
    return parts._replace(netloc=f"{parts.netloc.rpartition(':')[0]}:{port}").geturl()
