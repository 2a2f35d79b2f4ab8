"""Tries out the journal. Each line of standard input is a trial: `{"requests": [[method, path, headers, body], ...]}`. It may
also have `limit`, the number of bytes at which the journal is compacted while it is written.

Each trial begins with an empty moto behind a new journal. The answer contains the state of moto after the requests, after a
replay of the whole journal and after a replay of the compacted journal; the number of lines of both journals; and whether the
state is the same after a compaction that was killed at each of its steps.
"""

import json
import os
import re
import shutil
import sys
import tempfile
from unittest import mock

sys.path.insert(0, sys.argv[1])
os.environ["MOTO_DISABLE_GLOBAL_CORS"] = "true"

from failures import Failures  # noqa: E402
from journal import Journal  # noqa: E402
from moto.core.base_backend import BackendDict  # noqa: E402, F401
from moto.backends import get_backend  # noqa: E402
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app  # noqa: E402
from server import keep_versions_of_suspended_buckets, remember_backends_of_hosts  # noqa: E402
from wsgi import call, with_body  # noqa: E402

remember_backends_of_hosts()
keep_versions_of_suspended_buckets()
application = Failures(DomainDispatcherApplication(create_backend_app))

# Values that differ at each start: times, and the ids of answers.
PASSING = re.compile(
    r"<(LastModified|CreationDate|CreateDate|UpdateDate|RequestId|HostId|RoleLastUsed)>.*?</\1>", re.DOTALL
)


def forget() -> None:
    for service in ("s3", "iam"):
        for account in get_backend(service).values():
            for backend in account.values():
                backend.reset()
    from moto.s3.models import s3_backends

    s3_backends.bucket_accounts.clear()


def environ_of(method: str, path: str, headers: dict, body: bytes) -> dict:
    from urllib.parse import unquote

    path, _, query = path.partition("?")
    service = "iam" if path == "/iam" else "s3"
    path = "/" if service == "iam" else path
    environ = {
        "REQUEST_METHOD": method,
        "PATH_INFO": unquote(path).encode().decode("latin-1"),
        "RAW_URI": path + (f"?{query}" if query else ""),
        "QUERY_STRING": query,
        "HTTP_HOST": "127.0.0.1",
        "HTTP_AUTHORIZATION": f"AWS4-HMAC-SHA256 Credential=key/20261124/us-east-1/{service}/aws4_request, S=x",
        "CONTENT_TYPE": "application/x-www-form-urlencoded" if service == "iam" else "binary/octet-stream",
    }
    environ |= {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers.items()}
    return with_body(environ, body)


def ask(app, method: str, path: str, headers: dict | None = None, body: str = "") -> tuple[str, dict, str]:
    status, answered, content = call(app, environ_of(method, path, headers or {}, body.encode()))
    return status[:3], dict(answered), PASSING.sub("", content.decode("utf-8", "replace"))


def held() -> dict:
    """Reads the whole state of S3 and IAM."""
    state = {}
    buckets = re.findall(r"<Name>(.*?)</Name>", ask(application, "GET", "/")[2])
    for bucket in buckets:
        listing = ask(application, "GET", f"/{bucket}?versions")[2]
        state[f"{bucket} versions"] = listing
        for setting in ("versioning", "tagging", "cors", "encryption", "acl", "publicAccessBlock", "ownershipControls"):
            status, _, content = ask(application, "GET", f"/{bucket}?{setting}")
            state[f"{bucket} {setting}"] = (status, content)
        versions = re.findall(r"<Version>.*?<Key>(.*?)</Key>.*?<VersionId>(.*?)</VersionId>", listing, re.DOTALL)
        for key, version in versions:
            place = f"/{bucket}/{key}"
            which = f"versionId={version}" if version != "null" else "x-id=GetObject"
            status, headers, content = ask(application, "GET", f"{place}?{which}")
            kept = {k: v for k, v in headers.items() if k.lower() not in ("last-modified", "date", "x-amzn-requestid")}
            state[f"{place} {version}"] = (status, kept, content)
            state[f"{place} {version} tags"] = ask(application, "GET", f"{place}?tagging&{which}")[2]
    iam = lambda form: ask(application, "POST", "/iam", body=f"{form}&Version=2010-05-08")[2]  # noqa: E731
    state["policies"] = iam("Action=ListPolicies&Scope=Local")
    roles = iam("Action=ListRoles")
    state["roles"] = roles
    for role in re.findall(r"<RoleName>(.*?)</RoleName>", roles):
        names = iam(f"Action=ListRolePolicies&RoleName={role}")
        state[f"{role} attached"] = iam(f"Action=ListAttachedRolePolicies&RoleName={role}")
        state[f"{role} tags"] = iam(f"Action=ListRoleTags&RoleName={role}")
        for policy in re.findall(r"<member>(.*?)</member>", names):
            state[f"{role} {policy}"] = iam(f"Action=GetRolePolicy&RoleName={role}&PolicyName={policy}")
    return state


def replayed(path: str, *, compacted: bool) -> dict:
    forget()
    journal = Journal(application, path)
    if not compacted:
        journal.compact = lambda: None
    journal.replay()
    os.close(journal.file)
    return held()


def lines_in(path: str) -> int:
    with open(path, "rb") as lines:
        return sum(1 for _ in lines)


class Killed(BaseException):
    """Simulates a SIGKILL: no code of the journal runs after it."""


def killed(path: str, step: int) -> bool:
    """Compacts a journal and stops at one of its steps. Returns False if the compaction has fewer steps."""
    forget()
    journal, left = Journal(application, path), [step]

    def dying(function):
        def call(*args, **kwargs):
            left[0] -= 1
            if left[0] < 0:
                raise Killed
            return function(*args, **kwargs)

        return call

    steps = {name: dying(getattr(os, name)) for name in ("open", "fsync", "replace", "close", "unlink")}
    try:
        with mock.patch.multiple(os, **steps):
            journal.compact()
        return False
    except Killed:
        return True


def outlives(whole: str, path: str, live: dict) -> bool:
    step = 0
    while True:
        shutil.copy(whole, path)
        again = killed(path, step)
        if replayed(path, compacted=True) != live or os.path.exists(f"{path}.unfinished"):
            return False
        if not again:
            return True
        step += 1


def trial(requests: list, limit: int | None = None, kill: bool = False) -> dict:
    with tempfile.TemporaryDirectory() as folder:
        whole, compact = os.path.join(folder, "whole"), os.path.join(folder, "compact")
        forget()
        journal = Journal(application, whole)
        if limit is not None:
            mock.patch("journal.SMALL", limit).start()
            journal.limit = limit
        ids: list[str] = []
        for method, path, headers, body in requests:
            # Fills in the id of an earlier version.
            path = re.sub(r"\{version (\d+)\}", lambda m: ids[int(m[1]) % len(ids)] if ids else "none", path)
            _, answered, _ = ask(journal, method, path, headers, body)
            ids += [answered["x-amz-version-id"]] if "x-amz-version-id" in answered else []
        live = held()
        os.close(journal.file)
        shutil.copy(whole, compact)
        states = {"live": live, "whole": replayed(whole, compacted=False), "compact": replayed(compact, compacted=True)}
        if kill:
            states["outlives"] = outlives(whole, os.path.join(folder, "killed"), live)
        mock.patch.stopall()
        return {**states, "lines": [lines_in(whole), lines_in(compact)]}


for line in sys.stdin:
    print(json.dumps(trial(**json.loads(line))), flush=True)
