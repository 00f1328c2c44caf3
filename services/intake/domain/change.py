"""Changing a draft: sections are merged (RFC 7396), answers kept within what can be signed. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

from services.intake.domain.application import (
    Application,
    Contact,
    OrganisationSection,
    PartnerSection,
    ProjectSection,
    Step,
)
from shared.errors import Invalid, Violation
from shared.ids import ConfirmationId, ContactId, new_uuid

DEEPEST_ANSWERS = 20
LONGEST_ANSWER = 20_000
LONGEST_ANSWER_NAME = 200
LARGEST_INTEGER = 2**53 - 1
_PERSON = ("name", "email", "language")


@dataclass(frozen=True, slots=True)
class Change:
    """A changed draft and what became of its two contacts (None: it was erased, or never there)."""

    application: Application
    erased: tuple[ContactId, ...]
    stored: tuple[Contact, ...]


def merged(target: Any, patch: Any) -> Any:
    """JSON Merge Patch (RFC 7396): members replace, null removes. A section left empty is removed too."""
    if not isinstance(patch, Mapping):
        return patch
    result = dict(target) if isinstance(target, Mapping) else {}
    for name, value in patch.items():
        after = None if value is None else merged(result.get(name), value)
        if after is None or (isinstance(value, Mapping) and after == {}):
            result.pop(name, None)
        else:
            result[name] = after
    return result


def change_draft(application: Application, patch: Mapping[str, Any], new_salts: Sequence[bytes]) -> Change:
    """The draft with ``patch`` merged in, one revision on.

    ``new_salts``: one of 32 random bytes for each of two contacts. Raises ``NotADraft`` and ``Invalid``.
    """
    application.after(Step.CHANGE)
    partner = dict(patch.get("partner") or {})
    people = (
        _person(application.contact, patch, "contact", "/body", new_salts[0]),
        _person(
            application.partner_contact,
            {"contact": None} if "partner" in patch and patch["partner"] is None else partner,
            "contact",
            "/body/partner",
            new_salts[1],
        ),
    )
    partner.pop("contact", None)
    before = (application.contact, application.partner_contact)
    after = replace(
        application,
        revision=application.revision + 1,
        organisation=cast("OrganisationSection", _section(application.organisation, patch, "organisation")),
        project=cast("ProjectSection", _section(application.project, patch, "project")),
        answers=_answers(application.answers, patch),
        partner=_partner(application.partner, patch, partner),
        contact=people[0],
        partner_contact=people[1],
    )
    if after.partner_contact is not None and after.confirmation_id is None:
        after = replace(after, confirmation_id=ConfirmationId(new_uuid()))
    return Change(
        after,
        erased=tuple(old.id for old, new in zip(before, people, strict=True) if old and not new),
        stored=tuple(
            new for old, new in zip(before, people, strict=True) if new and not new.says_the_same(old)
        ),
    )


def _section(present: Mapping[str, Any], patch: Mapping[str, Any], name: str) -> dict[str, Any]:
    if name not in patch:
        return dict(present)
    result: dict[str, Any] = merged(present, patch[name]) or {}
    return result


def _partner(
    present: PartnerSection | None, patch: Mapping[str, Any], changes: Mapping[str, Any]
) -> PartnerSection | None:
    if "partner" not in patch:
        return present
    if patch["partner"] is None:
        return None
    return cast("PartnerSection", merged(present or {}, changes)) or None


def _person(
    present: Contact | None, patch: Mapping[str, Any], name: str, pointer: str, salt: bytes
) -> Contact | None:
    if name not in patch:
        return present
    if patch[name] is None:
        return None
    before = {field: getattr(present, field) for field in _PERSON} if present else {}
    person = merged(before, patch[name])
    if lacking := [field for field in _PERSON if field not in person]:
        raise Invalid(
            "A contact has a name, an e-mail address and a language.",
            violations=[
                Violation(f"{pointer}/{name}/{field}", "missing", "A contact needs this.")
                for field in lacking
            ],
        )
    changed = Contact(present.id if present else ContactId(new_uuid()), **person, salt=salt)
    return present if present is not None and changed.says_the_same(present) else changed


def _answers(present: Mapping[str, Any], patch: Mapping[str, Any]) -> Mapping[str, Any]:
    if "answers" not in patch:
        return present
    answers: dict[str, Any] = merged(present, patch["answers"]) or {}
    if found := list(_unsignable(answers, "/body/answers", 1)):
        raise Invalid("Some answers cannot be stored as they are.", violations=found)
    return answers


def _unsignable(value: Any, pointer: str, depth: int) -> Iterator[Violation]:
    """What has no canonical form, or no end. Source: RFC 8785; brief of the answers: 20 levels."""
    if depth > DEEPEST_ANSWERS:
        yield Violation(pointer, "too-deep", f"Answers have at most {DEEPEST_ANSWERS} levels.")
    elif isinstance(value, Mapping):
        for name, member in value.items():
            if len(name) > LONGEST_ANSWER_NAME:
                yield Violation(pointer, "too-long", f"A name has at most {LONGEST_ANSWER_NAME} characters.")
            else:
                place = f"{pointer}/{name.replace('~', '~0').replace('/', '~1')}"
                yield from _unsignable(member, place, depth + 1)
    elif isinstance(value, list):
        for index, member in enumerate(value):
            yield from _unsignable(member, f"{pointer}/{index}", depth + 1)
    elif isinstance(value, str) and len(value) > LONGEST_ANSWER:
        yield Violation(pointer, "too-long", f"A text has at most {LONGEST_ANSWER} characters.")
    elif isinstance(value, float):
        yield Violation(pointer, "fraction", 'Write fractions as text ("0.25"), so that they can be signed.')
    elif isinstance(value, int) and abs(value) > LARGEST_INTEGER:
        yield Violation(pointer, "too-large", "A whole number lies between ±(2^53 − 1).")
