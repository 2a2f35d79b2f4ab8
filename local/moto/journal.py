"""The journal of what changed in moto, so that a restart finds the same buckets, objects and roles.

moto's own recorder writes reads and refused requests too, in the order of arrival, and two threads can interleave their
lines. This one writes a request after moto accepted it and before the client hears so, one line in one write. Changes
happen one after the other, so that the lines have their order; each has its own seed of moto's random numbers, so that a
version or a role has the same id after a restart. Before a replay, and when it has grown far, the journal is compacted.
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
import os
import re
import threading
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import parse_qs

from compaction import PATH_STYLE, change_of, dead_lines
from randomness import begin_with, new_seed

Environ = dict[str, Any]
App = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]

READ_METHODS = {"GET", "HEAD", "OPTIONS"}
READ_ACTION = re.compile(r"(Get|List|Describe|BatchGet|Head|Lookup|Filter|Simulate|Assume|Decode)")


# Bytes below which a journal is not compacted while it is written, and how many times its last size it may grow to.
SMALL = 64 * 1024 * 1024
GROWTH = 4


class JournalError(Exception):
    """The journal cannot be replayed."""


def call(app: App, environ: Environ) -> tuple[str, list[tuple[str, str]], bytes]:
    """One request through a WSGI application, without a socket."""
    answer: dict[str, Any] = {}

    def start_response(status: str, headers: list[tuple[str, str]], _exc: Any = None) -> Callable[[bytes], None]:
        answer.update(status=status, headers=headers)
        return lambda _data: None

    body = b"".join(app(environ, start_response))
    return answer["status"], answer["headers"], body


def is_read(environ: Environ, body: bytes) -> bool:
    """Whether a request changes nothing: by its method, or by the action it names."""
    if environ["REQUEST_METHOD"] in READ_METHODS:
        action = parse_qs(environ.get("QUERY_STRING", "")).get("Action", ["Get"])[0]
        return bool(READ_ACTION.match(action))
    target = environ.get("HTTP_X_AMZ_TARGET")
    if target:
        return bool(READ_ACTION.match(target.rpartition(".")[2]))
    if environ.get("CONTENT_TYPE", "").startswith("application/x-www-form-urlencoded"):
        return bool(READ_ACTION.match(parse_qs(body.decode("utf-8", "replace")).get("Action", [""])[0]))
    return False


def saved(environ: Environ) -> Environ:
    """The part of a request's environment that a replay needs; never the session token of its sender."""
    return {
        key: value
        for key, value in environ.items()
        if key != "HTTP_X_AMZ_SECURITY_TOKEN"
        and (isinstance(value, str) or (isinstance(value, dict) and not key.startswith("wsgi")))
        and not key.startswith(("werkzeug.socket", "REMOTE_"))
    }


def parsed(line: bytes, number: int) -> tuple[Environ, bytes, int | None]:
    """A line's request, its body and its seed, which lines of earlier versions do not have."""
    try:
        entry = json.loads(line)
        return entry["environ"], base64.b64decode(entry["body"]), entry.get("seed")
    except (ValueError, KeyError, TypeError) as error:
        raise JournalError(f"line {number} is not readable ({error})") from error


