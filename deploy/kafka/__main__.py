"""``python -m deploy.kafka``: Apache Kafka in the foreground until Ctrl-C; what ``make kafka`` runs."""

import argparse
import os
import signal
import sys
import time
from pathlib import Path
from types import FrameType

from deploy.java.artefacts import JavaUnavailable
from deploy.kafka.server import KafkaFailed, KafkaServer

DEFAULT_PORT = 29092


def main() -> int:
    """Run until a signal; exit code 0 after an ordered stop, 1 when Kafka cannot run or ends by itself."""
    parser = argparse.ArgumentParser(prog="deploy.kafka", description=__doc__)
    default_folder = Path(os.environ.get("KCITY_LOCAL_FOLDER", ".local")) / "kafka"
    parser.add_argument("--folder", type=Path, default=default_folder, help="data, settings and log")
    parser.add_argument("--port", type=int, default=DEFAULT_PORT, help="loopback port; 0 takes a free one")
    arguments = parser.parse_args()
    signal.signal(signal.SIGTERM, _interrupt)
    server = KafkaServer(arguments.folder, arguments.port)
    print("Starting Apache Kafka (the first time Maven brings it) …", flush=True)
    try:
        with server:
            print(_instructions(server), flush=True)
            while server.running:
                time.sleep(0.2)
    except (JavaUnavailable, KafkaFailed) as failure:
        print(f"Apache Kafka: {failure}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Apache Kafka has stopped; its data stays.")
        return 0
    print(f"Apache Kafka ended by itself; see {server.log_file}", file=sys.stderr)
    return 1


def _instructions(server: KafkaServer) -> str:
    return (
        f"Apache Kafka answers on {server.bootstrap}; data and log in {server.folder}; Ctrl-C stops it.\n"
        "Use it from another terminal:\n"
        f"  KCITY_KAFKA_BOOTSTRAP={server.bootstrap} KCITY_KAFKA_IDEMPOTENT_PRODUCER=true make run"
    )


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
