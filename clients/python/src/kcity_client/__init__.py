"""Client of the K-City Network: ``KCity`` blocks, ``AsyncKCity`` awaits. The README has a worked example."""

from kcity_client import errors, models, problems
from kcity_client._exchange import Answer
from kcity_client._version import __version__
from kcity_client.async_client import AsyncKCity
from kcity_client.client import KCity
from kcity_client.errors import KCityError, NoAnswer, OutcomeUnknown, Problem, UnexpectedAnswer, Violation
from kcity_client.retries import NEVER, Retries
from kcity_client.tokens import ClientCredentials
from kcity_client.uploads import Upload

__all__ = [
    "NEVER",
    "Answer",
    "AsyncKCity",
    "ClientCredentials",
    "KCity",
    "KCityError",
    "NoAnswer",
    "OutcomeUnknown",
    "Problem",
    "Retries",
    "UnexpectedAnswer",
    "Upload",
    "Violation",
    "__version__",
    "errors",
    "models",
    "problems",
]
