"""Whether each process answers and is ready, and whether an operator's token could be had."""

from collections.abc import Iterator

from deploy.operator.doctor.asking import Answer, Answers
from deploy.operator.doctor.finding import Finding, State


def look_at_processes(answers: Answers) -> Iterator[Finding]:
    """One finding each; a process that answers and is not ready says why."""
    for name, answer in answers.ready.items():
        yield _process(name, answers.addresses[name], answer)
    if answers.token is not None:
        advice = "start the issuer, or set KCITY_TOKEN to an operator's token"
        yield Finding("operator", "token", State.BAD, f"none: {answers.token}", advice)


def _process(name: str, address: str, answer: Answer) -> Finding:
    if answer.status is None:
        advice = f"start it, and read log/{name}.log for why it ended"
        return Finding(name, "process", State.BAD, f"{answer.why_not} at {address}", advice)
    if answer.why_not:
        reasons = (answer.content or {}).get("reasons")
        fact = f"not ready: {'; '.join(map(str, reasons)) if reasons else answer.why_not}"
        return Finding(name, "process", State.BAD, fact, "mend what it names; it becomes ready by itself")
    return Finding(name, "process", State.OK, f"ready at {address}")
