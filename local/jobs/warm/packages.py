"""Imports what jobs are likely to import, one package at a time."""

import contextlib
import gc
import importlib
import importlib.util
import os
import signal
import sys

# Those that more of the scripts need come first: a job may begin between two of them.
PACKAGES = [
    "numpy",
    "pandas",
    "xgboost",
    "scipy.stats",
    "sklearn.compose",
    "sklearn.ensemble",
    "sklearn.linear_model",
    "sklearn.metrics",
    "sklearn.model_selection",
    "sklearn.pipeline",
    "boto3",
]


class Unfit(Exception):
    """An import does what cannot be put off until a job does it."""


class LookUps:
    """The names of the environment variables that are asked for."""

    def __init__(self):
        self.names = set()

    @contextlib.contextmanager
    def recorded(self):
        kind = type(os.environ)
        get = kind.__getitem__

        def record(environment, name):
            self.names.add(name)
            return get(environment, name)

        kind.__getitem__ = record
        try:
            yield
        finally:
            kind.__getitem__ = get


@contextlib.contextmanager
def silent():
    """Raises Unfit if anything is printed: a job would have to print it, too."""
    capture = os.memfd_create("output")
    kept = [(number, os.dup(number)) for number in (1, 2)]
    try:
        for number in (1, 2):
            os.dup2(capture, number)
        yield
        printed = os.pread(capture, 200, 0)
    finally:
        for number, copy in kept:
            os.dup2(copy, number)
            os.close(copy)
        os.close(capture)
    if printed:
        raise Unfit(f"it prints {printed!r}")


def surroundings():
    """What an import should leave as it is, and what a fork needs: no second thread."""
    return {
        "sys.path": list(sys.path),
        "the hooks of sys": (sys.excepthook, sys.displayhook, sys.unraisablehook, list(sys.path_hooks)),
        "the limits of sys": (sys.getrecursionlimit(), sys.getswitchinterval()),
        "the signal handlers": [signal.getsignal(number) for number in signal.valid_signals()],
        "the number of threads": len(os.listdir("/proc/self/task")),
    }


def import_one(name, look_ups):
    """Imports a package where it is installed. Raises Unfit."""
    if importlib.util.find_spec(name.partition(".")[0]) is None:
        return
    before, environment = surroundings(), dict(os.environ)
    gc.disable()
    try:
        with look_ups.recorded(), silent():
            importlib.import_module(name)
    except Unfit as error:
        raise Unfit(f"importing {name}: {error}") from error
    except Exception as error:
        raise Unfit(f"importing {name}: {error!r}") from error
    finally:
        gc.enable()
    after = surroundings()
    # What it adds is added again when a job imports it.
    if any(os.environ.get(variable) != value for variable, value in environment.items()):
        raise Unfit(f"importing {name} changes the environment")
    for what in before:
        if before[what] != after[what]:
            raise Unfit(f"importing {name} changes {what}")
