"""What the contract of intake says beyond its code: audiences, examples, headers, links."""

from services.intake.contract.applications import APPLICATIONS
from services.intake.contract.calls import calls
from services.intake.contract.documents import DOCUMENTS
from services.intake.contract.korean import KOREAN
from services.intake.contract.parameters import PARAMETERS
from services.intake.contract.submissions import SUBMISSIONS
from shared.events.call_definition import CallDefinition
from shared.http.contract.words import Contract


def contract() -> Contract:
    """The words of intake; reads the call of 2025, its best example."""
    return Contract(
        operations={**calls(), **APPLICATIONS, **DOCUMENTS, **SUBMISSIONS},
        parameters=PARAMETERS,
        models=(CallDefinition,),
        korean=KOREAN,
    )
