"""Ends a job with the exit code and the message of its problems."""

import os
import sys
from pathlib import Path

# The folder that SageMaker mounts into the container.
BASE = Path(os.environ.get("SAGEMAKER_BASE_DIR", "/opt/ml"))
MOST_PROBLEMS = 10


class Problem(Exception):
    """Problems of the data or of the candidate, one line each."""

    exit_code = 1

    def __init__(self, *lines):
        super().__init__("\n".join(lines))
        self.lines = lines


class NotComparable(Problem):
    """An approved model that cannot be scored. The stack check knows this exit code."""

    exit_code = 5


def first_line(error):
    """Returns the first line of an error's message, or the name of its class if it has no message."""
    return str(error).strip().split("\n")[0] or type(error).__name__


def run(name, main):
    """Calls `main`. If it raises a Problem, prints ten lines of it at most, and ends the process with its exit code.

    SageMaker reads a job's exit message from the file `output/message`
    (https://docs.aws.amazon.com/sagemaker/latest/dg/build-your-own-processing-container.html).
    """
    try:
        main()
    except Problem as problem:
        more = len(problem.lines) - MOST_PROBLEMS
        lines = [*problem.lines[:MOST_PROBLEMS], *([f"and {more} more"] if more > 0 else [])]
        message = "\n".join(f"{name}: {line}" for line in lines)
        print(message, file=sys.stderr)
        (BASE / "output").mkdir(parents=True, exist_ok=True)
        (BASE / "output" / "message").write_text(message)
        sys.exit(problem.exit_code)
