"""An example of each event, told as one story: a firm applies for Da Nang, is reviewed and selected."""

from typing import Any

from shared.contracts.story import CALL, DIGEST, PATHFINDER, PROJECT, REVIEWER
from shared.events import catalog, intake, notification, review
from shared.events.envelope import Event

APPLICATION = PATHFINDER.application
ORGANISATION = PATHFINDER.organisation_id
CONTACT = PATHFINDER.contact
PARTNER_CONTACT = "01946d2a-8c00-7000-8000-000000000005"
CONFIRMATION = "01946d2a-8c00-7000-8000-000000000006"
DOCUMENT = PATHFINDER.document
CASE = PATHFINDER.case
EVALUATION = PATHFINDER.evaluation
SELECTION = PATHFINDER.selection
INVITATION = PATHFINDER.invitation
MESSAGE = PATHFINDER.message
EVENT = PATHFINDER.event
RECEIPT_NO = PATHFINDER.receipt_no

TRACK = {
    "track": "demonstration",
    "letter": "D",
    "name": {"ko": "해외실증형", "en": "Overseas demonstration"},
    "secretariat": {
        "code": "KAIA",
        "name": {
            "ko": "국토교통과학기술진흥원",
            "en": "Korea Agency for Infrastructure Technology Advancement",
        },
    },
    "applicant_kinds": ["korean_company"],
    "partner_required": True,
    "partner_kinds": ["central_government", "local_government", "public_institution", "university"],
    "window": {"opens_at": "2025-02-06T00:00:00Z", "closes_at": "2025-03-11T09:00:00Z"},
    "documents": [{"kind": "project_plan", "name": {"ko": "사업계획서", "en": "Project plan"}}],
    "form": {"type": "object", "properties": {"problem": {"type": "string"}}},
    "eligibility": [
        {"code": "has_partner", "text": {"ko": "해외 협력기관이 있음", "en": "Has a partner abroad"}}
    ],
    "money": {"max_support_krw": 400_000_000, "max_labour_share": "0.40", "matching_funds": "optional"},
    "pre_consulting": False,
    "selection": {
        "criteria": [
            {"code": "readiness", "name": {"ko": "추진 여건", "en": "Readiness"}, "weight": 50},
            {
                "code": "market_entry",
                "name": {"ko": "진출가능성", "en": "Market-entry potential"},
                "weight": 50,
            },
        ],
        "aggregation": {"method": "trimmed_mean", "min_sheets": 5},
        "threshold_points": "70",
        "tie_break": ["market_entry", "readiness", "earlier_submission"],
        "quota": {"min": 5, "max": 6},
        "budget_krw": 2_400_000_000,
    },
    "appeal": {"file_within_days": 10, "answer_within_days": 30},
    "result_expected": {"ko": "2025년 4월", "en": "April 2025"},
}
DEFINITION = {
    "code": "KCN-2025",
    "year": 2025,
    "name": {"ko": "K-City 네트워크 2025", "en": "K-City Network 2025"},
    "host": {"ko": "국토교통부", "en": "Ministry of Land, Infrastructure and Transport"},
    "announced_at": "2025-01-20T02:00:00Z",
    "tracks": [TRACK],
}
APPLICANT = {"organisation_id": ORGANISATION, **PATHFINDER.organisation}
PLAN = PATHFINDER.project
OF_CASE = {"case_id": CASE, "application_id": APPLICATION}
OF_APPLICATION = {"application_id": APPLICATION, "call_id": CALL, "track": "demonstration"}

PARKED = {
    "topic": "review.selection.v1",
    "event_id": EVENT,
    "event_type": "kcity.review.SelectionAnnounced.v1",
    "subject": SELECTION,
    "sequence": 1,
    "reason": "the body does not fit its schema: /announced_at: missing",
}

