"""A job in a process of its own that was forked from the prepared one, with a second that waits for it."""

import ctypes
import json
import logging
import multiprocessing.process
import os
import socket
import sys
import tempfile
import time
import types

from fitness import unfit
from opt_ml import show_as_opt_ml, show_own_processes


class Job:
    """`request` is what warm-process.ts sends: see its WarmJob."""

    def __init__(self, request):
        self.request = request
        self.script = request["arguments"][0]
        self.control = None
        self.pid = None

    def connect(self):
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.connect("\0" + self.request["socket"])
        connection.sendall(f"{self.request['token']}\n".encode())
        return connection

    def tell(self, message):
        self.control.sendall(json.dumps(message).encode() + b"\n")

    def attend(self):
        """Starts the job and waits for it: True in the job itself, which may run its script now."""
        self.control = self.connect()
        if self.request["ml"] is not None:
            show_as_opt_ml(self.request["ml"], self.request["ownProcesses"])
        if self.request["ownProcesses"]:
            self.become_first()
        job = os.fork()
        if job == 0:
            return self.enter()
        # The first process of a namespace gets what others leave, too.
        pid, status = os.wait()
        while pid != job:
            pid, status = os.wait()
        # Nobody listens any more when the endpoint is gone.
        try:
            self.tell({"code": os.waitstatus_to_exitcode(status)})
        except OSError:
            pass
        os._exit(0)

    def become_first(self):
        """Goes on as the first process of the namespace: when that ends, everything in it does."""
        first = os.fork()
        if first != 0:
            self.control.close()
            os.waitpid(first, 0)
            os._exit(0)

    def enter(self):
        """Nothing of the job happens before the endpoint knows its process and says `go`."""
        os.setsid()
        for number, path in enumerate(self.request["outputs"], start=1):
            output = os.open(path, os.O_WRONLY)
            os.dup2(output, number)
            os.close(output)
        # As the endpoint knows it, which is what this /proc still says.
        self.pid = int(os.readlink("/proc/self"))
        if self.request["ownProcesses"]:
            show_own_processes()
        os.chdir(self.request["folder"])
        return True

    def check(self, given, looked_up, prepared):
        """Leaves, with the reason, a job that would notice that it was not started on its own."""
        reason = unfit(self.script, self.request["environment"], given, looked_up, prepared)
        if reason is not None:
            self.tell({"unfit": reason})
            os._exit(0)

    def begin(self):
        self.tell({"pid": self.pid})
        if self.control.recv(2) != b"go":
            os._exit(0)
        self.control.close()

    def set_environment(self, added):
        """added: what the interpreter itself adds to its environment when it starts."""
        os.environ.clear()
        os.environ.update(self.request["environment"])
        for name, value in added.items():
            os.environ.setdefault(name, value)

    def become_main(self):
        """Makes this `python script.py argument...`, of which only the script is missing."""
        sys.argv = list(self.request["arguments"])
        sys.orig_argv = [self.request["program"], *self.request["options"], *sys.argv]
        sys.executable = self.request["executable"]
        sys.path_importer_cache.pop(sys.path[0], None)
        sys.path[0] = os.path.dirname(os.path.realpath(self.script))
        main = types.ModuleType("__main__")
        main.__annotations__ = {}
        main.__builtins__ = sys.modules["builtins"]
        # multiprocessing has given it a second name.
        sys.modules["__main__"] = sys.modules["__mp_main__"] = main


def renew():
    """What modules take from the process when they are imported."""
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed()
    multiprocessing.process.current_process().authkey = os.urandom(32)
    multiprocessing.process.ORIGINAL_DIR = os.getcwd()
    logging._startTime = type(logging._startTime)(time.time_ns() if isinstance(logging._startTime, int) else time.time())
    tempfile.tempdir = None


def keep_for_ever(thing):
    ctypes.pythonapi.Py_IncRef(ctypes.py_object(thing))


def run(script):
    """Runs a file as the interpreter's main program, by what the interpreter itself does that with. False if it failed."""
    python = ctypes.pythonapi
    libc = ctypes.CDLL(None)
    libc.fopen.restype = ctypes.c_void_p
    file = libc.fopen(os.fsencode(script), b"rb")
    arguments = (ctypes.c_void_p(file), ctypes.c_char_p(os.fsencode(script)), ctypes.c_int(1), ctypes.c_void_p(None))
    return python.PyRun_SimpleFileExFlags(*arguments) == 0
