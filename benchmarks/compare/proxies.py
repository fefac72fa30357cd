"""The proxies that are compared: how each is set up, started and stopped, and the first request through it."""

import base64
import json
import os
import random
import re
import shlex
import shutil
import signal
import socket
import string
import subprocess
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import processes

HERE = Path(__file__).resolve().parent
GATEHOUSE = str(HERE.parents[1] / 'gatehouse')
ARGUMENTS = ' proxy 127.0.0.1:{port} http://127.0.0.1:{service} --loops {loops} --transport {transport} -q'
START_LIMIT, BUILD_LIMIT = 60, 900  # seconds


class CannotRun(Exception):
    """Something is missing or does not start; the message says what."""


@dataclass(eq=False)
class Proxy:
    """One proxy: first what to run, then, between start() and stop(), what runs."""

    name: str
    command: list
    port: int
    transport: str = None  # of a Gatehouse, '' if its command leaves no choice; None for a peer
    access_log: Path = None
    header: str = None  # what clients send besides, with its name
    redis: object = None  # where it counts its limit; None for its own memory

    process: subprocess.Popen = None
    pids: list = field(default_factory=list)
    start_ms: float = 0.0
    missing: list = field(default_factory=list)  # headers it should have added and did not

    @property
    def is_peer(self):
        return self.transport is None

    @property
    def is_jvm(self):
        return any(Path(f'/proc/{pid}/exe').resolve().name == 'java' for pid in self.pids)

    def start(self, service_port, work):
        output = work / f'{self.name}.out'
        with FirstAnswer(service_port) as service, open(output, 'wb') as out:
            began = time.monotonic()
            try:
                self.process = subprocess.Popen(self.command, stdin=subprocess.DEVNULL, stdout=out,
                                                stderr=subprocess.STDOUT, start_new_session=True)
            except OSError as problem:
                raise CannotRun(f'{self.name} does not start: {problem}') from problem
            while not answers(self.port, self.header):
                if self.process.poll() is not None or time.monotonic() - began > START_LIMIT:
                    said = output.read_text(errors='replace').strip()[-600:]
                    raise CannotRun(f'{self.name} gave no answer on port {self.port}: {said or "it said nothing"}')
                time.sleep(.005)
            self.start_ms = (time.monotonic() - began) * 1000
            sent = service.last_head.lower()
        self.missing = [name for name in ('x-forwarded-for', 'x-request-id') if f'\r\n{name}:' not in sent]
        self.pids = processes.descendants(self.process.pid)

    def stop(self):
        """Ends the processes this object has started, and no others."""
        if not self.process or self.process.poll() is not None:
            return
        pids = processes.descendants(self.process.pid)
        for pid in pids:
            processes.send_signal(pid, signal.SIGTERM)
        end = time.monotonic() + 5
        while any(map(processes.alive, pids)) and time.monotonic() < end:
            time.sleep(.02)
        for pid in filter(processes.alive, pids):
            processes.send_signal(pid, signal.SIGKILL)
        self.process.wait()


# --------------------------------------------------------------------------------------------- what can be compared


def gatehouse(command, transport, routes=0, log=False, who=None, redis=None):
    """`command` is a launcher, to which `proxy …` is appended, or a whole command line with {port} and {service}.

    With `routes` the launcher gets `run` and a file with so many, of which one is asked; with `log` the file wants an
    access log as well; with `who`, a Credential, it asks for its token, wants a role, and counts a limit of the user's,
    with `redis` in that one.
    """

    def make(name, loops, port, service, work):
        arguments = ARGUMENTS
        if routes:
            file = work / f'{name}-{routes}.yaml'
            lines = work / f'{name}.access.log' if log else None
            file.write_text(configuration(routes, loops, port, service, transport, lines, who, redis))
            arguments = f' run -q -f {file}'
        line = command if '{port}' in command else command + arguments
        for key, value in {'port': port, 'service': service, 'loops': loops, 'transport': transport}.items():
            line = line.replace('{' + key + '}', str(value))
        return Proxy(name, shlex.split(line), port, transport, header=who.header if who else None, redis=redis,
                     access_log=work / f'{name}.access.log' if routes and log else None)

    return make


