"""The load of ``deploy.chaos.load`` with clients that wait long for an answer: ``python -m tests.patient_load …``.

Where processes are only restarted, an answer may come late on a busy machine, but it has to come.
"""

import sys

from deploy.chaos.load import __main__ as load
from deploy.chaos.load import client, generator

PATIENT_SECONDS = 40.0  # longer than the front door waits for an API

if __name__ == "__main__":
    for module in (client, generator):
        vars(module)["ATTEMPT_SECONDS"] = PATIENT_SECONDS
    generator.GRACE_SECONDS = PATIENT_SECONDS + 2.0
    sys.exit(load.main())
