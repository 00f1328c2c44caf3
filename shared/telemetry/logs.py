"""Logs: one JSON object a line on stdout, with request and trace ids; no bodies, no personal data.

Ours (structlog) and the libraries' (logging) take the same way out. What errors of the database and of
validation say may quote values, so their messages stay out and their class, SQL state and place remain.
"""

import io
import json
import logging
import sys
import traceback
from collections.abc import Iterator, MutableMapping
from typing import Any, TextIO, cast

import structlog
from opentelemetry import trace
from structlog.typing import Processor

Event = MutableMapping[str, Any]

WITHHELD = "[withheld]"
NEVER_LOGGED = frozenset({"authorization", "body", "email", "name", "phone", "secret", "token", "password"})
_QUOTES_VALUES = ("asyncpg", "sqlalchemy", "pydantic", "pydantic_core", "fastapi", "psycopg", "aiosmtplib")


def configure_logging(level: str = "INFO") -> None:
    """Set up logging for the process, once at its start. ``level`` is a name of `logging`."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _add_trace,
        _render_exception,
        _withhold,
    ]
    structlog.configure(
        processors=[*shared, _render_line],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        logger_factory=structlog.WriteLoggerFactory(file=_STDOUT),
        cache_logger_on_first_use=True,
    )
    _redirect_libraries(shared, level)


def safe_traceback(error: BaseException) -> str:
    """Where ``error`` and its causes arose: our frames and the last one, no messages that may quote values."""
    return "\n".join(_chain(error))


class _Stdout(io.TextIOBase):
    """The standard output of the moment: it may be replaced after logging was set up."""

    def write(self, text: str) -> int:
        return sys.stdout.write(text)

    def flush(self) -> None:
        sys.stdout.flush()


_STDOUT = cast("TextIO", _Stdout())


class _ToStdout(logging.StreamHandler[TextIO]):
    """Our handler, told apart from those that others added."""


def _chain(error: BaseException) -> Iterator[str]:
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        frames = traceback.extract_tb(current.__traceback__)
        ours = [frame for frame in frames if "site-packages" not in frame.filename or frame is frames[-1]]
        yield "".join(traceback.format_list(ours)) + _sentence(current)
        current = current.__cause__ or (None if current.__suppress_context__ else current.__context__)


def _sentence(error: BaseException) -> str:
    kind = f"{type(error).__module__}.{type(error).__qualname__}"
    if type(error).__module__.partition(".")[0] not in _QUOTES_VALUES:
        return f"{kind}: {error}"
    details = (getattr(error, name, None) for name in ("sqlstate", "constraint_name", "code"))
    return f"{kind} ({', '.join(str(detail) for detail in details if detail)})"


def _add_trace(_logger: Any, _method: str, event: Event) -> Event:
    context = trace.get_current_span().get_span_context()
    if context.is_valid:
        event["trace_id"] = trace.format_trace_id(context.trace_id)
        event["span_id"] = trace.format_span_id(context.span_id)
    return event


def _render_exception(_logger: Any, _method: str, event: Event) -> Event:
    wanted = event.pop("exc_info", None)
    if wanted is True:
        wanted = sys.exc_info()
    error = wanted[1] if isinstance(wanted, tuple) else wanted
    if isinstance(error, BaseException):
        event["exception"] = safe_traceback(error)
    return event


_ENCODER = json.JSONEncoder(ensure_ascii=False, default=repr)
"""Made once: `json.dumps` makes one for each line."""


def _render_line(_logger: Any, _method: str, event: Event) -> str:
    return _ENCODER.encode(event)


def _withhold(_logger: Any, _method: str, event: Event) -> Event:
    for key in NEVER_LOGGED.intersection(event):
        event[key] = WITHHELD
    return event


def _redirect_libraries(shared: list[Processor], level: str) -> None:
    handler = _ToStdout(_STDOUT)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[structlog.stdlib.add_logger_name, *shared],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        )
    )
    root = logging.getLogger()
    for former in [former for former in root.handlers if isinstance(former, _ToStdout)]:
        root.removeHandler(former)
    root.addHandler(handler)
    root.setLevel(max(logging.getLevelNamesMapping()[level], logging.INFO))
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access"):
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.propagate = name != "uvicorn.access"  # our own access log knows route and request id
    for name in ("httpx", "aiokafka"):  # they tell every address asked, every heartbeat
        logging.getLogger(name).setLevel(logging.WARNING)
