"""Runs a job in a process that is forked from the prepared one. Its parent waits for it and reports its exit code."""

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

from fitness import package_archives, unfit
from own_root import enter_namespaces, enter_root


class Job:
    """A job that the endpoint has requested. `request` has the members of WarmJob in warm-process.ts."""

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
        """Forks the job's process. Returns True in that process; the parent waits for it and never returns."""
        self.control = self.connect()
        # These folders are of the machine's root, which the job does not see.
        self.processes = os.open("/proc", os.O_PATH)
        self.pipes = [(os.open(os.path.dirname(path), os.O_PATH), os.path.basename(path)) for path in self.request["outputs"]]
        plan = self.request["root"]
        if plan is not None:
            enter_namespaces(plan["ownProcesses"])
            if plan["ownProcesses"]:
                self.become_first()
            enter_root(plan)
        job = os.fork()
        if job == 0:
            return self.enter()
        # The first process of a namespace also becomes the parent of orphaned processes, whose ends are ignored.
        pid, status = os.wait()
        while pid != job:
            pid, status = os.wait()
        # Sending fails if the endpoint has ended.
        try:
            self.tell({"code": os.waitstatus_to_exitcode(status)})
        except OSError:
            pass
        os._exit(0)

    def become_first(self):
        """Continues as the first process of the namespace. When that process ends, all others in the namespace end, too."""
        first = os.fork()
        if first != 0:
            self.control.close()
            os.waitpid(first, 0)
            os._exit(0)

    def enter(self):
        """Prepares the job's process: its own process group, its output, its process ids and its current folder."""
        os.setsid()
        for number, (folder, name) in enumerate(self.pipes, start=1):
            output = os.open(name, os.O_WRONLY, dir_fd=folder)
            os.dup2(output, number)
            os.close(output)
            os.close(folder)
        # The process id outside the namespace, by which the endpoint knows the process.
        self.pid = int(os.readlink("self", dir_fd=self.processes))
        os.close(self.processes)
        os.chdir(self.request["folder"])
        return True

    def check(self, given, looked_up, prepared):
        """Reports the reason and ends the process if the job has to start in a new Python."""
        reason = unfit(self.script, self.request["environment"], given, looked_up, prepared)
        if reason is not None:
            self.tell({"unfit": reason})
            os._exit(0)

    def begin(self):
        """Reports the process id and waits until the endpoint allows the script to begin."""
        self.tell({"pid": self.pid})
        if self.control.recv(2) != b"go":
            os._exit(0)
        self.control.close()

    def set_environment(self, added):
        """Sets the job's environment variables. added: the variables that the interpreter itself sets when it starts."""
        os.environ.clear()
        os.environ.update(self.request["environment"])
        for name, value in added.items():
            os.environ.setdefault(name, value)

    def become_main(self):
        """Makes this process look like `python script.py argument...` before the script begins."""
        sys.argv = list(self.request["arguments"])
        sys.orig_argv = [self.request["program"], *self.request["options"], *sys.argv]
        sys.executable = self.request["executable"]
        sys.path_importer_cache.pop(sys.path[0], None)
        sys.path[0] = os.path.dirname(os.path.realpath(self.script))
        # The same place as in an ordinary start: behind the script's folder.
        sys.path[1:1] = package_archives(self.request["environment"])
        main = types.ModuleType("__main__")
        main.__annotations__ = {}
        main.__builtins__ = sys.modules["builtins"]
        # multiprocessing refers to the main module by a second name.
        sys.modules["__main__"] = sys.modules["__mp_main__"] = main


def renew():
    """Resets state that modules read from the process when they were imported, such as seeds and times."""
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed()
    multiprocessing.process.current_process().authkey = os.urandom(32)
    multiprocessing.process.ORIGINAL_DIR = os.getcwd()
    logging._startTime = type(logging._startTime)(time.time_ns() if isinstance(logging._startTime, int) else time.time())
    tempfile.tempdir = None


def keep_for_ever(thing):
    """Increments a reference count, so that the object is never freed."""
    ctypes.pythonapi.Py_IncRef(ctypes.py_object(thing))


def run(script):
    """Runs a file as the main program, with the C function that the interpreter uses for that. Returns False if it failed."""
    python = ctypes.pythonapi
    libc = ctypes.CDLL(None)
    libc.fopen.restype = ctypes.c_void_p
    file = libc.fopen(os.fsencode(script), b"rb")
    arguments = (ctypes.c_void_p(file), ctypes.c_char_p(os.fsencode(script)), ctypes.c_int(1), ctypes.c_void_p(None))
    return python.PyRun_SimpleFileExFlags(*arguments) == 0
