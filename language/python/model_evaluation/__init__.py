"""Splits a table so that rows keep their part, and scores a candidate and the approved models on the same test rows.

docs/evaluation.md describes the functions with a complete example. The package runs in AWS's XGBoost and scikit-learn
images, so it needs only Python 3.8, NumPy, pandas, SciPy and boto3.
"""

from .canonical import canonical_rows
from .evaluation import evaluate
from .job import BASE, NotComparable, Problem, run
from .row_split import Parts, split
from .sketch import sketch, sketches
from .table import choice, number, read_table

__all__ = [
    "BASE",
    "NotComparable",
    "Parts",
    "Problem",
    "canonical_rows",
    "choice",
    "evaluate",
    "number",
    "read_table",
    "run",
    "sketch",
    "sketches",
    "split",
]
