"""Every operation of the contract, version 1.1.0, as a call. Generated: `make clients`."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO, Final, Literal
from uuid import UUID

from kcity_client import models
from kcity_client._call import Call, Operation, json_bytes
from kcity_client.uploads import Upload


def get_catalog_health(*, timeout: float | None = None) -> Call[models.Health]:
    """Ask whether the process is alive"""
    return Call(
        Operation(
            "getCatalogHealth",
            "GET",
            "/catalog/health",
            keyed=False,
            accepts="application/json, application/problem+json",
        ),
        models.Health,
        timeout=timeout,
    )


def get_dataset(*, if_none_match: str | None = None, timeout: float | None = None) -> Call[bytes]:
    """Read what this data set is, for data portals"""
    return Call(
        Operation(
            "getDataset", "GET", "/catalog/v1/dataset", keyed=False, accepts="*/*, application/problem+json"
        ),
        bytes,
        headers={
            "If-None-Match": if_none_match,
        },
        timeout=timeout,
    )


def get_catalog_delivery(*, timeout: float | None = None) -> Call[models.EventDelivery]:
    """Read how the delivery of events stands"""
    return Call(
        Operation(
            "getCatalogDelivery",
            "GET",
            "/catalog/v1/delivery",
            keyed=False,
            accepts="application/json, application/problem+json",
        ),
        models.EventDelivery,
        timeout=timeout,
    )


def list_catalog_dead_letters(
    *, limit: int | None = None, cursor: str | None = None, timeout: float | None = None
) -> Call[models.DeadLetterOutPage]:
    """List records on our topics that are no events"""
    return Call(
        Operation(
            "listCatalogDeadLetters",
            "GET",
            "/catalog/v1/delivery/dead-letters",
            keyed=False,
            accepts="application/json, application/problem+json",
        ),
        models.DeadLetterOutPage,
        query={
            "limit": limit,
            "cursor": cursor,
        },
        timeout=timeout,
    )


def list_catalog_held_events(
    *,
    state: Literal["held", "parked"] | None = None,
    limit: int | None = None,
    cursor: str | None = None,
    timeout: float | None = None,
) -> Call[models.HeldEventOutPage]:
    """List received events that are not applied yet"""
    return Call(
        Operation(
            "listCatalogHeldEvents",
            "GET",
            "/catalog/v1/delivery/held-events",
            keyed=False,
            accepts="application/json, application/problem+json",
        ),
        models.HeldEventOutPage,
        query={
            "state": state,
            "limit": limit,
            "cursor": cursor,
        },
        timeout=timeout,
    )


def redrive_catalog_held_key(
    aggregate_id: UUID | str,
    body: models.RedriveIn | Mapping[str, object],
    *,
    idempotency_key: str | None = None,
    timeout: float | None = None,
) -> Call[models.RedriveOut]:
    """Try the parked events of a key again"""
    return Call(
        Operation(
            "redriveCatalogHeldKey",
            "POST",
            "/catalog/v1/delivery/held-keys/{aggregate_id}/redrive",
            keyed=True,
            accepts="application/json, application/problem+json",
        ),
        models.RedriveOut,
        path={
            "aggregate_id": aggregate_id,
        },
        content=json_bytes(body, models.RedriveIn),
        idempotency_key=idempotency_key,
        timeout=timeout,
    )


def list_catalog_delivery_orders(
    *, limit: int | None = None, cursor: str | None = None, timeout: float | None = None
) -> Call[models.OrderOutPage]:
    """List orders to the worker"""
    return Call(
        Operation(
            "listCatalogDeliveryOrders",
            "GET",
            "/catalog/v1/delivery/orders",
            keyed=False,
            accepts="application/json, application/problem+json",
        ),
        models.OrderOutPage,
        query={
            "limit": limit,
            "cursor": cursor,
        },
        timeout=timeout,
    )


def place_catalog_delivery_order(
    body: models.ReplayIn | models.RebuildIn | Mapping[str, object],
    *,
    idempotency_key: str | None = None,
    timeout: float | None = None,
) -> Call[models.OrderOut]:
    """Order a replay or a rebuild"""
    return Call(
        Operation(
            "placeCatalogDeliveryOrder",
            "POST",
            "/catalog/v1/delivery/orders",
            keyed=True,
            accepts="application/json, application/problem+json",
        ),
        models.OrderOut,
        content=json_bytes(body, models.ReplayIn | models.RebuildIn),
        idempotency_key=idempotency_key,
        timeout=timeout,
    )


def get_catalog_delivery_order(
    order_id: UUID | str, *, timeout: float | None = None
) -> Call[models.OrderOut]:
    """Read how an order goes"""
    return Call(
        Operation(
            "getCatalogDeliveryOrder",
            "GET",
            "/catalog/v1/delivery/orders/{order_id}",
            keyed=False,
            accepts="application/json, application/problem+json",
        ),
        models.OrderOut,
        path={
            "order_id": order_id,
        },
        timeout=timeout,
    )


def get_catalog_idempotency_key(key: str, *, timeout: float | None = None) -> Call[models.KeptAnswers]:
    """Ask what became of a request, after a time-out"""
    return Call(
        Operation(
            "getCatalogIdempotencyKey",
            "GET",
            "/catalog/v1/idempotency-keys/{key}",
            keyed=False,
            accepts="application/json, application/problem+json",
        ),
        models.KeptAnswers,
        path={
            "key": key,
        },
        timeout=timeout,
    )


def list_imports(
    *, limit: int | None = None, cursor: str | None = None, timeout: float | None = None
) -> Call[models.ImportSummaryPage]:
    """List imports"""
    return Call(
        Operation(
            "listImports",
            "GET",
            "/catalog/v1/imports",
            keyed=False,
            accepts="application/json, application/problem+json",
        ),
        models.ImportSummaryPage,
        query={
            "limit": limit,
            "cursor": cursor,
        },
        timeout=timeout,
    )


def preview_import(
    file: Upload | Path | bytes | BinaryIO,
    *,
    file_name: str,
    source: str | None = None,
    idempotency_key: str | None = None,
    timeout: float | None = None,
) -> Call[models.ImportOut]:
    """Give a file and see what it would change"""
    upload = Upload.of(file)
    return Call(
        Operation(
            "previewImport",
            "POST",
            "/catalog/v1/imports",
            keyed=True,
            accepts="application/json, application/problem+json",
        ),
        models.ImportOut,
        query={
            "file_name": file_name,
            "source": source,
        },
        content=upload,
        content_type=upload.content_type(file_name),
        idempotency_key=idempotency_key,
        timeout=timeout,
    )


def get_import(import_id: UUID | str, *, timeout: float | None = None) -> Call[models.ImportOut]:
    """Read an import with its preview"""
    return Call(
        Operation(
            "getImport",
            "GET",
            "/catalog/v1/imports/{import_id}",
            keyed=False,
            accepts="application/json, application/problem+json",
        ),
        models.ImportOut,
        path={
            "import_id": import_id,
        },
        timeout=timeout,
    )


def apply_import(
    import_id: UUID | str, *, if_match: str, idempotency_key: str | None = None, timeout: float | None = None
) -> Call[models.ImportOut]:
    """Apply an import"""
    return Call(
        Operation(
            "applyImport",
            "POST",
            "/catalog/v1/imports/{import_id}/application",
            keyed=True,
            accepts="application/json, application/problem+json",
        ),
        models.ImportOut,
        path={
            "import_id": import_id,
        },
        headers={
            "If-Match": if_match,
        },
        idempotency_key=idempotency_key,
        timeout=timeout,
    )


def get_catalog_me(*, timeout: float | None = None) -> Call[models.CurrentCaller]:
    """Ask who I am, and what I may do here"""
    return Call(
        Operation(
            "getCatalogMe",
            "GET",
            "/catalog/v1/me",
            keyed=False,
            accepts="application/json, application/problem+json",
        ),
        models.CurrentCaller,
        timeout=timeout,
    )


def list_projects(
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
) -> Call[models.ProjectOutPage]:
    """List the projects of the catalogue"""
    return Call(
        Operation(
            "listProjects",
            "GET",
            "/catalog/v1/projects",
            keyed=False,
            accepts="application/json, application/problem+json",
        ),
        models.ProjectOutPage,
        query={
            "year": year,
            "country": country,
            "type": type,
            "state": state,
            "stage": stage,
            "sector": sector,
            "q": q,
            "positioned": positioned,
            "near": near,
            "within_km": within_km,
            "bbox": bbox,
            "sort": sort,
            "limit": limit,
            "cursor": cursor,
        },
        headers={
            "If-None-Match": if_none_match,
        },
        timeout=timeout,
    )


def export_projects_csv(
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
) -> Call[bytes]:
    """Export projects as CSV"""
    return Call(
        Operation(
            "exportProjectsCsv",
            "GET",
            "/catalog/v1/projects.csv",
            keyed=False,
            accepts="*/*, application/problem+json",
        ),
        bytes,
        query={
            "year": year,
            "country": country,
            "type": type,
            "state": state,
            "stage": stage,
            "sector": sector,
            "q": q,
            "positioned": positioned,
            "near": near,
            "within_km": within_km,
            "bbox": bbox,
        },
        headers={
            "If-None-Match": if_none_match,
        },
        timeout=timeout,
    )


def export_projects_geojson(
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
) -> Call[bytes]:
    """Read projects as GeoJSON"""
    return Call(
        Operation(
            "exportProjectsGeojson",
            "GET",
            "/catalog/v1/projects.geojson",
            keyed=False,
            accepts="*/*, application/problem+json",
        ),
        bytes,
        query={
            "year": year,
            "country": country,
            "type": type,
            "state": state,
            "stage": stage,
            "sector": sector,
            "q": q,
            "positioned": positioned,
            "near": near,
            "within_km": within_km,
            "bbox": bbox,
        },
        headers={
            "If-None-Match": if_none_match,
        },
        timeout=timeout,
    )


def export_projects_json_lines(
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
) -> Call[bytes]:
    """Read projects as JSON Lines"""
    return Call(
        Operation(
            "exportProjectsJsonLines",
            "GET",
            "/catalog/v1/projects.jsonl",
            keyed=False,
            accepts="*/*, application/problem+json",
        ),
        bytes,
        query={
            "year": year,
            "country": country,
            "type": type,
            "state": state,
            "stage": stage,
            "sector": sector,
            "q": q,
            "positioned": positioned,
            "near": near,
            "within_km": within_km,
            "bbox": bbox,
        },
        headers={
            "If-None-Match": if_none_match,
        },
        timeout=timeout,
    )


def export_projects_xlsx(
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
) -> Call[bytes]:
    """Export projects as XLSX"""
    return Call(
        Operation(
            "exportProjectsXlsx",
            "GET",
            "/catalog/v1/projects.xlsx",
            keyed=False,
            accepts="*/*, application/problem+json",
        ),
        bytes,
        query={
            "year": year,
            "country": country,
            "type": type,
            "state": state,
            "stage": stage,
            "sector": sector,
            "q": q,
            "positioned": positioned,
            "near": near,
            "within_km": within_km,
            "bbox": bbox,
        },
        headers={
            "If-None-Match": if_none_match,
        },
        timeout=timeout,
    )


def get_project_by_number(
    number: int, *, if_none_match: str | None = None, timeout: float | None = None
) -> Call[models.CatalogProjectOut]:
    """Read a completed project by its number"""
    return Call(
        Operation(
            "getProjectByNumber",
            "GET",
            "/catalog/v1/projects/by-number/{number}",
            keyed=False,
            accepts="application/json, application/problem+json",
        ),
        models.CatalogProjectOut,
        path={
            "number": number,
        },
        headers={
            "If-None-Match": if_none_match,
        },
        timeout=timeout,
    )


def get_project_facets(
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
) -> Call[models.FacetsOut]:
    """Count what a list of projects can be narrowed down to"""
    return Call(
        Operation(
            "getProjectFacets",
            "GET",
            "/catalog/v1/projects/facets",
            keyed=False,
            accepts="application/json, application/problem+json",
        ),
        models.FacetsOut,
        query={
            "year": year,
            "country": country,
            "type": type,
            "state": state,
            "stage": stage,
            "sector": sector,
            "q": q,
            "positioned": positioned,
            "near": near,
            "within_km": within_km,
            "bbox": bbox,
        },
        headers={
            "If-None-Match": if_none_match,
        },
        timeout=timeout,
    )


def get_project(
    project_id: UUID | str, *, if_none_match: str | None = None, timeout: float | None = None
) -> Call[models.CatalogProjectOut]:
    """Read a project"""
    return Call(
        Operation(
            "getProject",
            "GET",
            "/catalog/v1/projects/{project_id}",
            keyed=False,
            accepts="application/json, application/problem+json",
        ),
        models.CatalogProjectOut,
        path={
            "project_id": project_id,
        },
        headers={
            "If-None-Match": if_none_match,
        },
        timeout=timeout,
    )


def correct_project(
    project_id: UUID | str,
    body: models.CorrectionIn | Mapping[str, object],
    *,
    if_match: str,
    timeout: float | None = None,
) -> Call[models.CatalogProjectOut]:
    """Correct what an entry says"""
    return Call(
        Operation(
            "correctProject",
            "PATCH",
            "/catalog/v1/projects/{project_id}",
            keyed=False,
            accepts="application/json, application/problem+json",
        ),
        models.CatalogProjectOut,
        path={
            "project_id": project_id,
        },
        headers={
            "If-Match": if_match,
        },
        content=json_bytes(body, models.CorrectionIn),
        timeout=timeout,
    )


def get_project_history(
    project_id: UUID | str, *, if_none_match: str | None = None, timeout: float | None = None
) -> Call[models.HistoryOut]:
    """Read how an entry became what it is"""
    return Call(
        Operation(
            "getProjectHistory",
            "GET",
            "/catalog/v1/projects/{project_id}/history",
            keyed=False,
            accepts="application/json, application/problem+json",
        ),
        models.HistoryOut,
        path={
            "project_id": project_id,
        },
        headers={
            "If-None-Match": if_none_match,
        },
        timeout=timeout,
    )


def get_project_json_ld(
    project_id: UUID | str, *, if_none_match: str | None = None, timeout: float | None = None
) -> Call[bytes]:
    """Read a project in the words of schema.org"""
    return Call(
        Operation(
            "getProjectJsonLd",
            "GET",
            "/catalog/v1/projects/{project_id}/jsonld",
            keyed=False,
            accepts="*/*, application/problem+json",
        ),
        bytes,
        path={
            "project_id": project_id,
        },
        headers={
            "If-None-Match": if_none_match,
        },
        timeout=timeout,
    )


def get_catalog_rehearsal_clock(*, timeout: float | None = None) -> Call[models.ClockOut]:
    """Read where the rehearsal's clock stands"""
    return Call(
        Operation(
            "getCatalogRehearsalClock",
            "GET",
            "/catalog/v1/rehearsal/clock",
            keyed=False,
            accepts="application/json, application/problem+json",
        ),
        models.ClockOut,
        timeout=timeout,
    )


