#!/usr/bin/env python3
"""The tests of the W3C for the SPARQL 1.1 Protocol, by their names (github.com/w3c/rdf-tests, sparql/sparql11/protocol), and
further checks of what the Protocol says but those tests leave out.

Without --writable only what reads is checked, on whatever the store holds, and that writing is refused. With --writable the
server's store is EMPTIED: give it one of its own.
"""

import json
from xml.etree import ElementTree

from shared import Checks, Skipped, Wrong, arguments, bearer, expect, request, target

DATA = "http://kasei.us/2009/09/sparql/data/"
D1, D2, D3 = (f"{DATA}data{n}.rdf" for n in (1, 2, 3))
DOCUMENT = "<http://xmlns.com/foaf/0.1/Document>"
RESOURCE = "<http://purl.org/dc/terms/BibliographicResource>"
NOTHING = ("default-graph-uri", DATA + "data0.rdf")

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
TABULAR = {"application/sparql-results+xml", "application/sparql-results+json", "text/csv", "text/tab-separated-values"}
BOOLEAN = {"application/sparql-results+xml", "application/sparql-results+json"}
RDF = {"application/rdf+xml", "text/turtle", "application/n-triples", "application/xhtml+xml"}


class Protocol:
    def __init__(self, checks, url, options):
        self.check = checks.check
        self.url = url
        self.query_path, self.update_path = options.query, options.update
        self.token = bearer(options.token)

    def get(self, query, *parameters, **headers):
        return request(self.url, self.query_path, headers=headers, parameters=[("query", query), *parameters])

    def post(self, media_type, body, *parameters, method="POST", headers=()):
        """To where queries go."""
        typed = {"Content-Type": media_type} if media_type else {}
        return request(self.url, self.query_path, method, {**typed, **dict(headers)}, body, parameters)

    def send(self, media_type, body, *parameters, headers=None):
        """To where updates go, with the token."""
        typed = {"Content-Type": media_type} if media_type else {}
        known = self.token if headers is None else headers
        return request(self.url, self.update_path, "POST", {**typed, **known}, body, parameters)

    def ask(self, query, *parameters):
        return boolean(self.post(QUERY, query, *parameters))

    def update(self, text, *parameters):
        self.send(UPDATE, text, *parameters).expect(200, 204)

    def true(self, name, answer):
        with self.check(name):
            expect(boolean(answer()), "it is false")

    def refused(self, name, answer, *allowed):
        with self.check(name):
            answer().expect(*(allowed or (4,)))


def boolean(answer):
    """What an ASK was answered."""
    answer.expect(200)
    if answer.media_type == "application/sparql-results+json":
        return json.loads(answer.text)["boolean"]
    if answer.media_type == "application/sparql-results+xml":
        return ElementTree.fromstring(answer.body).findtext("{*}boolean") == "true"
    raise Wrong(f"a boolean as {answer.media_type!r}")


def rows(answer):
    return json.loads(answer.expect(200).text)["results"]["bindings"]


def graphs(kind, *names):
    return [(f"{kind}-graph-uri", name) for name in names]


# Reading


def queries(protocol):
    p = protocol
    p.true("query_post_form", lambda: p.post(FORM, "query=ASK%20%7B%7D", NOTHING))
    p.true("query_get", lambda: p.get("ASK {}", NOTHING))
    p.true("query_post_direct", lambda: p.post(QUERY, "ASK {}"))
    types = {
        "select": ("SELECT (1 AS ?value) {}", TABULAR),
        "ask": ("ASK {}", BOOLEAN),
        "describe": ("DESCRIBE <http://example.org/>", RDF),
        "construct": ("CONSTRUCT { <s> <p> 1 } WHERE {}", RDF),
    }
    for name, (query, allowed) in types.items():
        with p.check(f"query_content_type_{name}"):
            answer = p.post(QUERY, query, NOTHING).expect(200)
            expect(answer.media_type in allowed, f"it is {answer.media_type!r}")


