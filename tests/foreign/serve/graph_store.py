#!/usr/bin/env python3
"""The tests of the W3C for the SPARQL 1.1 Graph Store HTTP Protocol, by their names (github.com/w3c/rdf-tests,
sparql/sparql11/graph-store-protocol), and further checks of what the protocol says.

With --writable the graphs that the tests name are written and deleted again, and so is the default graph: give the server a
store of its own. Without it, only reading, and that writing is refused.
"""

import gzip
import itertools

from rdflib import Graph
from rdflib.compare import isomorphic

from shared import Checks, Skipped, arguments, bearer, expect, request, target

TURTLE = "text/turtle; charset=utf-8"
PREFIXES = "@prefix foaf: <http://xmlns.com/foaf/0.1/> . @prefix v: <http://www.w3.org/2006/vcard/ns#> .\n"
HERE = "http://www.example/gsp/person/"
BOUNDARY = "a6fe4cd636164618814be9f8d3d1a0de"


def person(name, number=1, more=""):
    return f'{PREFIXES} <{HERE}{number}> a foaf:Person ; {more} foaf:businessCard [ a v:VCard ; v:fn "{name}" ] .'


ALICE = f'{PREFIXES} [] a foaf:Person ; foaf:businessCard [ a v:VCard ; v:given-name "Alice" ] .'


def multipart(*parts):
    """A form of files, each a name and its Turtle."""
    lines = []
    for name, text in parts:
        lines += [
            f"--{BOUNDARY}",
            f'Content-Disposition: form-data; name="{name}"; filename="{name}"',
            f"Content-Type: {TURTLE}",
            "",
            text,
        ]
    return "\r\n".join([*lines, f"--{BOUNDARY}--", ""])


class GraphStore:
    def __init__(self, checks, url, options):
        self.check = checks.check
        self.url, self.path, self.query_path = url, options.gsp, options.query
        self.token = bearer(options.token)

    def send(self, method, where, body=None, media_type=TURTLE, headers=None):
        typed = {"Content-Type": media_type} if body is not None and media_type else {}
        known = self.token if headers is None else headers
        return request(self.url, self.path + where, method, {**typed, **known}, body)

    def put(self, where, text, *allowed):
        return self.send("PUT", where, text).expect(*(allowed or (200, 201, 204)))

    def get(self, where, accept="text/turtle"):
        return request(self.url, self.path + where, headers={"Accept": accept} if accept else {})

    def expect_graph(self, where, text):
        """That what is got is what this Turtle says."""
        answer = self.get(where).expect(200)
        expect(answer.media_type == "text/turtle", f"it is {answer.media_type!r}")
        found = Graph().parse(data=answer.text, format="turtle")
        wanted = Graph().parse(data=text, format="turtle")
        expect(isomorphic(found, wanted), f"{where} holds {answer.text[:300]!r}")

    def remove(self, *places):
        for where in places:
            self.send("DELETE", where).expect(200, 204, 404)


def put_get_repeat(store, where):
    store.remove(where)
    store.put(where, person("John Doe"), 201)
    store.expect_graph(where, person("John Doe"))
    store.put(where, person("Jane Doe"), 200, 204)
    store.expect_graph(where, person("Jane Doe"))


def put_delete_get_delete(store, where):
    store.put(where, ALICE)
    store.send("DELETE", where).expect(200, 204)
    store.get(where).expect(404)
    store.send("DELETE", where).expect(404, 200, 204)


def post_get_post_get(store, where):
    store.remove(where)
    store.send("POST", where, person("Jane Doe")).expect(200, 201, 204)
    store.expect_graph(where, person("Jane Doe"))
    parts = (
        (f"{key}Name.ttl", f'@prefix foaf: <http://xmlns.com/foaf/0.1/> .\r\n<{HERE}1> foaf:{word}Name "{name}" .\r\n')
        for key, word, name in (("last", "family", "Doe"), ("first", "given", "Jane"))
    )
    store.send("POST", where, multipart(*parts), f"multipart/form-data; boundary={BOUNDARY}").expect(200, 204)
    store.expect_graph(where, person("Jane Doe", more='foaf:givenName "Jane" ; foaf:familyName "Doe" ;'))


def head_existing(store, where):
    store.put(where, person("John Doe"))
    answer = request(store.url, store.path + where, "HEAD", {"Accept": TURTLE}).expect(200)
    expect(answer.media_type == "text/turtle" and not answer.body, str(answer))