def step_catalog_rehearsal_clock(
    body: models.StepIn | Mapping[str, object], *, timeout: float | None = None
) -> Call[models.ClockOut]:
    """Step the rehearsal's clock"""
    return Call(
        Operation(
            "stepCatalogRehearsalClock",
            "POST",
            "/catalog/v1/rehearsal/clock",
            keyed=False,
            accepts="application/json, application/problem+json",
        ),
        models.ClockOut,
        content=json_bytes(body, models.StepIn),
        timeout=timeout,
    )


def get_statistics(
    *, if_none_match: str | None = None, timeout: float | None = None
) -> Call[models.StatisticsOut]:
    """Count projects by year, country, type, sector and stage"""
    return Call(
        Operation(
            "getStatistics",
            "GET",
            "/catalog/v1/statistics",
            keyed=False,
            accepts="application/json, application/problem+json",
        ),
        models.StatisticsOut,
        headers={
            "If-None-Match": if_none_match,
        },
        timeout=timeout,
    )


def get_catalog_time(*, timeout: float | None = None) -> Call[models.TimeOut]:
    """Ask what time it is here"""
    return Call(
        Operation(
            "getCatalogTime",
            "GET",
            "/catalog/v1/time",
            keyed=False,
            accepts="application/json, application/problem+json",
        ),
        models.TimeOut,
        timeout=timeout,
    )


def get_intake_health(*, timeout: float | None = None) -> Call[models.Health]:
    """Ask whether the process is alive"""
    return Call(
        Operation(
            "getIntakeHealth",
            "GET",
            "/intake/health",
            keyed=False,
            accepts="application/json, application/problem+json",
        ),
        models.Health,
        timeout=timeout,
    )


def list_applications(
    *,
    call: str | None = None,
    track: Literal["planning", "demonstration"] | None = None,
    state: models.IntakeState | None = None,
    limit: int | None = None,
    cursor: str | None = None,
    timeout: float | None = None,
) -> Call[models.ApplicationSummaryPage]:
    """List applications"""
    return Call(
        Operation(
            "listApplications",
            "GET",
            "/intake/v1/applications",
            keyed=False,
            accepts="application/json, application/problem+json",
        ),
        models.ApplicationSummaryPage,
        query={
            "call": call,
            "track": track,
            "state": state,
            "limit": limit,
            "cursor": cursor,
        },
        timeout=timeout,
    )


def create_application(
    body: models.ApplicationIn | Mapping[str, object],
    *,
    idempotency_key: str | None = None,
    timeout: float | None = None,
) -> Call[models.ApplicationOut]:
    """Begin an application"""
    return Call(
        Operation(
            "createApplication",
            "POST",
            "/intake/v1/applications",
            keyed=True,
            accepts="application/json, application/problem+json",
        ),
        models.ApplicationOut,
        content=json_bytes(body, models.ApplicationIn),
        idempotency_key=idempotency_key,
        timeout=timeout,
    )


