"""Copies the file with the data to the output."""

import os
import shutil
from pathlib import Path

PROCESSING = Path(os.environ.get("SAGEMAKER_BASE_DIR", "/opt/ml")) / "processing"

[source] = (PROCESSING / "input" / "data").iterdir()
shutil.copy(source, PROCESSING / "scores")
