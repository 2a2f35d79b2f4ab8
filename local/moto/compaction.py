"""Finds the dead lines of the journal. A line is dead if a replay without it leads to the same state.

The journal alone decides. A request of an unknown form is kept, and so are all lines of the resources that it may concern.
The dead lines are:

- Puts and deletions of an object in a bucket without versioning, except for the last put. If the object was deleted last, all
  its lines are dead. Tags, copies, locks, access lists and conditions keep all lines of the object.
- All lines of a deleted bucket, because S3 deletes only empty buckets.
- A put of a bucket's setting, if a later line puts the same setting. If other requests may depend on the setting, its line is
  dead only if no line about the bucket is between the two.
- A put of a role's inline policy or trust policy, if a later line replaces or deletes the policy.
- All lines of a deleted role that no other line mentions.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from change import Change

# Settings that do not influence later requests. The others may do so.
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
    """The line numbers of a bucket from its creation to its deletion."""

    lines: list[int] = field(default_factory=list)
    deleted: bool = False


def dead_lines(changes: list[Change]) -> set[int]:
    """Returns the numbers of all dead lines."""
    lives, dead = lives_of(changes), set()
    for bucket, of_bucket in lives.items():
        dead |= dead_of_bucket(bucket, of_bucket, changes)
    return dead | dead_of_roles(changes)


def lives_of(changes: list[Change]) -> dict[str, list[Life]]:
    """Groups the lines by bucket. A bucket that was deleted and created again has several lives."""
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
    """Returns the dead lines of a bucket; none if a line of another resource may concern the bucket."""
    own = {number for life in lives for number in life.lines}
    for number, change in enumerate(changes):
        if number not in own and change.kind != "iam" and (change.service == "events" or bucket in change.text):
            return set()
    known = SETTINGS | VERSIONING
    if any(changes[number].kind == "setting" and changes[number].setting not in known for number in own):
        return set()
    copied = {change.source[1] for change in changes if change.source and change.source[0] == bucket}
    # The source of a copy may spell a space as a plus sign.
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
    """Returns the dead lines of a bucket's objects. Copied objects keep all their lines."""
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
    """Returns the lines, among the remaining ones of a bucket, whose setting a later line replaces."""
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
        # Keeps unequal numbers of both, because moto counts the roles to which a managed policy is attached.
        balanced = actions.count("AttachRolePolicy") == actions.count("DetachRolePolicy")
        if balanced and not mentioned:
            dead |= set(gone)
        dead |= dead_policies(lines[last + 1 :], changes)
    return dead


def dead_policies(lines: list[int], changes: list[Change]) -> set[int]:
    """Returns the lines, among those of a role since its creation, whose policy a later line replaces or deletes."""
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
