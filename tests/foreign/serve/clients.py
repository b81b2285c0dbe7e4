#!/usr/bin/env python3
"""Clients that others use ask the server: SPARQLWrapper, rdflib's stores, pyoxigraph, curl, and with --comunica Comunica.

With --writable also rdflib's store for updates, which leaves no trace.
"""

import json
import shutil
import subprocess
from pathlib import Path

import pyoxigraph
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore, SPARQLUpdateStore
from SPARQLWrapper import CSV, GET, JSON, JSONLD, N3, POST, POSTDIRECTLY, RDFXML, TSV, TURTLE, URLENCODED, XML, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

from shared import Checks, Skipped, arguments, bearer, expect, request, target

SELECT = "SELECT ?s ?type { ?s a ?type } ORDER BY ?s ?type LIMIT 7"
CONSTRUCT = f"CONSTRUCT {{ ?s a ?type }} WHERE {{ {{ {SELECT} }} }}"
MANY = "SELECT * { ?s ?p ?o } LIMIT 5000"


class Clients:
    def __init__(self, checks, url, options):
        self.check = checks.check
        self.endpoint = url + options.query
        self.update_endpoint = url + options.update
        self.token = bearer(options.token)

    # SPARQLWrapper

    def wrapper(self, query, form, method=GET, request_method=URLENCODED):
        client = SPARQLWrapper(self.endpoint)
        client.setQuery(query)
        client.setReturnFormat(form)
        client.setMethod(method)
        client.setRequestMethod(request_method)
        client.setTimeout(60)
        return client.query()

    def sparql_wrapper(self):
        ways = {"GET": (GET, URLENCODED), "POST": (POST, URLENCODED), "POST direct": (POST, POSTDIRECTLY)}
        for name, way in ways.items():
            with self.check(f"SPARQLWrapper, {name}: SELECT as JSON"):
                rows = self.wrapper(SELECT, JSON, *way).convert()["results"]["bindings"]
                expect(len(rows) == 7, f"{len(rows)} rows")
            with self.check(f"SPARQLWrapper, {name}: ASK"):
                expect(self.wrapper("ASK { ?s ?p ?o }", JSON, *way).convert()["boolean"] is True, "false")
        with self.check("SPARQLWrapper: SELECT as XML"):
            found = self.wrapper(SELECT, XML).convert()
            expect(len(found.getElementsByTagName("result")) == 7, found.toxml()[:200])
        for form, separator in ((CSV, b","), (TSV, b"\t")):
            with self.check(f"SPARQLWrapper: SELECT as {form}"):
                lines = self.wrapper(SELECT, form).convert().splitlines()
                expect(len(lines) == 8 and lines[0].replace(b"?", b"") == separator.join((b"s", b"type")), f"{lines[:2]}")
        for form in (TURTLE, N3, RDFXML, JSONLD, XML):
            with self.check(f"SPARQLWrapper: CONSTRUCT as {form}"):
                found = self.wrapper(CONSTRUCT, form).convert()
                if isinstance(found, bytes):
                    found = rdflib.Graph().parse(data=found, format="turtle")
                expect(len(found) == 7, f"{len(found)} triples")
        with self.check("SPARQLWrapper: DESCRIBE"):
            iri = self.wrapper(SELECT, JSON).convert()["results"]["bindings"][0]["s"]["value"]
            found = self.wrapper(f"DESCRIBE <{iri}>", RDFXML).convert()
            expect((rdflib.URIRef(iri), None, None) in found, f"{len(found)} triples without its subject")
        with self.check("SPARQLWrapper: an error of syntax is one to it"):
            try:
                self.wrapper("SELECT * {", JSON)
            except QueryBadFormed:
                return
            raise AssertionError("it was none")

    # rdflib

    def rdflib_store(self):
        for method in ("GET", "POST", "POST_FORM"):
            for form in ("json", "xml", "csv", "tsv"):
                with self.check(f"rdflib's SPARQLStore, {method}, {form}"):
                    store = SPARQLStore(self.endpoint, method=method, returnFormat=form)
                    rows = list(rdflib.Graph(store).query(SELECT))
                    expect(
                        len(rows) == 7 and all(isinstance(row[0], (rdflib.URIRef, rdflib.Literal)) for row in rows),
                        f"{rows[:1]}",
                    )
        with self.check("rdflib's SPARQLStore: triples by pattern"):
            graph = rdflib.Graph(SPARQLStore(self.endpoint))
            subject, _, kind = next(graph.triples((None, rdflib.RDF.type, None)))
            expect((subject, rdflib.RDF.type, kind) in graph, "what it gave is not there")
            expect(len(graph) > 7, f"{len(graph)} triples")
        with self.check("rdflib's SPARQLStore: CONSTRUCT"):
            expect(len(rdflib.Graph(SPARQLStore(self.endpoint)).query(CONSTRUCT).graph) == 7, "not 7 triples")
        with self.check("rdflib's SPARQLStore: one named graph"):
            names = {
                row[0]
                for row in rdflib.Graph(SPARQLStore(self.endpoint)).query(
                    "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } } LIMIT 9"
                )
            }
            expect(names, "no named graph")
            graph = rdflib.Graph(SPARQLStore(self.endpoint), identifier=min(names))
            found = set(graph)
            count = f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{min(names)}> {{ ?s ?p ?o }} }}"
            expect(
                len(found) == int(next(iter(rdflib.Graph(SPARQLStore(self.endpoint)).query(count)))[0]),
                f"{len(found)} in {min(names)}",
            )
        with self.check("rdflib: SERVICE from another program"):
            query = f"SELECT * {{ SERVICE <{self.endpoint}> {{ {SELECT} }} }}"
            expect(len(list(rdflib.Graph().query(query))) == 7, "not 7 rows")

    def rdflib_update(self):
        with self.check("rdflib's SPARQLUpdateStore: add, ask, remove"):
            store = SPARQLUpdateStore(self.endpoint, self.update_endpoint, headers=dict(self.token), autocommit=False)
            store.update("DROP SILENT GRAPH <http://example.org/rdflib>")
            # Alone: Oxigraph's parser (0.4.8) knows no PREFIX after a semicolon, which rdflib writes there.
            store.commit()
            graph = rdflib.Dataset(store).graph(rdflib.URIRef("http://example.org/rdflib"))
            made = [
                (rdflib.URIRef(f"http://example.org/{n}"), rdflib.RDFS.label, rdflib.Literal(f'n° {n} "深"\n', lang="zh"))
                for n in range(50)
            ]
            for triple in made:
                graph.add(triple)
            store.commit()
            expect(set(graph) == set(made), f"{len(set(graph))} of 50 come back as they were")
            graph.remove((None, None, None))
            store.commit()
            expect(not list(graph), "something is left")
        with self.check("rdflib's SPARQLUpdateStore: an update of one graph"):
            graph = rdflib.Graph(
                SPARQLUpdateStore(self.endpoint, self.update_endpoint, headers=dict(self.token)),
                identifier="http://example.org/rdflib2",
            )
            graph.update(
                "INSERT DATA { <http://example.org/a> <http://example.org/b> 1 }"
            )  # It writes the GRAPH around this itself.
            graph.update("DELETE { ?s ?p ?o } WHERE { ?s <http://example.org/b> 1 ; ?p ?o }")
            expect(not list(graph.query("SELECT * { GRAPH <http://example.org/rdflib2> { ?s ?p ?o } }")), "something is left")
        with self.check("SPARQLWrapper: an update"):
            client = SPARQLWrapper(self.update_endpoint)
            for name, value in self.token.items():
                client.addCustomHttpHeader(name, value)
            client.setMethod(POST)
            client.setQuery(
                "INSERT DATA { GRAPH <http://example.org/w> { <http://example.org/a> <http://example.org/b> 1 } } ; DROP GRAPH <http://example.org/w>"
            )
            expect(client.query().response.status in (200, 204), "not done")

    # pyoxigraph

    def oxigraph(self):
        counts = {}
        for name, media_type in (
            ("JSON", "application/sparql-results+json"),
            ("XML", "application/sparql-results+xml"),
            ("TSV", "text/tab-separated-values"),
        ):
            with self.check(f"pyoxigraph reads many rows as {name}"):
                answer = request(self.endpoint, headers={"Accept": media_type}, parameters=[("query", MANY)]).expect(200)
                form = getattr(pyoxigraph.QueryResultsFormat, name)
                counts[name] = sorted(str(row[2]) for row in pyoxigraph.parse_query_results(answer.body, format=form))
                expect(counts[name], "no row")
        with self.check("all these say the same"):
            expect(len({len(rows) for rows in counts.values()}) == 1, f"{ {name: len(rows) for name, rows in counts.items()} }")
        sizes = set()
        for form in (
            pyoxigraph.RdfFormat.TURTLE,
            pyoxigraph.RdfFormat.N_TRIPLES,
            pyoxigraph.RdfFormat.RDF_XML,
            pyoxigraph.RdfFormat.JSON_LD,
        ):
            with self.check(f"pyoxigraph reads a graph as {form.media_type}"):
                query = "CONSTRUCT { ?s ?p ?o } WHERE { SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o LIMIT 2000 }"
                answer = request(self.endpoint, headers={"Accept": form.media_type}, parameters=[("query", query)]).expect(200)
                sizes.add(len(set(pyoxigraph.parse(answer.body, format=form))))
        with self.check("all these have the same triples"):
            expect(len(sizes) == 1 and 0 not in sizes, f"{sizes}")

    # Commands

    def curl(self):
        with self.check("curl"):
            if not shutil.which("curl"):
                raise Skipped("curl is not installed")
            for arguments in (
                ["--data-urlencode", f"query={SELECT}", "--get"],
                ["--data-urlencode", f"query={SELECT}"],
                ["--header", "Content-Type: application/sparql-query", "--data", SELECT],
                ["--get", "--compressed", "--data-urlencode", f"query={SELECT}"],
            ):
                done = subprocess.run(
                    ["curl", "--silent", "--show-error", "--fail", *arguments, self.endpoint], capture_output=True, timeout=60
                )
                expect(done.returncode == 0, done.stderr.decode())
                expect(len(json.loads(done.stdout)["results"]["bindings"]) == 7, f"{arguments}: {done.stdout[:100]}")

    def comunica(self, command):
        with self.check("Comunica"):
            found = command and (command if Path(command).exists() else shutil.which(command))
            if not found:
                raise Skipped("give --comunica PATH of comunica-sparql (npm install @comunica/query-sparql)")
            for source in (f"sparql@{self.endpoint}", self.endpoint):
                done = subprocess.run(
                    [found, source, SELECT, "-t", "application/sparql-results+json"], capture_output=True, timeout=300
                )
                expect(done.returncode == 0, done.stderr.decode()[:300])
                expect(len(json.loads(done.stdout)["results"]["bindings"]) == 7, f"{source}: {done.stdout[:200]}")


def main():
    parsed = arguments(
        __doc__,
        ("--query", {"default": "/sparql", "help": "where queries go (default: /sparql)"}),
        ("--update", {"default": "/sparql", "help": "where updates go (default: /sparql)"}),
        ("--writable", {"action": "store_true", "help": "the server can be written to"}),
        ("--token", {"help": "the token for updates"}),
        ("--comunica", {"help": "the command comunica-sparql of Comunica"}),
    )
    checks = Checks("Clients")
    with target(parsed) as url:
        clients = Clients(checks, url, parsed)
        clients.sparql_wrapper()
        clients.rdflib_store()
        if parsed.writable:
            clients.rdflib_update()
        clients.oxigraph()
        clients.curl()
        clients.comunica(parsed.comunica)
    checks.finish()


if __name__ == "__main__":
    main()
