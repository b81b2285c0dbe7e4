#!/usr/bin/env python3
"""Too much of everything: bodies without end, texts nested by the thousand, connections that say nothing or hardly anything.

Needs --program and --store; the store is only read.
"""

import contextlib
import json
import socket
import time

from shared import Checks, Kept, Wrong, arguments, expect, request

QUERY, UPDATE = "application/sparql-query", "application/sparql-update"


class Overload:
    def __init__(self, checks, kept):
        self.checks, self.kept = checks, kept

    def check(self, name):
        server = self.kept.get()
        self.url, self.port, self.process = server.url, server.port, server.process
        return self.checks.check(name)

    def lives(self):
        time.sleep(0.1)
        expect(self.process.poll() is None, "the server has ended")
        request(self.url, "/sparql", parameters=[("query", "ASK {}")], timeout=20).expect(200)

    def head(self, media_type, *more):
        lines = ("POST /sparql HTTP/1.1", f"Host: 127.0.0.1:{self.port}", f"Content-Type: {media_type}", *more, "", "")
        return "\r\n".join(lines).encode()

    def connect(self, timeout=20):
        return contextlib.closing(socket.create_connection(("127.0.0.1", self.port), timeout))

    def bodies(self):
        big = b"query=" + b"a" * 40_000_000
        for name, path, media_type in (
            ("a form", "/sparql", "application/x-www-form-urlencoded"),
            ("a query", "/sparql", QUERY),
            ("an update", "/sparql", UPDATE),
            ("a graph", "/store?default", "text/turtle"),
            ("a message", "/mcp", "application/json"),
        ):
            with self.check(f"{name} of 40 MB"):
                try:
                    answer = request(
                        self.url,
                        path,
                        "PUT" if "store" in path else "POST",
                        {"Content-Type": media_type, "Accept": "application/json, text/event-stream"},
                        big,
                    )
                    answer.expect(413, 401, 403, 405, 400, 415)
                except (BrokenPipeError, ConnectionResetError):
                    pass  # It did not want to read on, which is as good.
                self.lives()
        with self.check("40 GB are announced"), self.connect(10) as connection:
            connection.sendall(self.head(QUERY, "Content-Length: 42949672960") + b"ASK")
            received = b""
            with contextlib.suppress(OSError):
                received = connection.recv(1000)
            status = int(received.split()[1]) if received else None
            expect(status in (413, 400, 408, None), f"status {status}")
            self.lives()
        with self.check("chunks without end"):
            with self.connect() as connection:
                connection.sendall(
                    f"POST /sparql HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nContent-Type: {QUERY}\r\nTransfer-Encoding: chunked\r\n\r\n".encode()
                )
                chunk = b"10000\r\n" + b"#" * 65536 + b"\r\n"
                n_sent = 0
                try:
                    while n_sent < 3000:
                        connection.sendall(chunk)
                        n_sent += 1
                except OSError:
                    pass
                expect(n_sent < 3000, "it took 190 MB")
            self.lives()
        for name, text in (
            ("parentheses", "SELECT * { FILTER(" + "(" * 20_000 + "1" + ")" * 20_000 + ") }"),
            ("groups", "SELECT * " + "{" * 20_000 + "}" * 20_000),
            ("a path", "SELECT * { ?s " + "(" * 9000 + "<a:a>" + ")*" * 9000 + " ?o }"),
            ("unions", "ASK { " + "{} UNION " * 20_000 + "{} }"),
            ("blank nodes", "ASK { ?s ?p " + "[ ?p " * 20_000 + "1" + " ]" * 20_000 + " }"),
            ("lists", "ASK { ?s ?p " + "(" * 20_000 + ")" * 20_000 + " }"),
            ("minus signs", "ASK { FILTER(" + "-" * 50_000 + "1 = 1) }"),
            ("not", "ASK { FILTER(" + "!" * 50_000 + "true) }"),
            ("additions", "ASK { FILTER(0 < 1" + "+1" * 50_000 + ") }"),
            ("triples", "ASK { " + "?s ?p ?o . " * 20_000 + "}"),
            ("exists", "ASK { " + "FILTER EXISTS { " * 5000 + "}" * 5000 + " }"),
            ("subqueries", "SELECT * { " * 5000 + "}" * 5000),
        ):
            with self.check(f"a query of thousands of nested {name}"):
                try:
                    request(self.url, "/sparql", "POST", {"Content-Type": QUERY}, text, timeout=90).expect(200, 4, 503)
                except (ConnectionError, OSError, EOFError) as error:
                    raise Wrong(f"the connection broke: {error!r}") from error
                finally:
                    self.lives()
        for name, text in (
            ("arrays", "[" * 100_000),
            ("objects", '{"a":' * 100_000),
            ("a batch", json.dumps([{"jsonrpc": "2.0", "id": n, "method": "tools/list"} for n in range(20_000)])),
            ("nothing", ""),
            ("bytes", "\xff\xfe"),
        ):
            with self.check(f"/mcp is sent {name}"):
                request(
                    self.url,
                    "/mcp",
                    "POST",
                    {"Content-Type": "application/json", "Accept": "application/json, text/event-stream"},
                    text.encode("latin-1"),
                ).expect(4)
                self.lives()

    # Silent and slow connections

    def silent(self, n_connections=1000):
        with self.check(f"{n_connections} connections that say nothing: others are served"):
            held = []
            try:
                for n in range(n_connections):
                    connection = socket.create_connection(("127.0.0.1", self.port), 10)
                    if n % 2:
                        connection.sendall(b"GET / HTTP/1.1\r\nHo")
                    held.append(connection)
            except OSError:
                pass  # It takes no more; those it has it must serve.
            try:
                expect(len(held) > 100, f"only {len(held)} connections could be made")
                slowest = max(self.time_of_one() for _ in range(20))
                expect(slowest < 2, f"one answer took {slowest:.1f} s")
            finally:
                for connection in held:
                    connection.close()
            self.lives()
        with self.check("a head that never ends is given up"):
            self.given_up(b"GET / HTTP/1.1\r\nHost: x\r\n", b"X-A: b\r\n")
        with self.check("a body of a byte a second is given up"):
            self.given_up(
                f"POST /sparql HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nContent-Type: {QUERY}\r\nContent-Length: 100000\r\n\r\n".encode(),
                b"#",
            )

    def time_of_one(self):
        began = time.monotonic()
        request(self.url, "/sparql", parameters=[("query", "ASK {}")], timeout=20).expect(200)
        return time.monotonic() - began

    def given_up(self, start, drop, seconds=75):
        with self.connect(5) as connection:
            connection.sendall(start)
            connection.settimeout(1)
            end = time.monotonic() + seconds
            while time.monotonic() < end:
                try:
                    connection.sendall(drop)
                    if connection.recv(1000) is not None:
                        return
                except TimeoutError:
                    continue
                except OSError:
                    return
        raise Wrong(f"it still listens after {seconds} s")


def main():
    parsed = arguments(__doc__)
    if not parsed.program:
        raise SystemExit("this needs --program and --store")
    checks = Checks("Overload")
    with contextlib.ExitStack() as servers:
        overload = Overload(checks, Kept(servers, parsed.program, parsed.store))
        for part in (overload.bodies, overload.silent):
            part()
        with overload.check("after all this the server lives"):
            overload.lives()
    checks.finish()


if __name__ == "__main__":
    main()
