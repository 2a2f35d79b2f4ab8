"""Dead lines of the journal: a replay without them leads to the same state.

Only the journal decides. A line that is not understood is kept, and so are the lines of everything that it may be about.
Dead are:

- Puts and deletions of an object in a bucket without versions, if nothing else was done with the object: all but the last
  put, or all when the object was deleted last. Tags, copies, locks, access lists and conditions keep the object's lines.
- A deleted bucket with everything in it, as S3 deletes only empty buckets.
- A setting of a bucket that was put again. Settings on which later requests depend are dead only when nothing about the
  bucket is between the two.
- An inline policy or trust policy of a role that was put again or deleted, and a deleted role that no other line mentions.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from change import Change

# Later requests do not depend on the quiet settings; they may depend on the others.
QUIET_SETTINGS = {"tagging", "cors", "lifecycle", "website", "accelerate"}
SETTINGS = QUIET_SETTINGS | {"acl", "encryption", "ownershipControls", "policy", "publicAccessBlock"}
VERSIONING = {"versioning", "object-lock"}

PUT_POLICY = {"PutRolePolicy", "UpdateAssumeRolePolicy"}
OF_ROLES = {
    "CreateRole", "DeleteRole", "PutRolePolicy", "DeleteRolePolicy", "UpdateAssumeRolePolicy", "TagRole", "UntagRole",
    "UpdateRole", "UpdateRoleDescription", "AttachRolePolicy", "DetachRolePolicy",
}  # fmt: skip


@dataclass
class Life:
    """A bucket from its creation to its deletion, by the numbers of its lines."""

    lines: list[int] = field(default_factory=list)
    deleted: bool = False


def dead_lines(changes: list[Change]) -> set[int]:
    """Returns the numbers of the dead lines."""
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
    # Some clients write a space as a plus sign.
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
    """Returns the replaced settings among the remaining lines of one bucket."""
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
        # A managed policy counts the roles that it is attached to.
        balanced = actions.count("AttachRolePolicy") == actions.count("DetachRolePolicy")
        if balanced and not mentioned:
            dead |= set(gone)
        dead |= dead_policies(lines[last + 1 :], changes)
    return dead


def dead_policies(lines: list[int], changes: list[Change]) -> set[int]:
    """Returns the replaced and deleted policies among the lines of one role since its creation."""
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
