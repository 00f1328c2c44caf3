"""Seeded faults of the audit trail and the kept documents."""

from typing import Any

from deploy.chaos.checker.tests.bench import Bench
from deploy.chaos.checker.tests.seeds.evidence import submitted
from deploy.chaos.checker.tests.seeds.seed import seed
from deploy.chaos.history.records import Operation as Op


@seed("audit-agrees")
def a_submission_has_no_audit_entry(bench: Bench) -> None:
    bench.sql(
        "intake",
        "DELETE FROM audit_entry WHERE action = 'submit_application' AND object_id::text = %s",
        submitted(bench),
    )


@seed("audit-agrees")
def a_confirmation_has_no_audit_entry(bench: Bench) -> None:
    bench.sql("intake", "DELETE FROM audit_entry WHERE action = 'confirm_partner'")


@seed("audit-agrees")
def a_decision_has_two_audit_entries(bench: Bench) -> None:
    bench.sql(
        "review",
        "INSERT INTO audit_entry (business_at, actor, action, object_type, object_id) "
        "SELECT business_at, actor, action, object_type, object_id FROM audit_entry "
        "WHERE action = 'decide_eligibility' LIMIT 1",
    )


@seed("audit-agrees")
def a_delivered_mail_has_no_audit_entry(bench: Bench) -> None:
    bench.sql("notification", "DELETE FROM audit_entry WHERE action = 'message_delivered'")


@seed("documents-kept")
def the_bytes_of_a_document_are_gone(bench: Bench) -> None:
    _a_document(bench).unlink()


@seed("documents-kept")
def the_bytes_of_a_document_are_others(bench: Bench) -> None:
    _a_document(bench).write_bytes(b"%PDF-1.4 something else")


def _a_document(bench: Bench) -> Any:
    document = bench.act(Op.ATTACH_DOCUMENT).answer["document_id"]
    row = bench.ask("intake", "SELECT id::text FROM document WHERE id::text = %s", document)[0]
    return bench.copy_documents() / "documents" / row["id"].replace("-", "")[-2:] / row["id"]
