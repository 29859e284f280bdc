"""What a running program uses: CPU time of all its threads and children, memory, its UDP socket."""

import ctypes
import os
import re
import socket
from pathlib import Path

PIDFD_OPEN, PIDFD_GETFD = 434, 438  # system calls that Python 3.11 has no names for
SO_RCVBUFFORCE = 33
NS_PER_TICK = 10**9 // os.sysconf("SC_CLK_TCK")


def tree(pid):
    """The process and its descendants."""
    found = [pid]
    for task in Path(f"/proc/{pid}/task").iterdir():
        try:
            children = (task / "children").read_text().split()
        except OSError:
            continue
        for child in children:
            found += tree(int(child))
    return found


def cpu_ns(pid):
    """Time on a CPU so far, user and system; to the nanosecond where the kernel counts that."""
    return sum(_task_ns(task) for one in tree(pid) for task in Path(f"/proc/{one}/task").iterdir())


def _task_ns(task):
    try:
        if (task / "schedstat").exists():
            return int((task / "schedstat").read_text().split()[0])
        fields = (task / "stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) * NS_PER_TICK
    except FileNotFoundError:
        return 0  # a thread that ended just now


def memory_kb(pid, what):
    """Rss or Pss of the process and its descendants."""
    total = 0
    for one in tree(pid):
        text = Path(f"/proc/{one}/smaps_rollup").read_text()
        total += int(re.search(rf"^{what}:\s+(\d+)", text, re.M).group(1))
    return total


def set_receive_buffer(pid, port, size):
    """Gives the UDP socket of another process this receive buffer; returns what it then has.

    Servers ask for theirs in different ways, and some get less than they ask for.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    inode = _udp_inode(port)
    held = next(int(fd.name) for fd in Path(f"/proc/{pid}/fd").iterdir()
                if os.readlink(fd) == f"socket:[{inode}]")
    process = libc.syscall(PIDFD_OPEN, pid, 0)
    copied = libc.syscall(PIDFD_GETFD, process, held, 0)
    os.close(process)
    if copied < 0:
        raise OSError(ctypes.get_errno(), "can't reach the server's socket")
    with socket.socket(fileno=copied) as shared:
        try:
            shared.setsockopt(socket.SOL_SOCKET, SO_RCVBUFFORCE, size)
        except PermissionError:
            shared.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, size)
        return shared.getsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF) // 2


def _udp_inode(port):
    for _ in range(20):  # a list that changes while it is read may lack a line
        for line in Path("/proc/net/udp").read_text().splitlines()[1:]:
            fields = line.split()
            if int(fields[1].split(":")[1], 16) == port:
                return fields[9]
    raise LookupError(f"nobody has UDP port {port}")
