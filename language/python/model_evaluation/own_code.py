"""Imports the code that a model's archive contains."""

import importlib
import sys
from contextlib import contextmanager
from pathlib import Path

from .job import Problem, first_line


@contextmanager
def own_inference(folder, name):
    """Imports `code/inference.py` of an unpacked archive, which may import the other files in `code`.

    Modules of the same names that are already imported are hidden meanwhile, because each model has its own. Raises Problem
    if the file is missing or cannot be imported.
    """
    code = Path(folder, "code")
    if not (code / "inference.py").is_file():
        raise Problem(f"{name}: the archive has no code/inference.py, whose load and predict score the model")
    names = {path.stem for path in code.iterdir()}
    hidden = {own: sys.modules.pop(own) for own in names & set(sys.modules)}
    sys.path.insert(0, str(code))
    try:
        try:
            inference = importlib.import_module("inference")
        except Exception as error:
            raise Problem(f"{name}: code/inference.py cannot be imported ({first_line(error)})") from error
        yield inference
    finally:
        sys.path.remove(str(code))
        for own in names:
            sys.modules.pop(own, None)
        sys.modules.update(hidden)
