"""A stand-in for a service: answers its pid on PORT, or on the socket it was handed, and says that it is ready.

``--deaf`` ignores SIGTERM, ``--child`` leaves a child, ``--unready`` neither answers nor says anything, ``--broken`` ends.
"""

import contextlib
import os
import signal
import subprocess
import sys
import time
from http.server import BaseHTTPRequestHandler, HTTPServer

from shared.handover import inherited_socket, say_ready


class Answer(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(str(os.getpid()).encode())


def server(port: int) -> HTTPServer:
    handed = inherited_socket()
    if handed is None:
        return HTTPServer(("127.0.0.1", port), Answer)
    made = HTTPServer(handed.getsockname(), Answer, bind_and_activate=False)
    made.socket = handed
    return made


if __name__ == "__main__":
    if "--deaf" in sys.argv:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    else:
        signal.signal(signal.SIGTERM, signal.default_int_handler)
    if "--broken" in sys.argv:
        sys.exit("broken")
    if "--child" in sys.argv:
        child = subprocess.Popen(["sleep", "600"], start_new_session=True)
        print("child", child.pid, flush=True)
    with contextlib.suppress(KeyboardInterrupt):
        if "--unready" in sys.argv:
            signal.pause()
        with server(int(sys.argv[1])) as answering:
            say_ready()
            answering.serve_forever()
    print("ended at", time.time_ns(), flush=True)
