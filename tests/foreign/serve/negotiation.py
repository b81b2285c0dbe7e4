#!/usr/bin/env python3
"""Which format is answered to which wish (RFC 9110, section 12), and the tests of the W3C for the service description
(github.com/w3c/rdf-tests, sparql/sparql11/service-description)."""

import csv
import io
import json

import pyoxigraph
from rdflib import RDF, Graph, Namespace, URIRef

from shared import Checks, Wrong, arguments, expect, request, target

JSON, XML = "application/sparql-results+json", "application/sparql-results+xml"
CSV, TSV = "text/csv", "text/tab-separated-values"
TURTLE, NT, RDFXML, JSONLD = "text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json"
HTML = "text/html"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"

QUERIES = {
    "select": "SELECT ?a ?b { VALUES (?a ?b) { (<http://example.org/é> 'a \"b\", c\\n深'@zh) (UNDEF 1) } }",
    "ask": "ASK {}",
    "construct": "CONSTRUCT { <http://example.org/a> <http://example.org/b> 'é 深'@zh , 1 } WHERE {}",
    "describe": "DESCRIBE <http://example.org/not/there>",
}
TABLES, GRAPHS = {JSON, XML, CSV, TSV}, {TURTLE, NT, RDFXML, JSONLD}
PLAIN_TABLES, PLAIN_GRAPHS = {JSON, XML}, {TURTLE, NT, RDFXML}

# Each form of query, a wish, and the formats that answer it; none of them: 406.
MATRIX = [
    # Without a wish, or with any
    *((form, wish, PLAIN_TABLES) for form in ("select", "ask") for wish in (None, "", "*/*", "application/*", "*/*;q=0.1")),
    *((form, wish, PLAIN_GRAPHS) for form in ("construct", "describe") for wish in (None, "", "*/*")),
    # One format
    *(("select", wish, {wish}) for wish in (JSON, XML, CSV, TSV)),
    *(("ask", wish, {wish}) for wish in (JSON, XML)),
    *((form, wish, {wish}) for form in ("construct", "describe") for wish in (TURTLE, NT, RDFXML, JSONLD)),
    # Other names for the same
    ("select", "application/json", {JSON, "application/json"}),
    ("select", "application/xml", {XML, "application/xml"}),
    ("select", "text/xml", {XML, "application/xml", "text/xml"}),
    ("construct", "application/xml", {RDFXML, "application/xml"}),
    ("construct", "application/json", {JSONLD, "application/json"}),
    ("select", "Application/SPARQL-Results+JSON", {JSON}),
    # Quality
    ("select", f"{CSV};q=0.5, {XML};q=0.9", {XML}),
    ("select", f"{CSV};q=0.9, {XML};q=0.5", {CSV}),
    ("select", f"{CSV};q=0.001, {XML};q=0", {CSV}),
    ("select", f"{CSV} ; q = 0.5 , {TSV} ; Q=0.75", {TSV}),
    ("select", f"{CSV};q=0.3, */*;q=0.1", {CSV}),
    ("select", f"*/*;q=0.5, {TSV}", {TSV}),
    ("select", f"text/*;q=0.5, {CSV};q=0", {TSV}),
    ("select", f"text/*, {TSV};q=0.1", {CSV, HTML}),
    ("select", f"*/*, {JSON};q=0, {XML};q=0", {CSV, TSV}),
    ("select", f"{CSV};q=1.000, {JSON};q=0.999", {CSV}),
    ("select", f"image/png, {CSV};q=0.1", {CSV}),
    ("construct", f"{TURTLE};q=0.5, {NT};q=0.9, {RDFXML};q=0.1", {NT}),
    ("construct", f"text/*;q=0.5, {RDFXML};q=0.4", {TURTLE}),
    ("construct", f"text/*, {TURTLE};q=0, {NT};q=0.1", {NT, HTML}),
    ("construct", f"{JSONLD}, {TURTLE};q=0.9", {JSONLD}),
    # Parameters of a range
    ("construct", "text/turtle; charset=utf-8", {TURTLE}),
    ("select", "text/csv; charset=utf-8; header=present", {CSV}),
    ("construct", 'application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted"', {JSONLD}),
    # What clients send
    ("select", f"{JSON},application/json,text/javascript,application/javascript", {JSON, "application/json"}),
    ("select", f"application/rdf+xml, {XML}, application/xml", {XML, "application/xml"}),
    ("construct", f"{XML}, application/xml, {RDFXML}", {RDFXML, "application/xml"}),
    ("construct", "application/turtle,text/turtle,text/rdf+n3,application/n-triples,application/n3,text/n3", {TURTLE, NT}),
    ("construct", "application/ld+json,application/x-json+ld", {JSONLD}),
    (
        "select",
        f"{JSON};q=1.0,{XML};q=0.7,application/n-quads,application/trig;q=0.95,{JSONLD};q=0.9,{NT};q=0.8,*/*;q=0.1",
        {JSON},
    ),
    # Nothing that there is
    *((form, wish, set()) for form in QUERIES for wish in ("image/png", "application/pdf, image/*", "*/*;q=0")),
    ("construct", JSON, set()),
    ("construct", f"{CSV}, {XML}", set()),
    ("select", TURTLE, set()),
    ("select", f"{NT}, {RDFXML};q=0.3", set()),
    ("select", f"{CSV};q=0", set()),
    # Wishes that are none: anything but an error of the server
    *(
        ("select", wish, None)
        for wish in (
            ",",
            ";",
            "text/csv;q=x",
            "text/csv;q=2",
            "text",
            "/",
            "*",
            "*/csv",
            "text/csv;;q=1",
            "\t",
            'a/b;c="',
            "é/ü",
            "," * 5000,
        )
    ),
]