def get_application(
    application_id: UUID | str, *, if_none_match: str | None = None, timeout: float | None = None
) -> Call[models.ApplicationOut]:
    """Read an application"""
    return Call(
        Operation(
            "getApplication",
            "GET",
            "/intake/v1/applications/{application_id}",
            keyed=False,
            accepts="application/json, application/problem+json",
        ),
        models.ApplicationOut,
        path={
            "application_id": application_id,
        },
        headers={
            "If-None-Match": if_none_match,
        },
        timeout=timeout,
    )


def change_application(
    application_id: UUID | str,
    body: models.ApplicationPatch | Mapping[str, object],
    *,
    if_match: str,
    timeout: float | None = None,
) -> Call[models.ApplicationOut]:
    """Change a draft"""
    return Call(
        Operation(
            "changeApplication",
            "PATCH",
            "/intake/v1/applications/{application_id}",
            keyed=False,
            accepts="application/json, application/problem+json",
        ),
        models.ApplicationOut,
        path={
            "application_id": application_id,
        },
        headers={
            "If-Match": if_match,
        },
        content=json_bytes(body, models.ApplicationPatch),
        timeout=timeout,
    )


def get_completeness(
    application_id: UUID | str, *, timeout: float | None = None
) -> Call[models.CompletenessOut]:
    """Ask what is missing or wrong"""
    return Call(
        Operation(
            "getCompleteness",
            "GET",
            "/intake/v1/applications/{application_id}/completeness",
            keyed=False,
            accepts="application/json, application/problem+json",
        ),
        models.CompletenessOut,
        path={
            "application_id": application_id,
        },
        timeout=timeout,
    )


def list_documents(application_id: UUID | str, *, timeout: float | None = None) -> Call[models.DocumentList]:
    """List the documents of an application"""
    return Call(
        Operation(
            "listDocuments",
            "GET",
            "/intake/v1/applications/{application_id}/documents",
            keyed=False,
            accepts="application/json, application/problem+json",
        ),
        models.DocumentList,
        path={
            "application_id": application_id,
        },
        timeout=timeout,
    )


def upload_document(
    application_id: UUID | str,
    file: Upload | Path | bytes | BinaryIO,
    *,
    kind: str,
    file_name: str,
    idempotency_key: str | None = None,
    timeout: float | None = None,
) -> Call[models.IntakeDocumentOut]:
    """Attach a document"""
    upload = Upload.of(file)
    return Call(
        Operation(
            "uploadDocument",
            "POST",
            "/intake/v1/applications/{application_id}/documents",
            keyed=True,
            accepts="application/json, application/problem+json",
        ),
        models.IntakeDocumentOut,
        path={
            "application_id": application_id,
        },
        query={
            "kind": kind,
            "file_name": file_name,
        },
        content=upload,
        content_type=upload.content_type(file_name),
        idempotency_key=idempotency_key,
        timeout=timeout,
    )


def get_receipt(application_id: UUID | str, *, timeout: float | None = None) -> Call[models.ReceiptOut]:
    """Read the receipt of an application"""
    return Call(
        Operation(
            "getReceipt",
            "GET",
            "/intake/v1/applications/{application_id}/receipt",
            keyed=False,
            accepts="application/json, application/problem+json",
        ),
        models.ReceiptOut,
        path={
            "application_id": application_id,
        },
        timeout=timeout,
    )


def submit_application(
    application_id: UUID | str, *, idempotency_key: str | None = None, timeout: float | None = None
) -> Call[models.ReceiptOut]:
    """Submit an application"""
    return Call(
        Operation(
            "submitApplication",
            "POST",
            "/intake/v1/applications/{application_id}/submission",
            keyed=True,
            accepts="application/json, application/problem+json",
        ),
        models.ReceiptOut,
        path={
            "application_id": application_id,
        },
        idempotency_key=idempotency_key,
        timeout=timeout,
    )


def withdraw_application(
    application_id: UUID | str, *, idempotency_key: str | None = None, timeout: float | None = None
) -> Call[models.ApplicationOut]:
    """Withdraw an application"""
    return Call(
        Operation(
            "withdrawApplication",
            "POST",
            "/intake/v1/applications/{application_id}/withdrawal",
            keyed=True,
            accepts="application/json, application/problem+json",
        ),
        models.ApplicationOut,
        path={
            "application_id": application_id,
        },
        idempotency_key=idempotency_key,
        timeout=timeout,
    )


def list_calls(
    *, limit: int | None = None, cursor: str | None = None, timeout: float | None = None
) -> Call[models.CallSummaryPage]:
    """List calls"""
    return Call(
        Operation(
            "listCalls",
            "GET",
            "/intake/v1/calls",
            keyed=False,
            accepts="application/json, application/problem+json",
        ),
        models.CallSummaryPage,
        query={
            "limit": limit,
            "cursor": cursor,
        },
        timeout=timeout,
    )


def publish_call(
    body: models.CallDefinition | Mapping[str, object] | str,
    *,
    idempotency_key: str | None = None,
    timeout: float | None = None,
) -> Call[models.IntakeCallOut]:
    """Publish a call"""
    return Call(
        Operation(
            "publishCall",
            "POST",
            "/intake/v1/calls",
            keyed=True,
            accepts="application/json, application/problem+json",
        ),
        models.IntakeCallOut,
        content=body.encode() if isinstance(body, str) else json_bytes(body, models.CallDefinition),
        content_type="application/yaml" if isinstance(body, str) else "application/json",
        idempotency_key=idempotency_key,
        timeout=timeout,
    )


def get_call(
    code: str, *, if_none_match: str | None = None, timeout: float | None = None
) -> Call[models.IntakeCallOut]:
    """Read a call"""
    return Call(
        Operation(
            "getCall",
            "GET",
            "/intake/v1/calls/{code}",
            keyed=False,
            accepts="application/json, application/problem+json",
        ),
        models.IntakeCallOut,
        path={
            "code": code,
        },
        headers={
            "If-None-Match": if_none_match,
        },
        timeout=timeout,
    )


def get_intake_delivery(*, timeout: float | None = None) -> Call[models.EventDelivery]:
    """Read how the delivery of events stands"""
    return Call(
        Operation(
            "getIntakeDelivery",
            "GET",
            "/intake/v1/delivery",
            keyed=False,
            accepts="application/json, application/problem+json",
        ),
        models.EventDelivery,
        timeout=timeout,
    )


def list_intake_dead_letters(
    *, limit: int | None = None, cursor: str | None = None, timeout: float | None = None
) -> Call[models.DeadLetterOutPage]:
    """List records on our topics that are no events"""
    return Call(
        Operation(
            "listIntakeDeadLetters",
            "GET",
            "/intake/v1/delivery/dead-letters",
            keyed=False,
            accepts="application/json, application/problem+json",
        ),
        models.DeadLetterOutPage,
        query={
            "limit": limit,
            "cursor": cursor,
        },
        timeout=timeout,
    )


def list_intake_held_events(
    *,
    state: Literal["held", "parked"] | None = None,
    limit: int | None = None,
    cursor: str | None = None,
    timeout: float | None = None,
) -> Call[models.HeldEventOutPage]:
    """List received events that are not applied yet"""
    return Call(
        Operation(
            "listIntakeHeldEvents",
            "GET",
            "/intake/v1/delivery/held-events",
            keyed=False,
            accepts="application/json, application/problem+json",
        ),
        models.HeldEventOutPage,
        query={
            "state": state,
            "limit": limit,
            "cursor": cursor,
        },
        timeout=timeout,
    )


def redrive_intake_held_key(
    aggregate_id: UUID | str,
    body: models.RedriveIn | Mapping[str, object],
    *,
    idempotency_key: str | None = None,
    timeout: float | None = None,
) -> Call[models.RedriveOut]:
    """Try the parked events of a key again"""
    return Call(
        Operation(
            "redriveIntakeHeldKey",
            "POST",
            "/intake/v1/delivery/held-keys/{aggregate_id}/redrive",
            keyed=True,
            accepts="application/json, application/problem+json",
        ),
        models.RedriveOut,
        path={
            "aggregate_id": aggregate_id,
        },
        content=json_bytes(body, models.RedriveIn),
        idempotency_key=idempotency_key,
        timeout=timeout,
    )


def list_intake_delivery_orders(
    *, limit: int | None = None, cursor: str | None = None, timeout: float | None = None
) -> Call[models.OrderOutPage]:
    """List orders to the worker"""
    return Call(
        Operation(
            "listIntakeDeliveryOrders",
            "GET",
            "/intake/v1/delivery/orders",
            keyed=False,
            accepts="application/json, application/problem+json",
        ),
        models.OrderOutPage,
        query={
            "limit": limit,
            "cursor": cursor,
        },
        timeout=timeout,
    )


