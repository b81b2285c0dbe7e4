#!/usr/bin/env python3
"""Follows the IRIs of the graph as another program of the Web would: things, aliases, named graphs, the ontology, VoID, and
what stands in the pages for search engines."""

import json
import re
from urllib.parse import quote, urljoin, urlsplit

from rdflib import OWL, RDF, Dataset, Graph, Namespace, URIRef

from shared import Checks, Skipped, arguments, expect, request, target

VOID, DCAT = Namespace("http://rdfs.org/ns/void#"), Namespace("http://www.w3.org/ns/dcat#")
HTML = "text/html"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
FORMATS = {
    "text/turtle": "turtle",
    "application/n-triples": "nt",
    "application/rdf+xml": "xml",
    "application/ld+json": "json-ld",
}
SHORT = {"ttl": "turtle", "nt": "nt", "rdfxml": "xml", "jsonld": "json-ld"}


class LinkedData:
    def __init__(self, checks, url, options):
        self.check, self.url, self.base = checks.check, url, options.base

    def get(self, address, accept=None, method="GET", **headers):
        path = urljoin(self.url + "/", address)
        expect(path.startswith(self.url + "/"), f"it leads away: {path}")
        if accept:
            headers["Accept"] = accept
        return request(path, method=method, headers=headers)

    def rows(self, query):
        answer = request(
            self.url, "/sparql", headers={"Accept": "application/sparql-results+json"}, parameters=[("query", query)]
        ).expect(200)
        return [{name: cell["value"] for name, cell in row.items()} for row in json.loads(answer.text)["results"]["bindings"]]

    def path(self, iri):
        """Where a thing of the graph is on this server."""
        return "/" + quote(iri.removeprefix(self.base).split("#")[0], safe="/:@!$&'()*+,;=%~")

    def things(self):
        """One IRI of each shape: the words before its first name or number, and its class."""
        found = {}
        for row in self.rows(f'SELECT ?s ?type {{ ?s a ?type FILTER(STRSTARTS(STR(?s), "{self.base}id/")) }} ORDER BY ?s'):
            if "#" not in row["s"]:
                shape = row["s"].removeprefix(self.base).split("/")
                found.setdefault((shape[1], shape[2] if len(shape) > 3 else "", row["type"]), row["s"])
        return sorted(set(found.values()))

    # Things

    def thing(self, iri):
        where, shown = self.path(iri), iri.removeprefix(self.base)
        with self.check(f"{shown}: 303 by what is wished"):
            for accept, start in ((BROWSER, "/page/"), (None, None), *((media_type, "/data/") for media_type in FORMATS)):
                answer = self.get(where, accept).expect(303)
                location = urlsplit(urljoin(self.url + where, answer.headers.get("Location") or "")).path
                expect("accept" in answer.values("Vary"), "no Vary: Accept")
                expect(not start or location == start + where.removeprefix("/id/"), f"{accept}: {location}")
        data = where.replace("/id/", "/data/", 1)
        with self.check(f"{shown}: every format has it as its subject"):
            sizes = set()
            for media_type, form in FORMATS.items():
                answer = self.follow(where, media_type)
                expect(answer.media_type == media_type, f"{answer.media_type!r} instead of {media_type}")
                expect("accept" in answer.values("Vary"), "no Vary: Accept")
                graph = Graph().parse(data=answer.text, format=form, publicID=self.url + data)
                expect((URIRef(iri), None, None) in graph, f"{media_type}: {len(graph)} triples, none of them of it")
                sizes.add(len(graph))
            expect(len(sizes) == 1, f"triples by format: {sizes}")
            for name, form in SHORT.items():
                answer = self.get(f"{data}?format={name}", HTML).expect(200)
                expect(
                    (URIRef(iri), None, None) in Graph().parse(data=answer.text, format=form), f"format={name}: nothing of it"
                )
        with self.check(f"{shown}: the page"):
            answer = self.follow(where, BROWSER)
            expect(answer.media_type == HTML, f"{answer.media_type!r}")
            self.markup(answer.text, iri)
            links = re.findall(r'<link[^>]*rel="?alternate"?[^>]*>', answer.text) + (answer.headers.get_all("Link") or [])
            expect(any("/data/" in link for link in links), "no link to the data")

    def follow(self, address, accept, n_most=4):
        for _ in range(n_most):
            answer = self.get(address, accept)
            if answer.status not in (301, 302, 303, 307, 308):
                return answer.expect(200)
            address = urljoin(urljoin(self.url, address), answer.headers["Location"])
        raise AssertionError(f"{n_most} redirects from {address}")

    def markup(self, page, iri):
        """The JSON-LD for search engines."""
        texts = re.findall(r'<script[^>]*type="application/ld\+json"[^>]*>(.*?)</script>', page, re.DOTALL)
        if "/id/paper/" in iri or "/id/tool/" in iri or "/id/dataset/" in iri:
            expect(texts, "no JSON-LD")
        for text in texts:
            found = json.loads(text)
            expect("</" not in text and "schema.org" in json.dumps(found), text[:200])
            expect(
                all("@type" in part for part in (found if isinstance(found, list) else found.get("@graph", [found]))),
                "no @type",
            )

    def unknown(self):
        with self.check("what is not there is not found"):
            for accept in (BROWSER, "text/turtle", None):
                for path in (
                    "/id/paper/doi/10.1/none",
                    "/page/paper/doi/10.1/none",
                    "/data/paper/doi/10.1/none",
                    "/graph/list/no/one",
                    "/id/",
                    "/page?iri=http%3A%2F%2Fexample.org%2Fnone",
                ):
                    answer = self.get(path, accept)
                    if answer.status in (301, 303):
                        answer = self.get(urljoin(self.url + path, answer.headers["Location"]), accept)
                    expect(answer.status == 404, f"{path} as {accept}: {answer.status}")
        with self.check("a format that there is none of"):
            where = self.path(self.things()[0]).replace("/id/", "/data/", 1)
            self.get(where, "image/png").expect(406)
            self.get(f"{where}?format=docx").expect(400, 406)

    def aliases(self):
        rows = self.rows(
            f"SELECT ?s ?alias {{ ?s <{OWL.sameAs}> ?alias FILTER(STRSTARTS(STR(?alias), '{self.base}id/')) }} ORDER BY ?alias LIMIT 20"
        )
        with self.check("aliases lead to their things"):
            if not rows:
                raise Skipped("the store has none")
            for row in rows:
                if self.rows(f"SELECT ?p {{ <{row['alias']}> ?p ?o }} LIMIT 1"):
                    continue
                answer = self.get(self.path(row["alias"]), "text/turtle").expect(301, 308)
                location = urlsplit(urljoin(self.url, answer.headers["Location"])).path
                expect(location == self.path(row["s"]), f"{row['alias']} leads to {location}")
                self.follow(self.path(row["alias"]), BROWSER)

    # Answers as such

    def caching(self, iri):
        data, page = (self.path(iri).replace("/id/", start, 1) for start in ("/data/", "/page/"))
        for where, accept in (
            (data, "text/turtle"),
            (data, "application/ld+json"),
            (page, BROWSER),
            ("/", BROWSER),
            ("/assets/app.js", None),
        ):
            with self.check(f"{where} as {accept}: HEAD, ETag, 304"):
                answer = self.get(where, accept)
                if answer.status == 404 and where.startswith("/assets/"):
                    raise Skipped("no such asset")
                answer.expect(200)
                head = self.get(where, accept, "HEAD").expect(200)
                expect(not head.body, "HEAD with a body")
                for name in ("Content-Type", "ETag", "Vary", "Content-Security-Policy"):
                    expect(head.headers.get(name) == answer.headers.get(name), f"{name} of HEAD: {head.headers.get(name)}")
                tag = answer.headers.get("ETag")
                if not tag and accept == BROWSER:
                    raise Skipped("no ETag")
                expect(tag and re.fullmatch(r'(W/)?"[^"]*"', tag), f"ETag: {tag}")
                strong = tag.removeprefix("W/")
                for wish in (tag, f'"x", {tag}', f"W/{strong}", "*"):
                    again = self.get(where, accept, **{"If-None-Match": wish})
                    expect(again.status == 304 and not again.body, f"If-None-Match: {wish}: {again.status}")
                    expect(again.headers.get("ETag") == tag, "304 without the ETag")
                self.get(where, accept, **{"If-None-Match": '"other"'}).expect(200)
        with self.check("each format has an ETag of its own"):
            tags = [self.get(data, media_type).headers.get("ETag") for media_type in FORMATS]
            expect(len(set(tags)) == len(tags), f"{tags}")
        with self.check("the data says what it describes, and where else it is"):
            answer = self.get(data, "text/turtle")
            said = " ".join((answer.headers.get_all("Link") or []) + [answer.headers.get("Content-Location") or ""])
            expect("/id/" in said or "format=" in said or "/data/" in said, "neither Link nor Content-Location")

    # Named graphs, the ontology, the description

    def graphs(self):
        for row in self.rows("SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?n LIMIT 5"):
            if not row["g"].startswith(self.base + "graph/"):
                continue
            where = self.path(row["g"])
            with self.check(f"{where}: its triples"):
                found = Graph().parse(data=self.get(where, "application/n-triples").expect(200).text, format="nt")
                expect(len(found) == int(row["n"]), f"{len(found)} instead of {row['n']}")
                quads = Dataset().parse(data=self.get(f"{where}?format=nq").expect(200).text, format="nquads")
                names = {str(graph.identifier) for graph in quads.graphs() if len(graph)}
                expect(names == {row["g"]}, f"as quads: {names}")
                self.get(where, BROWSER).expect(200, 303, 406)

    def ontology(self):
        with self.check("the ontology"):
            for media_type, form in FORMATS.items():
                answer = self.follow("/ontology", media_type)
                expect(answer.media_type == media_type, f"{answer.media_type!r}")
                graph = Graph().parse(data=answer.text, format=form)
                expect((None, RDF.type, OWL.Ontology) in graph, f"{media_type}: no owl:Ontology in {len(graph)} triples")
            self.follow("/ontology", BROWSER)

    def description(self):
        with self.check("/.well-known/void"):
            for accept, form in ((None, None), *FORMATS.items()):
                answer = self.follow("/.well-known/void", accept)
                form = form or FORMATS.get(answer.media_type)
                expect(form, f"{answer.media_type!r}")
                graph = Graph().parse(data=answer.text, format=form, publicID=self.url + "/.well-known/void")
                expect(
                    (None, RDF.type, VOID.Dataset) in graph and (None, RDF.type, DCAT.Dataset) in graph,
                    f"no void:Dataset and dcat:Dataset: {answer.text[:300]}",
                )
        with self.check("what it counts is so"):
            graph = Graph().parse(data=self.follow("/.well-known/void", "text/turtle").text, format="turtle", publicID=self.url)
            said = {int(value) for value in graph.objects(None, VOID.triples)}
            union = self.rows("SELECT (COUNT(*) AS ?n) { SELECT DISTINCT ?s ?p ?o { ?s ?p ?o } }")[0]["n"]
            quads = self.rows("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }")[0]["n"]
            expect(said & {int(union), int(quads)}, f"{said}, but there are {union} triples, {quads} quads")
        with self.check("what it points to is there"):
            endpoints = [str(iri) for iri in graph.objects(None, VOID.sparqlEndpoint)]
            expect(endpoints == [self.url + "/sparql"], f"void:sparqlEndpoint: {endpoints}")
            dumps = [str(iri) for iri in graph.objects(None, VOID.dataDump)]
            expect(dumps, "no void:dataDump")
            for dump in dumps:
                self.get(dump, method="HEAD").expect(200)
            lines = [line for line in self.get(dumps[0]).body.splitlines() if line.strip()]
            expect(len(lines) > 100, f"{dumps[0]}: {len(lines)} lines")
            for iri in graph.objects(None, DCAT.accessURL):
                if str(iri).startswith(self.url):
                    self.get(str(iri)).expect(200, 303)


def main():
    parsed = arguments(
        __doc__, ("--base", {"default": "https://w3id.org/amml-graph/", "help": "what the IRIs of the graph begin with"})
    )
    checks = Checks("Linked data")
    with target(parsed) as url:
        data = LinkedData(checks, url, parsed)
        things = data.things()
        with checks.check("the graph has things"):
            expect(things, f"nothing below {data.base}id/")
        for iri in things:
            data.thing(iri)
        data.aliases()
        data.unknown()
        papers = [iri for iri in things if "/id/paper/" in iri]
        data.caching((papers or things)[0])
        data.graphs()
        data.ontology()
        data.description()
    checks.finish()


if __name__ == "__main__":
    main()
