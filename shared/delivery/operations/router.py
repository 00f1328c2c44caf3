"""The routes under ``/v1/delivery``: operators only; every act is repeatable and leaves an audit entry."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Body, Query, Request, Response
from sqlalchemy import RowMapping

from shared.auth.caller import Role
from shared.auth.dependencies import allow
from shared.auth.rules import Access
from shared.database.connection import Database
from shared.delivery.audit import write_audit
from shared.delivery.dead_letters import redrive
from shared.delivery.operations.facts import delivery_facts
from shared.delivery.operations.lists import HeldState, dead_page, held_page
from shared.delivery.operations.orders import RebuildUnderway, orders_page, place_order, read_order
from shared.delivery.operations.schemas import (
    DeadLetterOut,
    DeliveryOut,
    HeldEventOut,
    OrderIn,
    OrderOut,
    RedriveIn,
    RedriveOut,
)
from shared.errors import NotFound
from shared.http.problems import problems
from shared.idempotency.act import ActDep
from shared.pagination import CursorInvalid, CursorMismatch, Page, PageParamsDep
from shared.settings import ServiceName

_OPERATORS = allow(Access.to(Role.OPERATOR))
_PAGED = problems(CursorInvalid, CursorMismatch)
_REBUILD: dict[str, Any] = {"summary": "Check the copies", "value": {"kind": "rebuild", "check_only": True}}
_REPLAY: dict[str, Any] = {
    "summary": "Replay a topic",
    "value": {"kind": "replay", "topic": "intake.call.v1"},
}


def delivery_router(service: ServiceName) -> APIRouter:
    """The operators' view of ``service``; needs ``database`` and ``clock`` in the app's state, ``probes`` if any."""
    router = APIRouter(prefix="/v1/delivery", tags=["delivery"], dependencies=[_OPERATORS])
    _add_facts(router, service)
    _add_lists(router, service)
    _add_redrive(router, service)
    _add_orders(router)
    return router


def _database(request: Request) -> Database:
    database: Database = request.app.state.database
    return database


def _add_facts(router: APIRouter, service: ServiceName) -> None:
    @router.get("", operation_id="getDelivery", summary="Read how the delivery of events stands")
    async def get_delivery(request: Request) -> DeliveryOut:
        """What waits, what is held, who relays, and what this process needs and reaches."""
        state = request.app.state
        return await delivery_facts(service, state.database, state.clock, getattr(state, "probes", {}))


def _add_lists(router: APIRouter, service: ServiceName) -> None:
    @router.get(
        "/held-events",
        operation_id="listHeldEvents",
        summary="List received events that are not applied yet",
        responses=_PAGED,
    )
    async def list_held_events(
        request: Request,
        page: PageParamsDep,
        state: Annotated[HeldState | None, Query(description="Both without it")] = None,
    ) -> Page[HeldEventOut]:
        """By topic, aggregate and sequence. Held ones are tried again by themselves, parked ones wait for a redrive."""
        binding = {"route": "listHeldEvents", "state": state}
        after = page.after(binding, str, UUID, int)
        rows = await held_page(_database(request), service, state, after=after, fetch=page.fetch)
        shown, cursor = page.cut(binding, rows, _held_key)
        return Page(items=[HeldEventOut.model_validate(dict(row)) for row in shown], next_cursor=cursor)

    @router.get(
        "/dead-letters",
        operation_id="listDeadLetters",
        summary="List records on our topics that are no events",
        responses=_PAGED,
    )
    async def list_dead_letters(request: Request, page: PageParamsDep) -> Page[DeadLetterOut]:
        """The oldest first. They were set aside and hold up nothing; find out who wrote them."""
        binding = {"route": "listDeadLetters"}
        (after,) = page.after(binding, int) or (0,)
        rows = await dead_page(_database(request), after=after, fetch=page.fetch)
        shown, cursor = page.cut(binding, rows, lambda row: (row["id"],))
        return Page(items=[DeadLetterOut.model_validate(dict(row)) for row in shown], next_cursor=cursor)


def _held_key(row: RowMapping) -> tuple[str, UUID, int]:
    return row["topic"], row["aggregate_id"], row["sequence"]


def _add_redrive(router: APIRouter, service: ServiceName) -> None:
    @router.post(
        "/held-keys/{aggregate_id}/redrive",
        operation_id="redriveHeldKey",
        summary="Try the parked events of a key again",
    )
    async def redrive_held_key(
        request: Request, act: ActDep, aggregate_id: UUID, body: RedriveIn
    ) -> RedriveOut:
        """Releases them for another round of tries; what is held behind them follows. Harmless when none is parked."""
        async with act.once(_database(request)) as once:
            if once.kept is not None:
                released = int(once.kept.reference)
            else:
                released = await redrive(once.tx, service, aggregate_id, topic=body.topic)
                await write_audit(
                    once.tx,
                    actor=act.caller.subject,
                    action="redrive_held_key",
                    object_type="held_key",
                    object_id=aggregate_id,
                    business_at=request.app.state.clock.now(),
                    facts={"topic": body.topic, "released": released},
                )
                await once.keep(status=200, reference=str(released))
        return RedriveOut(topic=body.topic, aggregate_id=aggregate_id, released=released)


def _add_orders(router: APIRouter) -> None:
    @router.post(
        "/orders",
        operation_id="placeDeliveryOrder",
        summary="Order a replay or a rebuild",
        status_code=202,
        responses=problems(RebuildUnderway),
    )
    async def place_delivery_order(
        request: Request,
        response: Response,
        act: ActDep,
        body: Annotated[OrderIn, Body(openapi_examples={"rebuild": _REBUILD, "replay": _REPLAY})],
    ) -> OrderOut:
        """The service's worker carries it out soon; the order tells how it goes. Both kinds may be repeated."""
        parameters = body.model_dump(mode="json", exclude={"kind"}, exclude_none=True)
        async with act.once(_database(request)) as once:
            if once.kept is not None:
                order_id = UUID(once.kept.reference)
            else:
                order_id = await place_order(once.tx, body.kind, parameters, ordered_by=act.caller.subject)
                await write_audit(
                    once.tx,
                    actor=act.caller.subject,
                    action=f"order_{body.kind}",
                    object_type="delivery_order",
                    object_id=order_id,
                    business_at=request.app.state.clock.now(),
                    facts=parameters,
                )
                await once.keep(status=202, reference=str(order_id))
            order = await read_order(once.tx, order_id)
        if order is None:
            raise NotFound("order")
        response.headers["Location"] = f"{request.url.path}/{order.id}"
        return order

    _add_order_reading(router)


def _add_order_reading(router: APIRouter) -> None:
    @router.get(
        "/orders", operation_id="listDeliveryOrders", summary="List orders to the worker", responses=_PAGED
    )
    async def list_delivery_orders(request: Request, page: PageParamsDep) -> Page[OrderOut]:
        """Every order ever given: who gave it, when, and what came of it."""
        binding = {"route": "listDeliveryOrders"}
        (before,) = page.after(binding, UUID) or (None,)
        rows = await orders_page(_database(request), before=before, fetch=page.fetch)
        shown, cursor = page.cut(binding, rows, lambda row: (row["id"],))
        return Page(items=[OrderOut.model_validate(dict(row)) for row in shown], next_cursor=cursor)

    @router.get(
        "/orders/{order_id}",
        operation_id="getDeliveryOrder",
        summary="Read how an order goes",
        responses=problems(NotFound),
    )
    async def get_delivery_order(request: Request, order_id: UUID) -> OrderOut:
        """One order; ask again until its state is ``done`` or ``failed``."""
        async with _database(request).engine.connect() as connection:
            order = await read_order(connection, order_id)
        if order is None:
            raise NotFound("order")
        return order
