"""Which jobs would notice that their Python was prepared; those start in a Python of their own."""

import os
import re

# Read by the interpreter, the loader, the C library or native code when they start, or once for all later.
AT_START = re.compile(
    r"(?:_?PYTHON|LD_|GLIBC_|MALLOC_|LC_|(?:OMP|GOMP|KMP|OPENBLAS|GOTO|BLIS|MKL|VECLIB|NUMEXPR|NPY|NUMPY|SCIPY|SKLEARN|"
    r"PANDAS|XGBOOST|ARROW|JOBLIB|LOKY|OPENSSL|CUDA|NCCL|MPLCONFIG|SETUPTOOLS|COVERAGE)[A-Z]*_)[A-Z0-9_]*|"
    r"LANG|LANGUAGE|TZ|TZDIR|MPLCONFIGDIR|VIRTUAL_ENV|__PYVENV_LAUNCHER__"
)
# A script that sets one of these itself, before it imports what reads it.
SET_BY_SCRIPT = re.compile(
    r"\b(?:PYTHON[A-Z]+|(?:OMP|GOMP|KMP|OPENBLAS|GOTO|BLIS|MKL|VECLIB|NUMEXPR|NPY|NUMPY|SCIPY|SKLEARN|PANDAS|XGBOOST|"
    r"ARROW|JOBLIB|LOKY|MALLOC)_[A-Z_]+)\b"
)
# Looks at what is around a script: the frame below it, its parent process, the finders, what the collector holds.
LOOKS_AROUND = re.compile(
    r"_getframe|currentframe|stacklevel|inspect\.stack|(?:print|format|extract|walk)_stack|getppid|faulthandler|"
    r"meta_path|\bgc\.(?:freeze|unfreeze|get_)"
)
MOST_ENTRIES = 2000


def is_read_at_start(name, looked_up):
    return name in looked_up or AT_START.fullmatch(name) is not None


def differing(environment, given, looked_up):
    """The first variable that matters at the start and is not what the prepared process was started with."""
    for name in sorted({*environment, *given}):
        if is_read_at_start(name, looked_up) and environment.get(name) != given.get(name):
            return name
    return None


def sources(folder):
    """The Python files below a script's folder; None when they are too many to look through."""
    found, entries = [], 0
    for place, folders, names in os.walk(folder):
        entries += len(folders) + len(names)
        if entries > MOST_ENTRIES:
            return None
        found += [os.path.join(place, name) for name in names if name.endswith(".py")]
    return found


def remark(path, looked_up):
    """What a source file does that a prepared process could not do for it."""
    with open(path, encoding="utf-8", errors="replace") as file:
        text = file.read()
    found = LOOKS_AROUND.search(text) or SET_BY_SCRIPT.search(text)
    if found is not None:
        return found.group()
    return next((name for name in looked_up if f'"{name}"' in text or f"'{name}'" in text), None)


def unfit(script, environment, given, looked_up, prepared):
    """Why a job has to start in a Python of its own, in a few words; None if it need not.

    given: the environment of the prepared process; looked_up: the variables that its imports asked for; prepared: the
    top-level names of its modules, which a file beside the script would have hidden from them.
    """
    name = differing(environment, given, looked_up)
    if name is not None:
        return f"{name} is read when Python starts"
    if not os.path.isfile(script):
        return "there is no such script"
    folder = os.path.dirname(os.path.realpath(script))
    for entry in os.listdir(folder):
        if entry.partition(".")[0] in prepared:
            return f"{entry} beside the script hides a module"
    paths = sources(folder)
    if paths is None:
        return f"there are more than {MOST_ENTRIES} files beside the script"
    for path in paths:
        found = remark(path, looked_up)
        if found is not None:
            return f"{os.path.basename(path)} has {found}"
    return None
