"""Gives a job a root directory of its own, and its own process ids.

`python own_root.py PLAN program argument...` runs a command in it. A prepared process calls the functions itself. PLAN is a
JSON object with the members of RootPlan in own-root.ts.

Source: pivot_root(2), mount_setattr(2), user_namespaces(7)
"""

import ctypes
import json
import os
import signal
import sys

# sched.h, sys/mount.h, linux/mount.h, linux/fcntl.h, sys/prctl.h
CLONE_NEWNS, CLONE_NEWUSER, CLONE_NEWPID = 0x00020000, 0x10000000, 0x20000000
MS_RDONLY, MS_NOSUID, MS_NODEV, MS_NOEXEC, MS_REMOUNT = 1, 2, 4, 8, 32
MS_BIND, MS_REC, MS_PRIVATE = 4096, 16384, 1 << 18
MNT_DETACH = 2
MOUNT_ATTR_RDONLY, AT_FDCWD, AT_RECURSIVE, MOUNT_SETATTR = 1, -100, 0x8000, 442
PR_SET_PDEATHSIG = 1

# The folders of the machine that a job sees, read-only. Passwords and keys in /etc are hidden.
SYSTEM = ["bin", "sbin", "lib", "lib32", "lib64", "libx32", "usr", "etc", "sys", "nix", "gnu"]
HIDDEN = ["etc/shadow", "etc/shadow-", "etc/gshadow", "etc/gshadow-", "etc/ssh", "etc/ssl/private", "etc/sudoers"]
DEVICES = ["null", "zero", "full", "random", "urandom", "tty"]
LINKS = {"fd": "/proc/self/fd", "stdin": "/proc/self/fd/0", "stdout": "/proc/self/fd/1", "stderr": "/proc/self/fd/2"}
OWN = ["tmp", "var/tmp", "run", "root", "home", "opt/ml", "mnt", "srv"]

libc = ctypes.CDLL(None, use_errno=True)


class Attributes(ctypes.Structure):
    """struct mount_attr"""

    _fields_ = [(name, ctypes.c_uint64) for name in ("set", "clear", "propagation", "user")]


def check(result, what):
    if result != 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")


def mount(source, target, flags, kind=None):
    result = libc.mount(os.fsencode(source), os.fsencode(target), kind, ctypes.c_ulong(flags), None)
    check(result, f"mount on {target}")


def write(path, text=""):
    with open(path, "w") as file:
        file.write(text)


def enter_namespaces(own_processes):
    """Enters a user namespace in which this user is root, and a mount namespace whose mounts no other process sees.

    own_processes: whether processes that are forked later have their own process ids, beginning with 1.
    """
    user, group = os.geteuid(), os.getegid()
    check(libc.unshare(CLONE_NEWUSER | CLONE_NEWNS | (CLONE_NEWPID if own_processes else 0)), "unshare")
    write("/proc/self/setgroups", "deny")
    write("/proc/self/uid_map", f"0 {user} 1")
    write("/proc/self/gid_map", f"0 {group} 1")
    mount("none", "/", MS_REC | MS_PRIVATE)


def forbid_writing(target):
    """Makes a mount and those below it read-only. A kernel before 5.12 can do that only for the first."""
    attributes = Attributes(MOUNT_ATTR_RDONLY, 0, 0, 0)
    size = ctypes.c_size_t(ctypes.sizeof(attributes))
    path = os.fsencode(target)
    if libc.syscall(MOUNT_SETATTR, AT_FDCWD, path, AT_RECURSIVE, ctypes.byref(attributes), size) != 0:
        kept = os.statvfs(target).f_flag & (MS_NOSUID | MS_NODEV | MS_NOEXEC)
        mount("none", target, MS_REMOUNT | MS_BIND | MS_RDONLY | kept)


def bind(source, target, read_only):
    if os.path.isdir(source):
        os.makedirs(target, exist_ok=True)
    else:
        os.makedirs(os.path.dirname(target), exist_ok=True)
        if not os.path.exists(target):
            write(target)
    mount(source, target, MS_BIND | MS_REC)
    if read_only:
        forbid_writing(target)


def is_system(path):
    """Tells whether a path is in a folder that every job sees."""
    return path.split("/")[1] in SYSTEM


