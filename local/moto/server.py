"""Runs moto's server as a child of the local endpoint: `server.py JOURNAL`.

Replays the journal, binds a free port of 127.0.0.1, prints `{"port": N}` and serves until its standard input ends. So moto
also ends when the endpoint is killed. Exit code 3: the journal cannot be replayed.
"""

from __future__ import annotations

import functools
import json
import logging
import os
import sys
import threading
from collections.abc import Callable
from typing import Any

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))


def end_with_parent() -> None:
    """Ends this process as soon as the endpoint has ended. The next start drops an incomplete last line of the journal."""
    try:
        while os.read(0, 4096):
            pass
    finally:
        os._exit(0)


def remember_backends_of_hosts() -> None:
    """Looks up the backend of a host once. At each request moto would list its folder, with over 200 calls of stat."""
    from moto.moto_server.werkzeug_app import DomainDispatcherApplication as Dispatcher

    Dispatcher.get_backend_for_host = functools.lru_cache(1024)(Dispatcher.get_backend_for_host)


def keep_versions_of_suspended_buckets() -> None:
    """Keeps the versions of a bucket after its versioning is suspended, as S3 does.

    moto would lose them at the next PUT, and would fail when a client deletes a version beside a delete marker, as clients do
    to empty a bucket. One difference from S3 remains: a new object gets a new version id, not "null".
    """
    from moto.s3.models import FakeBucket

    FakeBucket.is_versioned = property(lambda bucket: bucket.versioning_status in ("Enabled", "Suspended"))


def have_managed_policies_of_aws() -> None:
    """Lets clients attach AWS's managed policies to roles. Each policy is read when it is first used.

    moto knows none of them unless it reads all of them when it starts.
    """
    from moto.iam import models

    def known(backend: models.IAMBackend, arn: str) -> None:
        if ":iam::aws:policy/" not in arn or arn in backend.managed_policies:
            return
        name = arn.rpartition("/")[2]
        data = json.loads(models.aws_managed_policies_data).get(name)
        if data is None:
            return
        policy = models.AWSManagedPolicy.from_data(name, backend.account_id, backend.region_name, data)
        if policy.arn == arn:
            backend.managed_policies[arn] = policy
            backend.aws_managed_policies.append(policy)

    def knowing(method: Callable[..., Any]) -> Callable[..., Any]:
        def call(backend: models.IAMBackend, policy_arn: str, *rest: Any) -> Any:
            known(backend, policy_arn)
            return method(backend, policy_arn, *rest)

        return call

    for name in ("attach_role_policy", "get_policy"):
        setattr(models.IAMBackend, name, knowing(getattr(models.IAMBackend, name)))


def main(path: str) -> int:
    threading.Thread(target=end_with_parent, daemon=True).start()
    # By default moto lets web pages of every site read its answers.
    os.environ["MOTO_DISABLE_GLOBAL_CORS"] = "true"
    from failures import Failures, NoSuchService
    from journal import Journal, JournalError
    from moto.moto_server.werkzeug_app import DomainDispatcherApplication, MotoRequestHandler, create_backend_app
    from werkzeug.serving import make_server

    remember_backends_of_hosts()
    keep_versions_of_suspended_buckets()
    have_managed_policies_of_aws()
    logging.getLogger("werkzeug").setLevel(logging.ERROR)

    class Dispatcher(DomainDispatcherApplication):
        def get_application(self, environ):
            try:
                return super().get_application(environ)
            except Exception as error:
                raise NoSuchService from error

    app = Journal(Failures(Dispatcher(create_backend_app)), path)
    try:
        app.replay()
    except JournalError as error:
        print(json.dumps({"error": str(error)}), flush=True)
        return 3
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=MotoRequestHandler)
    print(json.dumps({"port": server.server_port}), flush=True)
    server.serve_forever()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