def bad_queries(protocol):
    p = protocol
    p.refused("bad_query_method", lambda: p.post(FORM, None, ("query", "ASK {}"), NOTHING, method="PUT"))
    p.refused("bad_multiple_queries", lambda: p.get("ASK {}", ("query", "SELECT * {}")))
    p.refused("bad_query_wrong_media_type", lambda: p.post("text/plain", "ASK {}"))
    p.refused("bad_query_missing_form_type", lambda: p.post(None, "query=ASK%20%7B%7D"))
    p.refused("bad_query_missing_direct_type", lambda: p.post(None, "ASK {}"))
    p.refused("bad_query_non_utf8", lambda: p.post(f"{QUERY}; charset=UTF-16", "ASK {}".encode("utf-16")))
    p.refused("bad_query_syntax", lambda: p.get("ASK {"))


def dataset(protocol, one, two, three):
    """The tests of protocol-specified datasets; of each graph a pattern that holds in it and in neither of the others."""
    p = protocol
    (g1, in1), (g2, in2), (g3, in3) = one, two, three
    both, named = f"ASK {{ {in1} . {in2} }}", f"ASK {{ GRAPH ?g1 {{ {in1} }} GRAPH ?g2 {{ {in2} }} }}"
    default_graphs, named_graphs = graphs("default", g1, g2), graphs("named", g1, g2)
    p.true("query_dataset_default_graphs_get", lambda: p.get(both, *default_graphs))
    p.true("query_dataset_default_graphs_post", lambda: p.post(QUERY, both, *default_graphs))
    p.true("query_dataset_named_graphs_get", lambda: p.get(named, *named_graphs))
    p.true("query_dataset_named_graphs_post", lambda: p.post(QUERY, named, *named_graphs))
    full = f"ASK {{ {in3} {named[5:-1]} }}"
    p.true("query_dataset_full", lambda: p.post(QUERY, full, *graphs("default", g3), *named_graphs))
    other = named.replace("ASK", f"ASK FROM <{g3}>")
    p.true("query_multiple_dataset", lambda: p.post(QUERY, other, *named_graphs))

    def false(name, query, *parameters):
        with p.check(name):
            expect(not p.ask(query, *parameters), "it is true")

    false("a default graph that is named hides the others", f"ASK {{ {in2} }}", *graphs("default", g1))
    false("only named graphs named: the default graph is empty", f"ASK {{ {in1} }}", *named_graphs)
    false("only default graphs named: no named graphs", "ASK { GRAPH ?g { ?s ?p ?o } }", *default_graphs)
    false("a named graph that is not named is not seen", f"ASK {{ GRAPH <{g3}> {{ ?s ?p ?o }} }}", *named_graphs)
    false("the dataset of the protocol replaces FROM", f"ASK FROM <{g2}> {{ {in2} }}", *graphs("default", g1))
    false("FROM hides the other graphs", f"ASK FROM <{g1}> {{ {in2} }}")
    false("FROM NAMED alone leaves the default graph empty", f"ASK FROM NAMED <{g1}> {{ {in1} }}")
    false("a graph that is not there is empty", "ASK { ?s ?p ?o }", NOTHING)
    form = "query=ASK+%7B%3Fs+%3Fp+%3Fo%7D&default-graph-uri=" + NOTHING[1].replace(":", "%3A").replace("/", "%2F")
    with p.check("the dataset may stand in the form"):
        expect(not boolean(p.post(FORM, form)), "it is true")
    p.refused("a relative IRI as default-graph-uri", lambda: p.get("ASK {}", ("default-graph-uri", "no iri>")), 400)