def configuration(routes, loops, port, service, transport, log=None, who=None, redis=None):
    """A file as a shop might have it: a collection and an item of each kind of thing, the measured kind among them.

    The admin API is on, and with it whatever remembers and counts requests.
    """
    lines = [f'listeners: {{ public: {{ bind: 127.0.0.1, port: {port} }} }}', f'admin: {{ port: {free_port()} }}',
             f'runtime: {{ loops: {loops}, transport: {transport} }}',
             f'services: {{ shop: {{ instances: [ "127.0.0.1:{service}" ] }} }}', 'routes:',
             '  - { path: "/api/orders/{id}", service: shop }', '  - { path: /api/orders, service: shop }']
    lines += [f'  - {{ path: "/api/things{i}' + ('/{id}"' if i % 2 else '"') + ', service: shop }'
              for i in range(routes - 2)]
    if who:
        lines += ['security:', '  authentication:',
                  f'    customer: {{ type: jwt, public_key: {who.public_key}, algorithms: [RS256], issuer: shop }}',
                  '  authorization: { policies: [ { path: "/api/**", roles: [customer] } ] }',
                  'defaults: { auth: customer, rate_limit: { per: user, limit: 100_000_000/min } }']
    if redis:
        lines.append(f'stores: {{ shared: {{ type: redis, url: "redis://127.0.0.1:{redis.port}" }} }}')
    if log:
        lines.append(f'telemetry: {{ access_log: {{ to: {{ file: {log} }} }} }}')
    return '\n'.join(lines) + '\n'


class Credential:
    """A token as identity providers make them, signed with RS256 and good for a day, and the key that verifies it."""

    def __init__(self, work):
        key, self.public_key = work / 'token.key', work / 'token.pub'
        openssl = installed('openssl')
        subprocess.run([openssl, 'genpkey', '-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048', '-out', str(key)],
                       check=True, stderr=subprocess.DEVNULL)
        subprocess.run([openssl, 'pkey', '-in', str(key), '-pubout', '-out', str(self.public_key)], check=True)
        claims = {'iss': 'shop', 'sub': 'u4711', 'roles': ['customer'], 'exp': int(time.time()) + 86400,
                  'iat': int(time.time()), 'jti': '5d41402abc4b2a76b9719d911017c592', 'name': 'Alice Example'}
        signed = '.'.join(base64url(json.dumps(part).encode()) for part in ({'alg': 'RS256', 'typ': 'JWT'}, claims))
        signature = subprocess.run([openssl, 'dgst', '-sha256', '-sign', str(key)], input=signed.encode(),
                                   capture_output=True, check=True).stdout
        self.header = f'Authorization: Bearer {signed}.{base64url(signature)}'


def base64url(octets):
    return base64.urlsafe_b64encode(octets).rstrip(b'=').decode()


def nginx(name, loops, port, service, work, tls=''):
    log = work / f'{name}.access.log' if name.startswith('nginx-log') else None
    access_log = f'access_log {log} combined buffer=64k flush=1s;' if log else 'access_log off;'
    config = fill('nginx.conf', work / f'{name}.conf', name=name, loops=loops, port=port, service=service, work=work,
                  access_log=access_log, tls=tls)
    return Proxy(name, [installed('nginx'), '-c', str(config)], port, access_log=log)


def haproxy(name, loops, port, service, work, tls=''):
    config = fill('haproxy.cfg', work / f'{name}.cfg', loops=loops, port=port, service=service, tls=tls)
    return Proxy(name, [installed('haproxy'), '-db', '-f', str(config)], port)


def scg(name, loops, port, service, work):
    """Spring Cloud Gateway. Of G1 and the serial collector, and of more heap, this costs the least per request."""
    java_home, built = jdk(25), work / 'scg'
    build_scg(java_home, built)
    return Proxy(name, [str(java_home / 'bin/java'), '-Xms256m', '-Xmx256m', '-XX:+UseSerialGC',
                        f'-Dreactor.netty.ioWorkerCount={loops}', '-cp', f'{built}/scg.jar:{built}/lib/*',
                        'dev.gatehouse.compare.Gateway', f'--server.port={port}', f'--service.port={service}'], port)


PEERS = {'nginx': nginx, 'nginx-log': nginx, 'haproxy': haproxy, 'scg': scg}


