"""Which lines of the journal are dead: whoever replays the others comes to the same state.

A line is only dropped for a reason that can be checked on the journal alone; what is not understood is kept, and keeps what
it may be about:

- An object of a bucket without versions that was only ever put and deleted plainly: all but the last put; all, when it
  was deleted last. One that was tagged, copied, locked, put with an access list or on a condition is kept whole.
- A bucket that was deleted (S3 deletes only empty ones), with all that was in it.
- A setting of a bucket that was put again: at once where it means nothing for what follows, else only where nothing about
  the bucket is between the two.
- A role's inline policy or trust policy that was put again or deleted; a role that was deleted, where nothing else
  mentions it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, unquote

Environ = dict[str, Any]

SCOPE = re.compile(r"Credential=([^/,\s]+/\d{8}/[a-z0-9-]+)/([a-z0-9-]+)/aws4_request")
PATH_STYLE = re.compile(r"(\[|\d+\.\d+\.\d+\.\d+(:|$)|[^.]*$|s3[.-])", re.IGNORECASE)
BUCKET = re.compile(r"[A-Za-z0-9._-]{3,255}")
KEY_TEXT = re.compile(r"<Key>(.*?)</Key>", re.DOTALL)

# Headers with which an object is more than its content, or is not always taken.
NOT_PLAIN = re.compile(r"HTTP_(X_AMZ_(TAGGING|ACL|GRANT_|OBJECT_LOCK_|COPY_SOURCE|BYPASS|MFA)|IF_)")

# Settings that decide on nothing else than what is read of them, and those that do.
QUIET_SETTINGS = {"tagging", "cors", "lifecycle", "website", "accelerate"}
SETTINGS = QUIET_SETTINGS | {"acl", "encryption", "ownershipControls", "policy", "publicAccessBlock"}
VERSIONING = {"versioning", "object-lock"}

PUT_POLICY = {"PutRolePolicy", "UpdateAssumeRolePolicy"}
OF_ROLES = {
    "CreateRole", "DeleteRole", "PutRolePolicy", "DeleteRolePolicy", "UpdateAssumeRolePolicy", "TagRole", "UntagRole",
    "UpdateRole", "UpdateRoleDescription", "AttachRolePolicy", "DetachRolePolicy",
}  # fmt: skip


@dataclass
class Change:
    """What one line is about."""

    kind: str
    bucket: str = ""
    key: str = ""
    # As the client wrote the path: two spellings of one key are not looked into.
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
    # Where something else may be mentioned.
    text: str = ""


@dataclass
class Life:
    """A bucket from its creation to its deletion, by the numbers of its lines."""

    lines: list[int] = field(default_factory=list)
    deleted: bool = False


def change_of(environ: Environ, body: bytes) -> Change:
    signed = SCOPE.search(environ.get("HTTP_AUTHORIZATION", ""))
    service = signed.group(2) if signed else "s3"
    path, query = environ.get("PATH_INFO", ""), environ.get("QUERY_STRING", "")
    text = f"{path}?{query} {environ.get('HTTP_HOST', '')} {environ.get('HTTP_X_AMZ_COPY_SOURCE', '')}"
    if service == "iam":
        form = {name: values[0] for name, values in parse_qs(body.decode("utf-8", "replace")).items()}
        # Another account has other roles; which one it is, the key and the region say.
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
            # As a path is in the environment: the bytes, read as Latin-1.
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
    """The keys of a plain DeleteObjects; None for one with versions, or with text that is not simply text."""
    text = body.decode("utf-8", "replace")
    if "VersionId" in text or "&" in text or "CDATA" in text or "<!" in text:
        return None
    # As a path is in the environment: UTF-8, read as Latin-1.
    keys = tuple(key.encode().decode("latin-1") for key in KEY_TEXT.findall(text))
    return keys if len(keys) == text.count("<Object>") and "\ufffd" not in text else None


def dead_lines(changes: list[Change]) -> set[int]:
    """The numbers of the lines that need not be replayed."""
    lives, dead = lives_of(changes), set()
    for bucket, of_bucket in lives.items():
        dead |= dead_of_bucket(bucket, of_bucket, changes)
    return dead | dead_of_roles(changes)


def lives_of(changes: list[Change]) -> dict[str, list[Life]]:
    lives: dict[str, list[Life]] = defaultdict(list)
    for number, change in enumerate(changes):
        if not change.bucket:
            continue
        of_bucket = lives[change.bucket]
        if not of_bucket or of_bucket[-1].deleted:
            of_bucket.append(Life())
        of_bucket[-1].lines.append(number)
        of_bucket[-1].deleted = change.kind == "drop"
    return lives


def dead_of_bucket(bucket: str, lives: list[Life], changes: list[Change]) -> set[int]:
    own = {number for life in lives for number in life.lines}
    for number, change in enumerate(changes):
        if number not in own and change.kind != "iam" and (change.service == "events" or bucket in change.text):
            return set()
    known = SETTINGS | VERSIONING
    if any(changes[number].kind == "setting" and changes[number].setting not in known for number in own):
        return set()
    copied = {change.source[1] for change in changes if change.source and change.source[0] == bucket}
    # A plus sign is a space to some.
    copied |= {key.replace("+", " ") for key in copied}
    left = any(c.source and c.source[0] == bucket and c.bucket != bucket for c in changes)
    is_gone = all(life.deleted for life in lives)
    dead: set[int] = set()
    for life in lives:
        tagged = any(changes[number].tags for number in life.lines)
        if life.deleted and not left and (is_gone or not tagged):
            dead |= set(life.lines)
        elif not life.deleted:
            dead |= dead_of_life(life, changes, copied)
    return dead


def dead_of_life(life: Life, changes: list[Change], copied: set[str]) -> set[int]:
    dead: set[int] = set()
    if not any(changes[number].setting in VERSIONING for number in life.lines):
        dead = dead_objects(life, changes, copied)
    return dead | dead_settings([number for number in life.lines if number not in dead], changes)


def dead_objects(life: Life, changes: list[Change], copied: set[str]) -> set[int]:
    histories: dict[str, list[int]] = defaultdict(list)
    spellings: dict[str, set[str]] = defaultdict(set)
    kept = set(copied)
    for number in life.lines:
        change = changes[number]
        for key in change.keys or ((change.key,) if change.key else ()):
            histories[key].append(number)
            if change.spelling:
                spellings[key].add(change.spelling)
            if change.kind == "object":
                kept.add(key)
    needed: set[int] = set()
    for key, history in histories.items():
        if key in kept or len(spellings[key]) > 1:
            needed |= set(history)
        elif changes[history[-1]].kind == "put":
            needed.add(history[-1])
    return {number for history in histories.values() for number in history} - needed


def dead_settings(lines: list[int], changes: list[Change]) -> set[int]:
    """Of the lines of one bucket that are kept so far, the settings that another one replaces."""
    dead: set[int] = set()
    later: set[str] = set()
    follows = ""
    for number in reversed(lines):
        change = changes[number]
        setting = change.setting if change.kind == "setting" else ""
        if setting and (setting == follows or setting in later):
            dead.add(number)
            continue
        follows = setting if setting in SETTINGS else ""
        if setting in QUIET_SETTINGS:
            later.add(setting)
    return dead


def dead_of_roles(changes: list[Change]) -> set[int]:
    of_role: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, change in enumerate(changes):
        if change.role and change.action in OF_ROLES:
            of_role[change.account, change.role].append(number)
    dead: set[int] = set()
    for (_, role), lines in of_role.items():
        mine = set(lines)
        mentioned = any(role in c.text for number, c in enumerate(changes) if number not in mine and c.text)
        last = max((index for index, number in enumerate(lines) if changes[number].action == "DeleteRole"), default=-1)
        gone = lines[: last + 1]
        actions = [changes[number].action for number in gone]
        # A policy counts the roles it is attached to.
        balanced = actions.count("AttachRolePolicy") == actions.count("DetachRolePolicy")
        if balanced and not mentioned:
            dead |= set(gone)
        dead |= dead_policies(lines[last + 1 :], changes)
    return dead


def dead_policies(lines: list[int], changes: list[Change]) -> set[int]:
    """Of the lines of one role since it was made, the policies that another one replaces or that are deleted."""
    dead: set[int] = set()
    replaced: set[tuple[str, str]] = set()
    for number in reversed(lines):
        change = changes[number]
        if change.action in PUT_POLICY:
            name = (change.action, change.policy)
            if name in replaced:
                dead.add(number)
            replaced.add(name)
        elif change.action == "DeleteRolePolicy":
            replaced.add(("PutRolePolicy", change.policy))
    return dead