def beyond_queries(protocol):
    p = protocol
    p.refused("neither query nor update in a form", lambda: p.post(FORM, "x=y"), 400)
    p.refused("an empty query", lambda: p.get(""), 400)
    p.refused("two queries in a form", lambda: p.post(FORM, "query=ASK%7B%7D&query=ASK%7B%7D"), 400)
    p.refused("a query in the URL and one in the body", lambda: p.post(QUERY, "ASK {}", ("query", "ASK {}")), 400)
    p.refused("query and update in one form", lambda: p.post(FORM, "query=ASK%7B%7D&update=CLEAR+ALL"), 4)
    p.refused("bytes that are no UTF-8", lambda: p.post(QUERY, b"ASK { <http://x/\xff> ?p ?o }"), 400)
    p.refused("no UTF-8 behind percent signs", lambda: request(p.url, p.query_path + "?query=ASK%7B%7D%23%FF"), 400)
    p.true("charset=utf-8, in capitals and quotes", lambda: p.post('Application/SPARQL-Query; Charset="UTF-8"', "ASK {}"))
    p.true("a form with a charset", lambda: p.post(f"{FORM}; charset=UTF-8", "query=ASK+%7B%7D"))
    p.true("parameters that nobody knows", lambda: p.get("ASK {}", ("output", "json"), ("results", "json"), ("x", "é")))
    p.true("plus is a space in a URL", lambda: request(p.url, p.query_path + "?query=ASK+%7B%7D"))
    p.true("letters of any script", lambda: p.get('ASK { FILTER("深度学习🧬" = "\\u6DF1\\u5EA6\\u5B66\\u4E60\\U0001F9EC") }'))
    for method in ("PUT", "DELETE", "PATCH"):
        with p.check(f"{method} is answered with what is allowed"):
            answer = p.post(QUERY, "ASK {}", method=method).expect(405)
            expect({"get", "post"} <= answer.values("Allow"), f"Allow: {answer.headers.get('Allow')}")
    with p.check("HEAD is GET without a body"):
        head = request(p.url, p.query_path, "HEAD", parameters=[("query", "ASK {}")]).expect(200)
        expect(head.media_type == p.get("ASK {}").media_type and not head.body, str(head))
    with p.check("OPTIONS says what is allowed"):
        answer = request(p.url, p.query_path, "OPTIONS").expect(200, 204, 405)
        expect({"get", "post"} <= answer.values("Allow"), f"Allow: {answer.headers.get('Allow')}")
    with p.check("errors of syntax are plain text that says where"):
        answer = p.get("SELECT * {\n ?s <b>oops</b> }").expect(400)
        expect(answer.media_type in ("text/plain", "application/json", "application/problem+json"), answer.media_type)
        expect("2" in answer.text, f"no line in {answer.text!r}")


# Writing


def updates(protocol):
    p = protocol
    with p.check("update_dataset_default_graph"):
        target = "http://example.org/protocol-update-dataset-test/"
        p.update(f"CLEAR ALL ; {insert(1)} ; {mark(target)} WHERE {{ ?s a {DOCUMENT} }}", ("using-graph-uri", D1))
        expect(p.ask(f"ASK {{ GRAPH <{target}> {{ <{D1}> a {RESOURCE} }} }}"), "nothing was written")
    with p.check("update_dataset_default_graphs"):
        target = "http://example.org/protocol-update-dataset-graphs-test/"
        text = f"DROP ALL ; {insert(1, 2, 3)} ; {mark(target)} WHERE {{ ?s a {DOCUMENT} }}"
        p.update(text, ("using-graph-uri", D1), ("using-graph-uri", D2))
        expect(marked(p, target) == {D1, D2}, f"{marked(p, target)}")
    with p.check("update_dataset_named_graphs"):
        target = "http://example.org/protocol-update-dataset-named-graphs-test/"
        text = f"DROP ALL ; {insert(1, 2, 3)} ; {mark(target)} WHERE {{ GRAPH ?g {{ ?s a {DOCUMENT} }} }}"
        p.update(text, ("using-named-graph-uri", D1), ("using-named-graph-uri", D2))
        expect(marked(p, target) == {D1, D2}, f"{marked(p, target)}")
    with p.check("update_dataset_full"):
        target = "http://example.org/protocol-update-dataset-full-test/"
        where = f'{{ GRAPH ?g {{ ?s a {DOCUMENT} }} BIND(?g AS ?in) }} UNION {{ ?s a {DOCUMENT} . BIND("default" AS ?in) }}'
        text = f"DROP ALL ; {insert(1, 2, 3)} ; INSERT {{ GRAPH <{target}> {{ ?s <http://example.org/in> ?in }} }} WHERE {{ {where} }}"
        p.update(text, ("using-graph-uri", D1), ("using-named-graph-uri", D2))
        found = p.get(f"SELECT ?s ?in {{ GRAPH <{target}> {{ ?s <http://example.org/in> ?in }} }}", Accept="application/json")
        found = {(row["s"]["value"], row["in"]["value"]) for row in rows(found)}
        expect(found == {(D1, "default"), (D2, D2)}, f"{found}")
    with p.check("update_post_form"):
        p.send(FORM, "update=CLEAR+ALL").expect(200, 204)
    with p.check("update_post_direct"):
        p.update("CLEAR ALL")
        expect(not p.ask("ASK { ?s ?p ?o }"), "something is left")
    with p.check("update_base_uri"):
        graph = "http://example.org/protocol-base-test/"
        triple = "<http://example.org/s> <http://example.org/p>"
        p.update(f"CLEAR SILENT GRAPH <{graph}> ; INSERT DATA {{ GRAPH <{graph}> {{ {triple} <test> }} }}")
        condition = 'FILTER (isIRI(?o) && STR(?o) != "test")'
        expect(p.ask(f"ASK {{ GRAPH <{graph}> {{ {triple} ?o {condition} }} }}"), "the IRI is relative")


