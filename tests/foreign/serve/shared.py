"""What the checks of the server have in common: a line for each check, a plain HTTP client, a server to start and stop.

The client is the standard library's, since it sends precisely what it is told: no Accept, no Content-Type of its own.
"""

import argparse
import contextlib
import http.client
import re
import subprocess
import sys
import threading
import traceback
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit


class Checks:
    """Prints a line for each check, and knows at the end whether one failed."""

    def __init__(self, title):
        self.n_failed = self.n_good = 0
        print(f"# {title}", flush=True)

    @contextlib.contextmanager
    def check(self, name):
        try:
            yield
        except Skipped as reason:
            print(f"skipped {name}: {reason}", flush=True)
        except Exception as error:  # A program that is not ours may fail in any way.
            self.n_failed += 1
            why = str(error) or traceback.format_exc().strip().splitlines()[-1]
            if not isinstance(error, Wrong):
                why = f"{type(error).__name__}: {why}"
            print(f"FAIL {name}: {' '.join(why.split())[:600]}", flush=True)
        else:
            self.n_good += 1
            print(f"ok {name}", flush=True)

    def finish(self):
        print(f"# {self.n_good} good, {self.n_failed} failed", flush=True)
        sys.exit(1 if self.n_failed else 0)


class Wrong(Exception):
    """The server did something else than it should."""


class Skipped(Exception):
    """Cannot be checked here, and why."""


def expect(is_so, why):
    if not is_so:
        raise Wrong(why)


# HTTP


@dataclass
class Answer:
    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def media_type(self):
        return (self.headers.get("Content-Type") or "").split(";")[0].strip().lower()

    @property
    def text(self):
        return self.body.decode("utf-8", "replace")

    def values(self, header):
        """The comma-separated values of a header, in lower case."""
        lines = self.headers.get_all(header) or []
        return {value.strip().lower() for line in lines for value in line.split(",") if value.strip()}

    def expect(self, *allowed):
        """That the status is one of these, where 4 stands for any of 400 to 499."""
        if self.status not in allowed and self.status // 100 not in allowed:
            raise Wrong(f"status {self.status} instead of {' or '.join(map(str, allowed))}: {self.text[:300]!r}")
        return self


def request(url, path="", method="GET", headers=None, body=None, parameters=(), timeout=60, most=200_000_000):
    """Sends one request and nothing that is not said here, but for Host and Content-Length; follows no redirect."""
    parts = urlsplit(url)
    path = path or parts.path or "/"
    if parts.query and "?" not in path:
        path += "?" + parts.query
    if parameters:
        path += ("&" if "?" in path else "?") + urlencode(list(parameters))
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=timeout)
    try:
        connection.putrequest(method, path, skip_accept_encoding=True, skip_host="Host" in (headers or {}))
        for name, value in (headers or {}).items():
            for line in value if isinstance(value, list) else [value]:
                connection.putheader(name, line)
        body = body.encode() if isinstance(body, str) else body
        if body is not None:
            connection.putheader("Content-Length", str(len(body)))
        connection.endheaders(body)
        response = connection.getresponse()
        received = response.read(most)
        if len(received) == most and response.read(1):
            raise Wrong(f"it sends more than {most} bytes")
        return Answer(response.status, response.headers, received)
    finally:
        connection.close()


def bearer(token):
    return {"Authorization": f"Bearer {token}"} if token else {}


# The server


@dataclass
class Server:
    url: str
    process: subprocess.Popen
    log: list

    @property
    def port(self):
        return urlsplit(self.url).port


@contextlib.contextmanager
def serving(program, store, *options, timeout=60):
    """Runs `amml-graph serve` on a free port, and ends it."""
    command = [program, "serve", "--store", str(store), "--bind", "127.0.0.1:0", *map(str, options)]
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    log, is_ready, url = [], threading.Event(), []

    def read():
        for line in process.stderr:
            log.append(line)
            if found := re.search(r"listening on (http://\S+?)/?\s*$", line):
                url.append(found[1])
                is_ready.set()
        is_ready.set()

    threading.Thread(target=read, daemon=True).start()
    try:
        is_ready.wait(timeout)
        if not url:
            raise SystemExit(f"the server did not start: {' '.join(command)}\n{''.join(log)}")
        yield Server(url[0], process, log)
    finally:
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


class Kept:
    """A server that is started again when something has ended it, so that one fault does not hide the others."""

    def __init__(self, servers, program, store, *options):
        self.start = lambda: servers.enter_context(serving(program, store, *options))
        self.server = None

    def get(self):
        if self.server is None or self.server.process.poll() is not None:
            self.server = self.start()
        return self.server


def arguments(doc, *more):
    """`--url` of a server that runs, or `--program` and `--store` for one that is started here."""
    parser = argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--url", help="the address of the server, as http://127.0.0.1:8080")
    parser.add_argument("--program", help="amml-graph, to start a server with --store where no --url is given")
    parser.add_argument("--store", help="the store to serve")
    for name, options in more:
        parser.add_argument(name, **options)
    parsed = parser.parse_args()
    if not parsed.url and not (parsed.program and parsed.store):
        parser.error("give --url, or --program and --store")
    if parsed.url:
        parsed.url = parsed.url.rstrip("/")
    return parsed


@contextlib.contextmanager
def target(parsed, *options):
    """The address of the server to check: the one given, or one started for this."""
    if parsed.url:
        yield parsed.url
    else:
        with serving(parsed.program, parsed.store, *options) as server:
            yield server.url
