"""``python -m deploy.local.issuer``: serve the issuer, or ``rotate`` its key while it runs."""

import argparse
import os
from pathlib import Path

import uvicorn

from deploy.local.issuer.application import create_app
from deploy.local.issuer.keys import KeyFile
from deploy.local.ports import LOOPBACK

_DEFAULT_PORT = 8180


def main() -> None:
    """Serve until SIGTERM or SIGINT, or rotate and end."""
    folder = Path(os.environ.get("KCITY_LOCAL_FOLDER") or ".local")
    parser = argparse.ArgumentParser(prog="python -m deploy.local.issuer", description=__doc__)
    parser.add_argument("--port", type=int, default=_DEFAULT_PORT)
    parser.add_argument("--key-file", type=Path, default=folder / "keys" / "issuer.jwk")
    parser.add_argument("--url", help="the name it gives itself; default: where it listens")
    rotate = parser.add_subparsers(dest="command").add_parser(
        "rotate", help="sign with a fresh key; a running issuer follows at once"
    )
    rotate.add_argument(
        "--withdraw",
        action="store_true",
        help="publish the former keys no longer: every present token ends within ten minutes",
    )
    chosen = parser.parse_args()
    keys = KeyFile(chosen.key_file)
    if chosen.command == "rotate":
        print(f"signs with {keys.rotate(withdraw=chosen.withdraw).kid} from now on")
        return
    app = create_app(keys, chosen.url or f"http://{LOOPBACK}:{chosen.port}")
    uvicorn.run(app, host=LOOPBACK, port=chosen.port, access_log=False, log_level="warning")


if __name__ == "__main__":
    main()
