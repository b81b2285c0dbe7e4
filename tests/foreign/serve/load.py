#!/usr/bin/env python3
"""Measures `amml-graph serve` beside `oxigraph serve`: the same quads, the same queries, in turns, with 1, 8 and 32 clients; and
pages about random things. Prints tables in Markdown.

Needs --program, --store, wrk (Debian: apt-get install wrk) and oxigraph (pip install oxigraph). The graph should be large:
amml-graph --store big build 'lists/*.md' biotools.jsonl.gz scrna-tools
"""

import argparse
import contextlib
import http.client
import json
import random
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import quote, urlencode, urlsplit

from shared import request, serving

# Of this project, where this is tests/foreign/serve/load.py.
QUERIES_FOLDER = Path(__file__).resolve().parent / "../../../queries"
# A reader of N-Quads may hold a line at most so long: Oxigraph's refuses 16 MB.
LONGEST_LINE = 8_000_000
MOST_SECONDS = 60

WRK = """
local lines = {{}}
for line in io.lines("{paths}") do lines[#lines + 1] = line end
local at = {seed}
request = function()
  at = at % #lines + 1
  return wrk.format("GET", lines[at], {{ ["Accept"] = "{accept}" }})
end
done = function(summary, latency, requests)
  local bad = summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.status + summary.errors.timeout
  io.write(string.format("FIGURES %d %d %f %f %d %d\\n", summary.requests, bad, latency:percentile(50) / 1000, latency:percentile(95) / 1000, summary.duration, summary.bytes))
end
"""


def rows(url, path, query):
    answer = request(
        url, path, headers={"Accept": "application/sparql-results+json"}, parameters=[("query", query)], timeout=300
    )
    return json.loads(answer.expect(200).text)["results"]["bindings"]


def queries(url, path, folder):
    """Names, wishes and texts; of those with many texts, each is asked in turn."""
    things = [
        row["s"]["value"]
        for row in rows(url, path, "SELECT ?s { ?s <http://www.w3.org/2000/01/rdf-schema#label> ?n } LIMIT 40000")
    ]
    dois = [row["d"]["value"] for row in rows(url, path, "SELECT ?d { ?s <http://purl.org/ontology/bibo/doi> ?d } LIMIT 20000")]
    chosen = random.Random(1)
    table, graph = "application/sparql-results+json", "application/n-triples"
    found = {
        "all of one thing": (
            table,
            [f"SELECT ?p ?o {{ <{iri}> ?p ?o }}" for iri in chosen.sample(things, min(500, len(things)))],
        ),
        "a paper by its DOI": (
            table,
            [
                f"SELECT ?s {{ ?s <http://purl.org/ontology/bibo/doi> {json.dumps(doi)} }}"
                for doi in chosen.sample(dois, min(500, len(dois)))
            ],
        ),
        "20,000 rows": (table, ["SELECT * { ?s ?p ?o } LIMIT 20000"]),
        "CONSTRUCT of 5,000": (
            graph,
            [
                "CONSTRUCT { ?s <http://www.w3.org/2000/01/rdf-schema#label> ?n } WHERE { ?s <http://www.w3.org/2000/01/rdf-schema#label> ?n } LIMIT 5000"
            ],
        ),
    }
    for name in ("papers-by-year", "tools-and-papers"):
        file = folder / f"{name}.rq"
        if file.exists():
            found[name] = (table, [file.read_text("utf-8")])
    return found


def measure(url, path, accept, texts, n_clients, seconds, folder):
    paths = folder / "paths"
    paths.write_text("".join(f"{path}?{urlencode({'query': text})}\n" for text in texts))
    script = folder / "wrk.lua"
    script.write_text(WRK.format(paths=paths, accept=accept, seed=n_clients))
    done = subprocess.run(
        ["wrk", "-t1", f"-c{n_clients}", f"-d{seconds}s", "--timeout", "120s", "-s", str(script), url],
        capture_output=True,
        text=True,
        check=True,
    )
    n, n_bad, p50, p95, duration, n_bytes = map(float, re.search(r"FIGURES (.*)", done.stdout)[1].split())
    return {"per second": n / (duration / 1e6), "p50": p50, "p95": p95, "bad": int(n_bad), "MB/s": n_bytes / duration}


