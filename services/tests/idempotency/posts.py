"""Every POST of every service, and how to come to the point where it can be sent."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from services.tests.idempotency import catalog_posts, intake_posts, review_posts, small_posts
from services.tests.idempotency.desk import Desk
from services.tests.idempotency.prepared import Prepared
from shared.settings import SERVICES, ServiceName

Arrange = Callable[[Desk], Awaitable[Prepared]]


@dataclass(frozen=True)
class Post:
    """``forgotten``: its status when it is sent again after its key was forgotten, None: that never is."""

    service: ServiceName
    operation: str
    arrange: Arrange
    forgotten: int | None

    def __str__(self) -> str:
        return f"{self.service} {self.operation}"


POSTS = (
    *(Post("intake", name, *rest) for name, rest in intake_posts.POSTS.items()),
    *(Post("review", name, *rest) for name, rest in review_posts.POSTS.items()),
    *(Post("catalog", name, *rest) for name, rest in catalog_posts.POSTS.items()),
    *(Post("notification", name, *rest) for name, rest in small_posts.NOTIFICATION.items()),
    *(Post(service, name, *rest) for service in SERVICES for name, rest in small_posts.EVERYWHERE.items()),
)
WITHOUT_KEY = {
    "stepRehearsalClock": "saying where the clock stands already changes nothing; never in a live database",
    "confirmPartner": "a form in a browser has no key; the link is the key, and the first confirmation stands",
}