def place_intake_delivery_order(
    body: models.ReplayIn | models.RebuildIn | Mapping[str, object],
    *,
    idempotency_key: str | None = None,
    timeout: float | None = None,
) -> Call[models.OrderOut]:
    """Order a replay or a rebuild"""
    return Call(
        Operation(
            "placeIntakeDeliveryOrder",
            "POST",
            "/intake/v1/delivery/orders",
            keyed=True,
            accepts="application/json, application/problem+json",
        ),
        models.OrderOut,
        content=json_bytes(body, models.ReplayIn | models.RebuildIn),
        idempotency_key=idempotency_key,
        timeout=timeout,
    )


def get_intake_delivery_order(order_id: UUID | str, *, timeout: float | None = None) -> Call[models.OrderOut]:
    """Read how an order goes"""
    return Call(
        Operation(
            "getIntakeDeliveryOrder",
            "GET",
            "/intake/v1/delivery/orders/{order_id}",
            keyed=False,
            accepts="application/json, application/problem+json",
        ),
        models.OrderOut,
        path={
            "order_id": order_id,
        },
        timeout=timeout,
    )


def delete_document(document_id: UUID | str, *, timeout: float | None = None) -> Call[None]:
    """Delete a document of a draft"""
    return Call(
        Operation(
            "deleteDocument",
            "DELETE",
            "/intake/v1/documents/{document_id}",
            keyed=False,
            accepts="application/problem+json",
        ),
        None,
        path={
            "document_id": document_id,
        },
        timeout=timeout,
    )


def download_document(document_id: UUID | str, *, timeout: float | None = None) -> Call[bytes]:
    """Download a document"""
    return Call(
        Operation(
            "downloadDocument",
            "GET",
            "/intake/v1/documents/{document_id}/content",
            keyed=False,
            accepts="*/*, application/problem+json",
        ),
        bytes,
        path={
            "document_id": document_id,
        },
        timeout=timeout,
    )


def get_intake_idempotency_key(key: str, *, timeout: float | None = None) -> Call[models.KeptAnswers]:
    """Ask what became of a request, after a time-out"""
    return Call(
        Operation(
            "getIntakeIdempotencyKey",
            "GET",
            "/intake/v1/idempotency-keys/{key}",
            keyed=False,
            accepts="application/json, application/problem+json",
        ),
        models.KeptAnswers,
        path={
            "key": key,
        },
        timeout=timeout,
    )


def get_intake_me(*, timeout: float | None = None) -> Call[models.CurrentCaller]:
    """Ask who I am, and what I may do here"""
    return Call(
        Operation(
            "getIntakeMe",
            "GET",
            "/intake/v1/me",
            keyed=False,
            accepts="application/json, application/problem+json",
        ),
        models.CurrentCaller,
        timeout=timeout,
    )


def get_partner_confirmation(
    token: str, *, timeout: float | None = None
) -> Call[models.PartnerConfirmationOut]:
    """Read what is to be confirmed"""
    return Call(
        Operation(
            "getPartnerConfirmation",
            "GET",
            "/intake/v1/partner-confirmations/{token}",
            keyed=False,
            accepts="application/json, application/problem+json",
        ),
        models.PartnerConfirmationOut,
        path={
            "token": token,
        },
        timeout=timeout,
    )


def confirm_partner(token: str, *, timeout: float | None = None) -> Call[models.PartnerConfirmationOut]:
    """Confirm the partnership"""
    return Call(
        Operation(
            "confirmPartner",
            "POST",
            "/intake/v1/partner-confirmations/{token}",
            keyed=False,
            accepts="application/json, application/problem+json",
        ),
        models.PartnerConfirmationOut,
        path={
            "token": token,
        },
        timeout=timeout,
    )


def get_receipt_keys(*, timeout: float | None = None) -> Call[models.ReceiptKeys]:
    """Get the keys that verify receipts"""
    return Call(
        Operation(
            "getReceiptKeys",
            "GET",
            "/intake/v1/receipt-keys",
            keyed=False,
            accepts="application/json, application/problem+json",
        ),
        models.ReceiptKeys,
        timeout=timeout,
    )


def get_intake_rehearsal_clock(*, timeout: float | None = None) -> Call[models.ClockOut]:
    """Read where the rehearsal's clock stands"""
    return Call(
        Operation(
            "getIntakeRehearsalClock",
            "GET",
            "/intake/v1/rehearsal/clock",
            keyed=False,
            accepts="application/json, application/problem+json",
        ),
        models.ClockOut,
        timeout=timeout,
    )


def step_intake_rehearsal_clock(
    body: models.StepIn | Mapping[str, object], *, timeout: float | None = None
) -> Call[models.ClockOut]:
    """Step the rehearsal's clock"""
    return Call(
        Operation(
            "stepIntakeRehearsalClock",
            "POST",
            "/intake/v1/rehearsal/clock",
            keyed=False,
            accepts="application/json, application/problem+json",
        ),
        models.ClockOut,
        content=json_bytes(body, models.StepIn),
        timeout=timeout,
    )


def get_intake_time(*, timeout: float | None = None) -> Call[models.TimeOut]:
    """Ask what time it is here"""
    return Call(
        Operation(
            "getIntakeTime",
            "GET",
            "/intake/v1/time",
            keyed=False,
            accepts="application/json, application/problem+json",
        ),
        models.TimeOut,
        timeout=timeout,
    )


def get_notification_health(*, timeout: float | None = None) -> Call[models.Health]:
    """Ask whether the process is alive"""
    return Call(
        Operation(
            "getNotificationHealth",
            "GET",
            "/notification/health",
            keyed=False,
            accepts="application/json, application/problem+json",
        ),
        models.Health,
        timeout=timeout,
    )


def get_notification_delivery(*, timeout: float | None = None) -> Call[models.EventDelivery]:
    """Read how the delivery of events stands"""
    return Call(
        Operation(
            "getNotificationDelivery",
            "GET",
            "/notification/v1/delivery",
            keyed=False,
            accepts="application/json, application/problem+json",
        ),
        models.EventDelivery,
        timeout=timeout,
    )


def list_notification_dead_letters(
    *, limit: int | None = None, cursor: str | None = None, timeout: float | None = None
) -> Call[models.DeadLetterOutPage]:
    """List records on our topics that are no events"""
    return Call(
        Operation(
            "listNotificationDeadLetters",
            "GET",
            "/notification/v1/delivery/dead-letters",
            keyed=False,
            accepts="application/json, application/problem+json",
        ),
        models.DeadLetterOutPage,
        query={
            "limit": limit,
            "cursor": cursor,
        },
        timeout=timeout,
    )


def list_notification_held_events(
    *,
    state: Literal["held", "parked"] | None = None,
    limit: int | None = None,
    cursor: str | None = None,
    timeout: float | None = None,
) -> Call[models.HeldEventOutPage]:
    """List received events that are not applied yet"""
    return Call(
        Operation(
            "listNotificationHeldEvents",
            "GET",
            "/notification/v1/delivery/held-events",
            keyed=False,
            accepts="application/json, application/problem+json",
        ),
        models.HeldEventOutPage,
        query={
            "state": state,
            "limit": limit,
            "cursor": cursor,
        },
        timeout=timeout,
    )


def redrive_notification_held_key(
    aggregate_id: UUID | str,
    body: models.RedriveIn | Mapping[str, object],
    *,
    idempotency_key: str | None = None,
    timeout: float | None = None,
) -> Call[models.RedriveOut]:
    """Try the parked events of a key again"""
    return Call(
        Operation(
            "redriveNotificationHeldKey",
            "POST",
            "/notification/v1/delivery/held-keys/{aggregate_id}/redrive",
            keyed=True,
            accepts="application/json, application/problem+json",
        ),
        models.RedriveOut,
        path={
            "aggregate_id": aggregate_id,
        },
        content=json_bytes(body, models.RedriveIn),
        idempotency_key=idempotency_key,
        timeout=timeout,
    )


def list_notification_delivery_orders(
    *, limit: int | None = None, cursor: str | None = None, timeout: float | None = None
) -> Call[models.OrderOutPage]:
    """List orders to the worker"""
    return Call(
        Operation(
            "listNotificationDeliveryOrders",
            "GET",
            "/notification/v1/delivery/orders",
            keyed=False,
            accepts="application/json, application/problem+json",
        ),
        models.OrderOutPage,
        query={
            "limit": limit,
            "cursor": cursor,
        },
        timeout=timeout,
    )


def place_notification_delivery_order(
    body: models.ReplayIn | models.RebuildIn | Mapping[str, object],
    *,
    idempotency_key: str | None = None,
    timeout: float | None = None,
) -> Call[models.OrderOut]:
    """Order a replay or a rebuild"""
    return Call(
        Operation(
            "placeNotificationDeliveryOrder",
            "POST",
            "/notification/v1/delivery/orders",
            keyed=True,
            accepts="application/json, application/problem+json",
        ),
        models.OrderOut,
        content=json_bytes(body, models.ReplayIn | models.RebuildIn),
        idempotency_key=idempotency_key,
        timeout=timeout,
    )


