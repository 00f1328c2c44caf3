"""The issuer's HTTP side; only asked under a loopback name, so no web page can rebind its way in."""

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from joserfc.jwk import OKPKey
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware

from deploy.local.issuer.authorisation import SignInDesk, sign_in_router
from deploy.local.issuer.documents import documents
from deploy.local.issuer.keys import OneKey, SigningKeys
from deploy.local.issuer.refusals import OAuthError, answer_refusal
from deploy.local.issuer.sessions import Sessions
from deploy.local.issuer.token_endpoint import TokenDesk, token_router
from deploy.local.ports import LOOPBACK

_LOOPBACK_ORIGINS = r"http://(localhost|127\.0\.0\.1|\[::1\])(:[0-9]{1,5})?"


def create_app(keys: SigningKeys | OKPKey, issuer: str) -> FastAPI:
    """The application under the name ``issuer``."""
    book = OneKey(keys) if isinstance(keys, OKPKey) else keys
    sessions = Sessions()
    app = FastAPI(title="Development issuer", docs_url=None, redoc_url=None, openapi_url=None)
    app.add_middleware(
        CORSMiddleware,
        allow_origin_regex=_LOOPBACK_ORIGINS,
        allow_methods=["GET", "POST"],
        allow_headers=["Authorization", "Content-Type"],
    )
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=[LOOPBACK, "localhost"])
    app.add_exception_handler(OAuthError, answer_refusal)
    app.add_exception_handler(RequestValidationError, answer_refusal)
    app.include_router(documents(book, issuer))
    app.include_router(token_router(TokenDesk(book, issuer, sessions)))
    app.include_router(sign_in_router(SignInDesk(book, issuer, sessions)))
    return app
