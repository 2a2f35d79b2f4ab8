"""Runs the tables against the endpoint that AWS_ENDPOINT_URL names.

Its arguments are JSON lists of the endpoint's operations, and of those that list nothing. Prints the failures of each table and the operations that were never called.
"""

import json
import sys
import unittest
from pathlib import Path

from checked_client import client


def run(name):
    result = unittest.TestResult()
    unittest.defaultTestLoader.loadTestsFromName(name).run(result)
    return [f"{test}\n{trace}" for test, trace in [*result.failures, *result.errors]]


client.operations, client.empty = (set(json.loads(names)) for names in sys.argv[1:3])
modules = sorted(file.stem for file in Path(__file__).parent.glob("*_test.py"))
failed = {module.removesuffix("_test"): run(module) for module in modules}
print(json.dumps({"failed": failed, "uncalled": sorted(client.operations - client.called)}))
