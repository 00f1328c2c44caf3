"""The public page: ``/`` to the reader's language, then the first page, the list, and a page for each project.

No part of the API's contract. Everybody may read, counted as public reads; each answer has a strong ETag that names
all it depends on, the business day among it.
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from services.catalog.domain.entry import Entry, Order, Wanted
from services.catalog.domain.statistics import statistics_of
from services.catalog.endpoints.conditional import REVALIDATE, Make, answered
from services.catalog.endpoints.page_language import preferred_language
from services.catalog.endpoints.page_query import read_asked
from services.catalog.pages.rendering import pages_digest, render
from services.catalog.pages.static_files import find_static
from services.catalog.pages.views import linked
from services.catalog.pages.views.addresses import Addresses
from services.catalog.pages.views.calls import calls_view
from services.catalog.pages.views.entry import project_page
from services.catalog.pages.views.figures import figures_of
from services.catalog.pages.views.listing import Asked, Found, listing
from services.catalog.pages.views.taking import ways_of_all
from services.catalog.pages.views.wording import Wording
from services.catalog.pages.views.world_map import world_map
from services.catalog.pages.words import LANGUAGES, Language
from services.catalog.repository.asking import Key
from services.catalog.repository.history import revisions_of
from services.catalog.repository.reading import CatalogueReader
from services.catalog.repository.reading_search import Reach
from services.catalog.repository.showing import ShowingReader
from shared.auth.dependencies import PUBLIC
from shared.database.connection import Database
from shared.errors import NotFound
from shared.http.application import ArrivalDep
from shared.ids import ProjectId
from shared.pagination import PageParams

router = APIRouter(include_in_schema=False, dependencies=[PUBLIC])

PAGE_SIZE = 60
MOST_NUMBER = 2**31 - 1
FOR_GOOD = "public, max-age=31536000, immutable"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)


def wording_of(request: Request) -> Wording:
    """The words of the language that the address begins with."""
    return Wording("ko" if request.url.path.startswith("/ko") else "en")


def addresses_of(request: Request, language: Language) -> Addresses:
    """The addresses that the page of this request names."""
    public_url: str = request.app.state.public_url
    return Addresses(request.url.path, public_url.rstrip("/"), language)


@router.get("/", response_class=RedirectResponse)
async def choose_language(request: Request) -> Response:
    """To the first page in the language that the reader's program prefers."""
    chosen = preferred_language(request.headers.get("accept-language", ""))
    headers = {"Vary": "Accept-Language", "Cache-Control": REVALIDATE}
    return RedirectResponse(f"{chosen}/", 302, headers)


@router.get("/static/{name}", response_class=Response)
async def read_static(name: str) -> Response:
    """A file of the page, to be kept for good when it is just the version that was asked for."""
    found = find_static(name)
    if found is None:
        raise NotFound("file")
    file, exact = found
    keeping = FOR_GOOD if exact else "no-cache"
    return Response(file.content, media_type=file.media_type, headers={"Cache-Control": keeping})


async def to_home(request: Request) -> Response:
    """``/ko`` is ``/ko/``."""
    return RedirectResponse(f"{request.url.path.strip('/')}/", 308)


async def show_home(request: Request, arrival: ArrivalDep) -> Response:
    """The open call, the map, the numbers."""
    wording = wording_of(request)
    addresses = addresses_of(request, wording.language)
    database: Database = request.app.state.database
    async with database.transaction() as tx:
        announced = await ShowingReader(tx).announced_calls(arrival.at)
    calls = calls_view(announced, arrival.at, wording)

    async def make(reader: CatalogueReader) -> bytes:
        tallies = await reader.tallies()
        places = await ShowingReader(reader.tx).places()
        return render(
            "home.html",
            wording,
            addresses,
            rehearsal=request.app.state.clock.rehearsal,
            calls=calls,
            map=world_map(places, wording, addresses),
            figures=figures_of(statistics_of(tallies), tallies, wording, addresses),
            taking=ways_of_all(wording, addresses),
            linked=linked.of_home(wording, addresses),
        )

    return await _shown(request, calls, make)


