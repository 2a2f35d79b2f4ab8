"""Computes the arguments and `SM_*` variables that AWS's training toolkit passes to a training script.

Source: https://github.com/aws/sagemaker-training-toolkit (src/sagemaker_training/environment.py, mapping.py, params.py).
"""

import json
import os
import subprocess
from pathlib import Path

# The hyperparameters for the toolkit. Others that begin with `sagemaker_` are for the framework.
OWN = {
    "sagemaker_program", "sagemaker_submit_directory", "sagemaker_enable_cloudwatch_metrics", "sagemaker_region",
    "sagemaker_container_log_level", "sagemaker_job_name", "default_user_module_name", "_tuning_objective_metric",
    "sagemaker_s3_output",
}  # fmt: skip
INFO = 20


def decoded(hyperparameters):
    """Parses each value as JSON. A value that is not JSON stays a text."""
    values = {}
    for name, text in hyperparameters.items():
        try:
            values[name] = json.loads(text)
        except (TypeError, ValueError):
            values[name] = text
    return values


def split(hyperparameters):
    """Separates the hyperparameters of the script from those for the toolkit or the framework."""
    script, toolkit = {}, {}
    for name, value in hyperparameters.items():
        (toolkit if name in OWN or name.startswith("sagemaker_") else script)[name] = value
    return script, toolkit


def arguments(hyperparameters):
    """Returns the arguments `--name value`, sorted by name. A one-letter name gets one dash; a mapping becomes `key=value,...`."""
    words = []
    for name, value in sorted(hyperparameters.items()):
        words.append(f"--{name}" if len(name) > 1 else f"-{name}")
        if isinstance(value, dict):
            words.append(",".join(f"{key}={item}" for key, item in sorted(value.items())))
        else:
            words.append("" if value is None else str(value))
    return words


def variables(values):
    """Returns a variable `SM_<NAME>` for each value: a text unchanged, None as an empty text, other values as JSON."""

    def text(value):
        if value is None or isinstance(value, str):
            return value or ""
        return json.dumps(value, sort_keys=True, separators=(",", ":"))

    return {f"SM_{name.upper()}": text(value) for name, value in values.items()}


def gpus():
    try:
        listed = subprocess.run(["nvidia-smi", "--list-gpus"], capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return 0
    return sum(line.startswith("GPU ") for line in listed.split("\n"))


def training_environment(base, framework_module):
    """Returns the `SM_*` variables, the arguments and the script of the training job whose /opt/ml is `base`."""
    base = Path(base)

    def read(name):
        return json.loads((base / "input" / "config" / name).read_text())

    resources, channels = read("resourceconfig.json"), read("inputdataconfig.json")
    script, toolkit = split(decoded(read("hyperparameters.json")))
    framework = {name: value for name, value in toolkit.items() if name not in OWN}
    program = os.environ.get("SAGEMAKER_PROGRAM") or toolkit.get("sagemaker_program")
    group = resources.get("current_group_name", "homogeneousCluster")
    groups = resources.get("instance_groups", [])
    words = arguments(script)
    about = {
        "additional_framework_parameters": framework,
        "channel_input_dirs": {name: str(base / "input" / "data" / name) for name in channels},
        "current_host": resources["current_host"],
        "current_instance_group": group,
        "current_instance_group_hosts": next((g["hosts"] for g in groups if g["instance_group_name"] == group), []),
        "current_instance_type": resources.get("current_instance_type", "local"),
        "distribution_hosts": [],
        "distribution_instance_groups": [],
        "framework_module": framework_module,
        "hosts": resources["hosts"],
        "hyperparameters": script,
        "input_config_dir": str(base / "input" / "config"),
        "input_data_config": channels,
        "input_dir": str(base / "input"),
        "instance_groups": [g["instance_group_name"] for g in groups],
        "instance_groups_dict": {g["instance_group_name"]: g for g in groups},
        "is_hetero": len(groups) > 1,
        "is_master": resources["current_host"] == resources["hosts"][0],
        "is_modelparallel_enabled": None,
        "job_name": os.environ.get("TRAINING_JOB_NAME"),
        "log_level": toolkit.get("sagemaker_container_log_level", INFO),
        "master_hostname": resources["hosts"][0],
        "model_dir": str(base / "model"),
        "module_dir": str(toolkit.get("sagemaker_submit_directory", base / "code")),
        "module_name": program.removesuffix(".py") if program else program,
        "network_interface_name": resources.get("network_interface_name", "eth0"),
        "num_cpus": os.cpu_count(),
        "num_gpus": gpus(),
        "output_data_dir": str(base / "output" / "data"),
        "output_dir": str(base / "output"),
        "output_intermediate_dir": str(base / "output" / "intermediate"),
        "resource_config": resources,
        "user_entry_point": program,
    }
    told = {name: about[name] for name in about if name not in ONLY_IN_TRAINING_ENV}
    for name, path in about["channel_input_dirs"].items():
        told[f"channel_{name}"] = path
    for name, value in script.items():
        told[f"hp_{name}"] = value
    told.update(
        channels=sorted(channels), framework_params=framework, hps=script, training_env=about, user_args=words
    )
    others = {
        "CURRENT_HOST": resources["current_host"],
        "SAGEMAKER_JOB_NAME": str(toolkit.get("sagemaker_job_name", "")),
        "SAGEMAKER_REGION": str(toolkit.get("sagemaker_region") or os.environ.get("AWS_REGION", "")),
    }
    return {**others, **variables(told)}, words, program


# Members of SM_TRAINING_ENV without a separate variable, or whose variable has another name.
ONLY_IN_TRAINING_ENV = {
    "additional_framework_parameters", "channel_input_dirs", "distribution_hosts", "hyperparameters", "is_master",
    "is_modelparallel_enabled", "job_name", "master_hostname",
}  # fmt: skip
