"""Writes a journal of changes to S3 and IAM. A restarted moto replays it to get the same buckets, objects and roles.

moto's own recorder also writes reads and rejected requests, mixes the lines of two threads, and cannot replay an incomplete
line. This journal writes a request as one line, in one write, after moto has accepted it and before the client gets the
answer. Changes are made one after the other. Each line has its own seed of moto's random numbers, so that versions and roles
get the same ids again. The journal is compacted before a replay, and when it has grown to a multiple of its size.
"""

from __future__ import annotations

import base64
import json
import os
import re
import threading
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import parse_qs

from change import change_of
from compaction import dead_lines
from randomness import begin_with, new_seed
from wsgi import App, Environ, call, read_body, with_body

READ_METHODS = {"GET", "HEAD", "OPTIONS"}
READ_ACTION = re.compile(r"(Get|List|Describe|BatchGet|Head|Lookup|Filter|Simulate|Assume|Decode)")

# While moto runs, the journal is compacted when it exceeds both this many bytes and this multiple of its last compacted size.
SMALL = 64 * 1024 * 1024
GROWTH = 4


class JournalError(Exception):
    """The journal cannot be replayed."""


def is_read(environ: Environ, body: bytes) -> bool:
    """Tells from the method, or from the action's name, whether a request changes nothing."""
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
    """Returns the part of a request's environment that a replay needs, without the sender's session token."""
    return {
        key: value
        for key, value in environ.items()
        if key != "HTTP_X_AMZ_SECURITY_TOKEN"
        and (isinstance(value, str) or (isinstance(value, dict) and not key.startswith("wsgi")))
        and not key.startswith(("werkzeug.socket", "REMOTE_"))
    }


def parsed(line: bytes, number: int) -> tuple[Environ, bytes, int | None]:
    """Returns a line's request, body and seed. Lines of earlier versions have no seed."""
    try:
        entry = json.loads(line)
        return entry["environ"], base64.b64decode(entry["body"]), entry.get("seed")
    except (ValueError, KeyError, TypeError) as error:
        raise JournalError(f"line {number} is not readable ({error})") from error


class Journal:
    """Wraps moto as WSGI middleware that appends every accepted change to one file, and replays that file."""

    def __init__(self, app: App, path: str) -> None:
        self.app = app
        self.path = path
        # The file of an unfinished compaction. It remains beside the complete journal if moto is killed.
        self.unfinished = f"{path}.unfinished"
        self.lock = threading.Lock()
        self.limit = SMALL
        self.file = self.opened()

    def opened(self) -> int:
        return os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)

    def replay(self) -> None:
        """Repeats every request, and drops an incomplete last line, which remains if moto was killed while it wrote.

        Raises:
            JournalError: a whole line is not a request that a journal wrote.
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
                end += len(line)
        os.truncate(self.path, end)

    def remove_unfinished(self) -> None:
        if os.path.exists(self.unfinished):
            os.unlink(self.unfinished)

    def compact(self) -> None:
        """Rewrites the journal without its dead lines. After a kill or on a full disk, the old or the new journal is complete.

        Raises:
            JournalError: a whole line is not a request that a journal wrote.
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
        """Replaces the journal by a copy with only some of its lines, given by their offsets and lengths."""
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

    def append(self, environ: Environ, body: bytes, seed: int) -> None:
        """Writes one request. On a full disk, it restores the file and raises OSError."""
        entry = {"environ": saved(environ), "body": base64.b64encode(body).decode("ascii"), "seed": seed}
        line = (json.dumps(entry, separators=(",", ":")) + "\n").encode()
        size = os.fstat(self.file).st_size
        try:
            written = 0
            while written < len(line):
                written += os.write(self.file, line[written:])
        except OSError:
            os.truncate(self.path, size)
            raise
        if size + len(line) > self.limit:
            self.compact()

    def completed_upload(self, environ: Environ) -> tuple[Environ, bytes]:
        """Turns a completed multipart upload into one PUT, because a replay would create another upload id."""
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
        """Answers a request that may change something, and writes its line."""
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
    """Opens a file that only its owner can read."""
    return os.open(path, flags, 0o600)
