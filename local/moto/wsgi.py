"""Sends requests to a WSGI application in memory."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from typing import Any

Environ = dict[str, Any]
App = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]


def call(app: App, environ: Environ) -> tuple[str, list[tuple[str, str]], bytes]:
    """Sends one request to a WSGI application, without a socket."""
    answer: dict[str, Any] = {}

    def start_response(status: str, headers: list[tuple[str, str]], _exc: Any = None) -> Callable[[bytes], None]:
        answer.update(status=status, headers=headers)
        return lambda _data: None

    body = b"".join(app(environ, start_response))
    return answer["status"], answer["headers"], body


def read_body(environ: Environ) -> bytes:
    """Reads the whole body of a request, which is sent with its length or in chunks."""
    stream = environ["wsgi.input"]
    if environ.get("wsgi.input_terminated"):
        return stream.read()
    return stream.read(int(environ.get("CONTENT_LENGTH") or 0))


def with_body(environ: Environ, body: bytes, query: str | None = None) -> Environ:
    """Returns a complete WSGI environment, like one from moto's server, with the body in memory."""
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
