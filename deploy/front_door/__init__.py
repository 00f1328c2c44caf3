"""The one origin: its configuration and the documentation that it serves."""

from pathlib import Path

CADDYFILE = Path(__file__).parent / "Caddyfile"