def get_notification_delivery_order(
    order_id: UUID | str, *, timeout: float | None = None
) -> Call[models.OrderOut]:
    """Read how an order goes"""
    return Call(
        Operation(
            "getNotificationDeliveryOrder",
            "GET",
            "/notification/v1/delivery/orders/{order_id}",
            keyed=False,
            accepts="application/json, application/problem+json",
        ),
        models.OrderOut,
        path={
            "order_id": order_id,
        },
        timeout=timeout,
    )


def get_notification_idempotency_key(key: str, *, timeout: float | None = None) -> Call[models.KeptAnswers]:
    """Ask what became of a request, after a time-out"""
    return Call(
        Operation(
            "getNotificationIdempotencyKey",
            "GET",
            "/notification/v1/idempotency-keys/{key}",
            keyed=False,
            accepts="application/json, application/problem+json",
        ),
        models.KeptAnswers,
        path={
            "key": key,
        },
        timeout=timeout,
    )


def get_notification_me(*, timeout: float | None = None) -> Call[models.CurrentCaller]:
    """Ask who I am, and what I may do here"""
    return Call(
        Operation(
            "getNotificationMe",
            "GET",
            "/notification/v1/me",
            keyed=False,
            accepts="application/json, application/problem+json",
        ),
        models.CurrentCaller,
        timeout=timeout,
    )


def list_messages(
    *,
    state: models.NotificationState | None = None,
    template: models.MessageTemplate | None = None,
    application_id: UUID | str | None = None,
    limit: int | None = None,
    cursor: str | None = None,
    timeout: float | None = None,
) -> Call[models.MessageOutPage]:
    """List messages and where they stand"""
    return Call(
        Operation(
            "listMessages",
            "GET",
            "/notification/v1/messages",
            keyed=False,
            accepts="application/json, application/problem+json",
        ),
        models.MessageOutPage,
        query={
            "state": state,
            "template": template,
            "application_id": application_id,
            "limit": limit,
            "cursor": cursor,
        },
        timeout=timeout,
    )


def get_message(message_id: UUID | str, *, timeout: float | None = None) -> Call[models.MessageOut]:
    """Read where a message stands"""
    return Call(
        Operation(
            "getMessage",
            "GET",
            "/notification/v1/messages/{message_id}",
            keyed=False,
            accepts="application/json, application/problem+json",
        ),
        models.MessageOut,
        path={
            "message_id": message_id,
        },
        timeout=timeout,
    )


def resend_message(
    message_id: UUID | str, *, idempotency_key: str | None = None, timeout: float | None = None
) -> Call[models.MessageOut]:
    """Send a message again"""
    return Call(
        Operation(
            "resendMessage",
            "POST",
            "/notification/v1/messages/{message_id}/resend",
            keyed=True,
            accepts="application/json, application/problem+json",
        ),
        models.MessageOut,
        path={
            "message_id": message_id,
        },
        idempotency_key=idempotency_key,
        timeout=timeout,
    )


def get_notification_rehearsal_clock(*, timeout: float | None = None) -> Call[models.ClockOut]:
    """Read where the rehearsal's clock stands"""
    return Call(
        Operation(
            "getNotificationRehearsalClock",
            "GET",
            "/notification/v1/rehearsal/clock",
            keyed=False,
            accepts="application/json, application/problem+json",
        ),
        models.ClockOut,
        timeout=timeout,
    )


def step_notification_rehearsal_clock(
    body: models.StepIn | Mapping[str, object], *, timeout: float | None = None
) -> Call[models.ClockOut]:
    """Step the rehearsal's clock"""
    return Call(
        Operation(
            "stepNotificationRehearsalClock",
            "POST",
            "/notification/v1/rehearsal/clock",
            keyed=False,
            accepts="application/json, application/problem+json",
        ),
        models.ClockOut,
        content=json_bytes(body, models.StepIn),
        timeout=timeout,
    )


def list_templates(*, timeout: float | None = None) -> Call[models.TemplatesOut]:
    """List the templates of mails"""
    return Call(
        Operation(
            "listTemplates",
            "GET",
            "/notification/v1/templates",
            keyed=False,
            accepts="application/json, application/problem+json",
        ),
        models.TemplatesOut,
        timeout=timeout,
    )


def preview_template(
    name: models.MessageTemplate, *, language: Literal["ko", "en"] | None = None, timeout: float | None = None
) -> Call[models.PreviewOut]:
    """Preview a template"""
    return Call(
        Operation(
            "previewTemplate",
            "GET",
            "/notification/v1/templates/{name}/preview",
            keyed=False,
            accepts="application/json, application/problem+json",
        ),
        models.PreviewOut,
        path={
            "name": name,
        },
        query={
            "language": language,
        },
        timeout=timeout,
    )


def get_notification_time(*, timeout: float | None = None) -> Call[models.TimeOut]:
    """Ask what time it is here"""
    return Call(
        Operation(
            "getNotificationTime",
            "GET",
            "/notification/v1/time",
            keyed=False,
            accepts="application/json, application/problem+json",
        ),
        models.TimeOut,
        timeout=timeout,
    )


def get_review_health(*, timeout: float | None = None) -> Call[models.Health]:
    """Ask whether the process is alive"""
    return Call(
        Operation(
            "getReviewHealth",
            "GET",
            "/review/health",
            keyed=False,
            accepts="application/json, application/problem+json",
        ),
        models.Health,
        timeout=timeout,
    )


def get_result(application_id: UUID | str, *, timeout: float | None = None) -> Call[models.ApplicantResult]:
    """Read the result of one's own application"""
    return Call(
        Operation(
            "getResult",
            "GET",
            "/review/v1/applications/{application_id}/result",
            keyed=False,
            accepts="application/json, application/problem+json",
        ),
        models.ApplicantResult,
        path={
            "application_id": application_id,
        },
        timeout=timeout,
    )


def list_assignments(
    *, limit: int | None = None, cursor: str | None = None, timeout: float | None = None
) -> Call[models.AssignmentOutPage]:
    """List the reviewer's own assignments"""
    return Call(
        Operation(
            "listAssignments",
            "GET",
            "/review/v1/assignments",
            keyed=False,
            accepts="application/json, application/problem+json",
        ),
        models.AssignmentOutPage,
        query={
            "limit": limit,
            "cursor": cursor,
        },
        timeout=timeout,
    )


def get_score_sheet(assignment_id: UUID | str, *, timeout: float | None = None) -> Call[models.SheetOut]:
    """Read the reviewer's own score sheet"""
    return Call(
        Operation(
            "getScoreSheet",
            "GET",
            "/review/v1/assignments/{assignment_id}/score-sheet",
            keyed=False,
            accepts="application/json, application/problem+json",
        ),
        models.SheetOut,
        path={
            "assignment_id": assignment_id,
        },
        timeout=timeout,
    )


def put_score_sheet(
    assignment_id: UUID | str,
    body: models.SheetIn | Mapping[str, object],
    *,
    if_match: str,
    timeout: float | None = None,
) -> Call[models.SheetOut]:
    """Write the draft of a score sheet"""
    return Call(
        Operation(
            "putScoreSheet",
            "PUT",
            "/review/v1/assignments/{assignment_id}/score-sheet",
            keyed=False,
            accepts="application/json, application/problem+json",
        ),
        models.SheetOut,
        path={
            "assignment_id": assignment_id,
        },
        headers={
            "If-Match": if_match,
        },
        content=json_bytes(body, models.SheetIn),
        timeout=timeout,
    )


def submit_score_sheet(
    assignment_id: UUID | str, *, idempotency_key: str | None = None, timeout: float | None = None
) -> Call[models.SheetOut]:
    """Submit a score sheet"""
    return Call(
        Operation(
            "submitScoreSheet",
            "POST",
            "/review/v1/assignments/{assignment_id}/score-sheet/submission",
            keyed=True,
            accepts="application/json, application/problem+json",
        ),
        models.SheetOut,
        path={
            "assignment_id": assignment_id,
        },
        idempotency_key=idempotency_key,
        timeout=timeout,
    )


def list_cases(
    *,
    call_id: UUID | str | None = None,
    track: Literal["planning", "demonstration"] | None = None,
    state: models.CaseState | None = None,
    limit: int | None = None,
    cursor: str | None = None,
    timeout: float | None = None,
) -> Call[models.CaseSummaryPage]:
    """List the cases that the caller may see"""
    return Call(
        Operation(
            "listCases",
            "GET",
            "/review/v1/cases",
            keyed=False,
            accepts="application/json, application/problem+json",
        ),
        models.CaseSummaryPage,
        query={
            "call_id": call_id,
            "track": track,
            "state": state,
            "limit": limit,
            "cursor": cursor,
        },
        timeout=timeout,
    )