def insert(*numbers):
    """An INSERT DATA of a document for each of the graphs with these numbers."""
    iris = [f"{DATA}data{number}.rdf" for number in numbers]
    return "INSERT DATA { " + " ".join(f"GRAPH <{iri}> {{ <{iri}> a {DOCUMENT} }}" for iri in iris) + " }"


def mark(graph):
    return f"INSERT {{ GRAPH <{graph}> {{ ?s a {RESOURCE} }} }}"


def marked(protocol, graph):
    answer = protocol.get(f"SELECT ?s {{ GRAPH <{graph}> {{ ?s a {RESOURCE} }} }}", Accept="application/sparql-results+json")
    return {row["s"]["value"] for row in rows(answer)}


CONFLICT = (
    "PREFIX foaf: <http://xmlns.com/foaf/0.1/> WITH <http://example/addresses> "
    "DELETE { ?person foaf:givenName 'Bill' } INSERT { ?person foaf:givenName 'William' } WHERE { ?person foaf:givenName 'Bill' }"
)


def bad_updates(protocol):
    """Each must be refused, and must leave everything as it is."""
    p = protocol
    before = count(p)

    def refused(name, answer, *allowed):
        with p.check(name):
            answer().expect(*(allowed or (4,)))
            expect(count(p) == before, "it changed the store")

    refused("bad_update_get", lambda: request(p.url, p.update_path, headers=p.token, parameters=[("update", "CLEAR ALL")]))
    refused("bad_multiple_updates", lambda: p.send(FORM, "update=CLEAR%20NAMED&update=CLEAR%20DEFAULT"))
    refused("bad_update_wrong_media_type", lambda: p.send("text/plain", "CLEAR NAMED"))
    refused("bad_update_missing_form_type", lambda: p.send(None, "update=CLEAR%20NAMED"))
    refused("bad_update_non_utf8", lambda: p.send(f"{UPDATE}; charset=UTF-16", "CLEAR NAMED".encode("utf-16")))
    refused("bad_update_syntax", lambda: p.send(FORM, "update=CLEAR%20XYZ"))
    using = ("using-named-graph-uri", "http://example/people")
    refused("bad_update_dataset_conflict", lambda: p.send(UPDATE, CONFLICT, using))
    with_using = CONFLICT.replace("WITH <http://example/addresses>", "").replace(
        "WHERE", "USING <http://example/addresses> WHERE"
    )
    refused(
        "the same with USING, in a form",
        lambda: request(
            p.url,
            p.update_path,
            "POST",
            {"Content-Type": FORM, **p.token},
            f"update={form_encoded(with_using)}&using-graph-uri=http%3A%2F%2Fexample%2Fpeople",
        ),
    )
    refused("an update by PUT", lambda: request(p.url, p.update_path, "PUT", {"Content-Type": UPDATE, **p.token}, "CLEAR ALL"))
    refused("an update as a query", lambda: p.post(QUERY, "CLEAR ALL", headers=p.token))
    refused("LOAD", lambda: p.send(UPDATE, "LOAD <http://127.0.0.1:9/x.ttl>"))
    refused(
        "LOAD after something else: neither is done",
        lambda: p.send(UPDATE, "INSERT DATA { <x:a> <x:b> 1 } ; LOAD <http://127.0.0.1:9/x.ttl>"),
    )