class Negotiation:
    def __init__(self, checks, url, options):
        self.check = checks.check
        self.url, self.path = url, options.query

    def ask(self, query, wish, method="GET", **more):
        headers = {} if wish is None else {"Accept": wish.encode("latin-1") if isinstance(wish, str) else wish}
        return request(self.url, self.path, method, headers | more, parameters=[("query", query)])

    def matrix(self):
        for form, wish, allowed in MATRIX:
            shown = "nothing" if wish is None else repr(wish if len(wish) < 70 else wish[:60] + "…")
            with self.check(f"{form} as {shown}"):
                answer = self.ask(QUERIES[form], wish)
                if allowed is None:
                    answer.expect(200, 4)
                elif not allowed:
                    answer.expect(406)
                    expect(
                        answer.media_type == "text/plain" and "/" in answer.text,
                        f"it does not say what there is: {answer.text[:100]!r}",
                    )
                else:
                    expect(answer.expect(200).media_type in allowed, f"{answer.media_type!r}")
                    read(form, answer)
                expect((answer.status >= 400 and allowed is None) or "accept" in answer.values("Vary"), "no Vary: Accept")

    def more(self):
        with self.check("several Accept lines are one"):
            answer = self.ask(QUERIES["select"], [f"{CSV};q=0.2", f"{TSV};q=0.8"])
            expect(answer.media_type == TSV, f"{answer.media_type!r}")
        with self.check("a browser is shown a page"):
            for parameters in ([], [("query", "ASK {}")]):
                answer = request(self.url, self.path, headers={"Accept": BROWSER}, parameters=parameters).expect(200)
                expect(answer.media_type == HTML and b"<html" in answer.body[:500].lower(), f"{answer.media_type!r}")
        with self.check("a format that was not wished is refused before the query is answered"):
            self.ask("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l } ORDER BY ?l", "image/png").expect(406)
        with self.check("CSV and TSV are as the W3C has them"):
            answer = self.ask(QUERIES["select"], CSV).expect(200)
            expect(answer.body.startswith(b"a,b\r\n") and answer.body.endswith(b"\r\n"), repr(answer.body))
            wanted = [["a", "b"], ["http://example.org/é", 'a "b", c\n深'], ["", "1"]]
            found = list(csv.reader(io.StringIO(answer.body.decode(), newline="")))
            expect(found == wanted, f"{found}")
            lines = self.ask(QUERIES["select"], TSV).expect(200).body.decode().split("\n")
            expect(lines[0] == "?a\t?b" and lines[1] == '<http://example.org/é>\t"a \\"b\\", c\\n深"@zh', f"{lines}")
        with self.check("text is UTF-8, and nothing is guessed from it"):
            for form, wish in (("select", CSV), ("select", TSV), ("construct", TURTLE), ("select", JSON)):
                answer = self.ask(QUERIES[form], wish).expect(200)
                said = (answer.headers.get("Content-Type") or "").lower().replace('"', "").replace(" ", "")
                expect("charset" not in said or "charset=utf-8" in said, said)
                expect(wish not in (CSV, TSV) or "charset=utf-8" in said, f"{wish} without its charset is US-ASCII to some")
                expect(answer.headers.get("X-Content-Type-Options") == "nosniff", "no nosniff")
        with self.check("nothing is said of other origins"):
            answer = self.ask("ASK {}", JSON, Origin="https://example.org")
            expect(
                answer.headers.get("Access-Control-Allow-Origin") is None,
                f"{answer.headers.get('Access-Control-Allow-Origin')}",
            )
        with self.check("an answer can be compressed"):
            answer = self.ask(
                "SELECT * { " + " ".join(f"VALUES ?{name} {{ 1 2 3 4 5 6 7 8 9 }}" for name in "abc") + " }",
                JSON,
                **{"Accept-Encoding": "gzip"},
            ).expect(200)
            coding = answer.headers.get("Content-Encoding")
            expect(coding in (None, "gzip"), f"{coding}")
            expect(coding is None or "accept-encoding" in answer.values("Vary"), "compressed without Vary: Accept-Encoding")

    # The service description

    SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
    TERMS = set(
        "Service Language Function Aggregate EntailmentRegime EntailmentProfile GraphCollection Dataset Graph NamedGraph Feature endpoint feature "
        "defaultEntailmentRegime entailmentRegime defaultSupportedEntailmentProfile supportedEntailmentProfile extensionFunction extensionAggregate "
        "languageExtension supportedLanguage propertyFeature defaultDataset availableGraphs resultFormat inputFormat defaultGraph namedGraph name graph "
        "SPARQL10Query SPARQL11Query SPARQL11Update DereferencesURIs UnionDefaultGraph RequiresDataset EmptyGraphs BasicFederatedQuery".split()
    )

    def description(self, wish, form):
        answer = request(self.url, self.path, headers={"Accept": wish} if wish else {}).expect(200)
        graph = Graph()
        if form is None:
            form = {TURTLE: "turtle", NT: "nt", RDFXML: "xml"}.get(answer.media_type)
            expect(form, f"it is {answer.media_type!r}")
        return graph.parse(data=answer.text, format=form, publicID=self.url + self.path)

    def service(self, is_writable):
        sd = self.SD
        with self.check("returns-rdf"):
            for wish, form in (
                (None, None),
                ("*/*", None),
                (TURTLE, "turtle"),
                (NT, "nt"),
                (RDFXML, "xml"),
                (JSONLD, "json-ld"),
            ):
                expect(len(self.description(wish, form)) > 3, f"{wish}: next to nothing")
        with self.check("has-endpoint-triple"):
            for host in (self.url, self.url.replace("127.0.0.1", "localhost")):
                answer = request(self.url, self.path, headers={"Accept": NT, "Host": host.removeprefix("http://")}).expect(200)
                graph = Graph().parse(data=answer.text, format="nt")
                found = {str(iri) for iri in graph.objects(None, sd.endpoint)}
                expect(found == {host + self.path}, f"{found} at {host}")
        with self.check("conforms-to-schema"):
            graph = self.description(TURTLE, "turtle")
            services = list(graph.subjects(RDF.type, sd.Service))
            expect(len(services) == 1, f"{len(services)} services")
            used = {
                str(term).removeprefix(sd)
                for triple in graph
                for term in triple
                if isinstance(term, URIRef) and term.startswith(sd)
            }
            expect(used <= self.TERMS, f"no terms of the vocabulary: {used - self.TERMS}")
            languages = set(graph.objects(services[0], sd.supportedLanguage))
            expect(sd.SPARQL11Query in languages, f"{languages}")
            expect(
                is_writable is None or (sd.SPARQL11Update in languages) == is_writable,
                f"writable: {is_writable}, but {languages}",
            )
            formats = {str(iri) for iri in graph.objects(services[0], sd.resultFormat)}
            wanted = {
                "http://www.w3.org/ns/formats/" + name
                for name in (
                    "SPARQL_Results_JSON",
                    "SPARQL_Results_XML",
                    "SPARQL_Results_CSV",
                    "Turtle",
                    "N-Triples",
                    "RDF_XML",
                )
            }
            expect(wanted <= formats, f"missing: {wanted - formats}")
            for dataset in graph.objects(services[0], sd.defaultDataset):
                expect((dataset, RDF.type, sd.Dataset) in graph, "a default dataset that is no sd:Dataset")
            for named in graph.objects(None, sd.namedGraph):
                expect(graph.value(named, sd.name), "a named graph without sd:name")
        with self.check("what is said of the union is so"):
            graph = self.description(TURTLE, "turtle")
            expect((None, sd.feature, sd.UnionDefaultGraph) in graph, "sd:UnionDefaultGraph is not said")
            query = "ASK { GRAPH ?g { ?s ?p ?o } FILTER NOT EXISTS { ?s ?p ?o } }"
            expect(
                json.loads(self.ask(query, JSON).expect(200).text)["boolean"] is False,
                "a triple of a named graph is not in the default graph",
            )


