"""Whether the process a PostgreSQL pid file names is really that server."""

import os
import platform
import subprocess
import time
from pathlib import Path


def postmaster_pid(cluster: Path) -> int | None:
    """The process number in postmaster.pid; None when there is no such file, or it is unreadable."""
    try:
        return int((cluster / "postmaster.pid").read_text().splitlines()[0])
    except (FileNotFoundError, IndexError, ValueError):
        return None


def says_ready(cluster: Path) -> bool:
    """Whether the server of this cluster last wrote that it takes connections."""
    try:
        return (cluster / "postmaster.pid").read_text().splitlines()[7].strip() == "ready"
    except (FileNotFoundError, IndexError):
        return False


def is_postmaster(pid: int, cluster: Path) -> bool:
    """True if that process lives and is the server of this cluster.

    After a crash or a new boot the number may belong to anything; a killed process that
    nobody has waited for keeps its number too, but has no command line.
    """
    command = _command_line(pid)
    return "postgres" in command and str(cluster) in command


def _command_line(pid: int) -> str:
    if platform.system() == "Linux":
        try:
            return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            return ""
    listed = subprocess.run(  # noqa: S603 - a program of ours, no shell text
        ["/bin/ps", "-ww", "-o", "command=", "-p", str(pid)],
        capture_output=True, text=True, errors="replace", check=False,
    )  # fmt: skip
    return listed.stdout


def exists(pid: int) -> bool:
    """True if any process, alive or not yet waited for, has this number."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def dead_pid() -> int:
    """The number of a process that has just ended."""
    child = subprocess.Popen(["/bin/sh", "-c", "exit"])
    child.wait()
    return child.pid


def wait_for_end(pid: int, cluster: Path, seconds: float) -> bool:
    """Wait until that server has ended. False if it has not after `seconds`."""
    deadline = time.monotonic() + seconds
    while is_postmaster(pid, cluster):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True
