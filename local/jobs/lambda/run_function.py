"""Runs a Lambda function once: `python run_function.py REQUEST`.

REQUEST is a JSON file with the members of FunctionRequest in invoke-function.ts. The answer is written to the file `answer`, as
{"result": ...} or {"error": {...}}. Errors have the forms of Lambda's own Python runtime.

Source: https://docs.aws.amazon.com/lambda/latest/dg/python-handler.html, python-context.html, python-exceptions.html
"""

import importlib
import json
import os
import sys
import threading
import time
import traceback
import zipfile


class Context:
    """The second argument of a handler."""

    def __init__(self, request):
        self.function_name = request["name"]
        self.function_version = "$LATEST"
        self.invoked_function_arn = request["arn"]
        self.memory_limit_in_mb = str(request["memory"])
        self.aws_request_id = request["id"]
        self.log_group_name = request["group"]
        self.log_stream_name = request["stream"]
        self.identity = None
        self.client_context = None
        self.end = time.monotonic() + request["timeout"]

    def get_remaining_time_in_millis(self):
        return max(0, int((self.end - time.monotonic()) * 1000))


def answer(request, value):
    with open(request["answer"], "w") as file:
        json.dump(value, file)


def error(kind, message, trace=()):
    return {"error": {"errorMessage": message, "errorType": kind, "stackTrace": list(trace)}}


def load(handler):
    """Returns the handler's function, or an error."""
    module, _, name = handler.rpartition(".")
    try:
        loaded = importlib.import_module(module.replace("/", "."))
    except ImportError as problem:
        return None, error("Runtime.ImportModuleError", f"Unable to import module '{module}': {problem}")
    except SyntaxError as problem:
        return None, error("Runtime.UserCodeSyntaxError", f"Syntax error in module '{module}': {problem}")
    if not hasattr(loaded, name):
        return None, error("Runtime.HandlerNotFound", f"Handler '{name}' missing on module '{module}'")
    return getattr(loaded, name), None


def call(request):
    function, problem = load(request["handler"])
    if problem is not None:
        return problem
    with open(request["event"]) as file:
        event = json.load(file)

    def time_out():
        answer(request, {"timedOut": True})
        os._exit(0)

    timer = threading.Timer(request["timeout"], time_out)
    timer.daemon = True
    timer.start()
    try:
        result = function(event, Context(request))
    except Exception as problem:
        traceback.print_exc()
        return error(type(problem).__name__, str(problem), traceback.format_exc().splitlines()[1:-1])
    finally:
        timer.cancel()
    try:
        json.dumps(result)
    except TypeError as problem:
        return error("Runtime.MarshalError", f"Unable to marshal response: {problem}")
    return {"result": result}


def main():
    with open(sys.argv[1]) as file:
        request = json.load(file)
    with zipfile.ZipFile(request["code"]) as archive:
        archive.extractall(request["task"])
    os.chdir(request["task"])
    if request["node"] is not None:
        # The runtime is Node. It has the same request.
        os.execv(request["node"], [request["node"], request["nodeRunner"], sys.argv[1]])
    sys.path[0] = request["task"]
    answer(request, call(request))


if __name__ == "__main__":
    main()
