"""The operations that every service has: health, time, delivery, kept answers."""

from typing import Any

from shared.contracts.story import KEY, OFFICER, OPERATOR, ORDER, PATHFINDER, SELECTION_TOPIC
from shared.http.contract.words import (
    Answer,
    Audience,
    Contract,
    Described,
    Link,
    Parameter,
    asked,
    one,
    page,
)

SEEN_AT = "2025-03-11T08:30:00Z"
CLOCK = {
    "step": 3,
    "name": "closing − 1 ms",
    "instant": "2025-03-11T08:59:59.999Z",
    "acknowledged_by": ["intake-api-1", "intake-worker-1"],
    "waiting_for": [],
}


def order(kind: str, parameters: dict[str, Any], *, done: bool = False) -> dict[str, Any]:
    """An operator's order."""
    return {
        "id": ORDER,
        "kind": kind,
        "parameters": parameters,
        "state": "done" if done else "waiting",
        "ordered_by": OPERATOR,
        "ordered_at": SEEN_AT,
        "started_at": "2025-03-11T08:30:01Z" if done else None,
        "ended_at": "2025-03-11T08:30:04Z" if done else None,
        "outcome": {"published": 1} if done else None,
        "failure": None,
    }


REPLAY, REBUILD = {"topic": "intake.call.v1"}, {"check_only": True}
WAITING, DONE = order("replay", REPLAY), order("replay", REPLAY, done=True)
NOTHING_WAITS = {"events": 0, "keys": 0, "oldest_seconds": 0.0}
DELIVERY = {
    "service": "intake",
    "database": {"version": "18.0", "timeline": 1, "revision": "0002", "expected_revision": "0002"},
    "outbox": {"waiting": 2, "oldest_seconds": 0.012},
    "lease": {
        "holder": "01946d2a-8c00-7000-8000-000000000020",
        "token": 4,
        "expires_at": "2025-03-11T08:30:10Z",
        "held": True,
    },
    "cluster_id": "01946d2a-8c00-7000-8000-000000000021",
    "cluster_seen_at": SEEN_AT,
    "held": NOTHING_WAITS,
    "parked": {"events": 1, "keys": 1, "oldest_seconds": 620.4},
    "dead_letters": 0,
    "clock_bound_ms": 1.4,
    "journal_rows_at_most": 20_481,
    "open_orders": 0,
    "last_rebuild": order("rebuild", REBUILD, done=True),
    "dependencies": [{"name": "documents", "answers": True, "detail": None}],
}
PARKED = {
    "consumer": "catalog",
    "topic": SELECTION_TOPIC,
    "aggregate_id": PATHFINDER.selection,
    "sequence": 1,
    "event_id": PATHFINDER.event,
    "type": "kcity.review.SelectionAnnounced.v1",
    "reason": "the body does not fit its schema: /announced_at: missing",
    "tries": 10,
    "held_at": "2025-03-11T08:19:39Z",
    "not_before": "2025-03-11T08:19:39Z",
    "parked_at": "2025-03-11T08:19:40Z",
}
DEAD = {
    "id": 1,
    "consumer": "review",
    "topic": "intake.application.v1",
    "partition": 3,
    "offset": 118,
    "reason": "no CloudEvents headers",
    "size_bytes": 42,
    "received_at": SEEN_AT,
}
_ME: dict[str, Any] = {
    "organisation_id": None,
    "tracks": [],
    "scopes": [],
    "token_expires_at": "2025-03-11T08:35:00Z",
}
ME = {
    "person": {
        "summary": "A secretariat officer of the demonstration track",
        "value": {
            **_ME,
            "subject": OFFICER,
            "machine": False,
            "roles": ["secretariat_officer"],
            "tracks": ["demonstration"],
            "operations": ["getCase", "getMe", "listCases"],
        },
    },
    "system": {
        "summary": "Another ministry system",
        "value": {
            **_ME,
            "subject": "kcity-system",
            "machine": True,
            "roles": ["system"],
            "scopes": ["cases:read:planning"],
            "operations": ["getCase", "getMe", "listCases"],
        },
    },
}
ORDER_NEXT = (
    Link("getDeliveryOrder", {"order_id": "$response.body#/id"}, "See how it goes, until it is done"),
)


def _list(item: dict[str, Any], operation_id: str) -> Described:
    more = Link(operation_id, {"cursor": "$response.body#/next_cursor"}, "Go on to the next page")
    return Described(Audience.OPERATORS, answers={200: Answer(one(page(item)), links=(more,))})


def _operators(status: int, answer: Answer, **request: Any) -> Described:
    return Described(Audience.OPERATORS, answers={status: answer}, **request)


