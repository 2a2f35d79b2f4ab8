"""Reads from a request of the journal which resource it changes. The compaction of the journal needs this."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, unquote

from wsgi import Environ

SCOPE = re.compile(r"Credential=([^/,\s]+/\d{8}/[a-z0-9-]+)/([a-z0-9-]+)/aws4_request")
PATH_STYLE = re.compile(r"(\[|\d+\.\d+\.\d+\.\d+(:|$)|[^.]*$|s3[.-])", re.IGNORECASE)
BUCKET = re.compile(r"[A-Za-z0-9._-]{3,255}")
KEY_TEXT = re.compile(r"<Key>(.*?)</Key>", re.DOTALL)

# Headers that set more than the content of an object, or make a put conditional.
NOT_PLAIN = re.compile(r"HTTP_(X_AMZ_(TAGGING|ACL|GRANT_|OBJECT_LOCK_|COPY_SOURCE|BYPASS|MFA)|IF_)")


@dataclass
class Change:
    """The resource and the kind of change of one line."""

    kind: str
    bucket: str = ""
    key: str = ""
    # The path as the client wrote it. If a key has two spellings, all its lines are kept.
    spelling: str = ""
    setting: str = ""
    keys: tuple[str, ...] = ()
    source: tuple[str, str] | None = None
    service: str = ""
    action: str = ""
    account: str = ""
    role: str = ""
    policy: str = ""
    tags: bool = False
    # The part of the request that may mention other resources.
    text: str = ""


def change_of(environ: Environ, body: bytes) -> Change:
    """Reads a request. The kind is "other" for requests of an unknown form."""
    signed = SCOPE.search(environ.get("HTTP_AUTHORIZATION", ""))
    service = signed.group(2) if signed else "s3"
    path, query = environ.get("PATH_INFO", ""), environ.get("QUERY_STRING", "")
    text = f"{path}?{query} {environ.get('HTTP_HOST', '')} {environ.get('HTTP_X_AMZ_COPY_SOURCE', '')}"
    if service == "iam":
        form = {name: values[0] for name, values in parse_qs(body.decode("utf-8", "replace")).items()}
        # The access key and the region identify the account of the role.
        account = f"{signed.group(1)} {environ.get('HTTP_X_MOTO_ACCOUNT_ID', '')}" if signed else ""
        return Change(
            "iam",
            service=service,
            account=re.sub(r"/\d{8}/", "/", account),
            action="" if "PermissionsBoundary" in form else form.get("Action", ""),
            role=form.get("RoleName", ""),
            policy=form.get("PolicyName", ""),
            text=" ".join([text, *form.values()]),
        )
    other = Change("other", service=service, text=f"{text} {body.decode('utf-8', 'replace')}")
    is_form = environ.get("CONTENT_TYPE", "").startswith("application/x-www-form-urlencoded")
    if service != "s3" or "HTTP_X_AMZ_TARGET" in environ or is_form or path.startswith("/v20180820/"):
        return other
    bucket, _, key = path.removeprefix("/").partition("/")
    if not PATH_STYLE.match(environ.get("HTTP_HOST", "")) or not BUCKET.fullmatch(bucket) or "//" in path:
        return other
    return s3_change(environ, body, bucket, key, other)


def s3_change(environ: Environ, body: bytes, bucket: str, key: str, other: Change) -> Change:
    """Reads a request to S3. Returns `other` for requests of an unknown form."""
    method = environ["REQUEST_METHOD"]
    query = parse_qs(environ.get("QUERY_STRING", ""), keep_blank_values=True)
    query.pop("x-id", None)
    spelling = environ.get("RAW_URI", environ.get("PATH_INFO", "")).partition("?")[0]
    headers = [name for name in environ if NOT_PLAIN.match(name)]
    tags = "tagging" in query or "HTTP_X_AMZ_TAGGING" in environ
    if key:
        source = environ.get("HTTP_X_AMZ_COPY_SOURCE")
        if not query and not headers and method in ("PUT", "DELETE"):
            return Change("put" if method == "PUT" else "delete", bucket, key, spelling)
        if source is not None:
            # WSGI reads the bytes of a path as Latin-1.
            from_path = unquote(source.partition("?")[0], "latin-1").removeprefix("/")
            from_bucket, _, from_key = from_path.partition("/")
            if not BUCKET.fullmatch(from_bucket):
                return other
            return Change("object", bucket, key, spelling, source=(from_bucket, from_key), tags=True)
        return Change("object", bucket, key, spelling, tags=tags)
    if method == "POST" and set(query) == {"delete"} and not headers:
        keys = keys_to_delete(body)
        return other if keys is None else Change("deletes", bucket, keys=keys)
    names = list(query)
    if method in ("PUT", "DELETE") and len(names) == 1:
        return Change("setting", bucket, setting=names[0], action=method, tags=tags, text=other.text)
    if method == "PUT" and not names:
        locks = "HTTP_X_AMZ_BUCKET_OBJECT_LOCK_ENABLED" in environ
        return Change("setting", bucket, setting="object-lock", action=method) if locks else Change("create", bucket)
    return Change("drop", bucket) if method == "DELETE" and not names else other


def keys_to_delete(body: bytes) -> tuple[str, ...] | None:
    """Returns the keys of a plain DeleteObjects; None if it has versions or escaped text."""
    text = body.decode("utf-8", "replace")
    if "VersionId" in text or "&" in text or "CDATA" in text or "<!" in text:
        return None
    # WSGI reads the bytes of a path as Latin-1.
    keys = tuple(key.encode().decode("latin-1") for key in KEY_TEXT.findall(text))
    return keys if len(keys) == text.count("<Object>") and "\ufffd" not in text else None