async def show_projects(request: Request) -> Response:
    """The list under the conditions of the query. Raises ``QueryUnreadable``, ``CursorInvalid``, ``CursorMismatch``."""
    asked, cursor = read_asked(request.query_params)
    wording = wording_of(request)
    addresses = addresses_of(request, wording.language)

    async def make(reader: CatalogueReader) -> bytes:
        found = await _found(reader, asked, cursor)
        page = listing(asked, found, wording, addresses)
        return render(
            "projects.html",
            wording,
            addresses,
            rehearsal=request.app.state.clock.rehearsal,
            page=page,
            query=request.url.query,
        )

    return await _shown(request, (asked, cursor, request.url.query), make)


async def show_project(request: Request, reference: str) -> Response:
    """One project, by its number or id. Raises ``NotFound``."""
    wording = wording_of(request)
    addresses = addresses_of(request, wording.language)

    async def make(reader: CatalogueReader) -> bytes:
        entry = await _find(reader, reference)
        of, more = entry.project, ShowingReader(reader.tx)
        page = project_page(
            entry,
            history=await revisions_of(reader.tx, of.id, up_to=entry.revision),
            in_country=await more.in_country(of),
            in_sectors=await more.in_sectors(of),
            beside=await more.beside(of.number) if of.number is not None else (None, None),
            wording=wording,
            addresses=addresses,
        )
        told = linked.of_project(entry, wording, addresses)
        rehearsal = request.app.state.clock.rehearsal
        return render("project.html", wording, addresses, rehearsal=rehearsal, page=page, linked=told)

    return await _shown(request, (), make)


_SHOWN: Mapping[str, Callable[..., Awaitable[Response]]] = {
    "": to_home,
    "/": show_home,
    "/projects": show_projects,
    "/projects/{reference}": show_project,
}
for _language in LANGUAGES:
    for _path, _show in _SHOWN.items():
        router.add_api_route(
            f"/{_language}{_path}",
            _show,
            name=f"{_show.__name__}_{_language}",
            response_class=HTMLResponse,  # so that nobody who takes HTML alone is told that there is only JSON
        )


async def _shown(request: Request, depends_on: object, make: Make) -> Response:
    """The page of this request, which depends on the catalogue and on what is given."""
    public_url: str = request.app.state.public_url
    asked = ("page", request.url.path, public_url, pages_digest(), depends_on)
    response = await answered(request, asked, make, media_type="text/html")
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["Content-Language"] = wording_of(request).language
    return response


async def _find(reader: CatalogueReader, reference: str) -> Entry:
    entry = None
    if reference.isascii() and reference.isdecimal():
        number = int(reference[:11])
        entry = await reader.find_number(number) if number <= MOST_NUMBER else None
    elif (project_id := _uuid(reference)) is not None:
        entry = await reader.find(ProjectId(project_id))
    if entry is None:
        raise NotFound("project")
    return entry


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


async def _found(reader: CatalogueReader, asked: Asked, cursor: str | None) -> Found:
    """One page of what fits. How widely the text was read stands in the cursor, as in the API's list."""
    wanted = Wanted(
        year=asked.year,
        countries=asked.country,
        type=asked.type,
        state=asked.state,
        sectors=asked.sector,
        text=asked.q,
    )
    order = Order(asked.order or (Order.RELEVANCE if asked.q else Order.NUMBER))
    page = PageParams(PAGE_SIZE, cursor)
    binding: dict[str, Any] = {"route": "page", "wanted": repr(wanted), "sort": order.value}
    readers: tuple[type[Key], ...] = (int, UUID) if order is Order.NUMBER else (int, int, UUID)
    after = page.after(binding, Reach, *readers)
    question = await reader.request(wanted, after[0] if after and asked.q else None)
    hits = await reader.hits(question, order, after=after and after[1:], fetch=page.fetch)
    reach = int(question.reach or Reach.WRITTEN)
    shown, next_cursor = page.cut(binding, hits, lambda hit: (reach, *hit.keys))
    facets = await reader.facets(question)
    return Found([hit.entry for hit in shown], facets, next_cursor, further=cursor is not None)