def form_encoded(text):
    from urllib.parse import quote_plus

    return quote_plus(text)


def count(protocol):
    answer = protocol.get(
        "SELECT (COUNT(*) AS ?n) { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }", Accept="application/sparql-results+json"
    )
    return int(rows(answer)[0]["n"]["value"])


def rights(protocol, is_writable):
    """Who may write."""
    p = protocol
    before = count(p)
    inserted = "INSERT DATA { <http://example.org/a> <http://example.org/b> 1 }"
    statuses = (
        {"no token": (401,), "a wrong token": (401, 403)}
        if is_writable
        else {"no token": (401, 403, 405), "a token": (403, 405)}
    )
    for name, allowed in statuses.items():
        headers = {} if name == "no token" else bearer("x" * 32)
        for form, media_type, body in (("direct", UPDATE, inserted), ("form", FORM, "update=" + form_encoded(inserted))):
            with p.check(f"{name}, {form}: nothing is written"):
                answer = p.send(media_type, body, headers=headers).expect(*allowed)
                expect(answer.status != 401 or answer.headers.get("WWW-Authenticate"), "401 without WWW-Authenticate")
                expect(count(p) == before, "it was written")
    if is_writable:
        with p.check("a token of another scheme"):
            p.send(UPDATE, inserted, headers={"Authorization": "Basic eDp5"}).expect(401, 403)
        with p.check("a stranger is not told of errors of syntax"):
            p.send(UPDATE, "nonsense", headers={}).expect(401)


def three_graphs(protocol):
    """Of three named graphs of the store, a triple that only it has."""
    found = []
    for row in rows(
        protocol.get("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } } LIMIT 8", Accept="application/sparql-results+json")
    ):
        graph = row["g"]["value"]
        query = f"SELECT ?s ?p ?o {{ GRAPH <{graph}> {{ ?s ?p ?o }} FILTER(isIRI(?o)) FILTER NOT EXISTS {{ GRAPH ?h {{ ?s ?p ?o }} FILTER(?h != <{graph}>) }} }} LIMIT 1"
        for triple in rows(protocol.get(query, Accept="application/sparql-results+json")):
            found.append((graph, " ".join(f"<{triple[name]['value']}>" for name in "spo")))
    return found[:3]


def main():
    parsed = arguments(
        __doc__,
        ("--query", {"default": "/sparql", "help": "where queries go (default: /sparql)"}),
        ("--update", {"default": "/sparql", "help": "where updates go (default: /sparql)"}),
        ("--writable", {"action": "store_true", "help": "the server takes updates; EMPTIES its store"}),
        ("--token", {"help": "the token for updates"}),
    )
    checks = Checks("SPARQL 1.1 Protocol")
    with target(parsed) as url:
        protocol = Protocol(checks, url, parsed)
        queries(protocol)
        bad_queries(protocol)
        beyond_queries(protocol)
        if parsed.writable:
            updates(protocol)
            protocol.update(f"CLEAR ALL ; {insert(1, 2, 3)}")
            bad_updates(protocol)
            graphs_of_data = [(iri, f"<{iri}> a {DOCUMENT}") for iri in (D1, D2, D3)]
        else:
            graphs_of_data = three_graphs(protocol)
        if parsed.token or not parsed.writable:
            rights(protocol, parsed.writable)
        with checks.check("three graphs to tell apart"):
            if len(graphs_of_data) < 3:
                raise Skipped("the store has fewer")
        if len(graphs_of_data) == 3:
            dataset(protocol, *graphs_of_data)
    checks.finish()


if __name__ == "__main__":
    main()
