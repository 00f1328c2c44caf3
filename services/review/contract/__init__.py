"""What the contract of review says beyond its code: audiences, examples, headers, links."""

from services.review.contract.cases import CASES
from services.review.contract.experts import EXPERTS
from services.review.contract.implementation import IMPLEMENTATION
from services.review.contract.korean import KOREAN
from services.review.contract.parameters import PARAMETERS
from services.review.contract.pre_consulting import PRE_CONSULTING
from services.review.contract.selections import SELECTIONS
from shared.http.contract.words import Contract


def contract() -> Contract:
    """The words of review."""
    return Contract(
        operations={**CASES, **PRE_CONSULTING, **EXPERTS, **SELECTIONS, **IMPLEMENTATION},
        parameters=PARAMETERS,
        korean=KOREAN,
    )
