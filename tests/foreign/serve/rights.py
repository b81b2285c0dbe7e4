#!/usr/bin/env python3
"""What nobody may do, and what only those with the token: reach into the network through the server, write, read from pages of
other origins.

Needs --program and --store; the store is only read, what is written goes into a copy.
"""

import shutil
import socket
import tempfile
import time
from contextlib import closing
from pathlib import Path

from shared import Checks, Wrong, arguments, bearer, expect, request, serving

TOKEN = "correct-horse-battery-staple-0123456789"
QUERY, UPDATE = "application/sparql-query", "application/sparql-update"


def outside(checks, url):
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        listener.settimeout(0.1)
        port = listener.getsockname()[1]
        addresses = (
            f"http://127.0.0.1:{port}/sparql",
            f"http://localhost:{port}/",
            f"http://[::ffff:127.0.0.1]:{port}/",
            f"http://2130706433:{port}/",
            "http://169.254.169.254/latest/meta-data/",
            f"https://127.0.0.1:{port}/",
            "file:///etc/passwd",
            "ftp://127.0.0.1/",
        )

        def untouched():
            try:
                listener.accept()
            except TimeoutError:
                return
            raise Wrong("it made the connection")

        for address in addresses:
            for silent in ("", "SILENT "):
                with checks.check(f"SERVICE {silent}<{address}>"):
                    began = time.monotonic()
                    answer = request(
                        url,
                        "/sparql",
                        "POST",
                        {"Content-Type": QUERY, "Accept": "application/sparql-results+json"},
                        f"SELECT * {{ SERVICE {silent}<{address}> {{ ?s ?p ?o }} }}",
                        timeout=10,
                    )
                    answer.expect(4, *((200,) if silent else ()))
                    expect(b"root:" not in answer.body, "it gave /etc/passwd")
                    expect(time.monotonic() - began < 3, "it took long: did it try?")
                    untouched()
        for name, query in (
            ("a variable", f"SELECT * {{ VALUES ?e {{ <http://127.0.0.1:{port}/> }} SERVICE ?e {{ ?s ?p ?o }} }}"),
            ("EXISTS", f"ASK {{ FILTER EXISTS {{ SERVICE <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }} }}"),
            ("FROM", f"ASK FROM <http://127.0.0.1:{port}/> {{ ?s ?p ?o }}"),
            (
                "a subquery",
                f"ASK {{ {{ SELECT * {{ OPTIONAL {{ SERVICE SILENT <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }} }} }} }}",
            ),
        ):
            with checks.check(f"SERVICE by {name}"):
                request(url, "/sparql", "POST", {"Content-Type": QUERY}, query).expect(4, 200)
                untouched()
        with checks.check("default-graph-uri is not fetched"):
            request(
                url,
                "/sparql",
                parameters=[("query", "ASK {}"), ("default-graph-uri", f"http://127.0.0.1:{port}/x.ttl")],
            ).expect(200)
            untouched()


