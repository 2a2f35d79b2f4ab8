"""Downloads, unpacks and hashes the data of a model."""

import hashlib
import io
import os
import tarfile
import zlib
from functools import lru_cache
from pathlib import Path, PurePosixPath

from .job import Problem, first_line


@lru_cache(maxsize=4)
def download(url, name):
    """Returns the bytes of an S3 object. Raises Problem."""
    import boto3  # takes half a second, and is needed only for an approved model

    bucket, _, key = url[len("s3://") :].partition("/")
    if not url.startswith("s3://") or not bucket or not key:
        raise Problem(f"{name} {url!r}: not an S3 URI such as s3://bucket/path/model.tar.gz")
    try:
        # SageMaker's containers set AWS_REGION, but boto3 reads only AWS_DEFAULT_REGION.
        client = boto3.client("s3", region_name=os.environ.get("AWS_REGION"))
        return client.get_object(Bucket=bucket, Key=key)["Body"].read()
    except Exception as error:
        raise Problem(f"{name} {url}: cannot be downloaded ({first_line(error)})") from error


def read_candidate(path):
    """Returns the bytes of the candidate's archive. Raises Problem."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise Problem(f"model: cannot be read ({first_line(error)})") from error


def is_below(name):
    """Tells whether a member of an archive would be unpacked into the folder itself."""
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts


def unpack(archive, folder, name):
    """Writes the files of a model.tar.gz below a folder. Links and devices are left out. Raises Problem."""
    try:
        with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
            for member in tar.getmembers():
                if member.isfile() and is_below(member.name):
                    path = Path(folder, member.name)
                    path.parent.mkdir(parents=True, exist_ok=True)
                    path.write_bytes(tar.extractfile(member).read())
    except (tarfile.TarError, zlib.error, EOFError, OSError) as error:
        raise Problem(f"{name}: not a model.tar.gz ({first_line(error)})") from error


def model_path(archive, folder, file, name):
    """Unpacks an archive. Returns the path to load, and the SHA-256 that identifies the model.

    file: the name of the model's file in the archive. Without it, the path is the folder, and the hash is the archive's.
    Raises Problem.
    """
    unpack(archive, folder, name)
    if file is None:
        return Path(folder), hashlib.sha256(archive).hexdigest()
    path = next((path for path in sorted(Path(folder).rglob("*")) if path.is_file() and path.name == file), None)
    if path is None:
        raise Problem(f"{name}: the archive has no file {file}")
    return path, hashlib.sha256(path.read_bytes()).hexdigest()