def get_case(case_id: UUID | str, *, timeout: float | None = None) -> Call[models.CaseOut]:
    """Read a case with its proposal"""
    return Call(
        Operation(
            "getCase",
            "GET",
            "/review/v1/cases/{case_id}",
            keyed=False,
            accepts="application/json, application/problem+json",
        ),
        models.CaseOut,
        path={
            "case_id": case_id,
        },
        timeout=timeout,
    )


def record_agreement(
    case_id: UUID | str,
    body: models.DayIn | Mapping[str, object],
    *,
    idempotency_key: str | None = None,
    timeout: float | None = None,
) -> Call[models.ImplementationOut]:
    """Record the agreement on a selected project"""
    return Call(
        Operation(
            "recordAgreement",
            "POST",
            "/review/v1/cases/{case_id}/agreement",
            keyed=True,
            accepts="application/json, application/problem+json",
        ),
        models.ImplementationOut,
        path={
            "case_id": case_id,
        },
        content=json_bytes(body, models.DayIn),
        idempotency_key=idempotency_key,
        timeout=timeout,
    )


def assign_reviewers(
    case_id: UUID | str,
    body: models.AssignmentsIn | Mapping[str, object],
    *,
    idempotency_key: str | None = None,
    timeout: float | None = None,
) -> Call[models.AssignmentsOut]:
    """Assign reviewers to a case"""
    return Call(
        Operation(
            "assignReviewers",
            "POST",
            "/review/v1/cases/{case_id}/assignments",
            keyed=True,
            accepts="application/json, application/problem+json",
        ),
        models.AssignmentsOut,
        path={
            "case_id": case_id,
        },
        content=json_bytes(body, models.AssignmentsIn),
        idempotency_key=idempotency_key,
        timeout=timeout,
    )


def record_completion(
    case_id: UUID | str,
    body: models.DayIn | Mapping[str, object],
    *,
    idempotency_key: str | None = None,
    timeout: float | None = None,
) -> Call[models.ImplementationOut]:
    """Record that a project is completed"""
    return Call(
        Operation(
            "recordCompletion",
            "POST",
            "/review/v1/cases/{case_id}/completion",
            keyed=True,
            accepts="application/json, application/problem+json",
        ),
        models.ImplementationOut,
        path={
            "case_id": case_id,
        },
        content=json_bytes(body, models.DayIn),
        idempotency_key=idempotency_key,
        timeout=timeout,
    )


def declare_conflict(
    case_id: UUID | str, body: models.DeclarationIn | Mapping[str, object], *, timeout: float | None = None
) -> Call[models.DeclarationOut]:
    """Declare whether there is a conflict of interest"""
    return Call(
        Operation(
            "declareConflict",
            "PUT",
            "/review/v1/cases/{case_id}/conflict-declaration",
            keyed=False,
            accepts="application/json, application/problem+json",
        ),
        models.DeclarationOut,
        path={
            "case_id": case_id,
        },
        content=json_bytes(body, models.DeclarationIn),
        timeout=timeout,
    )


def decide_eligibility(
    case_id: UUID | str,
    body: models.EligibilityIn | Mapping[str, object],
    *,
    idempotency_key: str | None = None,
    timeout: float | None = None,
) -> Call[models.CaseOut]:
    """Decide whether a case is eligible"""
    return Call(
        Operation(
            "decideEligibility",
            "POST",
            "/review/v1/cases/{case_id}/eligibility",
            keyed=True,
            accepts="application/json, application/problem+json",
        ),
        models.CaseOut,
        path={
            "case_id": case_id,
        },
        content=json_bytes(body, models.EligibilityIn),
        idempotency_key=idempotency_key,
        timeout=timeout,
    )


def get_implementation(
    case_id: UUID | str, *, timeout: float | None = None
) -> Call[models.ImplementationOut]:
    """Read how far a selected project is"""
    return Call(
        Operation(
            "getImplementation",
            "GET",
            "/review/v1/cases/{case_id}/implementation",
            keyed=False,
            accepts="application/json, application/problem+json",
        ),
        models.ImplementationOut,
        path={
            "case_id": case_id,
        },
        timeout=timeout,
    )


def get_pre_consulting(case_id: UUID | str, *, timeout: float | None = None) -> Call[models.PreConsultingOut]:
    """Read the pre-consulting of a case"""
    return Call(
        Operation(
            "getPreConsulting",
            "GET",
            "/review/v1/cases/{case_id}/pre-consulting",
            keyed=False,
            accepts="application/json, application/problem+json",
        ),
        models.PreConsultingOut,
        path={
            "case_id": case_id,
        },
        timeout=timeout,
    )


def start_pre_consulting(
    case_id: UUID | str,
    body: models.PreConsultingIn | Mapping[str, object],
    *,
    idempotency_key: str | None = None,
    timeout: float | None = None,
) -> Call[models.PreConsultingOut]:
    """Begin pre-consulting with an adviser"""
    return Call(
        Operation(
            "startPreConsulting",
            "POST",
            "/review/v1/cases/{case_id}/pre-consulting",
            keyed=True,
            accepts="application/json, application/problem+json",
        ),
        models.PreConsultingOut,
        path={
            "case_id": case_id,
        },
        content=json_bytes(body, models.PreConsultingIn),
        idempotency_key=idempotency_key,
        timeout=timeout,
    )


def complete_pre_consulting(
    case_id: UUID | str, *, idempotency_key: str | None = None, timeout: float | None = None
) -> Call[models.PreConsultingOut]:
    """Complete the pre-consulting"""
    return Call(
        Operation(
            "completePreConsulting",
            "POST",
            "/review/v1/cases/{case_id}/pre-consulting/completion",
            keyed=True,
            accepts="application/json, application/problem+json",
        ),
        models.PreConsultingOut,
        path={
            "case_id": case_id,
        },
        idempotency_key=idempotency_key,
        timeout=timeout,
    )


def put_pre_consulting_report(
    case_id: UUID | str,
    body: models.ReportIn | Mapping[str, object],
    *,
    if_match: str,
    timeout: float | None = None,
) -> Call[models.PreConsultingOut]:
    """Write the adviser's report"""
    return Call(
        Operation(
            "putPreConsultingReport",
            "PUT",
            "/review/v1/cases/{case_id}/pre-consulting/report",
            keyed=False,
            accepts="application/json, application/problem+json",
        ),
        models.PreConsultingOut,
        path={
            "case_id": case_id,
        },
        headers={
            "If-Match": if_match,
        },
        content=json_bytes(body, models.ReportIn),
        timeout=timeout,
    )


def put_revised_proposal(
    case_id: UUID | str,
    body: models.RevisedProposalIn | Mapping[str, object],
    *,
    if_match: str,
    timeout: float | None = None,
) -> Call[models.PreConsultingOut]:
    """Write the revised proposal"""
    return Call(
        Operation(
            "putRevisedProposal",
            "PUT",
            "/review/v1/cases/{case_id}/pre-consulting/revised-proposal",
            keyed=False,
            accepts="application/json, application/problem+json",
        ),
        models.PreConsultingOut,
        path={
            "case_id": case_id,
        },
        headers={
            "If-Match": if_match,
        },
        content=json_bytes(body, models.RevisedProposalIn),
        timeout=timeout,
    )


def record_start(
    case_id: UUID | str,
    body: models.DayIn | Mapping[str, object],
    *,
    idempotency_key: str | None = None,
    timeout: float | None = None,
) -> Call[models.ImplementationOut]:
    """Record that the work on an agreed project began"""
    return Call(
        Operation(
            "recordStart",
            "POST",
            "/review/v1/cases/{case_id}/start",
            keyed=True,
            accepts="application/json, application/problem+json",
        ),
        models.ImplementationOut,
        path={
            "case_id": case_id,
        },
        content=json_bytes(body, models.DayIn),
        idempotency_key=idempotency_key,
        timeout=timeout,
    )


def get_review_delivery(*, timeout: float | None = None) -> Call[models.EventDelivery]:
    """Read how the delivery of events stands"""
    return Call(
        Operation(
            "getReviewDelivery",
            "GET",
            "/review/v1/delivery",
            keyed=False,
            accepts="application/json, application/problem+json",
        ),
        models.EventDelivery,
        timeout=timeout,
    )


def list_review_dead_letters(
    *, limit: int | None = None, cursor: str | None = None, timeout: float | None = None
) -> Call[models.DeadLetterOutPage]:
    """List records on our topics that are no events"""
    return Call(
        Operation(
            "listReviewDeadLetters",
            "GET",
            "/review/v1/delivery/dead-letters",
            keyed=False,
            accepts="application/json, application/problem+json",
        ),
        models.DeadLetterOutPage,
        query={
            "limit": limit,
            "cursor": cursor,
        },
        timeout=timeout,
    )


