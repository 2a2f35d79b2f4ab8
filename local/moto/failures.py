"""Reports moto's failures to the endpoint in two headers. The endpoint answers the client with an AWS error instead."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import quote
from xml.parsers.expat import ExpatError

from botocore.model import OperationNotFoundError

Environ = dict[str, Any]
App = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]

# moto's own pages. One deletes all state, others imitate the metadata of an EC2 instance with its credentials.
OWN_PAGES = re.compile(r"/*(moto-api(/|$)|favicon\.ico$|latest/(meta-data|api)/)")


class NoSuchService(NotImplementedError):
    """The request is not for a service that moto has."""


class Failures:
    """A WSGI middleware around moto. Exceptions and requests for moto's own pages become the header `x-local-failure`."""

    def __init__(self, app: App) -> None:
        self.app = app

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        if OWN_PAGES.match(environ.get("PATH_INFO", "")):
            return failed(start_response, "not-implemented", "")
        try:
            return self.app(environ, start_response)
        except NoSuchService:
            return failed(start_response, "not-implemented", "")
        except NotImplementedError as error:
            return failed(start_response, "not-implemented", str(error))
        except (ExpatError, json.JSONDecodeError, UnicodeDecodeError) as error:
            return failed(start_response, "malformed", str(error))
        except OperationNotFoundError as error:
            return failed(start_response, "not-implemented", "")
        except Exception as error:  # noqa: BLE001 - the client gets an answer for every exception
            if str(error) == "entities are disabled":
                return failed(start_response, "malformed", str(error))
            return failed(start_response, "defect", f"{type(error).__name__}: {error}")


def failed(start_response: Callable[..., Any], kind: str, message: str) -> list[bytes]:
    headers = [("x-local-failure", kind), ("x-local-message", quote(message[:500].encode("utf-8", "replace")))]
    start_response("500 Internal Server Error", headers)
    return [b""]
