"""Identifiers: UUID version 7 (time-ordered, RFC 9562), each kind its own type."""

from typing import NewType
from uuid import UUID

import uuid_utils
from uuid_utils.compat import uuid7

CallId = NewType("CallId", UUID)
ApplicationId = NewType("ApplicationId", UUID)
DocumentId = NewType("DocumentId", UUID)
ContactId = NewType("ContactId", UUID)
ConfirmationId = NewType("ConfirmationId", UUID)
OrganisationId = NewType("OrganisationId", UUID)
CaseId = NewType("CaseId", UUID)
ReviewerId = NewType("ReviewerId", UUID)
AssignmentId = NewType("AssignmentId", UUID)
SelectionId = NewType("SelectionId", UUID)
InvitationId = NewType("InvitationId", UUID)
MessageId = NewType("MessageId", UUID)
ProjectId = NewType("ProjectId", UUID)
EventId = NewType("EventId", UUID)


def new_uuid_text() -> str:
    """A fresh UUIDv7 as text, for what never becomes an object: a tenth of the time."""
    return str(uuid_utils.uuid7())


def new_uuid() -> UUID:
    """A fresh UUIDv7; wrap it in the NewType of what it names."""
    return uuid7()