def better(one, other):
    """Of two rounds the one that the rest of the machine disturbed less."""
    return one if other is None or one["per second"] > other["per second"] else other


def peak_mb(process):
    text = Path(f"/proc/{process.pid}/status").read_text()
    return {name: int(re.search(rf"{name}:\s+(\d+)", text)[1]) // 1024 for name in ("VmHWM", "VmRSS")}


@contextlib.contextmanager
def oxigraph(command, folder):
    with contextlib.closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [command, "serve", "--location", str(folder), "--bind", f"127.0.0.1:{port}", "--union-default-graph"],
        stderr=subprocess.DEVNULL,
    )
    url = f"http://127.0.0.1:{port}"
    try:
        for _ in range(200):
            with contextlib.suppress(OSError):
                request(url, "/query", parameters=[("query", "ASK {}")])
                break
            time.sleep(0.1)
        yield url, process
    finally:
        process.terminate()
        process.wait()


def copy(program, store, command, folder):
    """The quads of the store in a store of Oxigraph's; says how many lines are too long for it."""
    if (folder / "CURRENT").exists():
        return
    with tempfile.NamedTemporaryFile("w", suffix=".nq", dir=folder.parent, encoding="utf-8") as file:
        export = subprocess.Popen(
            [program, "--store", store, "export", "--format", "nq"], stdout=subprocess.PIPE, encoding="utf-8", errors="strict"
        )
        n_lines = n_long = 0
        for line in export.stdout:
            n_lines += 1
            if len(line.encode()) > LONGEST_LINE:
                n_long += 1
            else:
                file.write(line)
        file.flush()
        if export.wait() != 0:
            raise SystemExit("the export failed")
        print(f"{n_lines} quads, of which {n_long} are too long for Oxigraph's reader and are left out there\n", flush=True)
        subprocess.run([command, "load", "--location", str(folder), "--file", file.name], check=True, capture_output=True)


def compare(ours, theirs, found, counts, seconds, folder):
    print(
        "| query | clients | ours: per s | p50 ms | p95 ms | Oxigraph: per s | p50 ms | p95 ms | ours / Oxigraph |\n|---|--:|--:|--:|--:|--:|--:|--:|--:|"
    )
    for name, (accept, texts) in found.items():
        once = max(duration(*side, accept, texts[0]) for side in (ours, theirs))
        for n_clients in counts:
            # Long enough for some answers to each client.
            needed = int(max(seconds, 2 * once * n_clients))
            if needed > MOST_SECONDS:
                print(f"| {name} | {n_clients} | left out: one takes {once:.1f} s | | | | | | |")
                continue
            best = [None, None]
            for _ in range(2):
                for at, (url, path) in enumerate((ours, theirs)):
                    best[at] = better(measure(url, path, accept, texts, n_clients, needed, folder), best[at])
            cells = [
                f"{side['per second']:.1f} | {side['p50']:.1f} | {side['p95']:.1f}"
                + (f" ({side['bad']} failed)" if side["bad"] else "")
                for side in best
            ]
            print(
                f"| {name} | {n_clients} | {cells[0]} | {cells[1]} | {best[0]['per second'] / (best[1]['per second'] or float('nan')):.2f} |",
                flush=True,
            )
    print()


def duration(url, path, accept, text):
    began = time.monotonic()
    request(url, path, headers={"Accept": accept}, parameters=[("query", text)], timeout=300).expect(200)
    return time.monotonic() - began


