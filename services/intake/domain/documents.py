"""What may be uploaded: types by their first bytes, sizes, names. Pure."""

import re
from collections.abc import Mapping

from shared.errors import DomainError, Invalid, Kind, Violation
from shared.events.call_definition import RequiredDocument, TrackDefinition

_ZIP = (b"PK\x03\x04",)
_OLE = (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",)
SIGNATURES: Mapping[str, tuple[bytes, ...]] = {
    "application/pdf": (b"%PDF-",),
    "image/png": (b"\x89PNG\r\n\x1a\n",),
    "image/jpeg": (b"\xff\xd8\xff",),
    "application/zip": (*_ZIP, b"PK\x05\x06"),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": _ZIP,
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": _ZIP,
    "application/x-hwp": _OLE,
    "application/haansofthwp": _OLE,
    "application/vnd.hancom.hwp": _OLE,
    "application/vnd.hancom.hwpx": _ZIP,
    "application/haansofthwpx": _ZIP,
}
"""How the files of each media type begin."""
HEAD_BYTES = max(len(start) for starts in SIGNATURES.values() for start in starts)
LONGEST_FILE_NAME = 200
_UNFIT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|\u202a-\u202e\u2066-\u2069]')


class DocumentTooLarge(DomainError):
    """The document is larger than the call allows."""

    kind = Kind.TOO_LARGE
    title = "The document is too large"

    def __init__(self, max_bytes: int) -> None:
        super().__init__("Send a smaller file; nothing of this one was kept.", facts={"max_bytes": max_bytes})


class DocumentTypeNotAllowed(DomainError):
    """The call does not take this kind of file here."""

    kind = Kind.UNSUPPORTED
    title = "This type of file is not taken"

    def __init__(self, media_types: tuple[str, ...]) -> None:
        super().__init__(
            f"Send one of these, named in Content-Type: {', '.join(media_types)}.",
            facts={"media_types": media_types},
        )


class DocumentContentMismatch(DomainError):
    """The file is not what Content-Type says."""

    kind = Kind.UNSUPPORTED
    title = "The content does not fit its type"

    def __init__(self, media_type: str) -> None:
        super().__init__(f"The first bytes are not those of {media_type}; nothing of the file was kept.")


class DocumentEmpty(Invalid):
    """There is nothing in the file."""

    title = "The document is empty"

    def __init__(self) -> None:
        super().__init__("Send the file as the request's body.")


class DocumentNotCleared(DomainError):
    """The malware scan has not cleared the document."""

    kind = Kind.CONFLICT
    title = "The document is not cleared for download"

    def __init__(self, scan_state: str) -> None:
        super().__init__("It can be downloaded once its scan is clean.", facts={"scan_state": scan_state})


def requirement(track: TrackDefinition, kind: str) -> RequiredDocument:
    """What the call says about documents of ``kind``. Raises ``Invalid`` for a kind it does not ask for."""
    for wanted in track.documents:
        if wanted.kind == kind:
            return wanted
    known = ", ".join(document.kind for document in track.documents)
    violation = Violation("/query/kind", "unknown", f"This track asks for: {known}.")
    raise Invalid("This track does not ask for such a document.", violations=[violation])


def begins_like(media_type: str, head: bytes) -> bool:
    """Whether a file that begins with ``head`` can be of ``media_type``."""
    return head.startswith(SIGNATURES[media_type])


def file_name(name: str) -> str:
    """The name as given, if it is one: no folders, no control or direction characters. Raises ``Invalid``."""
    if not name.strip(". ") or len(name) > LONGEST_FILE_NAME or _UNFIT_IN_NAMES.search(name):
        message = f"A plain file name of at most {LONGEST_FILE_NAME} characters, without folders."
        raise Invalid(
            "The file name cannot be kept.", violations=[Violation("/query/file_name", "form", message)]
        )
    return name
