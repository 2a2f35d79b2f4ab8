"""Imports the packages that jobs usually import, one at a time."""

import contextlib
import gc
import importlib
import importlib.util
import os
import signal
import sys

# The packages that most scripts need come first, because a job may be forked between two imports.
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
    """An import has an effect that cannot be repeated later in the job, so no job can be forked from this process."""


class LookUps:
    """Records the names of the environment variables that are read."""

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
    """Raises Unfit if the import prints something, because a job would have to print it, too."""
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
    """Returns the state that an import must not change. The number of threads is included, because threads do not survive a fork."""
    return {
        "sys.path": list(sys.path),
        "the hooks of sys": (sys.excepthook, sys.displayhook, sys.unraisablehook, list(sys.path_hooks)),
        "the limits of sys": (sys.getrecursionlimit(), sys.getswitchinterval()),
        "the signal handlers": [signal.getsignal(number) for number in signal.valid_signals()],
        "the number of threads": len(os.listdir("/proc/self/task")),
    }


def import_one(name, look_ups):
    """Imports a package if it is installed. Raises Unfit if no job can be forked after the import."""
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
    # Added variables are allowed, because they are added again when the job imports the package.
    if any(os.environ.get(variable) != value for variable, value in environment.items()):
        raise Unfit(f"importing {name} changes the environment")
    for what in before:
        if before[what] != after[what]:
            raise Unfit(f"importing {name} changes {what}")
