"""What the contract of catalog says beyond its code: audiences, examples, headers, links; a module for each area."""

from services.catalog.contract import projects, statistics
from shared.http.contract.words import Contract


def contract() -> Contract:
    """The words of catalog."""
    return Contract(
        operations={**projects.OPERATIONS, **statistics.OPERATIONS},
        parameters={**projects.PARAMETERS},
        korean={**projects.KOREAN, **statistics.KOREAN},
    )
