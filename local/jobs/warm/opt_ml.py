"""Mounts a folder as /opt/ml, and a /proc with its own process ids, for this process and its children only.

mount-namespace.ts does the same for a command.
"""

import ctypes
import os
import shutil

# sched.h and sys/mount.h
CLONE_NEWNS, CLONE_NEWUSER, CLONE_NEWPID = 0x00020000, 0x10000000, 0x20000000
MS_NOSUID, MS_NODEV, MS_NOEXEC = 2, 4, 8
MS_BIND, MS_REC, MS_PRIVATE = 4096, 16384, 1 << 18

libc = ctypes.CDLL(None, use_errno=True)


def check(result, what):
    if result != 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")


def mount(source, target, flags, kind=None):
    result = libc.mount(os.fsencode(source), os.fsencode(target), kind, ctypes.c_ulong(flags), None)
    check(result, f"mount on {target}")


def write(path, text):
    with open(path, "w") as file:
        file.write(text)


def enter_namespace(own_processes):
    """Enters a user namespace in which this user is root, and a mount namespace whose mounts no other process sees.

    own_processes: whether processes that are forked later have their own process ids, beginning with 1.
    """
    user, group = os.geteuid(), os.getegid()
    check(libc.unshare(CLONE_NEWUSER | CLONE_NEWNS | (CLONE_NEWPID if own_processes else 0)), "unshare")
    write("/proc/self/setgroups", "deny")
    write("/proc/self/uid_map", f"0 {user} 1")
    write("/proc/self/gid_map", f"0 {group} 1")
    mount("none", "/", MS_REC | MS_PRIVATE)


def bind_beside(entry, target):
    """Binds an entry of /opt to its place in the folder that will become /opt."""
    if entry.is_symlink():
        shutil.copy(entry.path, target, follow_symlinks=False)
    elif entry.is_dir():
        os.makedirs(target, exist_ok=True)
        mount(entry.path, target, MS_BIND | MS_REC)
    else:
        write(target, "")
        mount(entry.path, target, MS_BIND)


def show_as_opt_ml(folder, own_processes):
    """Mounts a folder as /opt/ml. Raises OSError if the system does not allow it."""
    enter_namespace(own_processes)
    if os.path.isdir("/opt/ml"):
        mount(folder, "/opt/ml", MS_BIND)
        return
    opt = f"{folder}.opt"
    os.makedirs(os.path.join(opt, "ml"), exist_ok=True)
    for entry in os.scandir("/opt"):
        bind_beside(entry, os.path.join(opt, entry.name))
    mount(folder, os.path.join(opt, "ml"), MS_BIND | MS_REC)
    mount(opt, "/opt", MS_BIND | MS_REC)


def show_own_processes():
    """Replaces /proc by that of this process's namespace."""
    mount("proc", "/proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, b"proc")
