"""Processes as the kernel shows them in /proc: who started whom, what they used, and ending them."""

import os
from pathlib import Path


def read(path):
    try:
        return Path(path).read_text(errors='replace')
    except OSError:
        return ''  # gone meanwhile


def processes():
    """Every process with the fields of its stat file from the state on; the name before it may hold blanks."""
    for pid in filter(str.isdigit, os.listdir('/proc')):
        stat = read(f'/proc/{pid}/stat')
        if stat:
            yield int(pid), stat[stat.rindex(')') + 2:].split()


def descendants(root):
    """A process and all it has started: a launcher and its JVM, a master and its workers."""
    children = {}
    for pid, fields in processes():
        children.setdefault(int(fields[1]), []).append(pid)
    found = [root]
    for pid in found:
        found += children.get(pid, [])
    return found


def cpu_of_others(proxy_pids):
    """CPU seconds so far of all but the proxy and us; of their ended children too, or a build would not show."""
    ticks = sum(sum(map(int, fields[11:15])) for pid, fields in processes()
                if pid not in proxy_pids and pid != os.getpid())
    return ticks / os.sysconf('SC_CLK_TCK')


def rss_mb(pids):
    kib = 0
    for pid in pids:
        for line in read(f'/proc/{pid}/status').splitlines():
            if line.startswith('VmRSS:'):
                kib += int(line.split()[1])
    return kib / 1024


def pin(pids, cpus):
    for _ in range(2):  # a thread born meanwhile inherits from one that may not have been pinned yet
        for pid in pids:
            for thread in threads(pid):
                try:
                    os.sched_setaffinity(thread, cpus)
                except OSError:
                    pass  # gone meanwhile, or one of the kernel's io_uring workers, which it places itself


def threads(pid):
    try:
        return [int(thread) for thread in os.listdir(f'/proc/{pid}/task')]
    except OSError:
        return []


def alive(pid):
    stat = read(f'/proc/{pid}/stat')
    return bool(stat) and stat[stat.rindex(')') + 2] != 'Z'


def send_signal(pid, number):
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        pass