def graph_parameter(iri):
    return "?graph=" + iri.replace("%", "%25").replace(":", "%3A").replace("/", "%2F")


FIRST, SECOND, FOURTH = (graph_parameter(f"{HERE}{n}.ttl") for n in (1, 2, 4))
FIRST_ENCODED = FIRST.replace("1.ttl", "%31.ttl")
ENCODED_TWICE = FIRST.replace("1.ttl", "%2531.ttl")


def indirect(store):
    for test, where in (
        (put_get_repeat, FIRST),
        (put_delete_get_delete, SECOND),
        (post_get_post_get, FIRST),
        (head_existing, FIRST),
    ):
        with store.check(f"{test.__name__}_indirect"):
            test(store, where)
    with store.check("put_get_default"):
        store.put("?default", ALICE)
        store.expect_graph("?default", ALICE)
    with store.check("post_get_new_graph"):
        answer = store.send("POST", "", ALICE).expect(201)
        location = answer.headers.get("Location")
        expect(location, "no Location")
        store.expect_graph(graph_parameter(location), ALICE)
        store.remove(graph_parameter(location))
    with store.check("head_non_existing_indirect"):
        store.remove(FOURTH)
        request(store.url, store.path + FOURTH, "HEAD", {"Accept": TURTLE}).expect(404)
    with store.check("put_get_uri_pct_encoded_indirect"):
        store.remove(FIRST)
        store.put(FIRST, person("John Doe"), 201)
        store.expect_graph(FIRST_ENCODED, person("John Doe"))
    with store.check("put_get_uri_pct_encoded_twice"):
        store.remove(FIRST, ENCODED_TWICE)
        store.put(FIRST, person("John Doe"), 201)
        store.put(ENCODED_TWICE, person("Jane Doe", 2), 201)
        store.expect_graph(FIRST, person("John Doe"))
        store.expect_graph(ENCODED_TWICE, person("Jane Doe", 2))
    store.remove(FIRST, SECOND, FOURTH, ENCODED_TWICE)


def direct(store):
    answer = store.send("PUT", "/person/1.ttl", person("John Doe"))
    is_there = answer.status not in (404, 405, 501)
    for test in (put_get_repeat, put_delete_get_delete, post_get_post_get, head_existing):
        with store.check(f"{test.__name__}_direct"):
            if not is_there:
                raise Skipped(f"graphs have no address of their own here (status {answer.status})")
            test(store, "/person/2.ttl" if test is put_delete_get_delete else "/person/1.ttl")
    with store.check("the same graph, directly and indirectly"):
        if not is_there:
            raise Skipped("graphs have no address of their own here")
        store.put("/person/1.ttl", ALICE)
        store.expect_graph(graph_parameter(f"{store.url}{store.path}/person/1.ttl"), ALICE)
    if is_there:
        store.remove("/person/1.ttl", "/person/2.ttl")


def beyond(store):
    fresh = (graph_parameter(f"http://example.org/graph/{n}") for n in itertools.count())
    with store.check("what is relative is relative to the graph"):
        where = next(fresh)
        store.put(where, "<x> <http://example.org/p> <> .")
        store.expect_graph(where, "<http://example.org/graph/x> <http://example.org/p> <http://example.org/graph/0> .")
        store.remove(where)
    with store.check("blank nodes of two requests are two"):
        where = next(fresh)
        for value in "12":
            store.send("POST", where, f"_:a <http://example.org/p> {value} .").expect(200, 201, 204)
        store.expect_graph(where, "[] <http://example.org/p> 1 . [] <http://example.org/p> 2 .")
        store.remove(where)
    with store.check("a broken text leaves the graph as it is"):
        where = next(fresh)
        store.put(where, ALICE)
        for method in ("PUT", "POST"):
            store.send(method, where, ALICE + "\n<http://example.org/a> <http://example.org/b> .").expect(400)
        store.expect_graph(where, ALICE)
        store.remove(where)
    with store.check("an empty graph can be put"):
        store.put(next(fresh), "")
    with store.check("every format can be put and got"):
        where = next(fresh)
        wanted = Graph().parse(data=ALICE, format="turtle")
        for media_type, form in (
            ("application/n-triples", "nt"),
            ("application/rdf+xml", "xml"),
            ("application/ld+json", "json-ld"),
            ("text/turtle", "turtle"),
        ):
            store.send("PUT", where, wanted.serialize(format=form), media_type).expect(200, 201, 204)
            answer = store.get(where, media_type).expect(200)
            expect(answer.media_type == media_type, f"{answer.media_type!r} instead of {media_type}")
            expect(isomorphic(Graph().parse(data=answer.text, format=form), wanted), f"{media_type}: {answer.text[:200]!r}")
        store.remove(where)
    with store.check("a compressed body is read or refused, not mistaken"):
        where = next(fresh)
        answer = request(
            store.url,
            store.path + where,
            "PUT",
            {"Content-Type": TURTLE, "Content-Encoding": "gzip", **store.token},
            gzip.compress(ALICE.encode()),
        )
        answer.expect(200, 201, 204, 415, 400)
        if answer.status < 300:
            store.expect_graph(where, ALICE)
        store.remove(where)


