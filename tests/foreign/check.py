#!/usr/bin/env python3
"""Reads a folder of exports with programs that are not ours, and compares what they find with expected.json there.

Prints a line for each file and reader; exits with 1 if a reader refuses a file or finds something else. A reader that is
not installed is skipped, and that is said.
"""

import argparse
import csv
import importlib
import json
import re
import sys
from pathlib import Path

# Beyond so many edges, readers that hold a whole document in memory are not asked.
MANY = 200_000

# What XML has no character for.
NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class Skipped(Exception):
    """A reader is not installed, or not meant for files of this size."""


def need(name):
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise Skipped(f"{name} is not installed") from error


def same(what, found, expected):
    if found != expected:
        raise AssertionError(f"{what}: {str(found)[:300]!r} instead of {str(expected)[:300]!r}")


def is_there(value):
    return value is not None and value == value


def plain(text):
    """In one line, without control characters: all that bibliographies can hold."""
    return " ".join(re.split(r"[\s\x00-\x1f\x7f-\x9f]+", text)).strip()


class Checks:
    def __init__(self, folder, expected):
        self.folder = folder
        self.expected = expected
        self.network = expected["network"]
        self.is_large = self.network["edges"] > MANY

    def small(self):
        if self.is_large:
            raise Skipped("too many edges for it")

    # Networks

    def counts(self, nodes, edges, is_xml=False, names=None):
        """`nodes` are pairs of an IRI and its values, `edges` values: what is not there is left out or None."""
        rename = names or {}
        expected = self.network
        fields, n_values, n_nodes, labels = set(), 0, 0, {}
        label = rename.get("label", "label")
        for iri, values in nodes:
            values = {name: value for name, value in values.items() if is_there(value)}
            n_nodes += 1
            n_values += len(values)
            fields.update(values)
            if iri in expected["labels"]:
                labels[iri] = values.get(label)
            for name in expected["integers"]:
                if name in values and not float(values[name]).is_integer():
                    raise AssertionError(f"{name} is no integer: {values[name]!r}")
        same("nodes", n_nodes, expected["nodes"])
        same("fields of nodes", fields, {rename.get(name, name) for name in expected["node_fields"]})
        same("values of nodes", n_values, expected["node_values"])
        for iri, title in expected["labels"].items():
            same(f"label of {iri}", labels.get(iri), NO_XML.sub("\ufffd", title) if is_xml else title)
        fields, n_values, n_edges = set(), 0, 0
        for values in edges:
            values = {name: value for name, value in values.items() if is_there(value)}
            n_edges += 1
            n_values += len(values)
            fields.update(values)
        same("edges", n_edges, expected["edges"])
        same("fields of edges", fields, {rename.get(name, name) for name in expected["edge_fields"]})
        same("values of edges", n_values, expected["edge_values"])

    def graphml_networkx(self):
        networkx = need("networkx")
        self.small()
        graph = networkx.read_graphml(self.folder / "network.graphml", force_multigraph=True)
        if not graph.is_directed():
            raise AssertionError("it is not directed")
        self.counts(graph.nodes(data=True), (values for *_, values in graph.edges(data=True)), is_xml=True)

    def graphml_igraph(self):
        igraph = need("igraph")
        graph = igraph.Graph.Read_GraphML(str(self.folder / "network.graphml"))
        same("directed", graph.is_directed(), True)

        # It has an empty text where nothing was written.
        def filled(element, but):
            return {name: value for name, value in element.attributes().items() if value != "" and name != but}

        # Its parser leaves the reference for an ampersand in attributes as it is.
        nodes = ((node["id"].replace("&#38;", "&"), filled(node, "id")) for node in graph.vs)
        self.counts(nodes, (filled(edge, "id") for edge in graph.es), is_xml=True)

    def gexf_networkx(self):
        networkx = need("networkx")
        self.small()
        graph = networkx.read_gexf(self.folder / "network.gexf")

        def edge(values):
            values = {name: value for name, value in values.items() if name != "id"}
            values["relation"] = values.pop("label", values.pop("type", None))
            values.pop("kind", None)
            return values

        edges = (edge(dict(values)) for *_, values in graph.edges(data=True))
        self.counts(graph.nodes(data=True), edges, is_xml=True)

    def gexf_stream(self):
        """The XML alone, for files that networkx would need too much memory for."""
        from xml.etree import ElementTree

        n_nodes = n_edges = 0
        for _, element in ElementTree.iterparse(self.folder / "network.gexf"):
            n_nodes += element.tag.endswith("}node")
            n_edges += element.tag.endswith("}edge")
            element.clear()
        same("nodes and edges", (n_nodes, n_edges), (self.network["nodes"], self.network["edges"]))

    NAMES = {"label": "name", "relation": "interaction"}

    def cytoscape_networkx(self):
        networkx = need("networkx")
        elements = json.loads((self.folder / "network.cytoscape").read_text("utf-8"))
        graph = networkx.cytoscape_graph(elements)

        def own(values, *but):
            return {name: value for name, value in values.items() if name not in but}

        nodes = ((iri, own(values, "id", "value")) for iri, values in graph.nodes(data=True))
        edges = (own(values, "id", "key", "source", "target") for *_, values in graph.edges(data=True))
        self.counts(nodes, edges, names=self.NAMES)

    def cx2_ndex2(self):
        cx2 = need("ndex2.cx2")
        self.small()
        network = cx2.RawCX2NetworkFactory().get_cx2network(str(self.folder / "network.cx2"))

        def own(values, but):
            return {name: value for name, value in values.items() if name != but}

        nodes = ((node["v"]["iri"], own(node["v"], "iri")) for node in network.get_nodes().values())
        edges = (own(edge["v"], "id") for edge in network.get_edges().values())
        self.counts(nodes, edges, names=self.NAMES)

    # Tables

    def csv_csv(self):
        csv.field_size_limit(10_000_000)

        def rows(name):
            with open(self.folder / name, encoding="utf-8", newline="") as file:
                for row in csv.DictReader(file, strict=True):
                    yield {key: value if value != "" else None for key, value in row.items()}

        nodes = ((row.pop("id"), row) for row in rows("csv-nodes.csv"))
        edges = ({key: row[key] for key in row if key not in ("id", "source", "target")} for row in rows("csv-edges.csv"))
        self.counts(nodes, edges)

    def csv_pandas(self):
        pandas = need("pandas")
        nodes = pandas.read_csv(self.folder / "csv-nodes.csv", keep_default_na=False)
        edges = pandas.read_csv(self.folder / "csv-edges.csv", keep_default_na=False)
        same("rows", (len(nodes), len(edges)), (self.network["nodes"], self.network["edges"]))
        same("ends", set(edges["source"]) | set(edges["target"]) <= set(nodes["id"]), True)

    def neo4j_csv(self):
        csv.field_size_limit(10_000_000)
        with open(self.folder / "neo4j-nodes.csv", encoding="utf-8", newline="") as file:
            reader = csv.reader(file, strict=True)
            head = next(reader)
            same("first and last column", (head[0], head[-1]), ("id:ID", ":LABEL"))
            known = set()
            for row in reader:
                same("columns", len(row), len(head))
                known.add(row[0])
        same("nodes", len(known), self.network["nodes"])
        with open(self.folder / "neo4j-edges.csv", encoding="utf-8", newline="") as file:
            rows = csv.DictReader(file, strict=True)
            n_edges = 0
            for row in rows:
                n_edges += 1
                if not {row[":START_ID"], row[":END_ID"]} <= known:
                    raise AssertionError(f"an end is no node: {row}")
                if not re.fullmatch("[A-Z_]+", row[":TYPE"]) or not 0 <= float(row["weight:double"]) <= 1:
                    raise AssertionError(f"no type or weight: {row}")
        same("edges", n_edges, self.network["edges"])

    def parquet_pyarrow(self):
        parquet = need("pyarrow.parquet")
        pyarrow = need("pyarrow")
        nodes = parquet.read_table(self.folder / "parquet-nodes.parquet")
        edges = parquet.read_table(self.folder / "parquet-edges.parquet")
        for name in self.network["integers"]:
            if name in nodes.column_names:
                same(f"type of {name}", nodes.schema.field(name).type, pyarrow.int64())
        same("type of weight", edges.schema.field("weight").type, pyarrow.float64())
        same("type of label", nodes.schema.field("label").type, pyarrow.string())

        def rows(table):
            for batch in table.to_batches(max_chunksize=10_000):
                yield from batch.to_pylist()

        keys = ("id", "source", "target")
        pairs = ((row["id"], {name: row[name] for name in row if name != "id"}) for row in rows(nodes))
        self.counts(pairs, ({name: row[name] for name in row if name not in keys} for row in rows(edges)))

    # RDF

    def rdf_pyoxigraph(self):
        pyoxigraph = need("pyoxigraph")
        formats = {"nq": ("N_QUADS", "quads"), "nt": ("N_TRIPLES", "triples"), "ttl": ("TURTLE", "triples"),
                   "trig": ("TRIG", "quads"), "rdf": ("RDF_XML", "triples"), "jsonld": ("JSON_LD", "quads")}
        for ending, (name, what) in formats.items():
            path = self.folder / f"graph.{ending}"
            count = sum(1 for _ in pyoxigraph.parse(path=path, format=getattr(pyoxigraph.RdfFormat, name)))
            same(f"{what} in {path.name}", count, self.expected[what])

    def rdf_rdflib(self):
        rdflib = need("rdflib")
        self.small()
        # It knows RDF 1.1 in XML 1.0, where some control characters cannot be.
        for ending, what in {"nt": "triples", "ttl": "triples", "nq": "quads", "trig": "quads", "jsonld": "quads"}.items():
            graph = rdflib.Dataset() if what == "quads" else rdflib.Graph()
            name = {"ttl": "turtle", "jsonld": "json-ld", "nq": "nquads"}.get(ending, ending)
            graph.parse(self.folder / f"graph.{ending}", format=name)
            count = len(list(graph.quads())) if what == "quads" else len(graph)
            same(f"{what} in graph.{ending}", count, self.expected[what])

    # Bibliographies

    def titles(self, found, convert=lambda title: title):
        found = {convert(plain(title)) for title in found}
        for title in self.expected["titles"]:
            if convert(plain(title)) not in found:
                raise AssertionError(f"the title is missing: {title[:200]!r}")

    def bibtex_pybtex(self):
        database = need("pybtex.database")
        richtext = need("pybtex.richtext")
        read = database.parse_file(str(self.folder / "works.bibtex"), bib_format="bibtex")
        same("works", len(read.entries), self.expected["works"])
        if self.is_large:
            return

        # Its decoder knows no braces, carets and dollars that stand for themselves.
        def bare(title):
            title = re.sub(r"\\textbrace(left|right) ?|\\textasciicircum ?|[{}$^\\]", "", title)
            return " ".join(title.split())

        titles = [entry.fields.get("title", "") for entry in read.entries.values()]
        self.titles((str(richtext.Text.from_latex(title)) for title in titles), bare)

    def ris_rispy(self):
        rispy = need("rispy")
        with open(self.folder / "works.ris", encoding="utf-8", newline="\r\n") as file:
            read = rispy.load(file)
        same("works", len(read), self.expected["works"])
        self.titles(entry.get("title", "") for entry in read)

    def csl_citeproc(self):
        need("citeproc")
        sources = need("citeproc.source.json")
        items = json.loads((self.folder / "works.csl-json").read_text("utf-8"))
        same("works", len(items), self.expected["works"])
        self.titles(item.get("title", "") for item in items)
        self.small()
        same("keys", len(sources.CiteProcJSON(items)), self.expected["works"])

    def markdown_lines(self):
        """Each title must stand in the list, with its marks escaped."""
        text = (self.folder / "list.md").read_text("utf-8")
        if not text.startswith("# "):
            raise AssertionError("it does not begin with a heading")
        bare = set(re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", line) for line in text.splitlines())
        starts = {line[3:] if line.startswith("- [") else line[2:] for line in bare if line.startswith("- ")}
        self.small()
        for title in self.expected["titles"]:
            if not any(start.startswith(plain(title)) for start in starts):
                raise AssertionError(f"the title is missing: {title[:200]!r}")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="where the exports and expected.json are")
    folder = parser.parse_args().folder
    checks = Checks(folder, json.loads((folder / "expected.json").read_text("utf-8")))
    names = [name for name in vars(Checks) if "_" in name and not name.startswith("_")]
    n_failed = 0
    for name in names:
        shown = name.replace("_", " read by ", 1)
        try:
            getattr(checks, name)()
            print(f"  {shown}: as expected")
        except Skipped as reason:
            print(f"  skipped: {shown}: {reason}")
        except Exception as error:  # A reader may fail in any way.
            n_failed += 1
            print(f"  FAILED: {shown}: {type(error).__name__}: {str(error)[:1000]}")
    return 1 if n_failed else 0


if __name__ == "__main__":
    sys.exit(main())
