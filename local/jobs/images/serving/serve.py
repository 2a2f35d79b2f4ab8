"""Answers inference requests like AWS's XGBoost and scikit-learn images, over files instead of HTTP.

Usage: `python serve.py <folder> <framework>`. `<folder>/requests.json` has the content type, the accepted type of answers, and the
names of the request files. The answer to each request is written to a file of the same name with the ending `.out`. Without
SAGEMAKER_PROGRAM, the algorithm of the XGBoost image answers. With it, the functions of the user's script answer: model_fn,
input_fn, predict_fn and output_fn, or transform_fn. The image's own functions replace missing ones. If a request fails, the process
ends with the message in /opt/ml/output/failure.

Sources: https://github.com/aws/sagemaker-xgboost-container (algorithm_mode/handler_service.py, serve_utils.py, handler_service.py),
https://github.com/aws/sagemaker-scikit-learn-container (serving.py), https://github.com/aws/sagemaker-inference-toolkit
"""

import importlib
import io
import json
import os
import pickle
import subprocess
import sys
import traceback
from pathlib import Path

import numpy as np

BASE = Path(os.environ.get("SAGEMAKER_BASE_DIR", "/opt/ml"))


class InferenceError(Exception):
    """An error for which the image answers with an HTTP status other than 200."""

    def __init__(self, status, message):
        super().__init__(f"Bad HTTP status returned from invoke: {status}: {message}")


def first_line(error):
    """Returns an error's first line, because XGBoost's errors also contain a stack trace."""
    return str(error).strip().split("\n")[0]


def kind_of(content_type):
    return (content_type or "text/csv").split(";")[0].strip().lower()


def numbers(text):
    """Returns the rows of a CSV text. Empty fields become missing values."""
    rows = [[float(field) if field.strip() else np.nan for field in line.split(",")] for line in text.strip().splitlines()]
    return np.array(rows)


def dmatrix(data, content_type):
    import xgboost
    from scipy.sparse import csr_matrix

    kind, text = kind_of(content_type), data.decode()
    if kind in ("text/csv", "csv"):
        return xgboost.DMatrix(numbers(text))
    if kind in ("text/libsvm", "text/x-libsvm", "libsvm"):
        cells = [
            (row, *cell.split(":"))
            for row, line in enumerate(text.strip().splitlines())
            for cell in line.split()
            if ":" in cell
        ]
        rows, columns, values = zip(*((row, int(column), float(value)) for row, column, value in cells))
        return xgboost.DMatrix(csr_matrix((values, (rows, columns))))
    raise InferenceError(415, f"{content_type} is not supported; use text/csv or text/libsvm")


def encoded(prediction, accept):
    """Encodes a prediction like AWS's toolkit."""
    kind, array = kind_of(accept), np.asarray(prediction)
    if kind == "text/csv":
        stream = io.StringIO()
        np.savetxt(stream, array, delimiter=",", fmt="%s")
        return stream.getvalue()
    if kind == "application/json":
        return json.dumps(array.tolist())
    if kind == "application/jsonlines":
        return "".join(f"{json.dumps(row)}\n" for row in array.tolist())
    raise InferenceError(415, f"{accept} is not supported; use text/csv or application/json")


class Algorithm:
    """The XGBoost image's algorithm mode."""

    def model_fn(self, folder):
        import xgboost

        path = next(path for path in sorted(Path(folder).iterdir()) if path.is_file())
        try:
            with open(path, "rb") as file:
                booster = pickle.load(file)
            pickled = True
        except Exception as unpickled:
            booster, pickled = xgboost.Booster(), False
            try:
                booster.load_model(bytearray(path.read_bytes()))
            except xgboost.core.XGBoostError as unread:
                problems = f"{unpickled}\n{first_line(unread)}"
                raise InferenceError(500, f"Model at {folder} cannot be loaded:\n{problems}") from unread
        return booster, pickled

    def input_fn(self, data, content_type):
        try:
            return dmatrix(data, content_type)
        except ValueError as error:
            message = f"Loading csv data failed with Exception, please ensure data is in csv format:\n {type(error)}\n {error}"
            raise InferenceError(415, message) from error

    def predict_fn(self, data, model):
        booster, pickled = model
        features, given = booster.num_features(), data.num_col()
        if pickled and given not in (features, features + 1):
            raise InferenceError(
                400,
                f"Feature size of csv inference data {given} is not consistent with feature size of trained model {features}.",
            )
        best = booster.attributes().get("best_iteration")
        rounds = (0, 0) if best is None else (0, int(best) + 1)
        try:
            return booster.predict(data, iteration_range=rounds, validate_features=False)
        except ValueError as error:
            raise InferenceError(400, first_line(error)) from error

    def output_fn(self, prediction, accept):
        if kind_of(accept) in ("application/json", "json"):
            return json.dumps(prediction.tolist())
        if kind_of(accept) not in ("text/csv", "csv"):
            choices = "['text/csv', 'application/json']"
            raise InferenceError(
                415, f"{accept} is not an accepted Accept type. Please choose one of the following: {choices}."
            )
        return "\n".join(map(str, prediction.tolist())) + "\n"