HOUSE = Contract(
    operations={
        "getHealth": _operators(200, Answer(one({"status": "ok", "service": "intake", "rehearsal": False}))),
        "getReadiness": Described(
            Audience.OPERATORS,
            answers={
                200: Answer(one({"ready": True, "reasons": []})),
                503: Answer(
                    one(
                        {"ready": False, "reasons": ["database answers: no (TimeoutError)"]},
                        "The database is down",
                    )
                ),
            },
        ),
        "getTime": Described(
            Audience.PUBLIC,
            answers={
                200: Answer(
                    one({"now": SEEN_AT, "bound_ms": 1.4, "time_zone": "Asia/Seoul", "rehearsal": False})
                )
            },
        ),
        "getRehearsalClock": _operators(200, Answer(one(CLOCK))),
        "stepRehearsalClock": _operators(
            201,
            Answer(one(CLOCK), links=(Link("getRehearsalClock", {}, "See who stands there by now"),)),
            request=asked(one({"name": CLOCK["name"], "instant": CLOCK["instant"]})),
        ),
        "getMe": Described(Audience.SYSTEMS, answers={200: Answer(ME)}),
        "getIdempotencyKey": Described(
            Audience.APPLICANTS,
            answers={
                200: Answer(
                    one(
                        {
                            "items": [
                                {
                                    "route": "POST /v1/applications/{application_id}/submission",
                                    "status": 201,
                                    "reference": PATHFINDER.application,
                                    "kept_at": PATHFINDER.submitted_at,
                                }
                            ]
                        },
                        "The submission was received",
                    )
                )
            },
        ),
        "getDelivery": _operators(200, Answer(one(DELIVERY))),
        "listHeldEvents": _list(PARKED, "listHeldEvents"),
        "listDeadLetters": _list(DEAD, "listDeadLetters"),
        "redriveHeldKey": _operators(
            200,
            Answer(one({"topic": SELECTION_TOPIC, "aggregate_id": PATHFINDER.selection, "released": 1})),
            request=asked(one({"topic": SELECTION_TOPIC})),
        ),
        "listDeliveryOrders": _list(DONE, "listDeliveryOrders"),
        "placeDeliveryOrder": _operators(
            202,
            Answer(one(WAITING), links=ORDER_NEXT, location=f"/v1/delivery/orders/{ORDER}"),
            request=asked(
                {
                    "replay": {"summary": "Replay a topic", "value": {"kind": "replay", **REPLAY}},
                    "rebuild": {"summary": "Check the copies", "value": {"kind": "rebuild", **REBUILD}},
                }
            ),
        ),
        "getDeliveryOrder": _operators(200, Answer(one(DONE), links=ORDER_NEXT)),
    },
    parameters={
        "limit": Parameter("Items on a page", 20),
        "cursor": Parameter(
            "`next_cursor` of the page before, exactly as it came",
            "WyIzZjBhYTJjMWQ0ZTU2Nzg5IiwiMDE5NDZkMmEtOGMwMC03MDAwLTgwMDAtMDAwMDAwMDAwMDAyIl0",
        ),
        "Idempotency-Key": Parameter(
            "A fresh random key for the act; a repeat of the request has the same", KEY
        ),
        "If-Match": Parameter("The ETag of the version you read", '"7"'),
        "key": Parameter("The Idempotency-Key that the request was sent with", KEY),
        "order_id": Parameter("The order, as `placeDeliveryOrder` named it", ORDER),
        "aggregate_id": Parameter("The aggregate whose events are parked", PATHFINDER.selection),
        "listHeldEvents.state": Parameter("Only in this state; both without it", "parked"),
    },
    korean={
        "getHealth": "프로세스 상태 확인",
        "getReadiness": "요청 수신 가능 여부 확인",
        "getMe": "내 정보와 권한 조회",
        "getTime": "기준 시각 조회",
        "getRehearsalClock": "예행연습 시각 조회",
        "stepRehearsalClock": "예행연습 시각 변경",
        "getIdempotencyKey": "멱등키로 처리 결과 조회",
        "getDelivery": "이벤트 전달 현황 조회",
        "listHeldEvents": "보류된 이벤트 목록 조회",
        "listDeadLetters": "처리할 수 없는 레코드 목록 조회",
        "redriveHeldKey": "보류된 이벤트 다시 처리",
        "placeDeliveryOrder": "재발행·재구축 지시",
        "listDeliveryOrders": "지시 목록 조회",
        "getDeliveryOrder": "지시 진행 상황 조회",
    },
)
