"""Who may call which operation of notification, on which objects; see also ``domain/access.py``."""

from services.notification.domain.access import READERS, RESENDERS, TEMPLATE_READERS
from shared.auth.dependencies import allow
from shared.auth.rules import Access, Tie, many, one
from shared.auth.scopes import MESSAGES_READ

_SEEN = (Tie.TRACK, Tie.OPERATORS)

LIST_MESSAGES = allow(Access.to(*READERS, scope=MESSAGES_READ, on=many("message", *_SEEN)))
READ_MESSAGE = allow(Access.to(*READERS, scope=MESSAGES_READ, on=one("message", *_SEEN)))
RESEND_MESSAGE = allow(Access.to(*RESENDERS, on=one("message", Tie.OPERATORS)))
READ_TEMPLATES = allow(Access.to(*TEMPLATE_READERS))
