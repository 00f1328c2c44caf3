"""What the contract of notification says beyond its code: audiences, examples, headers, links."""

from typing import Any

from shared.contracts.story import DA_NANG, PATHFINDER, Thread
from shared.http.contract.words import Answer, Audience, Contract, Described, Link, Parameter, both, one, page

ID = {"message_id": "$response.body#/id"}


def message(thread: Thread, state: str = "delivered", smtp_code: int = 250) -> dict[str, Any]:
    """The mail with the receipt of an application."""
    return {
        "id": thread.message,
        "template": "receipt",
        "template_version": 1,
        "language": thread.contact_person["language"],
        "track": thread.track,
        "application_id": thread.application,
        "contact_id": thread.contact,
        "cause_event_id": thread.event,
        "caused_at": thread.submitted_at,
        "state": state,
        "held_reason": None,
        "attempts": 0 if state == "queued" else 1,
        "queued_at": "2025-03-11T09:00:01Z",
        "next_attempt_at": "2025-03-11T09:12:00Z" if state == "queued" else None,
        "last_smtp_code": smtp_code,
        "settled_at": "2025-03-11T09:00:02Z" if state == "delivered" else None,
        "message_id": f"<{thread.message}@kcity.example>",
    }


def preview(language: str, subject: str, text: str) -> dict[str, Any]:
    """A template with made-up values."""
    page_of_it = f'<!DOCTYPE html><html lang="{language}"><body><p>{text}</p></body></html>'
    return {
        "name": "receipt",
        "version": 1,
        "language": language,
        "subject": subject,
        "text": text,
        "html": page_of_it,
    }


NEXT = (
    Link("getMessage", ID, "See where it stands now"),
    Link("resendMessage", ID, "Send it again, if it bounced or failed"),
)
OPERATIONS = {
    "listMessages": Described(
        Audience.SECRETARIAT,
        answers={
            200: Answer(
                both(en=page(message(DA_NANG)), ko=page(message(PATHFINDER))),
                links=(
                    Link("getMessage", {"message_id": "$response.body#/items/0/id"}, "Read the newest"),
                    Link("listMessages", {"cursor": "$response.body#/next_cursor"}, "Go on to the next page"),
                ),
            )
        },
    ),
    "getMessage": Described(
        Audience.SECRETARIAT,
        answers={200: Answer(both(en=message(DA_NANG), ko=message(PATHFINDER)), links=NEXT)},
    ),
    "resendMessage": Described(
        Audience.OPERATORS,
        answers={
            202: Answer(
                both(en=message(DA_NANG, "queued", 550), ko=message(PATHFINDER, "queued", 550)), links=NEXT
            )
        },
    ),
    "listTemplates": Described(
        Audience.MINISTRY,
        answers={
            200: Answer(
                one({"items": [{"name": "receipt", "languages": ["en", "ko"], "version": 1}]}),
                links=(
                    Link(
                        "previewTemplate", {"name": "$response.body#/items/0/name"}, "See what it looks like"
                    ),
                ),
            )
        },
    ),
    "previewTemplate": Described(
        Audience.MINISTRY,
        answers={
            200: Answer(
                both(
                    en=preview(
                        "en",
                        "[K-City Network] Your application was received (KCN-2025-P-4M8T-2HW6)",
                        "Your application was received on 18 June 2025.",
                    ),
                    ko=preview(
                        "ko",
                        "[K-City 네트워크] 신청서가 접수되었습니다 (KCN-2025-D-7F3K-9QX2)",
                        "신청서가 2025년 3월 11일에 접수되었습니다.",
                    ),
                )
            )
        },
    ),
}
KOREAN = {
    "listMessages": "메일 목록과 상태 조회",
    "getMessage": "메일 상태 조회",
    "resendMessage": "메일 다시 보내기",
    "listTemplates": "메일 서식 목록 조회",
    "previewTemplate": "메일 서식 미리보기",
}
PARAMETERS = {
    "message_id": Parameter("The message, as `listMessages` named it", PATHFINDER.message),
    "application_id": Parameter("Only those of this application", PATHFINDER.application),
    "state": Parameter("Only those in this state", "bounced"),
    "template": Parameter("Only those of this template", "receipt"),
    "name": Parameter("The template", "receipt"),
    "language": Parameter("The language to show", "ko"),
}


def contract() -> Contract:
    """The words of notification."""
    return Contract(OPERATIONS, PARAMETERS, korean=KOREAN)
