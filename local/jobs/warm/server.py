"""The prepared Python: it imports the packages that jobs usually import, and then only forks jobs.

It reads one request per line from file descriptor 3 and ends when that is closed. It never computes anything itself, because
the threads of OpenMP do not survive a fork.
"""

import sys

initial = list(sys.modules)
import atexit

from prepared import Prepared

prepared = Prepared(initial)
# Registered first, so that it is called last.
atexit.register(prepared.leave)

import gc
import json
import os
import select
import socket

# The module own_root is there. A job must not find the folder.
sys.path.append(os.path.join(os.path.dirname(sys.path[0]), "process"))
import job as jobs
from packages import PACKAGES, LookUps, Unfit, import_one

sys.path.pop()

OWN = ["fitness", "job", "own_root", "packages", "prepared"]


def environment_as_given():
    """Reads the environment variables with which this process was started."""
    with open("/proc/self/environ", "rb") as file:
        pairs = [pair.partition(b"=") for pair in file.read().split(b"\0") if pair]
    return {os.fsdecode(name): os.fsdecode(value) for name, _, value in pairs}


class Server:
    def __init__(self):
        self.control = socket.socket(fileno=3)
        self.control.set_inheritable(False)
        self.received = b""
        self.given = environment_as_given()
        self.added = {name: value for name, value in os.environ.items() if name not in self.given}
        self.look_ups = LookUps()

    def reap(self):
        """Collects the ended parents of jobs. Their status is not needed, because they have reported to the endpoint."""
        try:
            while os.waitpid(-1, os.WNOHANG)[0] != 0:
                pass
        except ChildProcessError:
            pass

    def requests(self, wait):
        """Yields the requests that have arrived. Ends this process if the endpoint has closed the connection."""
        while True:
            if b"\n" in self.received:
                line, _, self.received = self.received.partition(b"\n")
                yield json.loads(line)
                continue
            ready, _, _ = select.select([self.control], [], [], None if wait else 0)
            if not ready:
                return
            chunk = self.control.recv(65536)
            if not chunk:
                os._exit(0)
            self.received += chunk

    def fork(self, request):
        """Forks a job. Returns the job in its own process, and None in this one."""
        self.reap()
        # Excludes the loaded objects from garbage collection, which would copy all of their memory in a job.
        gc.freeze()
        if os.fork() != 0:
            return None
        try:
            self.control.close()
            job = jobs.Job(request)
            job.attend()
            names = {name.partition(".")[0] for name in sys.modules if name not in prepared.initial} - {*OWN}
            job.check(self.given, self.look_ups.names, names)
            return job
        except BaseException as error:
            # The endpoint then starts the job in a new Python.
            os.write(2, f"{error!r}\n".encode())
            os._exit(1)

    def serve(self):
        """Imports the packages and forks jobs. Returns only in the process of a job, with that job."""
        for package in [None, *PACKAGES]:
            if package is not None:
                import_one(package, self.look_ups)
                prepared.record()
            for request in self.requests(wait=package == PACKAGES[-1]):
                job = self.fork(request)
                if job is not None:
                    return job


try:
    server = Server()
    job = server.serve()
except Unfit as error:
    print(error, file=sys.stderr)
    sys.exit(3)
jobs.renew()
job.set_environment(server.added)
job.become_main()
prepared.hide(OWN)
jobs.keep_for_ever(prepared)
job.begin()
if not jobs.run(job.script):
    if getattr(sys, "last_type", None) is KeyboardInterrupt:
        # The error is printed already. The interpreter ends itself with SIGINT, as in an ordinary start.
        sys.excepthook = lambda *_: None
        raise KeyboardInterrupt
    sys.exit(1)
