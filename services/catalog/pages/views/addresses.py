"""Where things are: relative to the page that names them, so that a page is the same behind every prefix. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from services.catalog.domain.project import Project
from services.catalog.pages.static_files import static_name
from services.catalog.pages.words import Language

BEHIND_THE_DOOR = "/catalog"
"""Where the front door keeps the catalogue, beneath the public origin."""
Conditions = Iterable[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Addresses:
    """Addresses as one page needs them. ``path``: of the page, within the service; ``origin``: the public one."""

    path: str
    origin: str
    language: Language

    @property
    def root(self) -> str:
        """From the page to the service's root: ``../`` for each folder."""
        return "../" * (self.path.count("/") - 1) or "./"

    def home(self, part: str = "") -> str:
        """The first page, or a part of it."""
        return f"{self.root}{self.language}/{'#' + part if part else ''}"

    def projects(self, conditions: Conditions = ()) -> str:
        """The list under conditions."""
        query = urlencode(list(conditions))
        return f"{self.root}{self.language}/projects{'?' + query if query else ''}"

    def project(self, reference: int | UUID) -> str:
        """The page of a project."""
        return f"{self.root}{self.language}/projects/{reference}"

    def page_of(self, of: Project) -> str:
        """The page of a project."""
        return self.project(reference_of(of))

    def static(self, name: str) -> str:
        """A file of the page."""
        return f"{self.root}static/{static_name(name)}"

    def service(self, path: str, conditions: Conditions = ()) -> str:
        """Another address of the service, ``v1/projects``, under conditions."""
        query = urlencode(list(conditions))
        return f"{self.root}{path}{'?' + query if query else ''}"

    def in_language(self, language: Language, query: str = "") -> str:
        """The same page in ``language``."""
        return f"{self.root}{language}/{self._rest}{'?' + query if query else ''}"

    def absolute(self, path: str) -> str:
        """Where everybody finds ``path`` of the service."""
        return f"{self.origin}{BEHIND_THE_DOOR}{path}"

    def canonical(self, language: Language | None = None) -> str:
        """Where everybody finds this page, in ``language``."""
        return self.absolute(f"/{language or self.language}/{self._rest}")

    @property
    def _rest(self) -> str:
        """The path behind the language; nothing of ``/`` and ``/ko``."""
        return self.path.removeprefix(f"/{self.language}").removeprefix("/")


def reference_of(of: Project) -> int | UUID:
    """What stands in the address of a project's page: its number, or else its id."""
    return of.number if of.number is not None else of.id