EXAMPLES: dict[type[Event], dict[str, Any]] = {
    intake.CallPublished: {"call_id": CALL, "version": 1, "definition": DEFINITION},
    intake.CallAmended: {
        "call_id": CALL,
        "version": 2,
        "definition": DEFINITION,
        "reason": {"ko": "접수 기간 연장", "en": "The window was extended"},
    },
    intake.ContactChanged: {
        "contact_id": CONTACT,
        "organisation_id": ORGANISATION,
        "name": "Hong Gil-dong",
        "email": "gildong@pathfinder.example",
        "language": "ko",
    },
    intake.ApplicationSubmitted: {
        **OF_APPLICATION,
        "revision": 1,
        "receipt_no": RECEIPT_NO,
        "arrived_at": "2025-03-11T08:59:59.999Z",
        "clock_bound_ms": 2,
        "organisation": APPLICANT,
        "project": PLAN,
        "answers": {"problem": "Queues at junctions"},
        "contact_id": CONTACT,
        "partner": {
            "name": {"en": "City of Da Nang"},
            "kind": "local_government",
            "contact_id": PARTNER_CONTACT,
            "confirmation_id": CONFIRMATION,
        },
        "documents": [
            {
                "document_id": DOCUMENT,
                "kind": "project_plan",
                "file_name": "plan.pdf",
                "media_type": "application/pdf",
                "size_bytes": 482_113,
                "sha256": DIGEST,
            }
        ],
        "digest": DIGEST,
    },
    intake.ApplicationWithdrawn: {**OF_APPLICATION, "withdrawn_at": "2025-03-12T01:00:00Z"},
    intake.PartnerConfirmed: {
        "application_id": APPLICATION,
        "confirmation_id": CONFIRMATION,
        "confirmed_at": "2025-03-13T01:00:00Z",
    },
    review.EligibilityDecided: {
        **OF_CASE,
        **OF_APPLICATION,
        "contact_id": CONTACT,
        "receipt_no": RECEIPT_NO,
        "eligible": True,
        "reasons": [],
        "decided_at": "2025-03-14T01:00:00Z",
    },
    review.PreConsultingStarted: {
        **OF_CASE,
        "contact_id": CONTACT,
        "adviser_id": REVIEWER,
        "started_at": "2025-06-02T01:00:00Z",
    },
    review.PreConsultingCompleted: {**OF_CASE, "contact_id": CONTACT, "completed_at": "2025-09-01T01:00:00Z"},
    review.ReviewersAssigned: {
        **OF_CASE,
        "reviewer_ids": [REVIEWER],
        "assigned_at": "2025-03-17T01:00:00Z",
    },
    review.AgreementSigned: {**OF_CASE, "day": "2025-05-19", "recorded_at": "2025-05-20T01:00:00Z"},
    review.ProjectStarted: {**OF_CASE, "day": "2025-06-02", "recorded_at": "2025-06-02T01:00:00Z"},
    review.ProjectCompleted: {**OF_CASE, "day": "2026-03-31", "recorded_at": "2026-04-01T01:00:00Z"},
    review.ProjectWithdrawn: {**OF_CASE, "withdrawn_at": "2025-06-10T05:00:00Z"},
    review.EvaluationClosed: {
        "evaluation_id": EVALUATION,
        "call_id": CALL,
        "track": "demonstration",
        "closed_at": "2025-04-04T09:00:00Z",
    },
    review.SelectionAnnounced: {
        "selection_id": SELECTION,
        "call_id": CALL,
        "call_code": "KCN-2025",
        "year": 2025,
        "track": "demonstration",
        "announced_at": "2025-04-21T02:00:00Z",
        "selected": [
            {
                "application_id": APPLICATION,
                "receipt_no": RECEIPT_NO,
                "rank": 1,
                "organisation": APPLICANT,
                "project": PLAN,
                "partner_name": {"en": "City of Da Nang"},
                "contact_id": CONTACT,
                "partner_contact_id": PARTNER_CONTACT,
                "support_krw": 380_000_000,
            }
        ],
        "not_selected": [],
    },
    review.InvitationIssued: {
        "invitation_id": INVITATION,
        "selection_id": SELECTION,
        "application_id": APPLICATION,
        "receipt_no": RECEIPT_NO,
        "contact_id": PARTNER_CONTACT,
        "occasion_code": "wsce_2025",
        "occasion_name": {"ko": "월드 스마트시티 엑스포 2025", "en": "World Smart City Expo 2025"},
        "starts_on": "2025-07-15",
        "ends_on": "2025-07-17",
        "place": {"ko": "부산 벡스코", "en": "BEXCO, Busan"},
        "issued_at": "2025-04-21T02:00:01Z",
    },
    notification.MessageDelivered: {
        "message_id": MESSAGE,
        "template": "submission_receipt",
        "contact_id": CONTACT,
        "cause_event_id": EVENT,
        "delivered_at": "2025-03-11T09:00:02Z",
    },
    notification.MessageBounced: {
        "message_id": MESSAGE,
        "template": "submission_receipt",
        "contact_id": CONTACT,
        "cause_event_id": EVENT,
        "smtp_code": 550,
        "bounced_at": "2025-03-11T09:00:02Z",
    },
    catalog.ProjectPublished: {
        "project_id": PROJECT,
        "number": 1,
        "selection_year": 2020,
        "project_type": "development_plan",
        "state": "completed",
        "title": {"ko": "스마트시티 기본구상", "en": "Smart city basic concept"},
        "city": {"ko": "볼쇼이카멘", "en": "Bolshoy Kamen"},
        "country_iso2": "RU",
        "published_at": "2025-01-20T02:00:00Z",
    },
}
