"""Who may call which operation of catalog: reading is everybody's, changing is the ministry's and the operators'."""

from shared.auth.caller import Role
from shared.auth.dependencies import allow
from shared.auth.rules import Access, Tie, many, one

_EDITORS = (Role.MINISTRY_OFFICER, Role.OPERATOR)
_THEIRS = (Tie.MINISTRY, Tie.OPERATORS)

CORRECT_PROJECT = allow(Access.to(*_EDITORS))
"""What an entry says is public, so nobody needs a tie to it."""
IMPORT = allow(Access.to(*_EDITORS))
LIST_IMPORTS = allow(Access.to(*_EDITORS, on=many("import", *_THEIRS)))
READ_IMPORT = allow(Access.to(*_EDITORS, on=one("import", *_THEIRS)))
APPLY_IMPORT = allow(Access.to(*_EDITORS, on=one("import", *_THEIRS)))
