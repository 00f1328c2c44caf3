"""Who may call which operation of intake, on which objects. The object rules themselves stand in ``domain/access.py``."""

from shared.auth.caller import Role
from shared.auth.dependencies import allow
from shared.auth.rules import Access, Bound, Reach, Tie, many, one
from shared.auth.scopes import APPLICATIONS_READ, DOSSIERS_READ

_READERS = (Role.APPLICANT, Role.SECRETARIAT_OFFICER, Role.MINISTRY_OFFICER)
_ONCE_ANNOUNCED = (Tie.ANYBODY_ONCE_ANNOUNCED, Tie.MINISTRY)
_SEEN = (Tie.ORGANISATION, Tie.TRACK_ONCE_RECEIVED)
_OWN = one("application", Tie.ORGANISATION, sees=(Tie.TRACK_ONCE_RECEIVED,))

PUBLISH_CALL = allow(Access.to(Role.MINISTRY_OFFICER))
LIST_CALLS = allow(Access.public(many("call", *_ONCE_ANNOUNCED), shows_more_to_some=True))
READ_CALL = allow(Access.public(one("call", *_ONCE_ANNOUNCED), shows_more_to_some=True))

CREATE_APPLICATION = allow(
    Access.to(Role.APPLICANT, on=Bound("call", (Tie.ANYBODY_ONCE_ANNOUNCED,), reach=Reach.CHOSEN))
)
LIST_APPLICATIONS = allow(Access.to(*_READERS, scope=APPLICATIONS_READ, on=many("application", *_SEEN)))
READ_RECEIPT = allow(Access.to(*_READERS, scope=APPLICATIONS_READ, on=one("receipt", *_SEEN)))
READ_APPLICATION = allow(Access.to(*_READERS, scope=DOSSIERS_READ, on=one("application", *_SEEN)))
READ_COMPLETENESS = allow(Access.to(*_READERS, on=one("application", *_SEEN)))
CHANGE_APPLICATION = allow(Access.to(Role.APPLICANT, on=_OWN))
"""And whatever else the applicant's organisation alone does with its application."""

READ_DOCUMENT = allow(Access.to(*_READERS, scope=DOSSIERS_READ, on=one("document", *_SEEN)))
DELETE_DOCUMENT = allow(
    Access.to(
        Role.APPLICANT, on=one("document of a draft", Tie.ORGANISATION, sees=(Tie.TRACK_ONCE_RECEIVED,))
    )
)
CONFIRM_PARTNER = allow(Access.public(one("partner confirmation", Tie.HOLDER)))
"""Reading and confirming are for whoever holds the link: it is the partner body's token."""
