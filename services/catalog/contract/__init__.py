"""What the contract of catalog says beyond its code: audiences, examples, headers, links; a module for each area."""

from services.catalog.contract import editing, formats, projects, statistics
from shared.http.contract.words import Contract


def contract() -> Contract:
    """The words of catalog."""
    return Contract(
        operations={
            **projects.OPERATIONS,
            **statistics.OPERATIONS,
            **formats.OPERATIONS,
            **editing.OPERATIONS,
        },
        parameters={**projects.PARAMETERS, **editing.PARAMETERS},
        korean={**projects.KOREAN, **statistics.KOREAN, **formats.KOREAN, **editing.KOREAN},
    )
