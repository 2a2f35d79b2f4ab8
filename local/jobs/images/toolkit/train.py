"""Runs the user's script like AWS's training toolkit in script mode: `python train.py <image's framework module>`.

The user's code is in /opt/ml/code (or below SAGEMAKER_BASE_DIR). First the requirements.txt is installed, if there is one. Then
the script replaces this process, with the hyperparameters as its arguments and the `SM_*` variables in its environment. The
script's command is written to the file that SM_LOCAL_COMMAND_FILE names; the failure reason of the job quotes it.

Source: https://github.com/aws/sagemaker-training-toolkit (entry_point.py, modules.py, process.py, logging_config.py).
"""

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

from environment import training_environment


def command_of(code, program, words):
    """Returns the script's command, as in the images: `python -m` for a top-level module, else Python or the shell."""
    if program.endswith(".py") or (code / f"{program}.py").exists():
        if "/" in program:
            return [sys.executable, program, *words]
        return [sys.executable, "-m", program.removesuffix(".py"), *words]
    (code / program).chmod(0o777)
    return ["/bin/sh", "-c", f"./{program} {' '.join(shlex.quote(word) for word in words)}"]


def install(code):
    command = [sys.executable, "-m", "pip", "install", "--disable-pip-version-check", "-r", "requirements.txt"]
    print(f"Installing dependencies from requirements.txt:\n{' '.join(command)}", flush=True)
    failed = subprocess.run(command, cwd=code).returncode
    if failed:
        raise SystemExit(failed)


def main(framework_module):
    base = Path(os.environ.get("SAGEMAKER_BASE_DIR", "/opt/ml"))
    code = base / "code"
    variables, words, program = training_environment(base, framework_module)
    left = Path(os.environ.pop("SM_LOCAL_COMMAND_FILE"))
    os.environ.update(variables)
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [str(code), os.environ.get("PYTHONPATH")]))
    os.chdir(code)
    if (code / "requirements.txt").exists():
        left.write_text(f"InstallRequirementsError:\n{sys.executable} -m pip install -r requirements.txt")
        install(code)
    command = command_of(code, program, words)
    shown = " ".join(["python3", *command[1:]]) if command[0] == sys.executable else " ".join(command)
    left.write_text(f"ExecuteUserScriptError:\n{shown}")
    print(f"Training Env:\n\n{json.dumps(json.loads(variables['SM_TRAINING_ENV']), indent=4)}\n\nEnvironment variables:\n")
    for name, value in sorted(variables.items()):
        print(f"{name}={value}")
    print(f"\nInvoking script with the following command:\n\n{shown}\n\n", flush=True)
    os.execv(command[0], command)


if __name__ == "__main__":
    main(sys.argv[1])
