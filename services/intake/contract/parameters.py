"""The parameters of intake's operations."""

from shared.contracts.story import DA_NANG, PATHFINDER
from shared.http.contract.words import Parameter

PARAMETERS = {
    "application_id": Parameter("The application, as `createApplication` named it", PATHFINDER.application),
    "document_id": Parameter("The document, as `uploadDocument` named it", PATHFINDER.document),
    "code": Parameter("The code of the call", "KCN-2025"),
    "call": Parameter("Only those of the call with this code", "KCN-2025"),
    "track": Parameter("Only those of this track", DA_NANG.track),
    "state": Parameter("Only those in this state", "submitted"),
    "kind": Parameter("Which of the documents that the call asks for", PATHFINDER.document_kind),
    "file_name": Parameter(
        "What the file is called; folders in front of it are left out", PATHFINDER.file_name
    ),
    "token": Parameter(
        "The last part of the link in the mail: whoever has it can confirm",
        "AZRtKowAcACAAAAAAAAABg.4JmN1kzQ2v6rWc0pS8yB5tXeHf3uLaGd7iOjRnQwZxY",
    ),
}
