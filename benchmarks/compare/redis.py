"""A Redis of our own for a run: started on a free port, asked what it did, and stopped again by its id."""

import socket
import subprocess
import time
from dataclasses import dataclass

from proxies import CannotRun, free_port, installed

START_LIMIT = 10  # seconds


@dataclass
class Counted:
    """What a Redis has done so far, or between two moments."""

    calls: int      # of scripts: each is one decision about limits
    reads: int      # system calls with which it took them from its connections
    seconds: float  # of CPU time

    def since(self, before):
        return Counted(*(getattr(self, each) - getattr(before, each) for each in self.__dataclass_fields__))


class Redis:
    """Keeps nothing on disk, and listens on 127.0.0.1 only."""

    def __init__(self, work):
        self.port = free_port()
        log = work / 'redis.log'
        command = [installed('redis-server'), '--port', str(self.port), '--bind', '127.0.0.1', '--save', '',
                   '--appendonly', 'no', '--dir', str(work), '--logfile', str(log)]
        self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                        stderr=subprocess.DEVNULL, start_new_session=True)
        end = time.monotonic() + START_LIMIT
        while not self.answers():
            if self.process.poll() is not None or time.monotonic() > end:
                self.stop()
                raise CannotRun(f'redis-server does not start: see {log}')
            time.sleep(.02)

    @property
    def pids(self):
        return [self.process.pid]

    def answers(self):
        try:
            return '+PONG' in self.ask('PING')
        except OSError:
            return False

    def ask(self, line):
        with socket.create_connection(('127.0.0.1', self.port), 2) as connection:
            connection.sendall(f'{line}\r\nQUIT\r\n'.encode())
            said = b''
            while received := connection.recv(65536):
                said += received
            return said.decode()

    def counted(self):
        said = self.ask('INFO everything')
        figures = dict(line.split(':', 1) for line in said.split('\r\n') if ':' in line)
        scripts = sum(int(figures[name].split('calls=')[1].split(',')[0])
                      for name in ('cmdstat_evalsha', 'cmdstat_eval') if name in figures)
        return Counted(scripts, int(figures['total_reads_processed']),
                       float(figures['used_cpu_user']) + float(figures['used_cpu_sys']))

    def stop(self):
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(5)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
