"""Runs the tests beside it with the package on the path. Prints the failures of each class of tests as JSON."""

import importlib
import json
import os
import sys
import tempfile
import unittest
from pathlib import Path

here = Path(__file__).parent
sys.path.insert(1, str(here.parents[2] / "language" / "python"))


def failures(tests):
    result = unittest.TestResult()
    unittest.defaultTestLoader.loadTestsFromTestCase(tests).run(result)
    failed = [f"{test}\n{trace}" for test, trace in [*result.failures, *result.errors]]
    return failed if result.testsRun > 0 else ["there are no tests"]


with tempfile.TemporaryDirectory() as folder:
    # The package reads the variable when it is imported.
    os.environ["SAGEMAKER_BASE_DIR"] = folder
    modules = [importlib.import_module(file.stem) for file in sorted(here.glob("*_test.py"))]
    classes = [value for module in modules for value in vars(module).values() if isinstance(value, type)]
    print(json.dumps({each.__name__: failures(each) for each in classes if issubclass(each, unittest.TestCase)}))
