"""What moto breaks on, as headers that the endpoint makes an AWS error of."""

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

# Pages of moto's own: one forgets everything, others are a machine's metadata with credentials.
OWN_PAGES = re.compile(r"/*(moto-api(/|$)|favicon\.ico$|latest/(meta-data|api)/)")


class NoSuchService(NotImplementedError):
    """No service of moto is meant."""


class Failures:
    """A WSGI middleware around moto: an exception, or a path that is none of AWS's, becomes `x-local-failure`."""

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
        except Exception as error:  # noqa: BLE001 - whatever it is, the client gets an answer
            if str(error) == "entities are disabled":
                return failed(start_response, "malformed", str(error))
            return failed(start_response, "defect", f"{type(error).__name__}: {error}")


def failed(start_response: Callable[..., Any], kind: str, message: str) -> list[bytes]:
    headers = [("x-local-failure", kind), ("x-local-message", quote(message[:500].encode("utf-8", "replace")))]
    start_response("500 Internal Server Error", headers)
    return [b""]