def list_review_held_events(
    *,
    state: Literal["held", "parked"] | None = None,
    limit: int | None = None,
    cursor: str | None = None,
    timeout: float | None = None,
) -> Call[models.HeldEventOutPage]:
    """List received events that are not applied yet"""
    return Call(
        Operation(
            "listReviewHeldEvents",
            "GET",
            "/review/v1/delivery/held-events",
            keyed=False,
            accepts="application/json, application/problem+json",
        ),
        models.HeldEventOutPage,
        query={
            "state": state,
            "limit": limit,
            "cursor": cursor,
        },
        timeout=timeout,
    )


def redrive_review_held_key(
    aggregate_id: UUID | str,
    body: models.RedriveIn | Mapping[str, object],
    *,
    idempotency_key: str | None = None,
    timeout: float | None = None,
) -> Call[models.RedriveOut]:
    """Try the parked events of a key again"""
    return Call(
        Operation(
            "redriveReviewHeldKey",
            "POST",
            "/review/v1/delivery/held-keys/{aggregate_id}/redrive",
            keyed=True,
            accepts="application/json, application/problem+json",
        ),
        models.RedriveOut,
        path={
            "aggregate_id": aggregate_id,
        },
        content=json_bytes(body, models.RedriveIn),
        idempotency_key=idempotency_key,
        timeout=timeout,
    )


def list_review_delivery_orders(
    *, limit: int | None = None, cursor: str | None = None, timeout: float | None = None
) -> Call[models.OrderOutPage]:
    """List orders to the worker"""
    return Call(
        Operation(
            "listReviewDeliveryOrders",
            "GET",
            "/review/v1/delivery/orders",
            keyed=False,
            accepts="application/json, application/problem+json",
        ),
        models.OrderOutPage,
        query={
            "limit": limit,
            "cursor": cursor,
        },
        timeout=timeout,
    )


def place_review_delivery_order(
    body: models.ReplayIn | models.RebuildIn | Mapping[str, object],
    *,
    idempotency_key: str | None = None,
    timeout: float | None = None,
) -> Call[models.OrderOut]:
    """Order a replay or a rebuild"""
    return Call(
        Operation(
            "placeReviewDeliveryOrder",
            "POST",
            "/review/v1/delivery/orders",
            keyed=True,
            accepts="application/json, application/problem+json",
        ),
        models.OrderOut,
        content=json_bytes(body, models.ReplayIn | models.RebuildIn),
        idempotency_key=idempotency_key,
        timeout=timeout,
    )


def get_review_delivery_order(order_id: UUID | str, *, timeout: float | None = None) -> Call[models.OrderOut]:
    """Read how an order goes"""
    return Call(
        Operation(
            "getReviewDeliveryOrder",
            "GET",
            "/review/v1/delivery/orders/{order_id}",
            keyed=False,
            accepts="application/json, application/problem+json",
        ),
        models.OrderOut,
        path={
            "order_id": order_id,
        },
        timeout=timeout,
    )


def close_evaluation(
    body: models.EvaluationIn | Mapping[str, object],
    *,
    idempotency_key: str | None = None,
    timeout: float | None = None,
) -> Call[models.EvaluationOut]:
    """Close the evaluation of a track and rank it"""
    return Call(
        Operation(
            "closeEvaluation",
            "POST",
            "/review/v1/evaluations",
            keyed=True,
            accepts="application/json, application/problem+json",
        ),
        models.EvaluationOut,
        content=json_bytes(body, models.EvaluationIn),
        idempotency_key=idempotency_key,
        timeout=timeout,
    )


def get_evaluation(evaluation_id: UUID | str, *, timeout: float | None = None) -> Call[models.EvaluationOut]:
    """Read a closed evaluation"""
    return Call(
        Operation(
            "getEvaluation",
            "GET",
            "/review/v1/evaluations/{evaluation_id}",
            keyed=False,
            accepts="application/json, application/problem+json",
        ),
        models.EvaluationOut,
        path={
            "evaluation_id": evaluation_id,
        },
        timeout=timeout,
    )


def get_evaluation_bundle(
    evaluation_id: UUID | str, *, timeout: float | None = None
) -> Call[models.RankingBundle]:
    """Get the frozen input of a ranking"""
    return Call(
        Operation(
            "getEvaluationBundle",
            "GET",
            "/review/v1/evaluations/{evaluation_id}/bundle",
            keyed=False,
            accepts="application/json, application/problem+json",
        ),
        models.RankingBundle,
        path={
            "evaluation_id": evaluation_id,
        },
        timeout=timeout,
    )


def get_ranking(evaluation_id: UUID | str, *, timeout: float | None = None) -> Call[models.RankingOut]:
    """Read the ranking of a closed evaluation"""
    return Call(
        Operation(
            "getRanking",
            "GET",
            "/review/v1/evaluations/{evaluation_id}/ranking",
            keyed=False,
            accepts="application/json, application/problem+json",
        ),
        models.RankingOut,
        path={
            "evaluation_id": evaluation_id,
        },
        timeout=timeout,
    )


def get_review_idempotency_key(key: str, *, timeout: float | None = None) -> Call[models.KeptAnswers]:
    """Ask what became of a request, after a time-out"""
    return Call(
        Operation(
            "getReviewIdempotencyKey",
            "GET",
            "/review/v1/idempotency-keys/{key}",
            keyed=False,
            accepts="application/json, application/problem+json",
        ),
        models.KeptAnswers,
        path={
            "key": key,
        },
        timeout=timeout,
    )


def get_review_me(*, timeout: float | None = None) -> Call[models.CurrentCaller]:
    """Ask who I am, and what I may do here"""
    return Call(
        Operation(
            "getReviewMe",
            "GET",
            "/review/v1/me",
            keyed=False,
            accepts="application/json, application/problem+json",
        ),
        models.CurrentCaller,
        timeout=timeout,
    )


def list_panels(
    *,
    call_id: UUID | str | None = None,
    limit: int | None = None,
    cursor: str | None = None,
    timeout: float | None = None,
) -> Call[models.PanelOutPage]:
    """List the review panels of the caller's tracks"""
    return Call(
        Operation(
            "listPanels",
            "GET",
            "/review/v1/panels",
            keyed=False,
            accepts="application/json, application/problem+json",
        ),
        models.PanelOutPage,
        query={
            "call_id": call_id,
            "limit": limit,
            "cursor": cursor,
        },
        timeout=timeout,
    )


def create_panel(
    body: models.PanelIn | Mapping[str, object],
    *,
    idempotency_key: str | None = None,
    timeout: float | None = None,
) -> Call[models.PanelOut]:
    """Create a review panel"""
    return Call(
        Operation(
            "createPanel",
            "POST",
            "/review/v1/panels",
            keyed=True,
            accepts="application/json, application/problem+json",
        ),
        models.PanelOut,
        content=json_bytes(body, models.PanelIn),
        idempotency_key=idempotency_key,
        timeout=timeout,
    )


def get_review_rehearsal_clock(*, timeout: float | None = None) -> Call[models.ClockOut]:
    """Read where the rehearsal's clock stands"""
    return Call(
        Operation(
            "getReviewRehearsalClock",
            "GET",
            "/review/v1/rehearsal/clock",
            keyed=False,
            accepts="application/json, application/problem+json",
        ),
        models.ClockOut,
        timeout=timeout,
    )


def step_review_rehearsal_clock(
    body: models.StepIn | Mapping[str, object], *, timeout: float | None = None
) -> Call[models.ClockOut]:
    """Step the rehearsal's clock"""
    return Call(
        Operation(
            "stepReviewRehearsalClock",
            "POST",
            "/review/v1/rehearsal/clock",
            keyed=False,
            accepts="application/json, application/problem+json",
        ),
        models.ClockOut,
        content=json_bytes(body, models.StepIn),
        timeout=timeout,
    )


def list_reviewers(
    *, limit: int | None = None, cursor: str | None = None, timeout: float | None = None
) -> Call[models.ReviewerOutPage]:
    """List the registered reviewers"""
    return Call(
        Operation(
            "listReviewers",
            "GET",
            "/review/v1/reviewers",
            keyed=False,
            accepts="application/json, application/problem+json",
        ),
        models.ReviewerOutPage,
        query={
            "limit": limit,
            "cursor": cursor,
        },
        timeout=timeout,
    )


def register_reviewer(
    body: models.ReviewerIn | Mapping[str, object],
    *,
    idempotency_key: str | None = None,
    timeout: float | None = None,
) -> Call[models.ReviewerOut]:
    """Register a reviewer"""
    return Call(
        Operation(
            "registerReviewer",
            "POST",
            "/review/v1/reviewers",
            keyed=True,
            accepts="application/json, application/problem+json",
        ),
        models.ReviewerOut,
        content=json_bytes(body, models.ReviewerIn),
        idempotency_key=idempotency_key,
        timeout=timeout,
    )


