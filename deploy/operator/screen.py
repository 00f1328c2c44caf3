"""Where tables are printed: a terminal has its width, a file or a pipe is given enough for whole lines."""

import os
import sys

from rich.console import Console

WIDE_COLUMNS = 220


def wide_console() -> Console:
    """Standard output."""
    free = not sys.stdout.isatty() and "COLUMNS" not in os.environ
    return Console(width=WIDE_COLUMNS if free else None)