def fill(template, target, **values):
    class Template(string.Template):
        delimiter = '@'  # nginx has its own use for the dollar

    target.write_text(Template((HERE / 'peers' / template).read_text()).substitute(values))
    return target


def installed(program):
    # Debian keeps servers in sbin, which is not on everybody's path.
    path = shutil.which(program, path=os.environ.get('PATH', '') + ':/usr/sbin:/usr/local/sbin')
    if not path:
        raise CannotRun(f'{program} is not installed')
    return path


def jdk(version):
    homes = [Path(os.environ['JAVA_HOME'])] if os.environ.get('JAVA_HOME') else []
    for home in homes + sorted(Path('/usr/lib/jvm').glob('*')):
        for line in processes.read(home / 'release').splitlines():
            if line.startswith('JAVA_VERSION=') and int(line.split('"')[1].split('.')[0]) >= version:
                return home
    raise CannotRun(f'no JDK {version}: install one or set JAVA_HOME')


def build_scg(java_home, target):
    jar, source = target / 'scg.jar', HERE / 'scg'
    if jar.exists() and jar.stat().st_mtime > max(path.stat().st_mtime for path in source.rglob('*')):
        return
    shutil.rmtree(target, ignore_errors=True)
    command = [installed('mvn'), '-q', '-B', '-f', str(source / 'pom.xml'), f'-Doutput={target}', 'package']
    done = subprocess.run(command, env={**os.environ, 'JAVA_HOME': str(java_home)}, stdin=subprocess.DEVNULL,
                          capture_output=True, text=True, timeout=BUILD_LIMIT)
    if done.returncode:
        raise CannotRun(f'Spring Cloud Gateway does not build: {(done.stdout + done.stderr).strip()[-600:]}')


def named(command):
    """The name and the command of `[NAME=]COMMAND`."""
    given = re.match(r'([a-z][\w.-]*)=(.*)', command)
    return given.groups() if given else ('gatehouse', command)


def build_gatehouse(command):
    """A launcher builds when it must: it shall do so before its start is timed. What it says here does not matter."""
    if '{port}' not in command:
        try:
            subprocess.run(shlex.split(command) + ['--version'], stdin=subprocess.DEVNULL, capture_output=True,
                           timeout=BUILD_LIMIT)
        except OSError:
            pass  # starting it will fail the same way, and tell


# -------------------------------------------------------------------------------------------------- the first answer


class FirstAnswer:
    """A service for the time in which a proxy starts: it answers, and remembers what the proxy sent it."""

    def __init__(self, port):
        self.port, self.last_head, self.connections = port, '', []

    def __enter__(self):
        self.listener = socket.create_server(('127.0.0.1', self.port))
        threading.Thread(target=self.accept, daemon=True).start()
        return self

    def __exit__(self, *_):
        for each in [self.listener, *self.connections]:
            # close() alone would leave it open while a thread waits in it, and the proxy would use it again.
            try:
                each.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass  # the proxy closed it first
            each.close()

    def accept(self):
        try:
            while True:
                connection, _ = self.listener.accept()
                self.connections.append(connection)
                threading.Thread(target=self.answer, args=[connection], daemon=True).start()
        except OSError:
            pass  # closed

    def answer(self, connection):
        data = b''
        try:
            while received := connection.recv(65536):
                data += received
                if b'\r\n\r\n' in data:
                    self.last_head, data = data.decode('latin-1'), b''
                    connection.sendall(b'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok')
        except OSError:
            pass  # closed


def answers(port, header=None):
    try:
        with socket.create_connection(('127.0.0.1', port), 1) as connection:
            connection.settimeout(2)
            more = f'{header}\r\n' if header else ''
            connection.sendall(f'GET /api/orders/4711 HTTP/1.1\r\nHost: shop.example.com\r\n{more}'
                               'Connection: close\r\n\r\n'.encode())
            return connection.recv(4096).startswith(b'HTTP/1.1 200')
    except OSError:
        return False


ports_given = set()


def free_port():
    # Below the range the kernel takes the ports of outgoing connections from: those come and go between the slices.
    while True:
        port = random.randrange(20000, 30000)
        with socket.socket() as probe:
            try:
                probe.bind(('127.0.0.1', port))
            except OSError:
                continue
        if port not in ports_given:
            ports_given.add(port)
            return port
