"""What an application still lacks, measured by its call. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from services.intake.domain.application import Application
from shared.auth.caller import Track
from shared.errors import Violation
from shared.events.call_definition import TrackDefinition

KOREA = "KR"
KOREAN_COMPANY = "korean_company"
PROJECT_TYPES: Mapping[Track, tuple[str, ...]] = {
    "planning": ("development_plan", "solution_plan"),
    "demonstration": ("demonstration",),
}
_ORGANISATION = ("name", "kind", "country_iso2")
_PROJECT = ("title", "summary", "city", "country_iso2", "project_type", "requested_amount_krw")
_PARTNER = ("name", "kind")


def violations_of(
    application: Application, track: TrackDefinition, wrong_answers: Sequence[Violation]
) -> tuple[Violation, ...]:
    """Everything missing or wrong, with pointers into the application; ``wrong_answers`` are the form's findings.

    Source: call definition, `applicant_kinds`, `partner_required`, `documents`, `form`, `money`.
    """
    return (
        *_organisation(application.organisation, track),
        *_project(application.project, track),
        *wrong_answers,
        *_contact(application),
        *_partner(application, track),
        *_documents(application, track),
    )


def _organisation(section: Mapping[str, Any], track: TrackDefinition) -> Iterator[Violation]:
    yield from _missing(section, _ORGANISATION, "/organisation")
    kind = section.get("kind")
    if kind is not None and kind not in track.applicant_kinds:
        allowed = ", ".join(track.applicant_kinds)
        yield Violation(
            "/organisation/kind", "not-eligible", f"This track takes applications from: {allowed}."
        )
    if kind != KOREAN_COMPANY:
        if "business_number" in section:
            yield Violation(
                "/organisation/business_number", "not-asked", "Only a Korean company has this number."
            )
        return
    if "business_number" not in section:
        yield _is_missing("/organisation/business_number")
    if section.get("country_iso2", KOREA) != KOREA:
        yield Violation("/organisation/country_iso2", "not-eligible", "A Korean company has its seat in KR.")


def _project(section: Mapping[str, Any], track: TrackDefinition) -> Iterator[Violation]:
    yield from _missing(section, _PROJECT, "/project")
    if section.get("country_iso2") == KOREA:
        yield Violation("/project/country_iso2", "not-abroad", "The programme supports projects abroad.")
    allowed = PROJECT_TYPES[track.track]
    if section.get("project_type", allowed[0]) not in allowed:
        yield Violation("/project/project_type", "not-eligible", f"This track takes: {', '.join(allowed)}.")
    most = track.money.max_support_krw
    if section.get("requested_amount_krw", 0) > most:
        message = f"A project gets at most {most} won."
        yield Violation("/project/requested_amount_krw", "above-maximum", message)


def _contact(application: Application) -> Iterator[Violation]:
    if application.contact is None:
        yield _is_missing("/contact")


def _partner(application: Application, track: TrackDefinition) -> Iterator[Violation]:
    section = application.partner
    if section is None and application.partner_contact is None:
        if track.partner_required:
            yield _is_missing("/partner")
        return
    if not track.partner_required and not track.partner_kinds:
        yield Violation("/partner", "not-asked", "This track knows no partner body.")
        return
    yield from _missing(section or {}, _PARTNER, "/partner")
    kind = (section or {}).get("kind")
    if kind is not None and kind not in track.partner_kinds:
        allowed = ", ".join(track.partner_kinds)
        yield Violation("/partner/kind", "not-eligible", f"A partner body is one of: {allowed}.")
    if application.partner_contact is None:
        yield _is_missing("/partner/contact")


def _documents(application: Application, track: TrackDefinition) -> Iterator[Violation]:
    present = {document.kind: document for document in application.documents}
    for wanted in track.documents:
        document = present.pop(wanted.kind, None)
        pointer = f"/documents/{wanted.kind}"
        if document is None:
            if wanted.required:
                yield _is_missing(pointer)
        elif document.media_type not in wanted.media_types:
            yield Violation(pointer, "wrong-type", f"It must be one of: {', '.join(wanted.media_types)}.")
        elif document.size_bytes > wanted.max_bytes:
            yield Violation(pointer, "too-large", f"It may have {wanted.max_bytes} bytes.")
    for kind in present:
        yield Violation(f"/documents/{kind}", "not-asked", "This track does not ask for it: delete it.")


def _missing(section: Mapping[str, Any], names: Sequence[str], pointer: str) -> Iterator[Violation]:
    return (_is_missing(f"{pointer}/{name}") for name in names if name not in section)


def _is_missing(pointer: str) -> Violation:
    return Violation(pointer, "missing", "This is missing.")
