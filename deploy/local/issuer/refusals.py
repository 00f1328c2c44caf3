"""Refusals in OAuth's own words (RFC 6749, sections 4.1.2.1 and 5.2)."""

from starlette.requests import Request
from starlette.responses import JSONResponse

NO_STORE = {"Cache-Control": "no-store"}


class OAuthError(Exception):
    """What an asker did wrong: ``error`` is a word of the standard, ``description`` says it to a developer."""

    def __init__(self, error: str, description: str, status: int = 400) -> None:
        super().__init__(f"{error}: {description}")
        self.error = error
        self.description = description
        self.status = status


async def answer_refusal(_request: Request, refusal: Exception) -> JSONResponse:
    """The refusal as JSON; what FastAPI finds wrong with a form is an ``invalid_request``."""
    if not isinstance(refusal, OAuthError):
        refusal = OAuthError("invalid_request", "A parameter is missing, or is not readable.")
    headers = NO_STORE | ({"WWW-Authenticate": "Basic"} if refusal.status == 401 else {})  # noqa: PLR2004
    body = {"error": refusal.error, "error_description": refusal.description}
    return JSONResponse(body, refusal.status, headers)