def pages(url, path, base, n):
    """Each page once, as a reader's browser would ask for it."""
    print("| pages | number | p50 ms | p95 ms | slowest ms | slowest |\n|---|--:|--:|--:|--:|---|")
    kinds = {"papers": "paper", "tools": "tool", "persons": "person", "topics": "topic", "lists": "list"}
    chosen = random.Random(2)
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=120)
    for name, kind in kinds.items():
        found = rows(
            url,
            path,
            f"SELECT DISTINCT ?s {{ ?s a ?t FILTER(STRSTARTS(STR(?s), '{base}id/{kind}/') && !CONTAINS(STR(?s), '#')) }}",
        )
        iris = sorted(row["s"]["value"] for row in found)
        times = []
        for iri in chosen.sample(iris, min(n // 5, len(iris))):
            address = "/page/" + quote(iri.removeprefix(base + "id/"), safe="/:@!$&'()*+,;=%~")
            began = time.monotonic()
            connection.request("GET", address, headers={"Accept": "text/html"})
            answer = connection.getresponse()
            answer.read()
            times.append(((time.monotonic() - began) * 1000, address if answer.status == 200 else f"{answer.status} {address}"))
        times.sort()
        if times:
            at = [times[int((len(times) - 1) * part)][0] for part in (0.5, 0.95, 1)]
            print(f"| {name} | {len(times)} | {at[0]:.1f} | {at[1]:.1f} | {at[2]:.1f} | {times[-1][1][:80]} |", flush=True)
    for address in (
        "/",
        "/search?q=single+cell",
        "/search?q=alignment+of+sequences&kind=tool",
        "/api/suggest?q=deep",
        "/questions",
        "/questions/papers-by-year",
        "/pictures/topics.svg",
        "/.well-known/void",
    ):
        times = []
        for _ in range(9):
            began = time.monotonic()
            answer = request(url, address, headers={"Accept": "text/html,*/*"}, timeout=120)
            times.append((time.monotonic() - began) * 1000)
        times.sort()
        print(f"| `{address}` | 9 | {times[4]:.1f} | {times[-1]:.1f} | {times[-1]:.1f} | {answer.status} |", flush=True)
    print()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", required=True)
    parser.add_argument("--store", required=True)
    parser.add_argument("--oxigraph", default=str(Path(sys.executable).parent / "oxigraph"), help="the command oxigraph")
    parser.add_argument("--work", type=Path, help="a folder to keep Oxigraph's copy of the graph in")
    parser.add_argument("--queries", type=Path, default=QUERIES_FOLDER, help="the folder of the named questions")
    parser.add_argument("--base", default="https://w3id.org/amml-graph/")
    parser.add_argument("--seconds", type=int, default=4, help="of each measurement (default: 4)")
    parser.add_argument("--clients", default="1,8,32")
    parsed = parser.parse_args()
    if not shutil.which("wrk"):
        raise SystemExit("wrk is not installed")
    with tempfile.TemporaryDirectory() as temporary:
        work = parsed.work or Path(temporary)
        work.mkdir(parents=True, exist_ok=True)
        copied = work / "peer"
        copied.mkdir(exist_ok=True)
        copy(parsed.program, parsed.store, parsed.oxigraph, copied)
        options = ("--query-timeout", 120, "--max-rows", 10_000_000)
        with (
            serving(parsed.program, parsed.store, *options, timeout=300) as server,
            oxigraph(parsed.oxigraph, copied) as (url, process),
        ):
            ours, theirs = (server.url, "/sparql"), (url, "/query")
            n_quads = rows(*ours, "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }")[0]["n"]["value"]
            print(
                f"{n_quads} quads; at rest: ours {peak_mb(server.process)['VmRSS']} MB, Oxigraph {peak_mb(process)['VmRSS']} MB\n"
            )
            pages(*ours, parsed.base, 500)
            found = queries(*ours, parsed.queries)
            compare(ours, theirs, found, [int(n) for n in parsed.clients.split(",")], parsed.seconds, work)
            print(f"Most memory: ours {peak_mb(server.process)['VmHWM']} MB, Oxigraph {peak_mb(process)['VmHWM']} MB")


if __name__ == "__main__":
    main()
