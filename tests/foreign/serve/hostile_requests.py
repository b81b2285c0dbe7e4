#!/usr/bin/env python3
"""Requests that mean no good: paths out of the folder, headers that split or smuggle, other hosts, other methods.

Needs --program and --store; the store is only read.
"""

import re
import socket
from contextlib import closing

from shared import Checks, Wrong, arguments, expect, request, serving

PAGES = (
    "/",
    "/search?q=a",
    "/sparql",
    "/questions",
    "/pictures",
    "/.well-known/void",
    "/api/openapi.json",
    "/mcp",
    "/assets/app.js",
    "/not/there",
)
QUERY = "application/sparql-query"


class Requests:
    def __init__(self, checks, server):
        self.check, self.url, self.port = checks.check, server.url, server.port
        self.process = server.process

    def raw(self, data, timeout=20):
        """Sends bytes as they are; the status, the head and the body of what comes back, or None if nothing does."""
        with closing(socket.create_connection(("127.0.0.1", self.port), timeout)) as connection:
            received = b""
            try:
                connection.sendall(data.encode("latin-1") if isinstance(data, str) else data)
                while chunk := connection.recv(65536):
                    received += chunk
            except (ConnectionError, TimeoutError):
                pass
        if not received:
            return None, "", b""
        head, _, body = received.partition(b"\r\n\r\n")
        return int(received.split(b" ", 2)[1]), head.decode("latin-1"), body

    def get(self, path, host=None, version="1.1", more=""):
        host = f"127.0.0.1:{self.port}" if host is None else host
        named = f"Host: {host}\r\n" if host else ""
        return self.raw(f"GET {path} HTTP/{version}\r\n{named}Connection: close\r\n{more}\r\n")

    def lives(self):
        expect(self.process.poll() is None, "the server has ended")
        request(self.url, "/sparql", parameters=[("query", "ASK {}")], timeout=20).expect(200)

    def statuses(self, name, answer, *allowed):
        with self.check(name):
            status, head, body = answer()
            if status is None and None in allowed:
                return
            if status is None or not {status, status // 100} & set(allowed):
                raise Wrong(f"status {status}: {head[:200]} {body[:200]}")
            expect(b"root:" not in body, "it gave /etc/passwd")
            expect(b"panicked" not in body and b".rs:" not in body, f"it speaks of its inside: {body[:300]}")

    # Paths

    def paths(self):
        up = (
            "../",
            "..%2f",
            "%2e%2e/",
            "%2e%2e%2f",
            "..\\",
            "..%5c",
            "%252e%252e%252f",
            "....//",
            "..;/",
            "%c0%ae%c0%ae/",
            "..%00/",
        )
        for start in ("/assets/", "/graph/", "/data/", "/page/", "/id/", "/questions/", "/pictures/", "/"):
            with self.check(f"ways up from {start}"):
                for step in up:
                    for depth in (1, 6):
                        status, _, body = self.get(f"{start}{step * depth}etc/passwd")
                        expect(
                            status in (301, 303, 308, 400, 404, 405) and b"root:" not in body, f"{step}: {status} {body[:100]}"
                        )
        for path in (
            "/assets/%00",
            "/assets/app.js%00.html",
            "//etc/passwd",
            "/assets//etc/passwd",
            "/assets/C:%5cwindows%5cwin.ini",
            "/assets/",
            "/assets",
            "/%2e",
            "/..",
            "/./",
            "/assets/.",
            "/assets/..",
            "/id/%FF",
            "/page/%C3%28",
            "/search?q=%FF%FE",
            "/page?iri=%80",
            "/%",
            "/%zz",
            "/search?q=%",
            "/search?%ff=%ff",
            "/search?q=a&q=b",
            "/search?q=" + "%00" * 9,
            "/id/" + "%F0%9F%A7%AC" * 9,
            "/search?from=-1",
            "/search?from=99999999999999999999",
            "/search?year=abc",
            "/search?q=a&limit=1e9",
            "/api/search?q=a&limit=99999999999",
            "/api/graph?iri=&depth=999999",
            "/?" + "a&" * 2000,
        ):
            self.statuses(f"odd: {path[:60]}", lambda path=path: self.get(path), 2, 3, 4)
        for name, path, allowed in (
            ("long path", "/" + "a" * 7000, (400, 404, 414, 431)),
            ("many folders", "/id" + "/a" * 3500, (301, 303, 400, 404, 414, 431)),
            ("longer", "/search?q=" + "a" * 100_000, (400, 414, 431)),
            ("a megabyte", "/" + "a" * 1_000_000, (400, 414, 431, None)),
        ):
            self.statuses(f"path: {name}", lambda path=path: self.get(path), *allowed)
        with self.check("redirects stay here"):
            for path in (
                "//evil.example/",
                "/id//evil.example/x",
                "/id/%2f%2fevil.example",
                "/id/\\evil.example",
                "/id/https://evil.example/",
                "/page//evil.example",
                "/?lang=//evil.example",
                "/search?lang=zh&q=//evil.example",
                "//evil.example/?lang=zh",
                "/%2f%2fevil.example/?lang=zh",
                "/page?iri=https://evil.example/",
                "/id/%5c%5cevil.example",
                "/id/@evil.example",
                "/sparql/",
                "/search/",
            ):
                _, head, _ = self.get(path)
                for location in re.findall(r"(?im)^location: *(.*)$", head):
                    is_here = re.match(rf"(http://127\.0\.0\.1:{self.port})?/(?![/\\])", location.strip())
                    expect(is_here, f"{path} leads to {location!r}")

    # Headers

    def headers(self):
        split = "%0d%0aX-Split:%20yes%0d%0a%0d%0a<script>1</script>"
        places = (
            "/?lang={}",
            "/search?q={}",
            "/id/{}",
            "/page/{}",
            "/data/{}?format={}",
            "/page?iri={}",
            "/download?format={}&iri={}&topic={}",
            "/download?format=csv&topic={}",
            "/questions/{}?topic={}",
            "/pictures/{}.svg",
            "/graph/{}",
            "/sparql?query={}",
            "/api/search?q={}",
            "/{}",
            "/assets/{}",
            "/explore?iri={}",
            "/data?iri=http://x/{}",
            "/id/paper/{}",
            "/download?format=bibtex&iri=http://x/{}",
        )
        with self.check("no parameter breaks out into the headers"):
            for place in places:
                for text in (
                    split,
                    split.replace("%0d%0a", "%0a"),
                    split.replace("%0d%0a", "%E5%98%8A%E5%98%8D"),
                    "%22;x=y%0d",
                ):
                    _, head, _ = self.get(place.replace("{}", text))
                    expect("\nx-split" not in head.lower(), f"{place}: {head[:400]}")
        port = self.port
        smuggled = {
            "two lengths": "POST /sparql HTTP/1.1\r\nHost: {host}\r\nContent-Length: 6\r\nContent-Length: 5\r\n\r\nASK {{}}",
            "length and chunks": "POST /sparql HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/sparql-query\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nASK{{}}\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: {host}\r\n\r\n",
            "a length that is none": "POST /sparql HTTP/1.1\r\nHost: {host}\r\nContent-Length: -1\r\n\r\n",
            "a space before the colon": "GET / HTTP/1.1\r\nHost: {host}\r\nX-A : b\r\nConnection: close\r\n\r\n",
            "a bare line feed in a header": "GET / HTTP/1.1\r\nHost: {host}\r\nX-A: b\nHost: evil.example\r\nConnection: close\r\n\r\n",
            "a zero byte": "GET / HTTP/1.1\r\nHost: {host}\r\nX-A: \0\r\n\r\n",
            "no HTTP at all": "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + "a" * 200,
            "HTTP/2 without being asked": "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
            "HTTP/9.9": "GET / HTTP/9.9\r\nHost: {host}\r\n\r\n",
            "chunks of nonsense": "POST /sparql HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/sparql-query\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nASK\r\n",
            "a chunk longer than all memory": "POST /sparql HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/sparql-query\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\nASK {{}}\r\n",
            "an unknown transfer coding": "POST /sparql HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/sparql-query\r\nTransfer-Encoding: foo\r\n\r\n5\r\nASK{{}}\r\n0\r\n\r\n",
        }
        for name, text in smuggled.items():
            self.statuses(
                name,
                lambda text=text: self.raw(text.format(host=f"127.0.0.1:{port}"), timeout=6),
                4,
                505,
                501,
                None,
                *((200,) if "line feed" not in name and "space" not in name and "two" not in name else ()),
            )
        self.statuses(
            "1,000 headers", lambda: self.get("/", more="".join(f"X-{n}: a\r\n" for n in range(1000))), 400, 431, None
        )
        self.statuses("a header of a megabyte", lambda: self.get("/", more=f"X-A: {'a' * 1_000_000}\r\n"), 400, 431, None)
        self.statuses(
            "cookies and languages of nonsense",
            lambda: self.get(
                "/",
                more='Cookie: lang="><script>; lang=\xff; theme=;;;=\r\nAccept-Language: ,;q=,zh-\xff;q=9,*\r\nRange: bytes=9-1,-0\r\nIf-None-Match: ",\r\nIf-Modified-Since: never\r\n',
            ),
            200,
            4,
        )
        with self.check("what was sent is not shown again in headers"):
            _, head, _ = self.get("/?lang=zz%22%3b", more="Origin: https://evil.example\r\n")
            expect("evil.example" not in head and "zz" not in head, head)

    def host(self):
        port = self.port
        for host in (f"127.0.0.1:{port}", f"localhost:{port}", f"[::1]:{port}", "localhost", "127.0.0.1", "LOCALHOST"):
            self.statuses(f"Host: {host} is served", lambda host=host: self.get("/", host), 200)
        evil = (
            "evil.example",
            f"evil.example:{port}",
            "127.0.0.1.evil.example",
            "localhost.evil.example",
            f"localhost@evil.example:{port}",
            "evil.example#localhost",
            f"0x7f000001.evil:{port}",
            "127.0.0.1:80@evil",
            "localhost:x",
            " ",
        )
        for host in evil:
            with self.check(f"Host: {host} is refused everywhere"):
                for path in PAGES:
                    status, _, body = self.get(path, host)
                    expect(status in (400, 403, 421), f"{path}: {status} {body[:80]}")
        self.statuses("no Host", lambda: self.get("/", ""), 400, 403, 421)
        self.statuses("two Hosts", lambda: self.get("/", more="Host: evil.example\r\n"), 400, 403, 421)
        self.statuses(
            "another host in the first line", lambda: self.get("http://evil.example/", f"127.0.0.1:{port}"), 400, 403, 404, 421
        )
        self.statuses("HTTP/1.0 without Host", lambda: self.get("/", "", "1.0"), 200, 400, 403, 421)
        with self.check("other headers that name a host are not believed"):
            _, head, body = self.get(
                "/.well-known/void",
                more="X-Forwarded-Host: evil.example\r\nX-Forwarded-Proto: https\r\nForwarded: host=evil.example\r\nX-Original-URL: /evil.example\r\n",
            )
            expect(b"evil.example" not in body and "evil.example" not in head, f"{body[:300]}")

    # Methods

    def methods(self):
        for method in ("TRACE", "PROPFIND", "FOO", "CONNECT", "get", "PATCH"):
            with self.check(f"{method} on pages"):
                for path in PAGES:
                    status, head, body = self.raw(
                        f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nX-Secret: s3cr3t\r\nConnection: close\r\n\r\n"
                    )
                    expect(status in (400, 404, 405, 501), f"{path}: {status}")
                    expect(b"s3cr3t" not in body, "TRACE gives back the headers")
        for method in ("PUT", "POST", "DELETE"):
            with self.check(f"{method} on pages"):
                for path in PAGES:
                    if path in ("/sparql", "/mcp"):
                        continue
                    status = request(self.url, path, method, body=b"x=y").status
                    expect(status in (403, 404, 405, 415), f"{path}: {status}")
        with self.check("OPTIONS is harmless"):
            for path in (*PAGES, "*"):
                status, head, _ = self.raw(
                    f"OPTIONS {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nOrigin: https://evil.example\r\nAccess-Control-Request-Method: POST\r\nAccess-Control-Request-Headers: authorization\r\nConnection: close\r\n\r\n"
                )
                expect(
                    status in (200, 204, 400, 403, 404, 405) and "access-control-allow" not in head.lower(), f"{path}: {head}"
                )
        with self.check("every answer says how it is to be taken"):
            for path in PAGES:
                for method in ("GET", "FOO", "PUT"):
                    _, head, _ = self.raw(
                        f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
                    )
                    expect("x-content-type-options: nosniff" in head.lower(), f"{method} {path}: {head}")
                    if "text/html" in head.lower():
                        expect("content-security-policy: default-src 'none'" in head.lower(), f"{method} {path}: {head}")
        with self.check("a page cannot be put into a frame, and tells no other of itself"):
            _, head, _ = self.get("/")
            expect(
                "frame-ancestors 'none'" in head
                and re.search(r"(?im)^referrer-policy: (no-referrer|same-origin|strict-origin)", head),
                head,
            )


def main():
    parsed = arguments(__doc__)
    if not parsed.program:
        raise SystemExit("this needs --program and --store")
    checks = Checks("Hostile requests")
    with serving(parsed.program, parsed.store) as server:
        requests = Requests(checks, server)
        for part in (requests.host, requests.paths, requests.headers, requests.methods):
            part()
        with checks.check("after all this the server lives"):
            requests.lives()
    checks.finish()


if __name__ == "__main__":
    main()