class Journal:
    """A WSGI middleware around moto that appends every accepted change to one file, and replays it."""

    def __init__(self, app: App, path: str) -> None:
        self.app = app
        self.path = path
        # A journal that was being compacted when the process was killed; the whole one is still there.
        self.unfinished = f"{path}.unfinished"
        self.lock = threading.Lock()
        self.last: dict[str, str] = {}
        self.versioned: set[str] = set()
        self.limit = SMALL
        self.file = self.opened()

    def opened(self) -> int:
        return os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)

    def replay(self) -> None:
        """Repeats every line; a last line that a kill tore is cut off.

        Raises:
            JournalError: a whole line that is no request of ours.
        """
        self.remove_unfinished()
        self.compact()
        with open(self.path, "rb") as lines:
            end = 0
            for number, line in enumerate(lines, 1):
                if not line.endswith(b"\n"):
                    break
                environ, body, seed = parsed(line, number)
                begin_with(new_seed() if seed is None else seed)
                call(self.app, with_body(environ, body))
                self.remember(environ, body)
                end += len(line)
        os.truncate(self.path, end)

    def remove_unfinished(self) -> None:
        if os.path.exists(self.unfinished):
            os.unlink(self.unfinished)

    def compact(self) -> None:
        """Leaves out what is dead. A kill at any moment leaves the old journal or the new one; so does a full disk.

        Raises:
            JournalError: a whole line that is no request of ours.
        """
        changes, spans, end = [], [], 0
        with open(self.path, "rb") as lines:
            for number, line in enumerate(lines, 1):
                if not line.endswith(b"\n"):
                    break
                environ, body, _ = parsed(line, number)
                changes.append(change_of(environ, body))
                spans.append((end, len(line)))
                end += len(line)
        dead = dead_lines(changes)
        if dead:
            self.keep([span for number, span in enumerate(spans) if number not in dead])
        self.limit = max(SMALL, GROWTH * os.path.getsize(self.path))

    def keep(self, spans: list[tuple[int, int]]) -> None:
        """Replaces the journal by some of its lines, as they are."""
        try:
            with open(self.path, "rb") as old, open(self.unfinished, "wb", opener=private) as new:
                for start, length in spans:
                    old.seek(start)
                    new.write(old.read(length))
                new.flush()
                os.fsync(new.fileno())
            os.replace(self.unfinished, self.path)
        except OSError:
            self.remove_unfinished()
            return
        os.close(self.file)
        self.file = self.opened()
        folder = os.open(os.path.dirname(os.path.abspath(self.path)), os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)

    def remember(self, environ: Environ, body: bytes) -> bool:
        """Notes the change; False when it repeats what the same address already holds."""
        address = f"{environ.get('PATH_INFO')}?{environ.get('QUERY_STRING')}"
        bucket = environ.get("PATH_INFO", "").removeprefix("/").partition("/")[0]
        if "versioning" in environ.get("QUERY_STRING", "") or "HTTP_X_AMZ_BUCKET_OBJECT_LOCK_ENABLED" in environ:
            self.versioned.add(bucket)
        # Where there are versions, the same content again is another one.
        if bucket in self.versioned:
            return True
        is_elsewhere = not PATH_STYLE.match(environ.get("HTTP_HOST", ""))
        if is_elsewhere or environ["REQUEST_METHOD"] != "PUT" or "HTTP_X_AMZ_COPY_SOURCE" in environ:
            # A deletion, a copy or a bucket in the host's name may touch any address: forget all, so that nothing is
            # wrongly left out.
            self.last.clear()
            return True
        digest = hashlib.sha256(body)
        for key in sorted(environ):
            if key.startswith("HTTP_X_AMZ_") and key not in ("HTTP_X_AMZ_DATE", "HTTP_X_AMZ_USER_AGENT"):
                digest.update(f"{key}={environ[key]}\n".encode())
        digest.update(environ.get("CONTENT_TYPE", "").encode())
        repeated = self.last.get(address) == digest.hexdigest()
        self.last[address] = digest.hexdigest()
        return not repeated

    def append(self, environ: Environ, body: bytes, seed: int) -> None:
        """Writes one request. Raises OSError when the disk is full, with the file as it was."""
        if not self.remember(environ, body):
            return
        entry = {"environ": saved(environ), "body": base64.b64encode(body).decode("ascii"), "seed": seed}
        line = (json.dumps(entry, separators=(",", ":")) + "\n").encode()
        size = os.fstat(self.file).st_size
        try:
            written = 0
            while written < len(line):
                written += os.write(self.file, line[written:])
        except OSError:
            os.truncate(self.path, size)
            self.last.clear()
            raise
        if size + len(line) > self.limit:
            self.compact()

    def completed_upload(self, environ: Environ) -> tuple[Environ, bytes]:
        """A multipart upload as one plain put: its upload id would not exist in a replay."""
        status, headers, body = call(self.app, with_body({**saved(environ), "REQUEST_METHOD": "GET"}, b"", query=""))
        if not status.startswith("200"):
            raise OSError(f"the object just uploaded could not be read back: {status}")
        kept = {"CONTENT_TYPE": dict((k.lower(), v) for k, v in headers).get("content-type", "")}
        kept |= {f"HTTP_{k.upper().replace('-', '_')}": v for k, v in headers if k.lower().startswith("x-amz-meta-")}
        kept |= {k: environ[k] for k in ("HTTP_HOST", "HTTP_AUTHORIZATION") if k in environ}
        plain = {k: v for k, v in saved(environ).items() if not k.startswith(("HTTP_", "CONTENT_"))}
        return with_body({**plain, **kept, "REQUEST_METHOD": "PUT"}, body, query=""), body

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] in READ_METHODS and is_read(environ, b""):
            return self.app(environ, start_response)
        body = read_body(environ)
        if is_read(environ, body):
            status, headers, content = call(self.app, with_body(environ, body))
        else:
            with self.lock:
                status, headers, content = self.change(environ, body)
        start_response(status, headers)
        return [content]

    def change(self, environ: Environ, body: bytes) -> tuple[str, list[tuple[str, str]], bytes]:
        """One request that may change something, and its line."""
        seed = new_seed()
        begin_with(seed)
        status, headers, content = call(self.app, with_body(environ, body))
        query = parse_qs(environ.get("QUERY_STRING", ""), keep_blank_values=True)
        try:
            if status[0] != "2" or "partNumber" in query or "uploads" in query:
                pass
            elif "uploadId" in query:
                if environ["REQUEST_METHOD"] == "POST":
                    self.append(*self.completed_upload(environ), seed)
            else:
                self.append(environ, body, seed)
        except OSError as error:
            status, headers = "500 Internal Server Error", [("Content-Type", "application/xml")]
            content = f"<Error><Code>InternalError</Code><Message>not stored: {error.strerror}</Message></Error>".encode()
        return status, headers, content


def private(path: str, flags: int) -> int:
    """Opens a file that nobody else may read."""
    return os.open(path, flags, 0o600)


def read_body(environ: Environ) -> bytes:
    """The whole body, whether it came with a length or in chunks."""
    stream = environ["wsgi.input"]
    if environ.get("wsgi.input_terminated"):
        return stream.read()
    return stream.read(int(environ.get("CONTENT_LENGTH") or 0))


def with_body(environ: Environ, body: bytes, query: str | None = None) -> Environ:
    """The environment with its body in memory, as moto's own server would pass it."""
    whole = {
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "SCRIPT_NAME": "",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.errors": io.StringIO(),
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
        **environ,
        "wsgi.input": io.BytesIO(body),
        "CONTENT_LENGTH": str(len(body)),
    }
    whole.pop("HTTP_TRANSFER_ENCODING", None)
    whole.pop("wsgi.input_terminated", None)
    if query is not None:
        whole["QUERY_STRING"] = query
        for key in ("RAW_URI", "REQUEST_URI"):
            if key in whole:
                whole[key] = whole[key].partition("?")[0] + (f"?{query}" if query else "")
    return whole
