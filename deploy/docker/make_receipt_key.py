"""Makes the receipt key of a compose stack, once: ``python make_receipt_key.py FILE``; runs inside intake's image.

Its ``kid`` says "rehearsal": a live installation brings its own key as a secret.
"""

import json
import os
import secrets
import sys
from pathlib import Path

from joserfc.jwk import OKPKey


def make(file: Path) -> None:
    """Write a private Ed25519 JWK to ``file`` (0600), unless one is there already."""
    if file.exists():
        return
    kid = f"rehearsal-{secrets.token_hex(4)}"
    key = OKPKey.generate_key("Ed25519", {"kid": kid, "use": "sig", "alg": "Ed25519"})
    torn = file.with_suffix(".new")
    torn.unlink(missing_ok=True)
    with os.fdopen(os.open(torn, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as out:
        json.dump(key.as_dict(private=True), out)
    torn.replace(file)


if __name__ == "__main__":
    make(Path(sys.argv[1]))
