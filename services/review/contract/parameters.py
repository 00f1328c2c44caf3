"""The parameters of review's operations."""

from shared.contracts.story import CALL, DA_NANG, PATHFINDER
from shared.http.contract.words import Parameter

PARAMETERS = {
    "application_id": Parameter("The application, as intake named it", PATHFINDER.application),
    "case_id": Parameter("The case, as `listCases` named it", PATHFINDER.case),
    "assignment_id": Parameter("The assignment, as `listAssignments` named it", PATHFINDER.assignment),
    "evaluation_id": Parameter("The evaluation, as `closeEvaluation` named it", PATHFINDER.evaluation),
    "selection_id": Parameter("The selection, as `proposeSelection` named it", PATHFINDER.selection),
    "call_id": Parameter("Only of this call", CALL),
    "track": Parameter("Only of this track", DA_NANG.track),
    "state": Parameter("Only in this state", "eligible"),
}
