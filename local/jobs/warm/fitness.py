"""Decides which jobs could notice that they were forked from a prepared Python. Those jobs start in a new Python instead."""

import os
import re

# Environment variables that the interpreter, the loader, the C library or native code read only once, at the start.
AT_START = re.compile(
    r"(?:_?PYTHON|LD_|GLIBC_|MALLOC_|LC_|(?:OMP|GOMP|KMP|OPENBLAS|GOTO|BLIS|MKL|VECLIB|NUMEXPR|NPY|NUMPY|SCIPY|SKLEARN|"
    r"PANDAS|XGBOOST|ARROW|JOBLIB|LOKY|OPENSSL|CUDA|NCCL|MPLCONFIG|SETUPTOOLS|COVERAGE)[A-Z]*_)[A-Z0-9_]*|"
    r"LANG|LANGUAGE|TZ|TZDIR|MPLCONFIGDIR|VIRTUAL_ENV|__PYVENV_LAUNCHER__"
)
# Variables that have no effect any more if a script sets them, because the package that reads them is already imported.
SET_BY_SCRIPT = re.compile(
    r"\b(?:PYTHON[A-Z]+|(?:OMP|GOMP|KMP|OPENBLAS|GOTO|BLIS|MKL|VECLIB|NUMEXPR|NPY|NUMPY|SCIPY|SKLEARN|PANDAS|XGBOOST|"
    r"ARROW|JOBLIB|LOKY|MALLOC)_[A-Z_]+)\b"
)
# Code that inspects the surroundings of a script: outer frames, the parent process, import finders, the garbage collector.
LOOKS_AROUND = re.compile(
    r"_getframe|currentframe|stacklevel|inspect\.stack|(?:print|format|extract|walk)_stack|getppid|faulthandler|"
    r"meta_path|\bgc\.(?:freeze|unfreeze|get_)"
)
MOST_ENTRIES = 2000


def is_read_at_start(name, looked_up):
    return name in looked_up or AT_START.fullmatch(name) is not None


def differing(environment, given, looked_up):
    """Returns the first variable that is read at the start and differs from the prepared process, or None."""
    for name in sorted({*environment, *given}):
        if is_read_at_start(name, looked_up) and environment.get(name) != given.get(name):
            return name
    return None


def sources(folder):
    """Lists the Python files below a script's folder; None if there are too many entries to search."""
    files, entries = [], 0
    for place, folders, names in os.walk(folder):
        entries += len(folders) + len(names)
        if entries > MOST_ENTRIES:
            return None
        files += [os.path.join(place, name) for name in names if name.endswith(".py")]
    return files


def obstacle(path, looked_up):
    """Returns the first text of a source file that could behave differently in a prepared process, or None."""
    with open(path, encoding="utf-8", errors="replace") as file:
        text = file.read()
    match = LOOKS_AROUND.search(text) or SET_BY_SCRIPT.search(text)
    if match is not None:
        return match.group()
    return next((name for name in looked_up if f'"{name}"' in text or f"'{name}'" in text), None)


def unfit(script, environment, given, looked_up, prepared):
    """Returns the reason why a job has to start in a new Python, in a few words; None if it can be forked.

    given: the environment variables of the prepared process. looked_up: the variables that its imports have read. prepared:
    the names of its top-level modules; a file of the same name beside the script would be imported instead of the module.
    """
    name = differing(environment, given, looked_up)
    if name is not None:
        return f"{name} is read when Python starts"
    if not os.path.isfile(script):
        return "the script does not exist"
    folder = os.path.dirname(os.path.realpath(script))
    for entry in os.listdir(folder):
        if entry.partition(".")[0] in prepared:
            return f"{entry} beside the script hides a module"
    paths = sources(folder)
    if paths is None:
        return f"there are more than {MOST_ENTRIES} files beside the script"
    for path in paths:
        text = obstacle(path, looked_up)
        if text is not None:
            return f"{os.path.basename(path)} has {text}"
    return None