class Framework:
    """The images' default functions, for those that the user's script does not define."""

    def __init__(self, framework):
        self.framework = framework

    def model_fn(self, _folder):
        raise InferenceError(500, "Please provide a model_fn implementation.")

    def input_fn(self, data, content_type):
        if self.framework == "xgboost":
            return dmatrix(data, content_type)
        kind = kind_of(content_type)
        if kind == "text/csv":
            return numbers(data.decode())
        if kind == "application/json":
            return np.array(json.loads(data))
        raise InferenceError(415, f"{content_type} is not supported; write an input_fn for it")

    def predict_fn(self, data, model):
        return model.predict(data, validate_features=False) if self.framework == "xgboost" else model.predict(data)

    def output_fn(self, prediction, accept):
        return encoded(prediction, accept)


def user_module(program):
    """Installs the requirements of the user's script and imports the script, like the images."""
    submitted = os.environ.get("SAGEMAKER_SUBMIT_DIRECTORY", "")
    code = BASE / "model" / "code" if submitted.startswith("/opt/ml/model") else BASE / "code"
    if not (code / program).exists() and (BASE / "model" / "code" / program).exists():
        code = BASE / "model" / "code"
    if (code / "requirements.txt").exists():
        command = [sys.executable, "-m", "pip", "install", "--disable-pip-version-check", "-r", "requirements.txt"]
        subprocess.run(command, cwd=code, check=True)
        importlib.invalidate_caches()
    sys.path.insert(0, str(code))
    return importlib.import_module(program.removesuffix(".py"))


def handlers(framework):
    """Returns the functions that answer a request, by name."""
    program = os.environ.get("SAGEMAKER_PROGRAM")
    if program is None:
        if framework != "xgboost":
            raise InferenceError(500, "the image has no built-in algorithm: the model needs an inference script")
        own, default = None, Algorithm()
    else:
        own, default = user_module(program), Framework(framework)
    names = ("model_fn", "input_fn", "predict_fn", "output_fn", "transform_fn")
    return {name: getattr(own, name, None) or getattr(default, name, None) for name in names}


def answer(functions, model, data, content_type, accept):
    if functions["transform_fn"] is not None:
        result = functions["transform_fn"](model, data, content_type, accept)
    else:
        prediction = functions["predict_fn"](functions["input_fn"](data, content_type), model)
        result = functions["output_fn"](prediction, accept)
    # A function may also return (result, content type), or the response object of the scikit-learn image.
    result = result[0] if isinstance(result, tuple) else result
    result = result.get_data() if hasattr(result, "get_data") else result
    return result.encode() if isinstance(result, str) else bytes(result)


def main(folder, framework):
    job = json.loads((folder / "requests.json").read_text())
    functions = handlers(framework)
    model = functions["model_fn"](str(BASE / "model"))
    for name in job["requests"]:
        data = (folder / name).read_bytes()
        (folder / f"{name}.out").write_bytes(answer(functions, model, data, job["contentType"], job["accept"]))


if __name__ == "__main__":
    try:
        main(Path(sys.argv[1]), sys.argv[2])
    except Exception as error:
        if isinstance(error, InferenceError):
            print(error, file=sys.stderr)
        else:
            traceback.print_exc()
            error = InferenceError(500, f"{type(error).__name__}: {first_line(error)}")
        (BASE / "output" / "failure").write_text(str(error))
        sys.exit(1)