def refusals(store):
    where = graph_parameter("http://example.org/refused")
    refused = {
        "a body of no RDF type": lambda: store.send("PUT", where, ALICE, "text/plain").expect(400, 415),
        "a body of no type": lambda: store.send("PUT", where, ALICE, None).expect(400, 415),
        "quads for one graph": lambda: store.send("PUT", where, "<x:a> <x:b> <x:c> <x:d> .", "application/n-quads").expect(
            400, 415
        ),
        "bytes that are no UTF-8": lambda: store.send("PUT", where, b'<x:a> <x:b> "\xff" .').expect(400),
        "a graph and the default graph": lambda: store.send("PUT", where + "&default", ALICE).expect(400),
        "two graphs": lambda: store.send("PUT", where + where.replace("?", "&") + "2", ALICE).expect(400),
        "a graph without a valid IRI": lambda: store.send("PUT", "?graph=%3Ca%20b%3E", ALICE).expect(400),
        "an empty graph name": lambda: store.send("PUT", "?graph=", ALICE).expect(4),
        "PUT of no graph": lambda: store.send("PUT", "", ALICE).expect(4),
        "DELETE of no graph": lambda: store.send("DELETE", "").expect(4),
        "a method that is not there": lambda: store.send("PROPFIND", where).expect(4, 501),
    }
    for name, check in refused.items():
        with store.check(f"refused: {name}"):
            check()
            store.get(where).expect(404)


def reading(store):
    with store.check("a graph that is not there is not found"):
        store.get(graph_parameter("http://example.org/not/there")).expect(404)
    with store.check("the default graph is always there"):
        store.get("?default").expect(200)
    with store.check("406 for what is no RDF"):
        store.get("?default", "image/png").expect(406)
    with store.check("answers vary by Accept"):
        expect("accept" in store.get("?default").expect(200).values("Vary"), "no Vary: Accept")


def read_only(store):
    where = graph_parameter("http://example.org/written")
    for method in ("PUT", "POST", "DELETE", "PATCH"):
        with store.check(f"{method} is refused"):
            store.send(method, where, None if method == "DELETE" else ALICE).expect(401, 403, 405)
            store.get(where).expect(404)


def strangers(store):
    where = graph_parameter("http://example.org/stranger")
    for method in ("PUT", "POST", "DELETE"):
        for name, headers in (("no token", {}), ("a wrong token", bearer("x" * 32))):
            with store.check(f"{method} with {name} is refused"):
                store.send(method, where, None if method == "DELETE" else ALICE, headers=headers).expect(401, 403)
                store.get(where).expect(404)


def main():
    parsed = arguments(
        __doc__,
        ("--gsp", {"default": "/store", "help": "where graphs are (default: /store)"}),
        ("--query", {"default": "/sparql", "help": "where queries go (default: /sparql)"}),
        ("--writable", {"action": "store_true", "help": "the server can be written to"}),
        ("--token", {"help": "the token for writing"}),
    )
    checks = Checks("SPARQL 1.1 Graph Store HTTP Protocol")
    with target(parsed) as url:
        store = GraphStore(checks, url, parsed)
        reading(store)
        if parsed.writable:
            indirect(store)
            direct(store)
            beyond(store)
            refusals(store)
            if parsed.token:
                strangers(store)
        else:
            read_only(store)
    checks.finish()


if __name__ == "__main__":
    main()