def read(form, answer):
    """Whether another program reads what the type says."""
    kinds = {JSON: "JSON", "application/json": "JSON", XML: "XML", "application/xml": "XML", "text/xml": "XML", TSV: "TSV"}
    if form in ("select", "ask"):
        if answer.media_type == HTML or answer.media_type == CSV:
            return
        found = pyoxigraph.parse_query_results(
            answer.body, format=getattr(pyoxigraph.QueryResultsFormat, kinds[answer.media_type])
        )
        if form == "select":
            rows = list(found)
            if len(rows) != 2 or rows[0]["b"].language != "zh":
                raise Wrong(f"{rows}")
        elif not bool(found):
            raise Wrong("false")
        return
    name = {
        TURTLE: "TURTLE",
        NT: "N_TRIPLES",
        RDFXML: "RDF_XML",
        "application/xml": "RDF_XML",
        JSONLD: "JSON_LD",
        "application/json": "JSON_LD",
    }.get(answer.media_type)
    if name:
        triples = list(pyoxigraph.parse(answer.body, format=getattr(pyoxigraph.RdfFormat, name)))
        expect(len(triples) == (2 if form == "construct" else 0), f"{len(triples)} triples")


def main():
    parsed = arguments(
        __doc__,
        ("--query", {"default": "/sparql", "help": "where queries go (default: /sparql)"}),
        ("--writable", {"action": "store_true", "default": None, "help": "the server can be written to"}),
    )
    checks = Checks("Content negotiation and service description")
    with target(parsed) as url:
        negotiation = Negotiation(checks, url, parsed)
        negotiation.matrix()
        negotiation.more()
        negotiation.service(bool(parsed.writable))
    checks.finish()


if __name__ == "__main__":
    main()
