#!/usr/bin/env python3
"""Queries without end or measure: each must be stopped at its limit, while others are answered, and afterwards the server must be
at rest and no larger than before.

Needs --program and --store (of some thousand triples at least).
"""

import http.client
import json
import socket
import threading
import time
from contextlib import ExitStack, closing, suppress
from urllib.parse import urlencode

import psutil

from shared import Checks, Kept, Wrong, arguments, expect, request

QUERY = "application/sparql-query"
LIMIT_S, N_ROWS = 4, 1000
MB = 1 << 20
MOST_MB = 1500


def values(name, n):
    return f"VALUES ?{name} {{ {' '.join(map(str, range(n)))} }}"


def nested(text, n, start="?a"):
    """`text` around itself, n times, where it has an @: CONCAT(CONCAT(…))."""
    for _ in range(n):
        start = text.replace("@", start)
    return start


QUOTED_A = "'a'"
LONGER = f"REPLACE(@, 'a', '{'a' * 64}')"

# What has no end within the time, or no measure in memory.
ENDLESS = {
    "a cross product": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }",
    "a cross product that finds nothing": "ASK { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?c = 'x' && ?f = 'y' && ?i = 'z') }",
    "a cross product, sorted": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?i ?c LIMIT 1",
    "a cross product, each once": "SELECT DISTINCT ?a ?d ?g { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "a cross product in groups": "SELECT ?a ?d (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } GROUP BY ?a ?d",
    "tables joined": f"SELECT (COUNT(*) AS ?n) {{ {values('a', 300)} {values('b', 300)} {values('c', 300)} {values('d', 300)} FILTER(?a + ?b + ?c + ?d < 0) }}",
    "tables joined and sorted": f"SELECT * {{ {values('a', 300)} {values('b', 300)} {values('c', 300)} }} ORDER BY ?c ?b ?a LIMIT 2",
    "paths": "SELECT (COUNT(*) AS ?n) { ?a (!<x:y>)* ?b . ?b (!<x:y>|^!<x:z>)* ?c . ?c (!<x:y>)+ ?d }",
    "paths there and back": "SELECT (COUNT(*) AS ?n) { ?a ((!<x:a>|^(!<x:b>))/(!<x:c>|^(!<x:d>)))* ?b . ?c ((!<x:a>|^(!<x:b>))/(!<x:c>|^(!<x:d>)))* ?d }",
    "unions": "SELECT (COUNT(*) AS ?n) { "
    + " ".join(f"{{ ?a{n} ?b{n} ?c{n} }} UNION {{ ?c{n} ?b{n} ?a{n} }}" for n in range(6))
    + " }",
    "not existing": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f FILTER NOT EXISTS { ?g ?h ?i . ?j ?k ?l FILTER(?i = ?l && ?c = ?f && ?g != ?j && ?h = 'x') } }",
    "MINUS": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f MINUS { ?a ?h ?i . ?j ?k ?f } }",
    "OPTIONALs": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c " + " ".join(f"OPTIONAL {{ ?x{n} ?y{n} ?z{n} }}" for n in range(5)) + " }",
    "a regular expression": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f FILTER(REGEX(CONCAT(STR(?c), STR(?f)), '(a*)*(b|c)*(.*a){12}x', 'i')) }",
    "hashes": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f FILTER(SHA512(CONCAT(SHA512(STR(?c)), SHA512(STR(?f)))) = 'x') }",
    "a description of everything": "DESCRIBE ?s ?o { ?s ?p ?o . ?x ?y ?z . ?q ?r ?w }",
    "a graph of everything times everything": "CONSTRUCT { ?a ?b ?f } { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(isIRI(?b)) }",
    "rows without end": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "rows that are all the same": "SELECT ?a { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?a = <x:none>) }",
    "texts that double": f"SELECT (STRLEN({nested('CONCAT(@, @)', 6, nested(LONGER, 5, QUOTED_A))}) AS ?n) {{}}",
    "texts that double, bound": "SELECT ?n { BIND('0123456789abcdef' AS ?x0) "
    + " ".join(f"BIND(CONCAT(?x{n}, ?x{n}) AS ?x{n + 1})" for n in range(34))
    + " BIND(STRLEN(?x34) AS ?n) }",
    "texts joined": "SELECT (STRLEN(GROUP_CONCAT(CONCAT(STR(?a), STR(?b), STR(?c), STR(?f)))) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "texts that grow by replacing": "SELECT (STRLEN(?y) AS ?n) { BIND(REPLACE('"
    + "a" * 5000
    + "', 'a', '"
    + "b" * 5000
    + "') AS ?x) BIND(REPLACE(?x, 'b', '"
    + "c" * 5000
    + "') AS ?y) }",
    "texts that are encoded again and again": f"SELECT (STRLEN({nested('ENCODE_FOR_URI(@)', 34, chr(39) + '深' * 2000 + chr(39))}) AS ?n) {{}}",
    "numbers that grow": "SELECT ?n { BIND(9.5 AS ?x0) "
    + " ".join(f"BIND(?x{n} * ?x{n} AS ?x{n + 1})" for n in range(40))
    + " BIND(?x40 AS ?n) }",
    "many patterns": "ASK { " + " ".join(f"?a{n} ?b{n} ?a{n + 1} ." for n in range(250)) + " }",
    "many optional patterns": "ASK { ?a ?b ?c " + "OPTIONAL { ?a ?p ?o } " * 5000 + "}",
    "many tables": "ASK { " + " ".join(f"VALUES ?x{n} {{ 1 2 }}" for n in range(250)) + " }",
    "a long path": "ASK { ?s " + "/".join(["!<x:a>"] * 60) + " ?o FILTER(?o = <x:none>) }",
}


class Limits:
    def __init__(self, checks, kept):
        self.checks, self.check, self.kept = checks, checks.check, kept
        self.n_failed = 0
        self.cheap_s = []
        self.is_over = False

    def revive(self):
        """After a fault a new server, so that what still runs in the old one does not spoil the next check."""
        if self.checks.n_failed > self.n_failed:
            self.server.process.kill()
            self.server.process.wait()
            self.n_failed = self.checks.n_failed
        self.server = self.kept.get()
        self.process = psutil.Process(self.server.process.pid)

    def ask(self, query, timeout=LIMIT_S + 8):
        return request(
            self.server.url,
            "/sparql",
            "POST",
            {"Content-Type": QUERY, "Accept": "application/sparql-results+json, application/n-triples;q=0.5"},
            query,
            timeout=timeout,
            most=50_000_000,
        )

    def cheap(self):
        """Another reader, all the time."""
        while not self.is_over:
            began = time.monotonic()
            try:
                request(self.server.url, "/sparql", parameters=[("query", "SELECT * { ?s ?p ?o } LIMIT 5")], timeout=30).expect(
                    200
                )
                self.cheap_s.append(time.monotonic() - began)
            except Exception:
                self.cheap_s.append(99)
            time.sleep(0.05)

    def at_rest(self, within=3.0):
        """Waits until the processor is left alone."""
        end = time.monotonic() + within
        while time.monotonic() < end:
            if self.process.cpu_percent(0.3) < 25:
                return
        raise Wrong(f"it still computes {within} s later: {self.process.cpu_percent(0.5):.0f} %")

    def endless(self):
        for name, query in ENDLESS.items():
            self.revive()
            with self.check(f"{name}: stopped"):
                del self.cheap_s[:]
                began = time.monotonic()
                most = [0]
                done = threading.Event()
                threading.Thread(target=self.measure, args=(most, done), daemon=True).start()
                try:
                    said = self.outcome(query)
                except OSError as error:
                    raise Wrong(f"{error!r} after {time.monotonic() - began:.1f} s, with {most[0]} MB{self.death()}") from error
                finally:
                    done.set()
                seconds = time.monotonic() - began
                expect(seconds < LIMIT_S + 2, f"after {seconds:.1f} s only: {said}")
                self.at_rest()
                expect(most[0] < MOST_MB, f"it took {most[0]} MB")
                slow = max(self.cheap_s, default=0)
                expect(slow < 1.5, f"meanwhile another waited {slow:.1f} s")

    def death(self):
        time.sleep(0.3)
        return "" if self.server.process.poll() is None else "; the server has ended"

    def measure(self, most, done):
        while not done.wait(0.05):
            most[0] = max(most[0], self.process.memory_info().rss // MB)
            if most[0] > 4 * MOST_MB:
                self.process.kill()  # Before the machine has none left.

    def outcome(self, query):
        """An error, or an answer that is complete, or one that is seen to be broken off."""
        try:
            answer = self.ask(query)
        except http.client.IncompleteRead:
            return "broken off"
        answer.expect(200, 4, 503, 504)
        if answer.status == 200 and answer.media_type.endswith("json"):
            try:
                found = json.loads(answer.text)
            except json.JSONDecodeError:
                return "broken off, as a reader of JSON sees"
            n = len(found.get("results", {}).get("bindings", []))
            expect(n <= N_ROWS, f"{n} rows")
        return f"{answer.status}: {answer.text[:60]!r}"

    def many(self):
        with self.check("24 endless queries at once: others are served"):
            del self.cheap_s[:]
            query = ENDLESS["a cross product"]
            ended = []

            def one():
                began = time.monotonic()
                try:
                    status = self.ask(query, timeout=LIMIT_S * 3 + 8).status
                except Exception as error:
                    status = type(error).__name__
                ended.append((status, time.monotonic() - began))

            threads = [threading.Thread(target=one) for _ in range(24)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            slow = sorted(self.cheap_s)[-1] if self.cheap_s else 99
            expect(max(seconds for _, seconds in ended) < LIMIT_S * 3 + 3, f"{ended}")
            expect(all(status in (200, 400, 408, 429, 503, 504) for status, _ in ended), f"{ended}")
            expect(slow < 5, f"meanwhile another waited {slow:.1f} s")
            self.at_rest(6)

    def gone(self):
        for name, query in (
            ("everything", "SELECT * { ?s ?p ?o . ?a ?b ?c }"),
            ("a cross product", ENDLESS["a cross product"]),
            ("a sorted one", ENDLESS["a cross product, sorted"]),
        ):
            with self.check(f"clients that ask for {name} and go"):
                text = urlencode({"query": query})
                for _ in range(30):
                    with closing(socket.create_connection(("127.0.0.1", self.server.port), 10)) as connection:
                        connection.sendall(
                            f"GET /sparql?{text} HTTP/1.1\r\nHost: 127.0.0.1:{self.server.port}\r\nAccept: text/csv\r\n\r\n".encode()
                        )
                        connection.settimeout(0.05)
                        with suppress(TimeoutError):
                            connection.recv(1000)
                self.at_rest(LIMIT_S * 3 + 3)
        with self.check("a client that reads slowly"):
            with closing(socket.create_connection(("127.0.0.1", self.server.port), 10)) as connection:
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
                text = urlencode({"query": "SELECT * { ?s ?p ?o . ?a ?b ?c } LIMIT 1000000"})
                connection.sendall(
                    f"GET /sparql?{text} HTTP/1.1\r\nHost: 127.0.0.1:{self.server.port}\r\nAccept: text/csv\r\n\r\n".encode()
                )
                before = self.process.memory_info().rss
                for _ in range(30):
                    connection.recv(512)
                    time.sleep(0.1)
                expect(self.process.memory_info().rss - before < 200 * MB, "all is kept for it")
                request(self.server.url, "/sparql", parameters=[("query", "ASK {}")], timeout=5).expect(200)

    def rows(self):
        with self.check(f"--max-rows {N_ROWS}"):
            for media_type in ("application/sparql-results+json", "text/csv"):
                # An answer that is cut must be seen to be: as an error, or broken off.
                query = "SELECT * { ?s ?p ?o . ?a ?b ?c }"
                try:
                    answer = request(
                        self.server.url,
                        "/sparql",
                        headers={"Accept": media_type},
                        parameters=[("query", query)],
                        most=50_000_000,
                    )
                    answer.expect(4)
                except http.client.IncompleteRead as error:
                    expect(len(error.partial) < 2000 * N_ROWS, f"{len(error.partial)} bytes before it was cut")
        with self.check("pages have their limits, too"):
            for path in (
                "/search?q=a&limit=1000000",
                "/api/search?q=a&limit=1000000",
                "/api/graph?depth=50&iri=",
                "/questions/citations?limit=100000000",
                "/pictures/all.svg",
                "/download?format=graphml",
            ):
                began = time.monotonic()
                request(self.server.url, path, timeout=60)
                expect(time.monotonic() - began < 30, f"{path} took {time.monotonic() - began:.1f} s")

    def all(self):
        self.revive()
        other = threading.Thread(target=self.cheap)
        other.start()
        try:
            self.rows()
            self.endless()
            for part in (self.many, self.gone):
                self.revive()
                part()
        finally:
            self.is_over = True
            other.join()
        with self.check("after all this it is at rest, and its memory given back"):
            self.at_rest(10)
            expect(self.process.memory_info().rss < MOST_MB * MB, f"{self.process.memory_info().rss // MB} MB")
            request(self.server.url, "/sparql", parameters=[("query", "ASK {}")]).expect(200)


def main():
    parsed = arguments(__doc__)
    if not parsed.program:
        raise SystemExit("this needs --program and --store")
    checks = Checks("Limits")
    with ExitStack() as servers:
        options = ("--query-timeout", LIMIT_S, "--max-rows", N_ROWS)
        Limits(checks, Kept(servers, parsed.program, parsed.store, *options)).all()
    checks.finish()


if __name__ == "__main__":
    main()
