"""Keys and secrets of one local stack: made once, kept 0600 under ``.local/keys/``, never fit for production."""

import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from joserfc.jwk import OKPKey

from shared.settings import DEVELOPMENT_SECRET_PREFIX, SERVICES

REHEARSAL_KEY_PREFIX = "rehearsal-"


@dataclass(frozen=True, slots=True)
class Keys:
    """What the processes are given. Passwords by service; secrets carry the mark that production refuses."""

    issuer_key_file: Path
    receipt_key_file: Path
    receipt_number_secret: str
    link_secret: str
    database_passwords: Mapping[str, str]


def open_keys(folder: Path) -> Keys:
    """Read the keys in ``folder``, making those that are absent."""
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    issuer, receipt = folder / "issuer.jwk", folder / "receipt.jwk"
    load_key(issuer, kid_prefix="local-")
    load_key(receipt, kid_prefix=REHEARSAL_KEY_PREFIX)
    kept = _load_secrets(folder / "secrets.json")
    passwords: dict[str, str] = {service: kept[f"database_{service}"] for service in SERVICES}
    return Keys(issuer, receipt, kept["receipt_number"], kept["link"], passwords)


def load_key(file: Path, *, kid_prefix: str) -> OKPKey:
    """The Ed25519 private JWK in ``file``; a new one, its ``kid`` beginning with ``kid_prefix``, if absent."""
    if not file.exists():
        kid = kid_prefix + secrets.token_hex(4)
        key = OKPKey.generate_key("Ed25519", {"kid": kid, "use": "sig", "alg": "Ed25519"})
        write_private(file, json.dumps(key.as_dict(private=True)))
    return OKPKey.import_key(json.loads(file.read_text()))


def _load_secrets(file: Path) -> dict[str, str]:
    kept: dict[str, str] = json.loads(file.read_text()) if file.exists() else {}
    wanted = {
        "receipt_number": DEVELOPMENT_SECRET_PREFIX,
        "link": DEVELOPMENT_SECRET_PREFIX,
        **{f"database_{service}": "" for service in SERVICES},
    }
    complete = {name: kept.get(name) or prefix + secrets.token_hex(32) for name, prefix in wanted.items()}
    if complete != kept:
        write_private(file, json.dumps(complete, indent=2))
    return complete


def write_private(file: Path, text: str) -> None:
    """Write ``file`` whole or not at all, readable by its owner alone from the first moment."""
    torn = file.with_name(f".{file.name}.{os.getpid()}")
    torn.unlink(missing_ok=True)
    torn.touch(mode=0o600)
    torn.write_text(text)
    torn.replace(file)