def list_selections(
    *, limit: int | None = None, cursor: str | None = None, timeout: float | None = None
) -> Call[models.SelectionOutPage]:
    """List announced selections, and for officers all of their tracks"""
    return Call(
        Operation(
            "listSelections",
            "GET",
            "/review/v1/selections",
            keyed=False,
            accepts="application/json, application/problem+json",
        ),
        models.SelectionOutPage,
        query={
            "limit": limit,
            "cursor": cursor,
        },
        timeout=timeout,
    )


def propose_selection(
    body: models.SelectionIn | Mapping[str, object],
    *,
    idempotency_key: str | None = None,
    timeout: float | None = None,
) -> Call[models.SelectionOut]:
    """Propose a selection for announcement"""
    return Call(
        Operation(
            "proposeSelection",
            "POST",
            "/review/v1/selections",
            keyed=True,
            accepts="application/json, application/problem+json",
        ),
        models.SelectionOut,
        content=json_bytes(body, models.SelectionIn),
        idempotency_key=idempotency_key,
        timeout=timeout,
    )


def get_selection(selection_id: UUID | str, *, timeout: float | None = None) -> Call[models.SelectionOut]:
    """Read a selection"""
    return Call(
        Operation(
            "getSelection",
            "GET",
            "/review/v1/selections/{selection_id}",
            keyed=False,
            accepts="application/json, application/problem+json",
        ),
        models.SelectionOut,
        path={
            "selection_id": selection_id,
        },
        timeout=timeout,
    )


def approve_selection(
    selection_id: UUID | str, *, idempotency_key: str | None = None, timeout: float | None = None
) -> Call[models.SelectionOut]:
    """Approve a proposed selection"""
    return Call(
        Operation(
            "approveSelection",
            "POST",
            "/review/v1/selections/{selection_id}/approval",
            keyed=True,
            accepts="application/json, application/problem+json",
        ),
        models.SelectionOut,
        path={
            "selection_id": selection_id,
        },
        idempotency_key=idempotency_key,
        timeout=timeout,
    )


def issue_invitations(
    selection_id: UUID | str,
    body: models.InvitationsIn | Mapping[str, object],
    *,
    idempotency_key: str | None = None,
    timeout: float | None = None,
) -> Call[models.InvitationsOut]:
    """Invite the selected cities to an occasion of the call"""
    return Call(
        Operation(
            "issueInvitations",
            "POST",
            "/review/v1/selections/{selection_id}/invitations",
            keyed=True,
            accepts="application/json, application/problem+json",
        ),
        models.InvitationsOut,
        path={
            "selection_id": selection_id,
        },
        content=json_bytes(body, models.InvitationsIn),
        idempotency_key=idempotency_key,
        timeout=timeout,
    )


def reject_selection(
    selection_id: UUID | str,
    body: models.RejectionIn | Mapping[str, object],
    *,
    idempotency_key: str | None = None,
    timeout: float | None = None,
) -> Call[models.SelectionOut]:
    """Reject a proposed selection"""
    return Call(
        Operation(
            "rejectSelection",
            "POST",
            "/review/v1/selections/{selection_id}/rejection",
            keyed=True,
            accepts="application/json, application/problem+json",
        ),
        models.SelectionOut,
        path={
            "selection_id": selection_id,
        },
        content=json_bytes(body, models.RejectionIn),
        idempotency_key=idempotency_key,
        timeout=timeout,
    )


def get_review_time(*, timeout: float | None = None) -> Call[models.TimeOut]:
    """Ask what time it is here"""
    return Call(
        Operation(
            "getReviewTime",
            "GET",
            "/review/v1/time",
            keyed=False,
            accepts="application/json, application/problem+json",
        ),
        models.TimeOut,
        timeout=timeout,
    )


SERVICE_OF: Final[Mapping[str, str]] = {
    "getCatalogHealth": "catalog",
    "getDataset": "catalog",
    "getCatalogDelivery": "catalog",
    "listCatalogDeadLetters": "catalog",
    "listCatalogHeldEvents": "catalog",
    "redriveCatalogHeldKey": "catalog",
    "listCatalogDeliveryOrders": "catalog",
    "placeCatalogDeliveryOrder": "catalog",
    "getCatalogDeliveryOrder": "catalog",
    "getCatalogIdempotencyKey": "catalog",
    "listImports": "catalog",
    "previewImport": "catalog",
    "getImport": "catalog",
    "applyImport": "catalog",
    "getCatalogMe": "catalog",
    "listProjects": "catalog",
    "exportProjectsCsv": "catalog",
    "exportProjectsGeojson": "catalog",
    "exportProjectsJsonLines": "catalog",
    "exportProjectsXlsx": "catalog",
    "getProjectByNumber": "catalog",
    "getProjectFacets": "catalog",
    "getProject": "catalog",
    "correctProject": "catalog",
    "getProjectHistory": "catalog",
    "getProjectJsonLd": "catalog",
    "getCatalogRehearsalClock": "catalog",
    "stepCatalogRehearsalClock": "catalog",
    "getStatistics": "catalog",
    "getCatalogTime": "catalog",
    "getIntakeHealth": "intake",
    "listApplications": "intake",
    "createApplication": "intake",
    "getApplication": "intake",
    "changeApplication": "intake",
    "getCompleteness": "intake",
    "listDocuments": "intake",
    "uploadDocument": "intake",
    "getReceipt": "intake",
    "submitApplication": "intake",
    "withdrawApplication": "intake",
    "listCalls": "intake",
    "publishCall": "intake",
    "getCall": "intake",
    "getIntakeDelivery": "intake",
    "listIntakeDeadLetters": "intake",
    "listIntakeHeldEvents": "intake",
    "redriveIntakeHeldKey": "intake",
    "listIntakeDeliveryOrders": "intake",
    "placeIntakeDeliveryOrder": "intake",
    "getIntakeDeliveryOrder": "intake",
    "deleteDocument": "intake",
    "downloadDocument": "intake",
    "getIntakeIdempotencyKey": "intake",
    "getIntakeMe": "intake",
    "getPartnerConfirmation": "intake",
    "confirmPartner": "intake",
    "getReceiptKeys": "intake",
    "getIntakeRehearsalClock": "intake",
    "stepIntakeRehearsalClock": "intake",
    "getIntakeTime": "intake",
    "getNotificationHealth": "notification",
    "getNotificationDelivery": "notification",
    "listNotificationDeadLetters": "notification",
    "listNotificationHeldEvents": "notification",
    "redriveNotificationHeldKey": "notification",
    "listNotificationDeliveryOrders": "notification",
    "placeNotificationDeliveryOrder": "notification",
    "getNotificationDeliveryOrder": "notification",
    "getNotificationIdempotencyKey": "notification",
    "getNotificationMe": "notification",
    "listMessages": "notification",
    "getMessage": "notification",
    "resendMessage": "notification",
    "getNotificationRehearsalClock": "notification",
    "stepNotificationRehearsalClock": "notification",
    "listTemplates": "notification",
    "previewTemplate": "notification",
    "getNotificationTime": "notification",
    "getReviewHealth": "review",
    "getResult": "review",
    "listAssignments": "review",
    "getScoreSheet": "review",
    "putScoreSheet": "review",
    "submitScoreSheet": "review",
    "listCases": "review",
    "getCase": "review",
    "recordAgreement": "review",
    "assignReviewers": "review",
    "recordCompletion": "review",
    "declareConflict": "review",
    "decideEligibility": "review",
    "getImplementation": "review",
    "getPreConsulting": "review",
    "startPreConsulting": "review",
    "completePreConsulting": "review",
    "putPreConsultingReport": "review",
    "putRevisedProposal": "review",
    "recordStart": "review",
    "getReviewDelivery": "review",
    "listReviewDeadLetters": "review",
    "listReviewHeldEvents": "review",
    "redriveReviewHeldKey": "review",
    "listReviewDeliveryOrders": "review",
    "placeReviewDeliveryOrder": "review",
    "getReviewDeliveryOrder": "review",
    "closeEvaluation": "review",
    "getEvaluation": "review",
    "getEvaluationBundle": "review",
    "getRanking": "review",
    "getReviewIdempotencyKey": "review",
    "getReviewMe": "review",
    "listPanels": "review",
    "createPanel": "review",
    "getReviewRehearsalClock": "review",
    "stepReviewRehearsalClock": "review",
    "listReviewers": "review",
    "registerReviewer": "review",
    "listSelections": "review",
    "proposeSelection": "review",
    "getSelection": "review",
    "approveSelection": "review",
    "issueInvitations": "review",
    "rejectSelection": "review",
    "getReviewTime": "review",
}

LOOK_UPS: Final[Mapping[str, Callable[..., Call[models.KeptAnswers]]]] = {
    "catalog": get_catalog_idempotency_key,
    "intake": get_intake_idempotency_key,
    "notification": get_notification_idempotency_key,
    "review": get_review_idempotency_key,
}
