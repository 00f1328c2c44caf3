"""Links that only we can have made: an id under an HMAC, bound to one purpose. Pure."""

import base64
import binascii
import hashlib
import hmac
from uuid import UUID

from shared.errors import DomainError, Kind

_SEPARATOR = "."


class LinkInvalid(DomainError):
    """The link was not made by us, or for another purpose."""

    kind = Kind.NOT_FOUND
    title = "The link is not valid"

    def __init__(self) -> None:
        super().__init__("Use the link exactly as it was sent, or ask for a new one.")


def sign_link(secret: str, purpose: str, identifier: str | UUID) -> str:
    """A token for a link: url-safe, the same for the same input. It does not expire by itself."""
    text = str(identifier)
    return _encode(text.encode()) + _SEPARATOR + _encode(_mac(secret, purpose, text))


def read_link(secret: str, purpose: str, token: str) -> str:
    """The id a token was made for. Raises ``LinkInvalid`` for any other secret, purpose, id or spelling."""
    try:
        text, mac = (_decode(part) for part in token.split(_SEPARATOR))
        expected = _mac(secret, purpose, text.decode())
    except (ValueError, binascii.Error) as error:
        raise LinkInvalid from error
    if not hmac.compare_digest(mac, expected):
        raise LinkInvalid
    return text.decode()


def _mac(secret: str, purpose: str, text: str) -> bytes:
    message = f"{purpose}\0{text}".encode()
    return hmac.new(secret.encode(), message, hashlib.sha256).digest()


def _encode(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def _decode(part: str) -> bytes:
    content = base64.b64decode(part + "=" * (-len(part) % 4), altchars=b"-_", validate=True)
    if _encode(content) != part:  # one spelling only: a second one would be another link to the same thing
        raise ValueError(part)
    return content
