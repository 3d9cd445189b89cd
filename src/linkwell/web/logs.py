"""One structured line for each event, on standard error. Lines hold ids, never what somebody typed."""

import logging
import sys

import structlog


def set_up(level: str) -> None:
    """JSON lines, with what the standard library's loggers say as well. `level` is debug, info, warning or error."""
    number = logging.getLevelNamesMapping().get(level.upper(), logging.INFO)
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        # The kind of an error and where it happened; its message may quote what was typed.
        _error_without_words,
    ]
    structlog.configure(
        processors=[*shared, structlog.processors.JSONRenderer()],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    libraries = max(number, logging.WARNING)
    logging.basicConfig(stream=sys.stderr, level=libraries, format="%(levelname)s %(name)s %(message)s")


def _error_without_words(logger: object, name: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    if event.pop("exc_info", None):
        kind, _, trace = sys.exc_info()
        event["error"] = kind.__name__ if kind else "unknown"
        while trace and trace.tb_next:
            trace = trace.tb_next
        if trace:
            event["where"] = f"{trace.tb_frame.f_code.co_filename.rsplit('/linkwell/', 1)[-1]}:{trace.tb_lineno}"
    return event
