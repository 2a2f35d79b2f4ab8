"""Runs scripts in forks of one process that has already imported the container's packages, which saves a second each.
Each line of standard input is a request, and the answer is the script's exit code."""

import gc
import json
import os
import runpy
import sys
import traceback

import boto3  # noqa: F401
import pandas  # noqa: F401
import scipy.stats  # noqa: F401
import xgboost  # noqa: F401

# Otherwise the garbage collector of a fork would copy the memory of all packages.
gc.collect()
gc.freeze()
for line in sys.stdin:
    request = json.loads(line)
    child = os.fork()
    if child == 0:
        break
    _, status = os.waitpid(child, 0)
    print(os.waitstatus_to_exitcode(status), flush=True)
else:
    sys.exit()

os.chdir(request["folder"])
os.environ.clear()
os.environ.update(request["environment"])
for name, descriptor in (("stdout", 1), ("stderr", 2)):
    os.dup2(os.open(request[name], os.O_WRONLY | os.O_CREAT), descriptor)
os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
sys.argv = [request["script"], *request["args"]]
sys.path[0] = os.path.dirname(request["script"])
sys.path[1:1] = os.environ["PYTHONPATH"].split(os.pathsep)
code = 0
try:
    runpy.run_path(request["script"], run_name="__main__")
except SystemExit as exit:
    code = exit.code if isinstance(exit.code, int) else int(exit.code is not None)
    if code and not isinstance(exit.code, int):
        print(exit.code, file=sys.stderr)
except BaseException:
    code = 1
    traceback.print_exc()
sys.stdout.flush()
sys.stderr.flush()
# Skips freeing all packages, which would take half a second.
os._exit(code)
