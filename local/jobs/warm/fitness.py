"""Decides which jobs could notice that they were forked from a prepared Python. Those jobs start in a new Python instead."""

import os
import re
import sys
import zipfile

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


def package_archives(environment):
    """Returns the zip archives in PYTHONPATH, which a prepared process can still add to its paths. None for other paths."""
    paths = environment.get("PYTHONPATH", "").split(os.pathsep)
    if paths == [""]:
        return []
    return paths if all(os.path.isabs(path) and zipfile.is_zipfile(path) for path in paths) else None


def differing(environment, given, looked_up):
    """Returns the first variable that is read at the start and differs from the prepared process, or None."""
    for name in sorted({*environment, *given}):
        if name == "PYTHONPATH" and name not in given and package_archives(environment) is not None:
            continue
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


def read_text(path):
    """Returns the text of a source file."""
    with open(path, encoding="utf-8", errors="replace") as file:
        return file.read()


def archived_texts(path, prepared):
    """Returns the texts of the Python files in a zip archive by their names. Raises ValueError if one hides a module."""
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        for name in names:
            top = name.partition("/")[0].partition(".")[0]
            if top in prepared or top in sys.stdlib_module_names or top in ("sitecustomize", "usercustomize"):
                raise ValueError(f"{name} in PYTHONPATH hides a module")
        return {name: archive.read(name).decode("utf-8", "replace") for name in names if name.endswith(".py")}


def obstacle(text, looked_up):
    """Returns the first part of a source text that could behave differently in a prepared process, or None."""
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
    texts = {path: read_text(path) for path in paths}
    try:
        for archive in package_archives(environment):
            texts.update(archived_texts(archive, prepared))
    except ValueError as error:
        return str(error)
    for path, text in texts.items():
        part = obstacle(text, looked_up)
        if part is not None:
            return f"{os.path.basename(path)} has {part}"
    return None
