"""The OpenAPI document as our clients should read it: FastAPI's, with the words of ``shared.http.contract.words``."""

from shared.http.contract.describe import describe
from shared.http.contract.words import Contract

__all__ = ["Contract", "describe"]
