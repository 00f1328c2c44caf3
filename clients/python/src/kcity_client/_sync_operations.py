"""Every operation of the contract, version 1.1.0, as a method. Generated: `make clients`."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import BinaryIO, Literal, TypeVar
from uuid import UUID

from kcity_client import _operations, models
from kcity_client._call import Call
from kcity_client._exchange import Answer
from kcity_client.uploads import Upload

T = TypeVar("T")


class Operations(ABC):
    """One method for each operation, named after it. All raise ``KCityError``, most often a ``Problem``."""

    @abstractmethod
    def call(self, call: Call[T]) -> Answer[T]:
        """Do one call."""

    def get_catalog_health(self, *, timeout: float | None = None) -> Answer[models.Health]:
        """Ask whether the process is alive.

        Answers as long as the process runs, whatever it needs is down; says whether this is a rehearsal.

        **Who may call it:** everybody, without a token.
        """
        return self.call(_operations.get_catalog_health(timeout=timeout))

    def get_dataset(self, *, if_none_match: str | None = None, timeout: float | None = None) -> Answer[bytes]:
        """Read what this data set is, for data portals.

        The description of the data set for harvesters (DCAT-AP 3, as JSON-LD): publisher, rights, files.

        **Who may call it:** everybody, without a token.

        ``if_none_match``: The ETag of the version you have: 304 while it is still the present one
        """
        return self.call(_operations.get_dataset(if_none_match=if_none_match, timeout=timeout))

    def get_catalog_delivery(self, *, timeout: float | None = None) -> Answer[models.EventDelivery]:
        """Read how the delivery of events stands.

        What waits, what is held, who relays, and what this process needs and reaches.

        **Who may call it:** operators.
        """
        return self.call(_operations.get_catalog_delivery(timeout=timeout))

    def list_catalog_dead_letters(
        self, *, limit: int | None = None, cursor: str | None = None, timeout: float | None = None
    ) -> Answer[models.DeadLetterOutPage]:
        """List records on our topics that are no events.

        The oldest first. They were set aside and hold up nothing; find out who wrote them.

        **Who may call it:** operators.

        ``limit``: Items on a page
        ``cursor``: next_cursor of the page before

        Problems: ``cursor-invalid``, ``cursor-mismatch``.
        """
        return self.call(_operations.list_catalog_dead_letters(limit=limit, cursor=cursor, timeout=timeout))

    def list_catalog_held_events(
        self,
        *,
        state: Literal["held", "parked"] | None = None,
        limit: int | None = None,
        cursor: str | None = None,
        timeout: float | None = None,
    ) -> Answer[models.HeldEventOutPage]:
        """List received events that are not applied yet.

        By topic, aggregate and sequence. Held ones are tried again by themselves, parked ones wait for a redrive.

        **Who may call it:** operators.

        ``state``: Both without it
        ``limit``: Items on a page
        ``cursor``: next_cursor of the page before

        Problems: ``cursor-invalid``, ``cursor-mismatch``.
        """
        return self.call(
            _operations.list_catalog_held_events(state=state, limit=limit, cursor=cursor, timeout=timeout)
        )

    def redrive_catalog_held_key(
        self,
        aggregate_id: UUID | str,
        body: models.RedriveIn | Mapping[str, object],
        *,
        idempotency_key: str | None = None,
        timeout: float | None = None,
    ) -> Answer[models.RedriveOut]:
        """Try the parked events of a key again.

        Releases them for another round of tries; what is held behind them follows. Harmless when none is parked.

        **Who may call it:** operators.

        ``aggregate_id``: The aggregate whose events are parked

        ``idempotency_key``: made for this act where none is given; repeats of the act send it again.

        Problems: ``body-too-slow``, ``content-too-large``, ``idempotency-key-invalid``,
        ``idempotency-key-missing``, ``key-reused``, ``twin-in-flight``, ``unsupported-media-type``.
        """
        return self.call(
            _operations.redrive_catalog_held_key(
                aggregate_id, body, idempotency_key=idempotency_key, timeout=timeout
            )
        )

    def list_catalog_delivery_orders(
        self, *, limit: int | None = None, cursor: str | None = None, timeout: float | None = None
    ) -> Answer[models.OrderOutPage]:
        """List orders to the worker.

        Every order ever given: who gave it, when, and what came of it.

        **Who may call it:** operators.

        ``limit``: Items on a page
        ``cursor``: next_cursor of the page before

        Problems: ``cursor-invalid``, ``cursor-mismatch``.
        """
        return self.call(
            _operations.list_catalog_delivery_orders(limit=limit, cursor=cursor, timeout=timeout)
        )

    def place_catalog_delivery_order(
        self,
        body: models.ReplayIn | models.RebuildIn | Mapping[str, object],
        *,
        idempotency_key: str | None = None,
        timeout: float | None = None,
    ) -> Answer[models.OrderOut]:
        """Order a replay or a rebuild.

        The service's worker carries it out soon; the order tells how it goes. Both kinds may be repeated.

        **Who may call it:** operators.

        ``idempotency_key``: made for this act where none is given; repeats of the act send it again.

        Problems: ``body-too-slow``, ``content-too-large``, ``idempotency-key-invalid``,
        ``idempotency-key-missing``, ``key-reused``, ``rebuild-underway``, ``twin-in-flight``,
        ``unsupported-media-type``.
        """
        return self.call(
            _operations.place_catalog_delivery_order(body, idempotency_key=idempotency_key, timeout=timeout)
        )

    def get_catalog_delivery_order(
        self, order_id: UUID | str, *, timeout: float | None = None
    ) -> Answer[models.OrderOut]:
        """Read how an order goes.

        One order; ask again until its state is ``done`` or ``failed``.

        **Who may call it:** operators.

        ``order_id``: The order, as `placeDeliveryOrder` named it

        Problems: ``not-found``.
        """
        return self.call(_operations.get_catalog_delivery_order(order_id, timeout=timeout))

    def get_catalog_idempotency_key(
        self, key: str, *, timeout: float | None = None
    ) -> Answer[models.KeptAnswers]:
        """Ask what became of a request, after a time-out.

        Status and reference of what the caller did with the key. 404: nothing was done (yet), repeat the request.

        **Who may call it:** applicants, secretariat officers, ministry officers, reviewers, operators. **On which kept answer:** whoever made it. For others it does not exist (404).

        ``key``: The Idempotency-Key that the request was sent with

        Problems: ``not-found``.
        """
        return self.call(_operations.get_catalog_idempotency_key(key, timeout=timeout))

    def list_imports(
        self, *, limit: int | None = None, cursor: str | None = None, timeout: float | None = None
    ) -> Answer[models.ImportSummaryPage]:
        """List imports.

        The newest first: who gave which file when, and whether it was applied.

        **Who may call it:** ministry officers, operators. **Which import each finds in the list:** ministry officers; operators.

        ``limit``: Items on a page
        ``cursor``: next_cursor of the page before

        Problems: ``cursor-invalid``, ``cursor-mismatch``.
        """
        return self.call(_operations.list_imports(limit=limit, cursor=cursor, timeout=timeout))

    def preview_import(
        self,
        file: Upload | Path | bytes | BinaryIO,
        *,
        file_name: str,
        source: str | None = None,
        idempotency_key: str | None = None,
        timeout: float | None = None,
    ) -> Answer[models.ImportOut]:
        """Give a file and see what it would change.

        Any columns of an export, with the projects named by `id` or `no`. An empty cell changes nothing.

        The answer is every change by cell, or every fault. The catalogue stays as it is until the import is applied.
        A new value needs a source: in the column `<fact>_source`, or `source` for all.

        **Who may call it:** ministry officers, operators.

        ``file_name``: Under which name the file is known to whoever gives it
        ``source``: The public text that every new value was taken from whose row names no source

        ``idempotency_key``: made for this act where none is given; repeats of the act send it again.

        Problems: ``body-too-slow``, ``content-too-large``, ``idempotency-key-invalid``,
        ``idempotency-key-missing``, ``import-media-type-not-allowed``, ``key-reused``, ``twin-in-flight``.
        """
        return self.call(
            _operations.preview_import(
                file, file_name=file_name, source=source, idempotency_key=idempotency_key, timeout=timeout
            )
        )

    def get_import(self, import_id: UUID | str, *, timeout: float | None = None) -> Answer[models.ImportOut]:
        """Read an import with its preview.

        All that it changes or changed, or all that is wrong with it; with its ETag.

        **Who may call it:** ministry officers, operators. **On which import:** ministry officers; operators. For others it does not exist (404).

        ``import_id``: The import, as `previewImport` named it

        Problems: ``not-found``.
        """
        return self.call(_operations.get_import(import_id, timeout=timeout))

    def apply_import(
        self,
        import_id: UUID | str,
        *,
        if_match: str,
        idempotency_key: str | None = None,
        timeout: float | None = None,
    ) -> Answer[models.ImportOut]:
        """Apply an import.

        Make exactly the changes of its preview, all of them or none. Once: when an entry changed meanwhile, 409 names the rows.

        **Who may call it:** ministry officers, operators. **On which import:** ministry officers; operators. For others it does not exist (404).

        ``import_id``: The import, as `previewImport` named it
        ``if_match``: The ETag of the version you read

        ``idempotency_key``: made for this act where none is given; repeats of the act send it again.

        Problems: ``idempotency-key-invalid``, ``idempotency-key-missing``, ``import-applied-already``,
        ``import-faulty``, ``import-outdated``, ``key-reused``, ``not-found``, ``precondition-required``,
        ``stale-version``, ``twin-in-flight``.
        """
        return self.call(
            _operations.apply_import(
                import_id, if_match=if_match, idempotency_key=idempotency_key, timeout=timeout
            )
        )

    def get_catalog_me(self, *, timeout: float | None = None) -> Answer[models.CurrentCaller]:
        """Ask who I am, and what I may do here.

        What the access token says, until when it holds, and which operations of this service it opens.

        **Who may call it:** whoever has a token.
        """
        return self.call(_operations.get_catalog_me(timeout=timeout))

    def list_projects(
        self,
        *,
        year: int | None = None,
        country: Sequence[str] | None = None,
        type: models.ProjectType | None = None,
        state: models.ProjectState | None = None,
        stage: models.Stage | None = None,
        sector: Sequence[models.Sector] | None = None,
        q: str | None = None,
        positioned: bool | None = None,
        near: str | None = None,
        within_km: float | None = None,
        bbox: str | None = None,
        sort: models.ProjectOrder | None = None,
        limit: int | None = None,
        cursor: str | None = None,
        if_none_match: str | None = None,
        timeout: float | None = None,
    ) -> Answer[models.ProjectOutPage]:
        """List the projects of the catalogue.

        Completed and selected projects, page by page. A selection appears at its announcement, not before.

        **Who may call it:** everybody, without a token.

        ``year``: Year of selection
        ``country``: Country codes; repeat for several: `country=VN&country=ID`
        ``type``: Type; `plan` finds plans whose kind is not published
        ``state``: Completed, or announced as selected
        ``stage``: How far it is
        ``sector``: What it is about; repeat for several, of which one is enough: `sector=water&sector=waste`
        ``q``: A question or words in Korean or English, looked for in title, city, country, organisation and partner, also as parts of words, without Korean particles and spaces, case and accents, and with a typing error where nobody wrote it so. Sectors, types and years may be named. Every word counts but those that only make a sentence; the first 12 do. What the answer says in `matched` tells whether all were found.
        ``positioned``: Only those whose position is known, or only the others
        ``near``: Latitude and longitude: only projects with a position; each says how far it is
        ``within_km``: How far from `near` at most
        ``bbox``: West, south, east, north: only projects with a position in there. West may be greater than east: such a box crosses the antimeridian
        ``sort``: `-` in front: greatest first. Left out: `relevance` with `q`, else `distance` with `near`, else `number`
        ``limit``: Items on a page
        ``cursor``: next_cursor of the page before
        ``if_none_match``: The ETag of the version you have: 304 while it is still the present one

        Problems: ``cursor-invalid``, ``cursor-mismatch``.
        """
        return self.call(
            _operations.list_projects(
                year=year,
                country=country,
                type=type,
                state=state,
                stage=stage,
                sector=sector,
                q=q,
                positioned=positioned,
                near=near,
                within_km=within_km,
                bbox=bbox,
                sort=sort,
                limit=limit,
                cursor=cursor,
                if_none_match=if_none_match,
                timeout=timeout,
            )
        )

    def export_projects_csv(
        self,
        *,
        year: int | None = None,
        country: Sequence[str] | None = None,
        type: models.ProjectType | None = None,
        state: models.ProjectState | None = None,
        stage: models.Stage | None = None,
        sector: Sequence[models.Sector] | None = None,
        q: str | None = None,
        positioned: bool | None = None,
        near: str | None = None,
        within_km: float | None = None,
        bbox: str | None = None,
        if_none_match: str | None = None,
        timeout: float | None = None,
    ) -> Answer[bytes]:
        """Export projects as CSV.

        Every project that fits, in one file, at most 9,999: UTF-8 with a byte order mark, so that Excel shows Hangul.

        An empty cell is a value that is not published. A cell that a spreadsheet would take for a formula has an apostrophe
        in front. `stage`, `country_ko`, `country_en` and `sectors_basis` only show what follows from the others.

        **Who may call it:** everybody, without a token.

        ``year``: Year of selection
        ``country``: Country codes; repeat for several: `country=VN&country=ID`
        ``type``: Type; `plan` finds plans whose kind is not published
        ``state``: Completed, or announced as selected
        ``stage``: How far it is
        ``sector``: What it is about; repeat for several, of which one is enough: `sector=water&sector=waste`
        ``q``: A question or words in Korean or English, looked for in title, city, country, organisation and partner, also as parts of words, without Korean particles and spaces, case and accents, and with a typing error where nobody wrote it so. Sectors, types and years may be named. Every word counts but those that only make a sentence; the first 12 do. What the answer says in `matched` tells whether all were found.
        ``positioned``: Only those whose position is known, or only the others
        ``near``: Latitude and longitude: only projects with a position; each says how far it is
        ``within_km``: How far from `near` at most
        ``bbox``: West, south, east, north: only projects with a position in there. West may be greater than east: such a box crosses the antimeridian
        ``if_none_match``: The ETag of the version you have: 304 while it is still the present one
        """
        return self.call(
            _operations.export_projects_csv(
                year=year,
                country=country,
                type=type,
                state=state,
                stage=stage,
                sector=sector,
                q=q,
                positioned=positioned,
                near=near,
                within_km=within_km,
                bbox=bbox,
                if_none_match=if_none_match,
                timeout=timeout,
            )
        )

    def export_projects_geojson(
        self,
        *,
        year: int | None = None,
        country: Sequence[str] | None = None,
        type: models.ProjectType | None = None,
        state: models.ProjectState | None = None,
        stage: models.Stage | None = None,
        sector: Sequence[models.Sector] | None = None,
        q: str | None = None,
        positioned: bool | None = None,
        near: str | None = None,
        within_km: float | None = None,
        bbox: str | None = None,
        if_none_match: str | None = None,
        timeout: float | None = None,
    ) -> Answer[bytes]:
        """Read projects as GeoJSON.

        Every project that fits (at most 20,000, by number) as a feature (RFC 7946).

        `geometry` is its position, null where none is known; `properties` are what the list shows.

        **Who may call it:** everybody, without a token.

        ``year``: Year of selection
        ``country``: Country codes; repeat for several: `country=VN&country=ID`
        ``type``: Type; `plan` finds plans whose kind is not published
        ``state``: Completed, or announced as selected
        ``stage``: How far it is
        ``sector``: What it is about; repeat for several, of which one is enough: `sector=water&sector=waste`
        ``q``: A question or words in Korean or English, looked for in title, city, country, organisation and partner, also as parts of words, without Korean particles and spaces, case and accents, and with a typing error where nobody wrote it so. Sectors, types and years may be named. Every word counts but those that only make a sentence; the first 12 do. What the answer says in `matched` tells whether all were found.
        ``positioned``: Only those whose position is known, or only the others
        ``near``: Latitude and longitude: only projects with a position; each says how far it is
        ``within_km``: How far from `near` at most
        ``bbox``: West, south, east, north: only projects with a position in there. West may be greater than east: such a box crosses the antimeridian
        ``if_none_match``: The ETag of the version you have: 304 while it is still the present one
        """
        return self.call(
            _operations.export_projects_geojson(
                year=year,
                country=country,
                type=type,
                state=state,
                stage=stage,
                sector=sector,
                q=q,
                positioned=positioned,
                near=near,
                within_km=within_km,
                bbox=bbox,
                if_none_match=if_none_match,
                timeout=timeout,
            )
        )

    def export_projects_json_lines(
        self,
        *,
        year: int | None = None,
        country: Sequence[str] | None = None,
        type: models.ProjectType | None = None,
        state: models.ProjectState | None = None,
        stage: models.Stage | None = None,
        sector: Sequence[models.Sector] | None = None,
        q: str | None = None,
        positioned: bool | None = None,
        near: str | None = None,
        within_km: float | None = None,
        bbox: str | None = None,
        if_none_match: str | None = None,
        timeout: float | None = None,
    ) -> Answer[bytes]:
        """Read projects as JSON Lines.

        Every project that fits (at most 20,000, by number), each on a line as the list shows it.

        **Who may call it:** everybody, without a token.

        ``year``: Year of selection
        ``country``: Country codes; repeat for several: `country=VN&country=ID`
        ``type``: Type; `plan` finds plans whose kind is not published
        ``state``: Completed, or announced as selected
        ``stage``: How far it is
        ``sector``: What it is about; repeat for several, of which one is enough: `sector=water&sector=waste`
        ``q``: A question or words in Korean or English, looked for in title, city, country, organisation and partner, also as parts of words, without Korean particles and spaces, case and accents, and with a typing error where nobody wrote it so. Sectors, types and years may be named. Every word counts but those that only make a sentence; the first 12 do. What the answer says in `matched` tells whether all were found.
        ``positioned``: Only those whose position is known, or only the others
        ``near``: Latitude and longitude: only projects with a position; each says how far it is
        ``within_km``: How far from `near` at most
        ``bbox``: West, south, east, north: only projects with a position in there. West may be greater than east: such a box crosses the antimeridian
        ``if_none_match``: The ETag of the version you have: 304 while it is still the present one
        """
        return self.call(
            _operations.export_projects_json_lines(
                year=year,
                country=country,
                type=type,
                state=state,
                stage=stage,
                sector=sector,
                q=q,
                positioned=positioned,
                near=near,
                within_km=within_km,
                bbox=bbox,
                if_none_match=if_none_match,
                timeout=timeout,
            )
        )

    def export_projects_xlsx(
        self,
        *,
        year: int | None = None,
        country: Sequence[str] | None = None,
        type: models.ProjectType | None = None,
        state: models.ProjectState | None = None,
        stage: models.Stage | None = None,
        sector: Sequence[models.Sector] | None = None,
        q: str | None = None,
        positioned: bool | None = None,
        near: str | None = None,
        within_km: float | None = None,
        bbox: str | None = None,
        if_none_match: str | None = None,
        timeout: float | None = None,
    ) -> Answer[bytes]:
        """Export projects as XLSX.

        The same table as a workbook; what only shows has a grey header.

        **Who may call it:** everybody, without a token.

        ``year``: Year of selection
        ``country``: Country codes; repeat for several: `country=VN&country=ID`
        ``type``: Type; `plan` finds plans whose kind is not published
        ``state``: Completed, or announced as selected
        ``stage``: How far it is
        ``sector``: What it is about; repeat for several, of which one is enough: `sector=water&sector=waste`
        ``q``: A question or words in Korean or English, looked for in title, city, country, organisation and partner, also as parts of words, without Korean particles and spaces, case and accents, and with a typing error where nobody wrote it so. Sectors, types and years may be named. Every word counts but those that only make a sentence; the first 12 do. What the answer says in `matched` tells whether all were found.
        ``positioned``: Only those whose position is known, or only the others
        ``near``: Latitude and longitude: only projects with a position; each says how far it is
        ``within_km``: How far from `near` at most
        ``bbox``: West, south, east, north: only projects with a position in there. West may be greater than east: such a box crosses the antimeridian
        ``if_none_match``: The ETag of the version you have: 304 while it is still the present one
        """
        return self.call(
            _operations.export_projects_xlsx(
                year=year,
                country=country,
                type=type,
                state=state,
                stage=stage,
                sector=sector,
                q=q,
                positioned=positioned,
                near=near,
                within_km=within_km,
                bbox=bbox,
                if_none_match=if_none_match,
                timeout=timeout,
            )
        )

    def get_project_by_number(
        self, number: int, *, if_none_match: str | None = None, timeout: float | None = None
    ) -> Answer[models.CatalogProjectOut]:
        """Read a completed project by its number.

        The project with this number in the list of completed projects.

        **Who may call it:** everybody, without a token.

        ``number``: Its number in the list of completed projects
        ``if_none_match``: The ETag of the version you have: 304 while it is still the present one

        Problems: ``not-found``.
        """
        return self.call(
            _operations.get_project_by_number(number, if_none_match=if_none_match, timeout=timeout)
        )

    def get_project_facets(
        self,
        *,
        year: int | None = None,
        country: Sequence[str] | None = None,
        type: models.ProjectType | None = None,
        state: models.ProjectState | None = None,
        stage: models.Stage | None = None,
        sector: Sequence[models.Sector] | None = None,
        q: str | None = None,
        positioned: bool | None = None,
        near: str | None = None,
        within_km: float | None = None,
        bbox: str | None = None,
        if_none_match: str | None = None,
        timeout: float | None = None,
    ) -> Answer[models.FacetsOut]:
        """Count what a list of projects can be narrowed down to.

        For each value of each facet, how many projects fit it and all conditions but those of the facet itself.

        **Who may call it:** everybody, without a token.

        ``year``: Year of selection
        ``country``: Country codes; repeat for several: `country=VN&country=ID`
        ``type``: Type; `plan` finds plans whose kind is not published
        ``state``: Completed, or announced as selected
        ``stage``: How far it is
        ``sector``: What it is about; repeat for several, of which one is enough: `sector=water&sector=waste`
        ``q``: A question or words in Korean or English, looked for in title, city, country, organisation and partner, also as parts of words, without Korean particles and spaces, case and accents, and with a typing error where nobody wrote it so. Sectors, types and years may be named. Every word counts but those that only make a sentence; the first 12 do. What the answer says in `matched` tells whether all were found.
        ``positioned``: Only those whose position is known, or only the others
        ``near``: Latitude and longitude: only projects with a position; each says how far it is
        ``within_km``: How far from `near` at most
        ``bbox``: West, south, east, north: only projects with a position in there. West may be greater than east: such a box crosses the antimeridian
        ``if_none_match``: The ETag of the version you have: 304 while it is still the present one
        """
        return self.call(
            _operations.get_project_facets(
                year=year,
                country=country,
                type=type,
                state=state,
                stage=stage,
                sector=sector,
                q=q,
                positioned=positioned,
                near=near,
                within_km=within_km,
                bbox=bbox,
                if_none_match=if_none_match,
                timeout=timeout,
            )
        )

    def get_project(
        self, project_id: UUID | str, *, if_none_match: str | None = None, timeout: float | None = None
    ) -> Answer[models.CatalogProjectOut]:
        """Read a project.

        A project by its id.

        **Who may call it:** everybody, without a token.

        ``project_id``: The project, as `listProjects` named it
        ``if_none_match``: The ETag of the version you have: 304 while it is still the present one

        Problems: ``not-found``.
        """
        return self.call(_operations.get_project(project_id, if_none_match=if_none_match, timeout=timeout))

    def correct_project(
        self,
        project_id: UUID | str,
        body: models.CorrectionIn | Mapping[str, object],
        *,
        if_match: str,
        timeout: float | None = None,
    ) -> Answer[models.CatalogProjectOut]:
        """Correct what an entry says.

        Merge facts into an entry (JSON Merge Patch, RFC 7396), with the ETag of its history in If-Match.

        Everybody sees the change with its reason and source at once; a correction of nothing changes nothing.

        **Who may call it:** ministry officers, operators.

        ``project_id``: The project, as `listProjects` named it
        ``if_match``: The ETag of the version you read

        Problems: ``body-too-slow``, ``content-too-large``, ``invalid``, ``not-found``,
        ``precondition-required``, ``stale-version``, ``unsupported-media-type``.
        """
        return self.call(_operations.correct_project(project_id, body, if_match=if_match, timeout=timeout))

    def get_project_history(
        self, project_id: UUID | str, *, if_none_match: str | None = None, timeout: float | None = None
    ) -> Answer[models.HistoryOut]:
        """Read how an entry became what it is.

        Its stages with their days, and every revision: when, why, and which facts it changed.

        The ETag is the entry's revision: a correction sends it in If-Match.

        **Who may call it:** everybody, without a token.

        ``project_id``: The project, as `listProjects` named it
        ``if_none_match``: The ETag of the version you have: 304 while it is still the present one

        Problems: ``not-found``.
        """
        return self.call(
            _operations.get_project_history(project_id, if_none_match=if_none_match, timeout=timeout)
        )

    def get_project_json_ld(
        self, project_id: UUID | str, *, if_none_match: str | None = None, timeout: float | None = None
    ) -> Answer[bytes]:
        """Read a project in the words of schema.org.

        A project as JSON-LD; what is not published is left out.

        **Who may call it:** everybody, without a token.

        ``project_id``: The project, as `listProjects` named it
        ``if_none_match``: The ETag of the version you have: 304 while it is still the present one

        Problems: ``not-found``.
        """
        return self.call(
            _operations.get_project_json_ld(project_id, if_none_match=if_none_match, timeout=timeout)
        )

    def get_catalog_rehearsal_clock(self, *, timeout: float | None = None) -> Answer[models.ClockOut]:
        """Read where the rehearsal's clock stands.

        The present step and which processes have acknowledged it.

        **Who may call it:** operators.

        Problems: ``not-a-rehearsal``.
        """
        return self.call(_operations.get_catalog_rehearsal_clock(timeout=timeout))

    def step_catalog_rehearsal_clock(
        self, body: models.StepIn | Mapping[str, object], *, timeout: float | None = None
    ) -> Answer[models.ClockOut]:
        """Step the rehearsal's clock.

        Set the business clock; it stands there until the next step. Repeating the present step changes nothing.

        **Who may call it:** operators.

        Problems: ``body-too-slow``, ``content-too-large``, ``not-a-rehearsal``, ``unsupported-media-type``.
        """
        return self.call(_operations.step_catalog_rehearsal_clock(body, timeout=timeout))

    def get_statistics(
        self, *, if_none_match: str | None = None, timeout: float | None = None
    ) -> Answer[models.StatisticsOut]:
        """Count projects by year, country, type, sector and stage.

        Counted numbers stand beside the ministry's published ones; each has its basis and source.

        **Who may call it:** everybody, without a token.

        ``if_none_match``: The ETag of the version you have: 304 while it is still the present one
        """
        return self.call(_operations.get_statistics(if_none_match=if_none_match, timeout=timeout))

    def get_catalog_time(self, *, timeout: float | None = None) -> Answer[models.TimeOut]:
        """Ask what time it is here.

        Business time with its error bound; in a rehearsal the instant its clock stands at.

        **Who may call it:** everybody, without a token.
        """
        return self.call(_operations.get_catalog_time(timeout=timeout))

    def get_intake_health(self, *, timeout: float | None = None) -> Answer[models.Health]:
        """Ask whether the process is alive.

        Answers as long as the process runs, whatever it needs is down; says whether this is a rehearsal.

        **Who may call it:** everybody, without a token.
        """
        return self.call(_operations.get_intake_health(timeout=timeout))

    def list_applications(
        self,
        *,
        call: str | None = None,
        track: Literal["planning", "demonstration"] | None = None,
        state: models.IntakeState | None = None,
        limit: int | None = None,
        cursor: str | None = None,
        timeout: float | None = None,
    ) -> Answer[models.ApplicationSummaryPage]:
        """List applications.

        The organisation's own applications, or those received in the officer's tracks; the newest first.

        **Who may call it:** applicants, secretariat officers, ministry officers; systems with the scope `applications:read` (or that of one track). **Which application each finds in the list:** applicants of its organisation; officers of its track, once it was received. A system reaches what officers of the tracks in its scope reach.

        ``call``: Code of the call
        ``track``: Only those of this track
        ``state``: Only those in this state
        ``limit``: Items on a page
        ``cursor``: next_cursor of the page before

        Problems: ``cursor-invalid``, ``cursor-mismatch``, ``scope-missing``.
        """
        return self.call(
            _operations.list_applications(
                call=call, track=track, state=state, limit=limit, cursor=cursor, timeout=timeout
            )
        )

    def create_application(
        self,
        body: models.ApplicationIn | Mapping[str, object],
        *,
        idempotency_key: str | None = None,
        timeout: float | None = None,
    ) -> Answer[models.ApplicationOut]:
        """Begin an application.

        Begin a draft for the caller's organisation, from the call's announcement until the closing.

        **Who may call it:** applicants. **On which call named in the body:** everybody, once it is announced. For others it does not exist (404).

        ``idempotency_key``: made for this act where none is given; repeats of the act send it again.

        Problems: ``body-too-slow``, ``content-too-large``, ``idempotency-key-invalid``,
        ``idempotency-key-missing``, ``key-reused``, ``not-found``, ``twin-in-flight``,
        ``unsupported-media-type``, ``window-closed``.
        """
        return self.call(
            _operations.create_application(body, idempotency_key=idempotency_key, timeout=timeout)
        )

    def get_application(
        self, application_id: UUID | str, *, if_none_match: str | None = None, timeout: float | None = None
    ) -> Answer[models.ApplicationOut]:
        """Read an application.

        The whole application with its contacts; reading those is written down. Officers see no drafts.

        **Who may call it:** applicants, secretariat officers, ministry officers; systems with the scope `dossiers:read` (or that of one track). **On which application:** applicants of its organisation; officers of its track, once it was received. For others it does not exist (404). A system reaches what officers of the tracks in its scope reach.

        ``application_id``: The application, as `createApplication` named it
        ``if_none_match``: The ETag of the version you have: 304 while it is still the present one

        Problems: ``not-found``, ``scope-missing``.
        """
        return self.call(
            _operations.get_application(application_id, if_none_match=if_none_match, timeout=timeout)
        )

    def change_application(
        self,
        application_id: UUID | str,
        body: models.ApplicationPatch | Mapping[str, object],
        *,
        if_match: str,
        timeout: float | None = None,
    ) -> Answer[models.ApplicationOut]:
        """Change a draft.

        Merge sections into a draft (JSON Merge Patch, RFC 7396). It may stay incomplete until it is submitted.

        **Who may call it:** applicants. **On which application:** applicants of its organisation. Who may see it, but not do this, is refused (403): officers of its track, once it was received. For others it does not exist (404).

        ``application_id``: The application, as `createApplication` named it
        ``if_match``: The ETag of the version you read

        Problems: ``body-too-slow``, ``content-too-large``, ``invalid``, ``not-a-draft``, ``not-found``,
        ``precondition-required``, ``stale-version``, ``unsupported-media-type``.
        """
        return self.call(
            _operations.change_application(application_id, body, if_match=if_match, timeout=timeout)
        )

    def get_completeness(
        self, application_id: UUID | str, *, timeout: float | None = None
    ) -> Answer[models.CompletenessOut]:
        """Ask what is missing or wrong.

        Everything the call asks for that is missing or wrong, each with a JSON pointer.

        **Who may call it:** applicants, secretariat officers, ministry officers. **On which application:** applicants of its organisation; officers of its track, once it was received. For others it does not exist (404).

        ``application_id``: The application, as `createApplication` named it

        Problems: ``not-found``.
        """
        return self.call(_operations.get_completeness(application_id, timeout=timeout))

    def list_documents(
        self, application_id: UUID | str, *, timeout: float | None = None
    ) -> Answer[models.DocumentList]:
        """List the documents of an application.

        What is attached, one document of each kind.

        **Who may call it:** applicants, secretariat officers, ministry officers; systems with the scope `dossiers:read` (or that of one track). **On which application:** applicants of its organisation; officers of its track, once it was received. For others it does not exist (404). A system reaches what officers of the tracks in its scope reach.

        ``application_id``: The application, as `createApplication` named it

        Problems: ``not-found``, ``scope-missing``.
        """
        return self.call(_operations.list_documents(application_id, timeout=timeout))

    def upload_document(
        self,
        application_id: UUID | str,
        file: Upload | Path | bytes | BinaryIO,
        *,
        kind: str,
        file_name: str,
        idempotency_key: str | None = None,
        timeout: float | None = None,
    ) -> Answer[models.IntakeDocumentOut]:
        """Attach a document.

        Attach the file in the body to a draft, where it replaces the one of the same kind.

        A file that is not what its Content-Type says, or larger than the call allows, is refused and not kept.

        **Who may call it:** applicants. **On which application:** applicants of its organisation. Who may see it, but not do this, is refused (403): officers of its track, once it was received. For others it does not exist (404).

        ``application_id``: The application, as `createApplication` named it
        ``kind``: Which of the documents that the call asks for
        ``file_name``: What the file is called; folders in front of it are left out

        ``idempotency_key``: made for this act where none is given; repeats of the act send it again.

        Problems: ``body-too-slow``, ``content-too-large``, ``document-content-mismatch``,
        ``document-empty``, ``document-store-unavailable``, ``document-too-large``,
        ``document-type-not-allowed``, ``idempotency-key-invalid``, ``idempotency-key-missing``,
        ``invalid``, ``key-reused``, ``not-a-draft``, ``not-found``, ``twin-in-flight``.
        """
        return self.call(
            _operations.upload_document(
                application_id,
                file,
                kind=kind,
                file_name=file_name,
                idempotency_key=idempotency_key,
                timeout=timeout,
            )
        )

    def get_receipt(
        self, application_id: UUID | str, *, timeout: float | None = None
    ) -> Answer[models.ReceiptOut]:
        """Read the receipt of an application.

        The receipt as it was signed; 404 while the application was not received.

        **Who may call it:** applicants, secretariat officers, ministry officers; systems with the scope `applications:read` (or that of one track). **On which receipt:** applicants of its organisation; officers of its track, once it was received. For others it does not exist (404). A system reaches what officers of the tracks in its scope reach.

        ``application_id``: The application, as `createApplication` named it

        Problems: ``not-found``, ``scope-missing``.
        """
        return self.call(_operations.get_receipt(application_id, timeout=timeout))

    def submit_application(
        self, application_id: UUID | str, *, idempotency_key: str | None = None, timeout: float | None = None
    ) -> Answer[models.ReceiptOut]:
        """Submit an application.

        Submit a complete draft; what counts is when the request arrived.

        Repeating it with the same Idempotency-Key gives the same receipt, also after the closing.

        **Who may call it:** applicants. **On which application:** applicants of its organisation. Who may see it, but not do this, is refused (403): officers of its track, once it was received. For others it does not exist (404).

        ``application_id``: The application, as `createApplication` named it

        ``idempotency_key``: made for this act where none is given; repeats of the act send it again.

        Problems: ``already-submitted``, ``changed-meanwhile``, ``idempotency-key-invalid``,
        ``idempotency-key-missing``, ``incomplete``, ``key-reused``, ``not-a-draft``, ``not-found``,
        ``twin-in-flight``, ``window-closed``, ``window-not-open``.
        """
        return self.call(
            _operations.submit_application(application_id, idempotency_key=idempotency_key, timeout=timeout)
        )

    def withdraw_application(
        self, application_id: UUID | str, *, idempotency_key: str | None = None, timeout: float | None = None
    ) -> Answer[models.ApplicationOut]:
        """Withdraw an application.

        Take a draft or a submitted application back, for good. The receipt stays valid as proof of its arrival.

        **Who may call it:** applicants. **On which application:** applicants of its organisation. Who may see it, but not do this, is refused (403): officers of its track, once it was received. For others it does not exist (404).

        ``application_id``: The application, as `createApplication` named it

        ``idempotency_key``: made for this act where none is given; repeats of the act send it again.

        Problems: ``already-withdrawn``, ``idempotency-key-invalid``, ``idempotency-key-missing``,
        ``key-reused``, ``not-found``, ``twin-in-flight``.
        """
        return self.call(
            _operations.withdraw_application(application_id, idempotency_key=idempotency_key, timeout=timeout)
        )

    def list_calls(
        self, *, limit: int | None = None, cursor: str | None = None, timeout: float | None = None
    ) -> Answer[models.CallSummaryPage]:
        """List calls.

        Announced calls, the latest first. Ministry officers also see those that are scheduled.

        **Who may call it:** everybody; to some roles a token shows more. **Which call each finds in the list:** everybody, once it is announced; ministry officers.

        ``limit``: Items on a page
        ``cursor``: next_cursor of the page before

        Problems: ``cursor-invalid``, ``cursor-mismatch``.
        """
        return self.call(_operations.list_calls(limit=limit, cursor=cursor, timeout=timeout))

    def publish_call(
        self,
        body: models.CallDefinition | Mapping[str, object] | str,
        *,
        idempotency_key: str | None = None,
        timeout: float | None = None,
    ) -> Answer[models.IntakeCallOut]:
        """Publish a call.

        Publish a call from its definition file; it stays hidden until `announced_at`.

        A call whose instant has passed is announced at once. The same definition again is harmless. Errors name
        line, column and pointer.

        **Who may call it:** ministry officers.

        ``idempotency_key``: made for this act where none is given; repeats of the act send it again.

        Problems: ``body-too-slow``, ``call-definition-invalid``, ``call-exists``,
        ``call-media-type-not-allowed``, ``content-too-large``, ``idempotency-key-invalid``,
        ``idempotency-key-missing``, ``key-reused``, ``twin-in-flight``, ``unsupported-media-type``.
        """
        return self.call(_operations.publish_call(body, idempotency_key=idempotency_key, timeout=timeout))

    def get_call(
        self, code: str, *, if_none_match: str | None = None, timeout: float | None = None
    ) -> Answer[models.IntakeCallOut]:
        """Read a call.

        The whole call with the state of each window at this moment; 404 before its announcement.

        **Who may call it:** everybody; to some roles a token shows more. **On which call:** everybody, once it is announced; ministry officers. For others it does not exist (404).

        ``code``: The code of the call
        ``if_none_match``: The ETag of the version you have: 304 while it is still the present one

        Problems: ``not-found``.
        """
        return self.call(_operations.get_call(code, if_none_match=if_none_match, timeout=timeout))

    def get_intake_delivery(self, *, timeout: float | None = None) -> Answer[models.EventDelivery]:
        """Read how the delivery of events stands.

        What waits, what is held, who relays, and what this process needs and reaches.

        **Who may call it:** operators.
        """
        return self.call(_operations.get_intake_delivery(timeout=timeout))

    def list_intake_dead_letters(
        self, *, limit: int | None = None, cursor: str | None = None, timeout: float | None = None
    ) -> Answer[models.DeadLetterOutPage]:
        """List records on our topics that are no events.

        The oldest first. They were set aside and hold up nothing; find out who wrote them.

        **Who may call it:** operators.

        ``limit``: Items on a page
        ``cursor``: next_cursor of the page before

        Problems: ``cursor-invalid``, ``cursor-mismatch``.
        """
        return self.call(_operations.list_intake_dead_letters(limit=limit, cursor=cursor, timeout=timeout))

    def list_intake_held_events(
        self,
        *,
        state: Literal["held", "parked"] | None = None,
        limit: int | None = None,
        cursor: str | None = None,
        timeout: float | None = None,
    ) -> Answer[models.HeldEventOutPage]:
        """List received events that are not applied yet.

        By topic, aggregate and sequence. Held ones are tried again by themselves, parked ones wait for a redrive.

        **Who may call it:** operators.

        ``state``: Both without it
        ``limit``: Items on a page
        ``cursor``: next_cursor of the page before

        Problems: ``cursor-invalid``, ``cursor-mismatch``.
        """
        return self.call(
            _operations.list_intake_held_events(state=state, limit=limit, cursor=cursor, timeout=timeout)
        )

    def redrive_intake_held_key(
        self,
        aggregate_id: UUID | str,
        body: models.RedriveIn | Mapping[str, object],
        *,
        idempotency_key: str | None = None,
        timeout: float | None = None,
    ) -> Answer[models.RedriveOut]:
        """Try the parked events of a key again.

        Releases them for another round of tries; what is held behind them follows. Harmless when none is parked.

        **Who may call it:** operators.

        ``aggregate_id``: The aggregate whose events are parked

        ``idempotency_key``: made for this act where none is given; repeats of the act send it again.

        Problems: ``body-too-slow``, ``content-too-large``, ``idempotency-key-invalid``,
        ``idempotency-key-missing``, ``key-reused``, ``twin-in-flight``, ``unsupported-media-type``.
        """
        return self.call(
            _operations.redrive_intake_held_key(
                aggregate_id, body, idempotency_key=idempotency_key, timeout=timeout
            )
        )

    def list_intake_delivery_orders(
        self, *, limit: int | None = None, cursor: str | None = None, timeout: float | None = None
    ) -> Answer[models.OrderOutPage]:
        """List orders to the worker.

        Every order ever given: who gave it, when, and what came of it.

        **Who may call it:** operators.

        ``limit``: Items on a page
        ``cursor``: next_cursor of the page before

        Problems: ``cursor-invalid``, ``cursor-mismatch``.
        """
        return self.call(_operations.list_intake_delivery_orders(limit=limit, cursor=cursor, timeout=timeout))

    def place_intake_delivery_order(
        self,
        body: models.ReplayIn | models.RebuildIn | Mapping[str, object],
        *,
        idempotency_key: str | None = None,
        timeout: float | None = None,
    ) -> Answer[models.OrderOut]:
        """Order a replay or a rebuild.

        The service's worker carries it out soon; the order tells how it goes. Both kinds may be repeated.

        **Who may call it:** operators.

        ``idempotency_key``: made for this act where none is given; repeats of the act send it again.

        Problems: ``body-too-slow``, ``content-too-large``, ``idempotency-key-invalid``,
        ``idempotency-key-missing``, ``key-reused``, ``rebuild-underway``, ``twin-in-flight``,
        ``unsupported-media-type``.
        """
        return self.call(
            _operations.place_intake_delivery_order(body, idempotency_key=idempotency_key, timeout=timeout)
        )

    def get_intake_delivery_order(
        self, order_id: UUID | str, *, timeout: float | None = None
    ) -> Answer[models.OrderOut]:
        """Read how an order goes.

        One order; ask again until its state is ``done`` or ``failed``.

        **Who may call it:** operators.

        ``order_id``: The order, as `placeDeliveryOrder` named it

        Problems: ``not-found``.
        """
        return self.call(_operations.get_intake_delivery_order(order_id, timeout=timeout))

    def delete_document(self, document_id: UUID | str, *, timeout: float | None = None) -> Answer[None]:
        """Delete a document of a draft.

        Take the document out of the draft and erase its bytes; 404 when that was done before.

        **Who may call it:** applicants. **On which document of a draft:** applicants of its organisation. Who may see it, but not do this, is refused (403): officers of its track, once it was received. For others it does not exist (404).

        ``document_id``: The document, as `uploadDocument` named it

        Problems: ``not-a-draft``, ``not-found``.
        """
        return self.call(_operations.delete_document(document_id, timeout=timeout))

    def download_document(self, document_id: UUID | str, *, timeout: float | None = None) -> Answer[bytes]:
        """Download a document.

        The file as it was uploaded, as an attachment; the read is written down before the first byte is sent.

        **Who may call it:** applicants, secretariat officers, ministry officers; systems with the scope `dossiers:read` (or that of one track). **On which document:** applicants of its organisation; officers of its track, once it was received. For others it does not exist (404). A system reaches what officers of the tracks in its scope reach.

        ``document_id``: The document, as `uploadDocument` named it

        Problems: ``document-not-cleared``, ``document-store-unavailable``, ``not-found``,
        ``scope-missing``.
        """
        return self.call(_operations.download_document(document_id, timeout=timeout))

    def get_intake_idempotency_key(
        self, key: str, *, timeout: float | None = None
    ) -> Answer[models.KeptAnswers]:
        """Ask what became of a request, after a time-out.

        Status and reference of what the caller did with the key. 404: nothing was done (yet), repeat the request.

        **Who may call it:** applicants, secretariat officers, ministry officers, reviewers, operators. **On which kept answer:** whoever made it. For others it does not exist (404).

        ``key``: The Idempotency-Key that the request was sent with

        Problems: ``not-found``.
        """
        return self.call(_operations.get_intake_idempotency_key(key, timeout=timeout))

    def get_intake_me(self, *, timeout: float | None = None) -> Answer[models.CurrentCaller]:
        """Ask who I am, and what I may do here.

        What the access token says, until when it holds, and which operations of this service it opens.

        **Who may call it:** whoever has a token.
        """
        return self.call(_operations.get_intake_me(timeout=timeout))

    def get_partner_confirmation(
        self, token: str, *, timeout: float | None = None
    ) -> Answer[models.PartnerConfirmationOut]:
        """Read what is to be confirmed.

        What the partner body is asked to confirm. Changes nothing, however often it is read.

        **Who may call it:** everybody, without a token. **On which partner confirmation:** whoever holds its link. For others it does not exist (404).

        ``token``: The last part of the link

        Problems: ``link-invalid``.
        """
        return self.call(_operations.get_partner_confirmation(token, timeout=timeout))

    def confirm_partner(
        self, token: str, *, timeout: float | None = None
    ) -> Answer[models.PartnerConfirmationOut]:
        """Confirm the partnership.

        Confirm, for whoever holds the link. A second time changes nothing and answers the same.

        **Who may call it:** everybody, without a token. **On which partner confirmation:** whoever holds its link. For others it does not exist (404).

        ``token``: The last part of the link

        Problems: ``link-invalid``, ``nothing-to-confirm``.
        """
        return self.call(_operations.confirm_partner(token, timeout=timeout))

    def get_receipt_keys(self, *, timeout: float | None = None) -> Answer[models.ReceiptKeys]:
        """Get the keys that verify receipts.

        JSON Web Key Set; with it a receipt's signature can be verified offline.

        **Who may call it:** everybody, without a token.
        """
        return self.call(_operations.get_receipt_keys(timeout=timeout))

    def get_intake_rehearsal_clock(self, *, timeout: float | None = None) -> Answer[models.ClockOut]:
        """Read where the rehearsal's clock stands.

        The present step and which processes have acknowledged it.

        **Who may call it:** operators.

        Problems: ``not-a-rehearsal``.
        """
        return self.call(_operations.get_intake_rehearsal_clock(timeout=timeout))

    def step_intake_rehearsal_clock(
        self, body: models.StepIn | Mapping[str, object], *, timeout: float | None = None
    ) -> Answer[models.ClockOut]:
        """Step the rehearsal's clock.

        Set the business clock; it stands there until the next step. Repeating the present step changes nothing.

        **Who may call it:** operators.

        Problems: ``body-too-slow``, ``content-too-large``, ``not-a-rehearsal``, ``unsupported-media-type``.
        """
        return self.call(_operations.step_intake_rehearsal_clock(body, timeout=timeout))

    def get_intake_time(self, *, timeout: float | None = None) -> Answer[models.TimeOut]:
        """Ask what time it is here.

        Business time with its error bound; in a rehearsal the instant its clock stands at.

        **Who may call it:** everybody, without a token.
        """
        return self.call(_operations.get_intake_time(timeout=timeout))

    def get_notification_health(self, *, timeout: float | None = None) -> Answer[models.Health]:
        """Ask whether the process is alive.

        Answers as long as the process runs, whatever it needs is down; says whether this is a rehearsal.

        **Who may call it:** everybody, without a token.
        """
        return self.call(_operations.get_notification_health(timeout=timeout))

    def get_notification_delivery(self, *, timeout: float | None = None) -> Answer[models.EventDelivery]:
        """Read how the delivery of events stands.

        What waits, what is held, who relays, and what this process needs and reaches.

        **Who may call it:** operators.
        """
        return self.call(_operations.get_notification_delivery(timeout=timeout))

    def list_notification_dead_letters(
        self, *, limit: int | None = None, cursor: str | None = None, timeout: float | None = None
    ) -> Answer[models.DeadLetterOutPage]:
        """List records on our topics that are no events.

        The oldest first. They were set aside and hold up nothing; find out who wrote them.

        **Who may call it:** operators.

        ``limit``: Items on a page
        ``cursor``: next_cursor of the page before

        Problems: ``cursor-invalid``, ``cursor-mismatch``.
        """
        return self.call(
            _operations.list_notification_dead_letters(limit=limit, cursor=cursor, timeout=timeout)
        )

    def list_notification_held_events(
        self,
        *,
        state: Literal["held", "parked"] | None = None,
        limit: int | None = None,
        cursor: str | None = None,
        timeout: float | None = None,
    ) -> Answer[models.HeldEventOutPage]:
        """List received events that are not applied yet.

        By topic, aggregate and sequence. Held ones are tried again by themselves, parked ones wait for a redrive.

        **Who may call it:** operators.

        ``state``: Both without it
        ``limit``: Items on a page
        ``cursor``: next_cursor of the page before

        Problems: ``cursor-invalid``, ``cursor-mismatch``.
        """
        return self.call(
            _operations.list_notification_held_events(
                state=state, limit=limit, cursor=cursor, timeout=timeout
            )
        )

    def redrive_notification_held_key(
        self,
        aggregate_id: UUID | str,
        body: models.RedriveIn | Mapping[str, object],
        *,
        idempotency_key: str | None = None,
        timeout: float | None = None,
    ) -> Answer[models.RedriveOut]:
        """Try the parked events of a key again.

        Releases them for another round of tries; what is held behind them follows. Harmless when none is parked.

        **Who may call it:** operators.

        ``aggregate_id``: The aggregate whose events are parked

        ``idempotency_key``: made for this act where none is given; repeats of the act send it again.

        Problems: ``body-too-slow``, ``content-too-large``, ``idempotency-key-invalid``,
        ``idempotency-key-missing``, ``key-reused``, ``twin-in-flight``, ``unsupported-media-type``.
        """
        return self.call(
            _operations.redrive_notification_held_key(
                aggregate_id, body, idempotency_key=idempotency_key, timeout=timeout
            )
        )

    def list_notification_delivery_orders(
        self, *, limit: int | None = None, cursor: str | None = None, timeout: float | None = None
    ) -> Answer[models.OrderOutPage]:
        """List orders to the worker.

        Every order ever given: who gave it, when, and what came of it.

        **Who may call it:** operators.

        ``limit``: Items on a page
        ``cursor``: next_cursor of the page before

        Problems: ``cursor-invalid``, ``cursor-mismatch``.
        """
        return self.call(
            _operations.list_notification_delivery_orders(limit=limit, cursor=cursor, timeout=timeout)
        )

    def place_notification_delivery_order(
        self,
        body: models.ReplayIn | models.RebuildIn | Mapping[str, object],
        *,
        idempotency_key: str | None = None,
        timeout: float | None = None,
    ) -> Answer[models.OrderOut]:
        """Order a replay or a rebuild.

        The service's worker carries it out soon; the order tells how it goes. Both kinds may be repeated.

        **Who may call it:** operators.

        ``idempotency_key``: made for this act where none is given; repeats of the act send it again.

        Problems: ``body-too-slow``, ``content-too-large``, ``idempotency-key-invalid``,
        ``idempotency-key-missing``, ``key-reused``, ``rebuild-underway``, ``twin-in-flight``,
        ``unsupported-media-type``.
        """
        return self.call(
            _operations.place_notification_delivery_order(
                body, idempotency_key=idempotency_key, timeout=timeout
            )
        )

    def get_notification_delivery_order(
        self, order_id: UUID | str, *, timeout: float | None = None
    ) -> Answer[models.OrderOut]:
        """Read how an order goes.

        One order; ask again until its state is ``done`` or ``failed``.

        **Who may call it:** operators.

        ``order_id``: The order, as `placeDeliveryOrder` named it

        Problems: ``not-found``.
        """
        return self.call(_operations.get_notification_delivery_order(order_id, timeout=timeout))

    def get_notification_idempotency_key(
        self, key: str, *, timeout: float | None = None
    ) -> Answer[models.KeptAnswers]:
        """Ask what became of a request, after a time-out.

        Status and reference of what the caller did with the key. 404: nothing was done (yet), repeat the request.

        **Who may call it:** applicants, secretariat officers, ministry officers, reviewers, operators. **On which kept answer:** whoever made it. For others it does not exist (404).

        ``key``: The Idempotency-Key that the request was sent with

        Problems: ``not-found``.
        """
        return self.call(_operations.get_notification_idempotency_key(key, timeout=timeout))

    def get_notification_me(self, *, timeout: float | None = None) -> Answer[models.CurrentCaller]:
        """Ask who I am, and what I may do here.

        What the access token says, until when it holds, and which operations of this service it opens.

        **Who may call it:** whoever has a token.
        """
        return self.call(_operations.get_notification_me(timeout=timeout))

    def list_messages(
        self,
        *,
        state: models.NotificationState | None = None,
        template: models.MessageTemplate | None = None,
        application_id: UUID | str | None = None,
        limit: int | None = None,
        cursor: str | None = None,
        timeout: float | None = None,
    ) -> Answer[models.MessageOutPage]:
        """List messages and where they stand.

        The newest first. Secretariat officers see those of their track; the ministry and operators see all.

        **Who may call it:** secretariat officers, ministry officers, operators; systems with the scope `messages:read` (or that of one track). **Which message each finds in the list:** officers of its track; operators. A system reaches what officers of the tracks in its scope reach.

        ``state``: Only those in this state
        ``template``: Only those of this template
        ``application_id``: Only those of this application
        ``limit``: Items on a page
        ``cursor``: next_cursor of the page before

        Problems: ``cursor-invalid``, ``cursor-mismatch``, ``scope-missing``.
        """
        return self.call(
            _operations.list_messages(
                state=state,
                template=template,
                application_id=application_id,
                limit=limit,
                cursor=cursor,
                timeout=timeout,
            )
        )

    def get_message(
        self, message_id: UUID | str, *, timeout: float | None = None
    ) -> Answer[models.MessageOut]:
        """Read where a message stands.

        One message. A message of another track looks like none.

        **Who may call it:** secretariat officers, ministry officers, operators; systems with the scope `messages:read` (or that of one track). **On which message:** officers of its track; operators. For others it does not exist (404). A system reaches what officers of the tracks in its scope reach.

        ``message_id``: The message, as `listMessages` named it

        Problems: ``not-found``, ``scope-missing``.
        """
        return self.call(_operations.get_message(message_id, timeout=timeout))

    def resend_message(
        self, message_id: UUID | str, *, idempotency_key: str | None = None, timeout: float | None = None
    ) -> Answer[models.MessageOut]:
        """Send a message again.

        Queue a bounced or failed message at once, with the same Message-ID. Operators only; audited.

        **Who may call it:** operators. **On which message:** operators. For others it does not exist (404).

        ``message_id``: The message, as `listMessages` named it

        ``idempotency_key``: made for this act where none is given; repeats of the act send it again.

        Problems: ``idempotency-key-invalid``, ``idempotency-key-missing``, ``key-reused``, ``not-found``,
        ``not-resendable``, ``twin-in-flight``.
        """
        return self.call(
            _operations.resend_message(message_id, idempotency_key=idempotency_key, timeout=timeout)
        )

    def get_notification_rehearsal_clock(self, *, timeout: float | None = None) -> Answer[models.ClockOut]:
        """Read where the rehearsal's clock stands.

        The present step and which processes have acknowledged it.

        **Who may call it:** operators.

        Problems: ``not-a-rehearsal``.
        """
        return self.call(_operations.get_notification_rehearsal_clock(timeout=timeout))

    def step_notification_rehearsal_clock(
        self, body: models.StepIn | Mapping[str, object], *, timeout: float | None = None
    ) -> Answer[models.ClockOut]:
        """Step the rehearsal's clock.

        Set the business clock; it stands there until the next step. Repeating the present step changes nothing.

        **Who may call it:** operators.

        Problems: ``body-too-slow``, ``content-too-large``, ``not-a-rehearsal``, ``unsupported-media-type``.
        """
        return self.call(_operations.step_notification_rehearsal_clock(body, timeout=timeout))

    def list_templates(self, *, timeout: float | None = None) -> Answer[models.TemplatesOut]:
        """List the templates of mails.

        All templates with their languages and versions. For the ministry and operators.

        **Who may call it:** ministry officers, operators.
        """
        return self.call(_operations.list_templates(timeout=timeout))

    def preview_template(
        self,
        name: models.MessageTemplate,
        *,
        language: Literal["ko", "en"] | None = None,
        timeout: float | None = None,
    ) -> Answer[models.PreviewOut]:
        """Preview a template.

        The newest version with made-up values. For the ministry and operators.

        **Who may call it:** ministry officers, operators.

        ``name``: The template
        ``language``: The language to show
        """
        return self.call(_operations.preview_template(name, language=language, timeout=timeout))

    def get_notification_time(self, *, timeout: float | None = None) -> Answer[models.TimeOut]:
        """Ask what time it is here.

        Business time with its error bound; in a rehearsal the instant its clock stands at.

        **Who may call it:** everybody, without a token.
        """
        return self.call(_operations.get_notification_time(timeout=timeout))

    def get_review_health(self, *, timeout: float | None = None) -> Answer[models.Health]:
        """Ask whether the process is alive.

        Answers as long as the process runs, whatever it needs is down; says whether this is a rehearsal.

        **Who may call it:** everybody, without a token.
        """
        return self.call(_operations.get_review_health(timeout=timeout))

    def get_result(
        self, application_id: UUID | str, *, timeout: float | None = None
    ) -> Answer[models.ApplicantResult]:
        """Read the result of one's own application.

        For the applicant's organisation, from the announcement on (404 before): never a single reviewer's scores.

        **Who may call it:** applicants. **On which result:** applicants of its organisation, once it is announced. For others it does not exist (404).

        ``application_id``: The application, as intake named it

        Problems: ``not-found``.
        """
        return self.call(_operations.get_result(application_id, timeout=timeout))

    def list_assignments(
        self, *, limit: int | None = None, cursor: str | None = None, timeout: float | None = None
    ) -> Answer[models.AssignmentOutPage]:
        """List the reviewer's own assignments.

        Oldest first; without those that a declared conflict ended.

        **Who may call it:** reviewers. **Which assignment each finds in the list:** reviewers assigned to it without a conflict.

        ``limit``: Items on a page
        ``cursor``: next_cursor of the page before

        Problems: ``cursor-invalid``, ``cursor-mismatch``.
        """
        return self.call(_operations.list_assignments(limit=limit, cursor=cursor, timeout=timeout))

    def get_score_sheet(
        self, assignment_id: UUID | str, *, timeout: float | None = None
    ) -> Answer[models.SheetOut]:
        """Read the reviewer's own score sheet.

        With its ETag; an empty sheet with ETag "0" before the first draft. Nobody else reads it.

        **Who may call it:** reviewers. **On which assignment:** reviewers assigned to it without a conflict. Who may see it, but not do this, is refused (403): officers of its track. For others it does not exist (404).

        ``assignment_id``: The assignment, as `listAssignments` named it

        Problems: ``not-found``.
        """
        return self.call(_operations.get_score_sheet(assignment_id, timeout=timeout))

    def put_score_sheet(
        self,
        assignment_id: UUID | str,
        body: models.SheetIn | Mapping[str, object],
        *,
        if_match: str,
        timeout: float | None = None,
    ) -> Answer[models.SheetOut]:
        """Write the draft of a score sheet.

        By the assigned reviewer who declared no conflict, until it is submitted or the evaluation closed.

        **Who may call it:** reviewers. **On which assignment:** reviewers assigned to it without a conflict. Who may see it, but not do this, is refused (403): officers of its track. For others it does not exist (404).

        ``assignment_id``: The assignment, as `listAssignments` named it
        ``if_match``: The ETag of the version you read

        Problems: ``body-too-slow``, ``case-not-in-state``, ``content-too-large``, ``declaration-missing``,
        ``evaluation-is-closed``, ``invalid``, ``not-found``, ``not-in-this-round``,
        ``precondition-required``, ``sheet-already-submitted``, ``stale-version``,
        ``unsupported-media-type``.
        """
        return self.call(_operations.put_score_sheet(assignment_id, body, if_match=if_match, timeout=timeout))

    def submit_score_sheet(
        self, assignment_id: UUID | str, *, idempotency_key: str | None = None, timeout: float | None = None
    ) -> Answer[models.SheetOut]:
        """Submit a score sheet.

        Final: every criterion scored. Either it counts in the evaluation, or it is refused as closed.

        **Who may call it:** reviewers. **On which assignment:** reviewers assigned to it without a conflict. Who may see it, but not do this, is refused (403): officers of its track. For others it does not exist (404).

        ``assignment_id``: The assignment, as `listAssignments` named it

        ``idempotency_key``: made for this act where none is given; repeats of the act send it again.

        Problems: ``case-not-in-state``, ``declaration-missing``, ``evaluation-is-closed``,
        ``idempotency-key-invalid``, ``idempotency-key-missing``, ``invalid``, ``key-reused``,
        ``not-found``, ``not-in-this-round``, ``sheet-already-submitted``, ``sheet-incomplete``,
        ``twin-in-flight``.
        """
        return self.call(
            _operations.submit_score_sheet(assignment_id, idempotency_key=idempotency_key, timeout=timeout)
        )

    def list_cases(
        self,
        *,
        call_id: UUID | str | None = None,
        track: Literal["planning", "demonstration"] | None = None,
        state: models.CaseState | None = None,
        limit: int | None = None,
        cursor: str | None = None,
        timeout: float | None = None,
    ) -> Answer[models.CaseSummaryPage]:
        """List the cases that the caller may see.

        In order of arrival. Officers: their tracks; reviewers: assigned cases without a conflict; applicants: their own.

        **Who may call it:** applicants, secretariat officers, ministry officers, reviewers; systems with the scope `cases:read` (or that of one track). **Which case each finds in the list:** officers of its track; reviewers assigned to it without a conflict; its adviser; applicants of its organisation. A system reaches what officers of the tracks in its scope reach.

        ``call_id``: Only of this call
        ``track``: Only of this track
        ``state``: Only in this state
        ``limit``: Items on a page
        ``cursor``: next_cursor of the page before

        Problems: ``cursor-invalid``, ``cursor-mismatch``, ``scope-missing``.
        """
        return self.call(
            _operations.list_cases(
                call_id=call_id, track=track, state=state, limit=limit, cursor=cursor, timeout=timeout
            )
        )

    def get_case(self, case_id: UUID | str, *, timeout: float | None = None) -> Answer[models.CaseOut]:
        """Read a case with its proposal.

        Never with scores; 404 for whoever may not see it.

        **Who may call it:** applicants, secretariat officers, ministry officers, reviewers; systems with the scope `cases:read` (or that of one track). **On which case:** officers of its track; reviewers assigned to it without a conflict; its adviser; applicants of its organisation. For others it does not exist (404). A system reaches what officers of the tracks in its scope reach.

        ``case_id``: The case, as `listCases` named it

        Problems: ``not-found``, ``scope-missing``.
        """
        return self.call(_operations.get_case(case_id, timeout=timeout))

    def record_agreement(
        self,
        case_id: UUID | str,
        body: models.DayIn | Mapping[str, object],
        *,
        idempotency_key: str | None = None,
        timeout: float | None = None,
    ) -> Answer[models.ImplementationOut]:
        """Record the agreement on a selected project.

        By an officer of the track, once, after the announcement. The catalogue shows it.

        **Who may call it:** secretariat officers, ministry officers. **On which case:** officers of its track. Who may see it, but not do this, is refused (403): reviewers assigned to it without a conflict; its adviser; applicants of its organisation. For others it does not exist (404).

        ``case_id``: The case, as `listCases` named it

        ``idempotency_key``: made for this act where none is given; repeats of the act send it again.

        Problems: ``body-too-slow``, ``case-not-in-state``, ``content-too-large``,
        ``idempotency-key-invalid``, ``idempotency-key-missing``, ``invalid``, ``key-reused``,
        ``not-found``, ``step-out-of-order``, ``step-recorded-already``, ``twin-in-flight``,
        ``unsupported-media-type``.
        """
        return self.call(
            _operations.record_agreement(case_id, body, idempotency_key=idempotency_key, timeout=timeout)
        )

    def assign_reviewers(
        self,
        case_id: UUID | str,
        body: models.AssignmentsIn | Mapping[str, object],
        *,
        idempotency_key: str | None = None,
        timeout: float | None = None,
    ) -> Answer[models.AssignmentsOut]:
        """Assign reviewers to a case.

        By an officer of the track; adds to those assigned. Not once somebody began to score the case.

        **Who may call it:** secretariat officers, ministry officers. **On which case:** officers of its track. Who may see it, but not do this, is refused (403): reviewers assigned to it without a conflict; its adviser; applicants of its organisation. For others it does not exist (404).

        ``case_id``: The case, as `listCases` named it

        ``idempotency_key``: made for this act where none is given; repeats of the act send it again.

        Problems: ``assignment-frozen``, ``body-too-slow``, ``case-not-in-state``, ``content-too-large``,
        ``evaluation-is-closed``, ``idempotency-key-invalid``, ``idempotency-key-missing``, ``invalid``,
        ``key-reused``, ``not-found``, ``not-in-this-round``, ``twin-in-flight``,
        ``unsupported-media-type``.
        """
        return self.call(
            _operations.assign_reviewers(case_id, body, idempotency_key=idempotency_key, timeout=timeout)
        )

    def record_completion(
        self,
        case_id: UUID | str,
        body: models.DayIn | Mapping[str, object],
        *,
        idempotency_key: str | None = None,
        timeout: float | None = None,
    ) -> Answer[models.ImplementationOut]:
        """Record that a project is completed.

        By an officer of the track, once, after the start. The catalogue counts it as completed.

        **Who may call it:** secretariat officers, ministry officers. **On which case:** officers of its track. Who may see it, but not do this, is refused (403): reviewers assigned to it without a conflict; its adviser; applicants of its organisation. For others it does not exist (404).

        ``case_id``: The case, as `listCases` named it

        ``idempotency_key``: made for this act where none is given; repeats of the act send it again.

        Problems: ``body-too-slow``, ``case-not-in-state``, ``content-too-large``,
        ``idempotency-key-invalid``, ``idempotency-key-missing``, ``invalid``, ``key-reused``,
        ``not-found``, ``step-out-of-order``, ``step-recorded-already``, ``twin-in-flight``,
        ``unsupported-media-type``.
        """
        return self.call(
            _operations.record_completion(case_id, body, idempotency_key=idempotency_key, timeout=timeout)
        )

    def declare_conflict(
        self,
        case_id: UUID | str,
        body: models.DeclarationIn | Mapping[str, object],
        *,
        timeout: float | None = None,
    ) -> Answer[models.DeclarationOut]:
        """Declare whether there is a conflict of interest.

        By an assigned reviewer, before any sheet. A conflict ends the assignment and hides the case. Repeatable.

        **Who may call it:** reviewers. **On which case:** reviewers assigned to it without a conflict. Who may see it, but not do this, is refused (403): officers of its track; its adviser; applicants of its organisation. For others it does not exist (404).

        ``case_id``: The case, as `listCases` named it

        Problems: ``body-too-slow``, ``content-too-large``, ``evaluation-is-closed``, ``invalid``,
        ``not-found``, ``unsupported-media-type``.
        """
        return self.call(_operations.declare_conflict(case_id, body, timeout=timeout))

    def decide_eligibility(
        self,
        case_id: UUID | str,
        body: models.EligibilityIn | Mapping[str, object],
        *,
        idempotency_key: str | None = None,
        timeout: float | None = None,
    ) -> Answer[models.CaseOut]:
        """Decide whether a case is eligible.

        Once, by a secretariat officer of the track. Ineligible names at least one rule of the call, eligible none.

        **Who may call it:** secretariat officers. **On which case:** secretariat officers of its track. Who may see it, but not do this, is refused (403): officers of its track; reviewers assigned to it without a conflict; its adviser; applicants of its organisation. For others it does not exist (404).

        ``case_id``: The case, as `listCases` named it

        ``idempotency_key``: made for this act where none is given; repeats of the act send it again.

        Problems: ``body-too-slow``, ``case-not-in-state``, ``content-too-large``,
        ``eligibility-already-decided``, ``evaluation-is-closed``, ``idempotency-key-invalid``,
        ``idempotency-key-missing``, ``invalid``, ``key-reused``, ``not-found``, ``twin-in-flight``,
        ``unsupported-media-type``.
        """
        return self.call(
            _operations.decide_eligibility(case_id, body, idempotency_key=idempotency_key, timeout=timeout)
        )

    def get_implementation(
        self, case_id: UUID | str, *, timeout: float | None = None
    ) -> Answer[models.ImplementationOut]:
        """Read how far a selected project is.

        For officers of the track and the applicant's organisation; before the announcement there is nothing in it.

        **Who may call it:** applicants, secretariat officers, ministry officers. **On which case:** officers of its track; applicants of its organisation. Who may see it, but not do this, is refused (403): reviewers assigned to it without a conflict; its adviser. For others it does not exist (404).

        ``case_id``: The case, as `listCases` named it

        Problems: ``not-found``.
        """
        return self.call(_operations.get_implementation(case_id, timeout=timeout))

    def get_pre_consulting(
        self, case_id: UUID | str, *, timeout: float | None = None
    ) -> Answer[models.PreConsultingOut]:
        """Read the pre-consulting of a case.

        For officers of the track, the adviser and the applicant's organisation; with its ETag.

        **Who may call it:** applicants, secretariat officers, ministry officers, reviewers. **On which pre-consulting:** officers of its track; its adviser; applicants of its organisation. Who may see it, but not do this, is refused (403): reviewers assigned to it without a conflict. For others it does not exist (404).

        ``case_id``: The case, as `listCases` named it

        Problems: ``not-found``.
        """
        return self.call(_operations.get_pre_consulting(case_id, timeout=timeout))

    def start_pre_consulting(
        self,
        case_id: UUID | str,
        body: models.PreConsultingIn | Mapping[str, object],
        *,
        idempotency_key: str | None = None,
        timeout: float | None = None,
    ) -> Answer[models.PreConsultingOut]:
        """Begin pre-consulting with an adviser.

        By an officer of the track, for an eligible case, where the call has pre-consulting.

        **Who may call it:** secretariat officers, ministry officers. **On which case:** officers of its track. Who may see it, but not do this, is refused (403): reviewers assigned to it without a conflict; its adviser; applicants of its organisation. For others it does not exist (404).

        ``case_id``: The case, as `listCases` named it

        ``idempotency_key``: made for this act where none is given; repeats of the act send it again.

        Problems: ``body-too-slow``, ``case-not-in-state``, ``content-too-large``, ``evaluation-is-closed``,
        ``idempotency-key-invalid``, ``idempotency-key-missing``, ``invalid``, ``key-reused``,
        ``no-pre-consulting-on-this-track``, ``not-found``, ``reviewers-already-assigned``,
        ``twin-in-flight``, ``unsupported-media-type``.
        """
        return self.call(
            _operations.start_pre_consulting(case_id, body, idempotency_key=idempotency_key, timeout=timeout)
        )

    def complete_pre_consulting(
        self, case_id: UUID | str, *, idempotency_key: str | None = None, timeout: float | None = None
    ) -> Answer[models.PreConsultingOut]:
        """Complete the pre-consulting.

        By an officer of the track; needs both the report and the revised proposal.

        **Who may call it:** secretariat officers, ministry officers. **On which pre-consulting:** officers of its track. Who may see it, but not do this, is refused (403): reviewers assigned to it without a conflict; its adviser; applicants of its organisation. For others it does not exist (404).

        ``case_id``: The case, as `listCases` named it

        ``idempotency_key``: made for this act where none is given; repeats of the act send it again.

        Problems: ``case-not-in-state``, ``idempotency-key-invalid``, ``idempotency-key-missing``,
        ``key-reused``, ``not-found``, ``pre-consulting-completed-already``, ``pre-consulting-incomplete``,
        ``twin-in-flight``.
        """
        return self.call(
            _operations.complete_pre_consulting(case_id, idempotency_key=idempotency_key, timeout=timeout)
        )

    def put_pre_consulting_report(
        self,
        case_id: UUID | str,
        body: models.ReportIn | Mapping[str, object],
        *,
        if_match: str,
        timeout: float | None = None,
    ) -> Answer[models.PreConsultingOut]:
        """Write the adviser's report.

        By the adviser, or an officer of the track.

        **Who may call it:** secretariat officers, ministry officers, reviewers. **On which pre-consulting:** officers of its track; its adviser. Who may see it, but not do this, is refused (403): reviewers assigned to it without a conflict; applicants of its organisation. For others it does not exist (404).

        ``case_id``: The case, as `listCases` named it
        ``if_match``: The ETag of the version you read

        Problems: ``body-too-slow``, ``content-too-large``, ``not-found``,
        ``pre-consulting-completed-already``, ``precondition-required``, ``stale-version``,
        ``unsupported-media-type``.
        """
        return self.call(
            _operations.put_pre_consulting_report(case_id, body, if_match=if_match, timeout=timeout)
        )

    def put_revised_proposal(
        self,
        case_id: UUID | str,
        body: models.RevisedProposalIn | Mapping[str, object],
        *,
        if_match: str,
        timeout: float | None = None,
    ) -> Answer[models.PreConsultingOut]:
        """Write the revised proposal.

        By the applicant's organisation, or an officer of the track on its behalf.

        **Who may call it:** applicants, secretariat officers, ministry officers. **On which pre-consulting:** officers of its track; applicants of its organisation. Who may see it, but not do this, is refused (403): reviewers assigned to it without a conflict; its adviser. For others it does not exist (404).

        ``case_id``: The case, as `listCases` named it
        ``if_match``: The ETag of the version you read

        Problems: ``body-too-slow``, ``content-too-large``, ``not-found``,
        ``pre-consulting-completed-already``, ``precondition-required``, ``stale-version``,
        ``unsupported-media-type``.
        """
        return self.call(_operations.put_revised_proposal(case_id, body, if_match=if_match, timeout=timeout))

    def record_start(
        self,
        case_id: UUID | str,
        body: models.DayIn | Mapping[str, object],
        *,
        idempotency_key: str | None = None,
        timeout: float | None = None,
    ) -> Answer[models.ImplementationOut]:
        """Record that the work on an agreed project began.

        By an officer of the track, once, after the agreement. The catalogue shows it.

        **Who may call it:** secretariat officers, ministry officers. **On which case:** officers of its track. Who may see it, but not do this, is refused (403): reviewers assigned to it without a conflict; its adviser; applicants of its organisation. For others it does not exist (404).

        ``case_id``: The case, as `listCases` named it

        ``idempotency_key``: made for this act where none is given; repeats of the act send it again.

        Problems: ``body-too-slow``, ``case-not-in-state``, ``content-too-large``,
        ``idempotency-key-invalid``, ``idempotency-key-missing``, ``invalid``, ``key-reused``,
        ``not-found``, ``step-out-of-order``, ``step-recorded-already``, ``twin-in-flight``,
        ``unsupported-media-type``.
        """
        return self.call(
            _operations.record_start(case_id, body, idempotency_key=idempotency_key, timeout=timeout)
        )

    def get_review_delivery(self, *, timeout: float | None = None) -> Answer[models.EventDelivery]:
        """Read how the delivery of events stands.

        What waits, what is held, who relays, and what this process needs and reaches.

        **Who may call it:** operators.
        """
        return self.call(_operations.get_review_delivery(timeout=timeout))

    def list_review_dead_letters(
        self, *, limit: int | None = None, cursor: str | None = None, timeout: float | None = None
    ) -> Answer[models.DeadLetterOutPage]:
        """List records on our topics that are no events.

        The oldest first. They were set aside and hold up nothing; find out who wrote them.

        **Who may call it:** operators.

        ``limit``: Items on a page
        ``cursor``: next_cursor of the page before

        Problems: ``cursor-invalid``, ``cursor-mismatch``.
        """
        return self.call(_operations.list_review_dead_letters(limit=limit, cursor=cursor, timeout=timeout))

    def list_review_held_events(
        self,
        *,
        state: Literal["held", "parked"] | None = None,
        limit: int | None = None,
        cursor: str | None = None,
        timeout: float | None = None,
    ) -> Answer[models.HeldEventOutPage]:
        """List received events that are not applied yet.

        By topic, aggregate and sequence. Held ones are tried again by themselves, parked ones wait for a redrive.

        **Who may call it:** operators.

        ``state``: Both without it
        ``limit``: Items on a page
        ``cursor``: next_cursor of the page before

        Problems: ``cursor-invalid``, ``cursor-mismatch``.
        """
        return self.call(
            _operations.list_review_held_events(state=state, limit=limit, cursor=cursor, timeout=timeout)
        )

    def redrive_review_held_key(
        self,
        aggregate_id: UUID | str,
        body: models.RedriveIn | Mapping[str, object],
        *,
        idempotency_key: str | None = None,
        timeout: float | None = None,
    ) -> Answer[models.RedriveOut]:
        """Try the parked events of a key again.

        Releases them for another round of tries; what is held behind them follows. Harmless when none is parked.

        **Who may call it:** operators.

        ``aggregate_id``: The aggregate whose events are parked

        ``idempotency_key``: made for this act where none is given; repeats of the act send it again.

        Problems: ``body-too-slow``, ``content-too-large``, ``idempotency-key-invalid``,
        ``idempotency-key-missing``, ``key-reused``, ``twin-in-flight``, ``unsupported-media-type``.
        """
        return self.call(
            _operations.redrive_review_held_key(
                aggregate_id, body, idempotency_key=idempotency_key, timeout=timeout
            )
        )

    def list_review_delivery_orders(
        self, *, limit: int | None = None, cursor: str | None = None, timeout: float | None = None
    ) -> Answer[models.OrderOutPage]:
        """List orders to the worker.

        Every order ever given: who gave it, when, and what came of it.

        **Who may call it:** operators.

        ``limit``: Items on a page
        ``cursor``: next_cursor of the page before

        Problems: ``cursor-invalid``, ``cursor-mismatch``.
        """
        return self.call(_operations.list_review_delivery_orders(limit=limit, cursor=cursor, timeout=timeout))

    def place_review_delivery_order(
        self,
        body: models.ReplayIn | models.RebuildIn | Mapping[str, object],
        *,
        idempotency_key: str | None = None,
        timeout: float | None = None,
    ) -> Answer[models.OrderOut]:
        """Order a replay or a rebuild.

        The service's worker carries it out soon; the order tells how it goes. Both kinds may be repeated.

        **Who may call it:** operators.

        ``idempotency_key``: made for this act where none is given; repeats of the act send it again.

        Problems: ``body-too-slow``, ``content-too-large``, ``idempotency-key-invalid``,
        ``idempotency-key-missing``, ``key-reused``, ``rebuild-underway``, ``twin-in-flight``,
        ``unsupported-media-type``.
        """
        return self.call(
            _operations.place_review_delivery_order(body, idempotency_key=idempotency_key, timeout=timeout)
        )

    def get_review_delivery_order(
        self, order_id: UUID | str, *, timeout: float | None = None
    ) -> Answer[models.OrderOut]:
        """Read how an order goes.

        One order; ask again until its state is ``done`` or ``failed``.

        **Who may call it:** operators.

        ``order_id``: The order, as `placeDeliveryOrder` named it

        Problems: ``not-found``.
        """
        return self.call(_operations.get_review_delivery_order(order_id, timeout=timeout))

    def close_evaluation(
        self,
        body: models.EvaluationIn | Mapping[str, object],
        *,
        idempotency_key: str | None = None,
        timeout: float | None = None,
    ) -> Answer[models.EvaluationOut]:
        """Close the evaluation of a track and rank it.

        By an officer of the track, once, after the intake ended. Cases that lack something are named as violations.

        **Who may call it:** secretariat officers, ministry officers. **On which track named in the body:** officers of its track. Others are refused (403).

        ``idempotency_key``: made for this act where none is given; repeats of the act send it again.

        Problems: ``body-too-slow``, ``content-too-large``, ``evaluation-incomplete``,
        ``evaluation-is-closed``, ``idempotency-key-invalid``, ``idempotency-key-missing``,
        ``intake-still-open``, ``key-reused``, ``not-found``, ``twin-in-flight``,
        ``unsupported-media-type``.
        """
        return self.call(_operations.close_evaluation(body, idempotency_key=idempotency_key, timeout=timeout))

    def get_evaluation(
        self, evaluation_id: UUID | str, *, timeout: float | None = None
    ) -> Answer[models.EvaluationOut]:
        """Read a closed evaluation.

        For officers of the track.

        **Who may call it:** secretariat officers, ministry officers. **On which evaluation:** officers of its track. For others it does not exist (404).

        ``evaluation_id``: The evaluation, as `closeEvaluation` named it

        Problems: ``not-found``.
        """
        return self.call(_operations.get_evaluation(evaluation_id, timeout=timeout))

    def get_evaluation_bundle(
        self, evaluation_id: UUID | str, *, timeout: float | None = None
    ) -> Answer[models.RankingBundle]:
        """Get the frozen input of a ranking.

        For officers of the track: who holds it can recompute the ranking to the byte.

        **Who may call it:** secretariat officers, ministry officers. **On which evaluation:** officers of its track. For others it does not exist (404).

        ``evaluation_id``: The evaluation, as `closeEvaluation` named it

        Problems: ``not-found``.
        """
        return self.call(_operations.get_evaluation_bundle(evaluation_id, timeout=timeout))

    def get_ranking(
        self, evaluation_id: UUID | str, *, timeout: float | None = None
    ) -> Answer[models.RankingOut]:
        """Read the ranking of a closed evaluation.

        For officers of the track: every case with its state and reason. Under embargo until the announcement.

        **Who may call it:** secretariat officers, ministry officers. **On which evaluation:** officers of its track. For others it does not exist (404).

        ``evaluation_id``: The evaluation, as `closeEvaluation` named it

        Problems: ``not-found``.
        """
        return self.call(_operations.get_ranking(evaluation_id, timeout=timeout))

    def get_review_idempotency_key(
        self, key: str, *, timeout: float | None = None
    ) -> Answer[models.KeptAnswers]:
        """Ask what became of a request, after a time-out.

        Status and reference of what the caller did with the key. 404: nothing was done (yet), repeat the request.

        **Who may call it:** applicants, secretariat officers, ministry officers, reviewers, operators. **On which kept answer:** whoever made it. For others it does not exist (404).

        ``key``: The Idempotency-Key that the request was sent with

        Problems: ``not-found``.
        """
        return self.call(_operations.get_review_idempotency_key(key, timeout=timeout))

    def get_review_me(self, *, timeout: float | None = None) -> Answer[models.CurrentCaller]:
        """Ask who I am, and what I may do here.

        What the access token says, until when it holds, and which operations of this service it opens.

        **Who may call it:** whoever has a token.
        """
        return self.call(_operations.get_review_me(timeout=timeout))

    def list_panels(
        self,
        *,
        call_id: UUID | str | None = None,
        limit: int | None = None,
        cursor: str | None = None,
        timeout: float | None = None,
    ) -> Answer[models.PanelOutPage]:
        """List the review panels of the caller's tracks.

        For officers, in order of creation.

        **Who may call it:** secretariat officers, ministry officers. **Which panel each finds in the list:** officers of its track.

        ``call_id``: Only of this call
        ``limit``: Items on a page
        ``cursor``: next_cursor of the page before

        Problems: ``cursor-invalid``, ``cursor-mismatch``.
        """
        return self.call(
            _operations.list_panels(call_id=call_id, limit=limit, cursor=cursor, timeout=timeout)
        )

    def create_panel(
        self,
        body: models.PanelIn | Mapping[str, object],
        *,
        idempotency_key: str | None = None,
        timeout: float | None = None,
    ) -> Answer[models.PanelOut]:
        """Create a review panel.

        By an officer of the track. Reviewers of any panel of a call and track may be assigned to its cases.

        **Who may call it:** secretariat officers, ministry officers. **On which track named in the body:** officers of its track. Others are refused (403).

        ``idempotency_key``: made for this act where none is given; repeats of the act send it again.

        Problems: ``body-too-slow``, ``content-too-large``, ``idempotency-key-invalid``,
        ``idempotency-key-missing``, ``invalid``, ``key-reused``, ``not-found``, ``twin-in-flight``,
        ``unsupported-media-type``.
        """
        return self.call(_operations.create_panel(body, idempotency_key=idempotency_key, timeout=timeout))

    def get_review_rehearsal_clock(self, *, timeout: float | None = None) -> Answer[models.ClockOut]:
        """Read where the rehearsal's clock stands.

        The present step and which processes have acknowledged it.

        **Who may call it:** operators.

        Problems: ``not-a-rehearsal``.
        """
        return self.call(_operations.get_review_rehearsal_clock(timeout=timeout))

    def step_review_rehearsal_clock(
        self, body: models.StepIn | Mapping[str, object], *, timeout: float | None = None
    ) -> Answer[models.ClockOut]:
        """Step the rehearsal's clock.

        Set the business clock; it stands there until the next step. Repeating the present step changes nothing.

        **Who may call it:** operators.

        Problems: ``body-too-slow``, ``content-too-large``, ``not-a-rehearsal``, ``unsupported-media-type``.
        """
        return self.call(_operations.step_review_rehearsal_clock(body, timeout=timeout))

    def list_reviewers(
        self, *, limit: int | None = None, cursor: str | None = None, timeout: float | None = None
    ) -> Answer[models.ReviewerOutPage]:
        """List the registered reviewers.

        For officers, in order of registration.

        **Who may call it:** secretariat officers, ministry officers.

        ``limit``: Items on a page
        ``cursor``: next_cursor of the page before

        Problems: ``cursor-invalid``, ``cursor-mismatch``.
        """
        return self.call(_operations.list_reviewers(limit=limit, cursor=cursor, timeout=timeout))

    def register_reviewer(
        self,
        body: models.ReviewerIn | Mapping[str, object],
        *,
        idempotency_key: str | None = None,
        timeout: float | None = None,
    ) -> Answer[models.ReviewerOut]:
        """Register a reviewer.

        By any officer. A person is registered once, by the subject of their token.

        **Who may call it:** secretariat officers, ministry officers.

        ``idempotency_key``: made for this act where none is given; repeats of the act send it again.

        Problems: ``body-too-slow``, ``content-too-large``, ``idempotency-key-invalid``,
        ``idempotency-key-missing``, ``key-reused``, ``reviewer-already-registered``, ``twin-in-flight``,
        ``unsupported-media-type``.
        """
        return self.call(
            _operations.register_reviewer(body, idempotency_key=idempotency_key, timeout=timeout)
        )

    def list_selections(
        self, *, limit: int | None = None, cursor: str | None = None, timeout: float | None = None
    ) -> Answer[models.SelectionOutPage]:
        """List announced selections, and for officers all of their tracks.

        Public; a selection that is not announced exists for its officers only.

        **Who may call it:** everybody; to some roles a token shows more. **Which selection each finds in the list:** everybody, once it is announced; officers of its track.

        ``limit``: Items on a page
        ``cursor``: next_cursor of the page before

        Problems: ``cursor-invalid``, ``cursor-mismatch``.
        """
        return self.call(_operations.list_selections(limit=limit, cursor=cursor, timeout=timeout))

    def propose_selection(
        self,
        body: models.SelectionIn | Mapping[str, object],
        *,
        idempotency_key: str | None = None,
        timeout: float | None = None,
    ) -> Answer[models.SelectionOut]:
        """Propose a selection for announcement.

        The first of four eyes: an officer of the track proposes to announce an evaluation's ranking.

        **Who may call it:** secretariat officers, ministry officers. **On which evaluation named in the body:** officers of its track. For others it does not exist (404).

        ``idempotency_key``: made for this act where none is given; repeats of the act send it again.

        Problems: ``body-too-slow``, ``content-too-large``, ``embargo-not-in-future``,
        ``idempotency-key-invalid``, ``idempotency-key-missing``, ``key-reused``, ``not-found``,
        ``selection-pending``, ``twin-in-flight``, ``unsupported-media-type``.
        """
        return self.call(
            _operations.propose_selection(body, idempotency_key=idempotency_key, timeout=timeout)
        )

    def get_selection(
        self, selection_id: UUID | str, *, timeout: float | None = None
    ) -> Answer[models.SelectionOut]:
        """Read a selection.

        Public once announced; before that for officers of the track only (404 for everybody else).

        **Who may call it:** everybody; to some roles a token shows more. **On which selection:** everybody, once it is announced; officers of its track. For others it does not exist (404).

        ``selection_id``: The selection, as `proposeSelection` named it

        Problems: ``not-found``.
        """
        return self.call(_operations.get_selection(selection_id, timeout=timeout))

    def approve_selection(
        self, selection_id: UUID | str, *, idempotency_key: str | None = None, timeout: float | None = None
    ) -> Answer[models.SelectionOut]:
        """Approve a proposed selection.

        The second of four eyes: a ministry officer who did not propose it. It is announced at its instant.

        **Who may call it:** ministry officers. **On which selection:** ministry officers. For others it does not exist (404).

        ``selection_id``: The selection, as `proposeSelection` named it

        ``idempotency_key``: made for this act where none is given; repeats of the act send it again.

        Problems: ``embargo-passed``, ``four-eyes-required``, ``idempotency-key-invalid``,
        ``idempotency-key-missing``, ``key-reused``, ``not-found``, ``selection-not-in-state``,
        ``twin-in-flight``.
        """
        return self.call(
            _operations.approve_selection(selection_id, idempotency_key=idempotency_key, timeout=timeout)
        )

    def issue_invitations(
        self,
        selection_id: UUID | str,
        body: models.InvitationsIn | Mapping[str, object],
        *,
        idempotency_key: str | None = None,
        timeout: float | None = None,
    ) -> Answer[models.InvitationsOut]:
        """Invite the selected cities to an occasion of the call.

        By a ministry officer, after the announcement. Repeating it gives the same invitations and no new ones.

        **Who may call it:** ministry officers. **On which selection:** ministry officers. For others it does not exist (404).

        ``selection_id``: The selection, as `proposeSelection` named it

        ``idempotency_key``: made for this act where none is given; repeats of the act send it again.

        Problems: ``body-too-slow``, ``content-too-large``, ``idempotency-key-invalid``,
        ``idempotency-key-missing``, ``key-reused``, ``not-found``, ``occasion-over``, ``occasion-unknown``,
        ``selection-not-in-state``, ``twin-in-flight``, ``unsupported-media-type``.
        """
        return self.call(
            _operations.issue_invitations(
                selection_id, body, idempotency_key=idempotency_key, timeout=timeout
            )
        )

    def reject_selection(
        self,
        selection_id: UUID | str,
        body: models.RejectionIn | Mapping[str, object],
        *,
        idempotency_key: str | None = None,
        timeout: float | None = None,
    ) -> Answer[models.SelectionOut]:
        """Reject a proposed selection.

        By a ministry officer, or whoever proposed it. Another selection can be proposed afterwards.

        **Who may call it:** secretariat officers, ministry officers. **On which selection:** ministry officers; the officer who proposed it. Who may see it, but not do this, is refused (403): everybody, once it is announced; officers of its track. For others it does not exist (404).

        ``selection_id``: The selection, as `proposeSelection` named it

        ``idempotency_key``: made for this act where none is given; repeats of the act send it again.

        Problems: ``body-too-slow``, ``content-too-large``, ``idempotency-key-invalid``,
        ``idempotency-key-missing``, ``key-reused``, ``not-found``, ``selection-not-in-state``,
        ``twin-in-flight``, ``unsupported-media-type``.
        """
        return self.call(
            _operations.reject_selection(selection_id, body, idempotency_key=idempotency_key, timeout=timeout)
        )

    def get_review_time(self, *, timeout: float | None = None) -> Answer[models.TimeOut]:
        """Ask what time it is here.

        Business time with its error bound; in a rehearsal the instant its clock stands at.

        **Who may call it:** everybody, without a token.
        """
        return self.call(_operations.get_review_time(timeout=timeout))