class Writing:
    """Who may write, and what not even they."""

    def __init__(self, checks, server, token, is_writable):
        self.check, self.url = checks.check, server.url
        self.token, self.is_writable = token, is_writable

    def count(self):
        answer = request(
            self.url,
            "/sparql",
            headers={"Accept": "text/csv"},
            parameters=[("query", "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }")],
        ).expect(200)
        return int(answer.text.split()[1])

    def refused(
        self,
        name,
        *allowed,
        headers=None,
        body="INSERT DATA { GRAPH <x:g> { <x:a> <x:b> 1 } }",
        method="POST",
        path="/sparql",
        media_type=UPDATE,
    ):
        with self.check(name):
            before = self.count()
            answer = request(self.url, path, method, {"Content-Type": media_type, **(headers or {})}, body)
            answer.expect(*allowed)
            expect(self.count() == before, "it was written")

    def all(self):
        kind = "writable" if self.is_writable else "read-only"
        wrong = {
            "no token": {},
            "a wrong token": bearer("wrong"),
            "an empty token": {"Authorization": "Bearer "},
            "half of the token": bearer(TOKEN[:-1]),
            "more than the token": bearer(TOKEN + "x"),
            "another scheme": {"Authorization": f"Basic {TOKEN}"},
            "a token in capitals": bearer(TOKEN.upper()),
            "two tokens": {"Authorization": [f"Bearer {TOKEN}x", f"Bearer {TOKEN}"]},
            "a token of nonsense": {"Authorization": b"Bearer \xff\xfe"},
        }
        for name, headers in wrong.items():
            allowed = (400, 401, 403) if self.is_writable else (400, 401, 403, 405)
            self.refused(f"{kind}: an update with {name}", *allowed, headers=headers)
            self.refused(
                f"{kind}: PUT of a graph with {name}",
                *allowed,
                404,
                headers=headers,
                body="<x:a> <x:b> 1 .",
                method="PUT",
                path="/store?graph=x:g",
                media_type="text/turtle",
            )
        self.refused(f"{kind}: the token in the address", 400, 401, 403, 405, path=f"/sparql?access_token={TOKEN}")
        if not self.is_writable:
            self.refused("read-only: an update with the token", 401, 403, 405, headers=bearer(TOKEN))
            return
        mine = bearer(TOKEN)
        self.refused("the token from another origin", 403, headers={**mine, "Origin": "https://evil.example"})
        self.refused("the token from no origin", 403, headers={**mine, "Origin": "null"})
        self.refused(
            "a form from another site",
            401,
            403,
            headers={"Origin": "https://evil.example"},
            media_type="application/x-www-form-urlencoded",
            body="update=CLEAR+ALL",
        )
        self.refused("LOAD of a file", 400, 403, headers=mine, body="LOAD <file:///etc/passwd> INTO GRAPH <x:g>")
        with closing(socket.create_server(("127.0.0.1", 0))) as listener:
            listener.settimeout(0.3)
            address = f"http://127.0.0.1:{listener.getsockname()[1]}/x.ttl"
            self.refused("LOAD of an address", 400, 403, headers=mine, body=f"LOAD <{address}> INTO GRAPH <x:g>")
            self.refused(
                "LOAD SILENT of an address", 400, 403, 200, 204, headers=mine, body=f"LOAD SILENT <{address}> INTO GRAPH <x:g>"
            )
            self.refused(
                "an update that asks a service",
                400,
                403,
                headers=mine,
                body=f"INSERT {{ ?s ?p ?o }} WHERE {{ SERVICE <{address}> {{ ?s ?p ?o }} }}",
            )
            with self.check("no connection was made"):
                try:
                    listener.accept()
                except TimeoutError:
                    return
                raise Wrong("one was")

    def allowed(self):
        with self.check("writable: the token from here, and the change is seen at once"):
            for origin in ({}, {"Origin": self.url}):
                request(
                    self.url,
                    "/sparql",
                    "POST",
                    {"Content-Type": UPDATE, **bearer(TOKEN), **origin},
                    "INSERT DATA { GRAPH <x:g> { <x:a> <x:b> 1 } }",
                ).expect(200, 204)
                before = self.count()
                request(
                    self.url, "/sparql", "POST", {"Content-Type": UPDATE, **bearer(TOKEN), **origin}, "DROP GRAPH <x:g>"
                ).expect(200, 204)
                expect(self.count() == before - 1, "it was not removed")


def cross_origin(checks, parsed):
    """With --cors one origin may read, and only that one."""
    with serving(parsed.program, parsed.store, "--cors", "https://friend.example") as server:
        for origin, is_allowed in (
            ("https://friend.example", True),
            ("https://evil.example", False),
            ("https://friend.example.evil.example", False),
            ("http://friend.example", False),
            ("null", False),
        ):
            with checks.check(f"--cors: {origin}"):
                for method, more in (
                    ("GET", {}),
                    ("OPTIONS", {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}),
                ):
                    answer = request(
                        server.url, "/sparql", method, {"Origin": origin, **more}, parameters=[("query", "ASK {}")]
                    )
                    said = answer.headers.get("Access-Control-Allow-Origin")
                    expect((said in (origin, "*")) == is_allowed, f"{method}: {said}")
                    expect(answer.headers.get("Access-Control-Allow-Credentials") is None, "with credentials")


def main():
    parsed = arguments(__doc__)
    if not parsed.program:
        raise SystemExit("this needs --program and --store")
    checks = Checks("Rights")
    with tempfile.TemporaryDirectory() as folder:
        token_file = Path(folder) / "token"
        token_file.write_text(TOKEN + "\n")
        with serving(parsed.program, parsed.store) as server:
            outside(checks, server.url)
            Writing(checks, server, TOKEN, is_writable=False).all()
        cross_origin(checks, parsed)
        copy = Path(folder) / "store"
        shutil.copytree(parsed.store, copy)
        with serving(parsed.program, copy, "--writable", "--token-file", token_file) as server:
            writing = Writing(checks, server, TOKEN, is_writable=True)
            writing.all()
            writing.allowed()
    checks.finish()


if __name__ == "__main__":
    main()
