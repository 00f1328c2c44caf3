"""An OpenID Connect issuer for one machine: people sign in by a click, other systems by a development secret.

``python -m deploy.local.issuer --port 8180 --key-file issuer.jwk`` serves it; ``rotate`` gives it a new key. It gives
a token to whoever asks on loopback: no image holds it, and the production profile refuses a plain-http issuer.
"""

from deploy.local.issuer.application import create_app
from deploy.local.issuer.clients import DEVELOPMENT_GRANT
from deploy.local.issuer.keys import KeyFile, OneKey
from deploy.local.issuer.part import Issuer
from deploy.local.issuer.tokens import AUDIENCE, mint

__all__ = ["AUDIENCE", "DEVELOPMENT_GRANT", "Issuer", "KeyFile", "OneKey", "create_app", "mint"]
