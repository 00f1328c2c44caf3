"""The POST of notification, and those that every service has."""

from dataclasses import dataclass

from sqlalchemy import text

from services.notification.consumers import handlers
from services.notification.tests.mails import World
from services.tests.idempotency.desk import Desk
from services.tests.idempotency.prepared import Prepared
from shared.delivery.inbox import Inbox
from shared.ids import new_uuid
from shared.testing.plugin import TokenFor


@dataclass(frozen=True)
class Operator:
    """Somebody who runs a service."""

    subject: str
    token: str

    @classmethod
    def new(cls, token_for: TokenFor) -> "Operator":
        subject = f"operator-{new_uuid()}"
        return cls(subject, token_for("operator", subject=subject))


async def resend_message(desk: Desk) -> Prepared:
    world, inbox = World(), Inbox("notification", handlers(), desk.database)
    for record in (world.call(), world.contact(), world.submitted(partner=False)):
        await inbox.receive(record)
    async with desk.database.transaction() as tx:
        message_id = await tx.scalar(
            text(
                "UPDATE message SET state = 'bounced', next_attempt_at = NULL "
                "WHERE application_id = :id RETURNING id"
            ),
            {"id": world.application_id},
        )
    operator = Operator.new(desk.token_for)
    return Prepared.bare(operator, desk.token_for, f"/v1/messages/{message_id}/resend")


async def redrive_held_key(desk: Desk) -> Prepared:
    aggregate = new_uuid()
    await desk.execute(
        "INSERT INTO held_event (consumer, topic, aggregate_id, sequence, event_id, type, source, occurred_at, "
        "reason, tries, parked_at) VALUES (:service, 'intake.call.v1', :aggregate, 1, uuidv7(), "
        "'kcity.intake.CallPublished.v1', '/kcity/intake', clock_timestamp(), 'x', 3, clock_timestamp())",
        service=desk.service,
        aggregate=aggregate,
    )
    path = f"/v1/delivery/held-keys/{aggregate}/redrive"
    body, other = {"topic": "intake.call.v1"}, {"topic": "intake.application.v1"}
    return Prepared.json(Operator.new(desk.token_for), desk.token_for, path, body, other)


async def place_delivery_order(desk: Desk) -> Prepared:
    body, other = {"kind": "replay"}, {"kind": "rebuild", "check_only": True}
    operator = Operator.new(desk.token_for)
    return Prepared.json(operator, desk.token_for, "/v1/delivery/orders", body, other)


NOTIFICATION = {"resendMessage": (resend_message, 409)}
EVERYWHERE = {
    "redriveHeldKey": (redrive_held_key, 200),
    "placeDeliveryOrder": (place_delivery_order, 202),
}
