"""The canonical application: what a receipt's digest is taken over. Pure.

People and documents enter as salted commitments, so that erasing value and salt later leaves every proof
valid. Source: architecture, "Proof".
"""

from typing import Any

from services.intake.domain.application import Application, Contact, Document
from shared.canonical import canonical_bytes, sha256_hex
from shared.signing import commitment


def canonical_application(application: Application) -> dict[str, Any]:
    """The application as plain JSON values, the same for the same content."""
    return {
        "application_id": str(application.id),
        "call": application.call_code,
        "track": application.track,
        "revision": application.revision,
        "organisation_id": str(application.organisation_id),
        "organisation": application.organisation,
        "project": application.project,
        "answers": application.answers,
        "contact": _committed(application.contact),
        "partner": _partner(application),
        "documents": [
            _document(one) for one in sorted(application.documents, key=lambda document: document.kind)
        ],
    }


def digest_of(application: Application) -> str:
    """Hex SHA-256 of the canonical application. Raises ``NotCanonical`` for values JSON readers differ on."""
    return sha256_hex(canonical_bytes(canonical_application(application)))


def contact_commitment(contact: Contact) -> str:
    """The commitment to a person: over the canonical JSON of name, e-mail and language."""
    person = {"name": contact.name, "email": contact.email, "language": contact.language}
    return commitment(contact.salt, canonical_bytes(person))


def _committed(contact: Contact | None) -> dict[str, str] | None:
    if contact is None:
        return None
    return {"contact_id": str(contact.id), "commitment": contact_commitment(contact)}


def _partner(application: Application) -> dict[str, Any] | None:
    if application.partner is None:
        return None
    return {
        **application.partner,
        "confirmation_id": None if application.confirmation_id is None else str(application.confirmation_id),
        "contact": _committed(application.partner_contact),
    }


def _document(document: Document) -> dict[str, Any]:
    return {
        "document_id": str(document.id),
        "kind": document.kind,
        "media_type": document.media_type,
        "size_bytes": document.size_bytes,
        "commitment": document.commitment,
    }