def show_system(root):
    for name in SYSTEM:
        source, target = f"/{name}", f"{root}/{name}"
        if os.path.islink(source):
            if not os.path.lexists(target):
                os.symlink(os.readlink(source), target)
        elif os.path.isdir(source):
            bind(source, target, True)
    for name in HIDDEN:
        target = f"{root}/{name}"
        if os.path.isdir(target):
            mount("none", target, MS_RDONLY, b"tmpfs")
        elif os.path.exists(target):
            mount("/dev/null", target, MS_BIND)
    # It often is a link into /run, which a job does not see.
    names = os.path.realpath("/etc/resolv.conf")
    if os.path.isfile(names) and not is_system(names):
        bind(names, root + names, True)


def make_devices(root):
    folder = f"{root}/dev"
    os.makedirs(folder, exist_ok=True)
    mount("none", folder, MS_NOSUID, b"tmpfs")
    for name in DEVICES:
        if os.path.exists(f"/dev/{name}"):
            write(f"{folder}/{name}")
            mount(f"/dev/{name}", f"{folder}/{name}", MS_BIND)
    for name, target in LINKS.items():
        os.symlink(target, f"{folder}/{name}")
    os.mkdir(f"{folder}/shm", 0o1777)


def show_processes(root, own_processes):
    """Makes /proc. That of an own namespace has to be made while the machine's is still there."""
    os.makedirs(f"{root}/proc", exist_ok=True)
    if own_processes:
        mount("proc", f"{root}/proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, b"proc")
    else:
        mount("/proc", f"{root}/proc", MS_BIND | MS_REC)


def enter_root(plan):
    """Builds the job's root directory in the folder `root` on disk, and replaces this process's root by it.

    It runs as the first process of the namespace, after enter_namespaces.
    """
    root = plan["root"]
    os.makedirs(root, exist_ok=True)
    # Only a mount can become the root.
    mount(root, root, MS_BIND)
    show_system(root)
    make_devices(root)
    show_processes(root, plan["ownProcesses"])
    for name in OWN:
        os.makedirs(f"{root}/{name}", exist_ok=True)
    for name in ("tmp", "var/tmp"):
        os.chmod(f"{root}/{name}", 0o1777)
    mount(plan["ml"], f"{root}/opt/ml", MS_BIND | MS_REC)
    for path in plan["readable"]:
        if os.path.exists(path) and not is_system(path):
            bind(path, root + path, True)
    # Under its own name too, because variables such as SM_LOCAL_COMMAND_FILE name files in it.
    bind(plan["job"], root + plan["job"], False)
    os.chdir(root)
    check(libc.pivot_root(b".", b"."), "pivot_root")
    check(libc.umount2(b".", MNT_DETACH), "umount2")
    os.chdir("/")


def wait_for(child):
    """Waits for a process, and for orphaned ones meanwhile. Returns its exit code as a shell does."""
    while True:
        pid, status = os.wait()
        if pid == child:
            code = os.waitstatus_to_exitcode(status)
            return code if code >= 0 else 128 - code


def started_environment():
    """Returns the environment of this process without the variables that Python itself adds."""
    with open("/proc/self/environ", "rb") as file:
        return dict(pair.partition(b"=")[::2] for pair in file.read().split(b"\0") if pair)


def run(plan, command):
    """Runs a command in its own root. The signals to this process group reach the command only."""
    environment = started_environment()
    enter_namespaces(plan["ownProcesses"])
    if plan["ownProcesses"]:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        first = os.fork()
        if first != 0:
            os._exit(wait_for(first))
        # The first process ends with its parent, and all others of the namespace with the first.
        libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        enter_root(plan)
        job = os.fork()
        if job != 0:
            os._exit(wait_for(job))
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGPIPE):
            signal.signal(number, signal.SIG_DFL)
    else:
        enter_root(plan)
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    try:
        os.execvpe(command[0], command, environment)
    except OSError as error:
        os.write(2, f"{command[0]}: {os.strerror(error.errno)}\n".encode())
        os._exit(127 if isinstance(error, FileNotFoundError) else 126)


if __name__ == "__main__":
    run(json.loads(sys.argv[1]), sys.argv[2:])
