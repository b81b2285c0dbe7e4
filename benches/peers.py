"""Times other graph libraries on files of edges that benches/analysis.rs wrote, and compares what they find.

Usage: peers.py FILE..    pairs of little-endian 32-bit numbers, citing and cited; beside FILE.edges may be what our
kernels found: FILE.pagerank, .authorities, .betweenness (64-bit floats) and .cores (32-bit numbers).

Each library works on its own graph, ready made: the time to make it is not counted, which favors the peers. The shortest
of several runs is printed. What is not installed is left out.
"""

import importlib
import pathlib
import sys
import time


def optional(name):
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


import numpy

igraph = optional("igraph")
networkit = optional("networkit")
networkx = optional("networkx")
sparse = optional("scipy.sparse")

# Above this many nodes networkx takes minutes, and so does exact betweenness.
MOST_NODES_OF_NETWORKX = 30_000


def timed(network, library, kernel, run, result=lambda found: ""):
    """Prints one line: the shortest of at most three runs of together ten seconds."""
    best, begin, found = None, time.perf_counter(), None
    for _ in range(3):
        start = time.perf_counter()
        found = run()
        took = time.perf_counter() - start
        best = took if best is None else min(best, took)
        if time.perf_counter() - begin > 10:
            break
    print(f"{network:<22} {library + ' ' + kernel:<34} {best:>9.4f}  {result(found)}", flush=True)
    return found


def ours(path, kind, dtype):
    beside = path.with_suffix("." + kind)
    values = numpy.fromfile(beside, dtype=dtype) if beside.exists() else numpy.empty(0, dtype)
    return values if len(values) else None


def difference(theirs, own):
    """The greatest difference from what our kernel found, for printing."""
    if own is None:
        return ""
    return f"differs by at most {numpy.abs(numpy.asarray(theirs) - own).max():.1e}"


def run_igraph(network, path, n_nodes, edges):
    graph = igraph.Graph(n_nodes, edges, directed=True)
    own = ours(path, "pagerank", "<f8")
    timed(network, "igraph", "pagerank", lambda: graph.pagerank(), lambda found: difference(found, own))
    timed(network, "igraph", "components", lambda: graph.connected_components(mode="weak"), lambda found: f"count {len(found)}")
    timed(network, "igraph", "strong components", lambda: graph.connected_components(), lambda found: f"count {len(found)}")
    undirected = graph.as_undirected().simplify()
    own = ours(path, "cores", "<u4")
    timed(network, "igraph", "cores", lambda: undirected.coreness(), lambda found: difference(numpy.array(found, float), own))
    timed(network, "igraph", "cut points", lambda: undirected.articulation_points(), lambda found: f"points {len(found)}")
    timed(network, "igraph", "bridges", lambda: undirected.bridges(), lambda found: f"bridges {len(found)}")
    if n_nodes <= MOST_NODES_OF_NETWORKX:
        own = ours(path, "betweenness", "<f8")
        scale = 2 / ((n_nodes - 1) * (n_nodes - 2))
        timed(network, "igraph", "betweenness", lambda: undirected.betweenness(), lambda found: difference(numpy.array(found) * scale, own))
    for rounds in [2, -1] if n_nodes <= MOST_NODES_OF_NETWORKX else [2]:
        timed(network, "igraph", f"leiden, {rounds} rounds",
              lambda: undirected.community_leiden(objective_function="modularity", n_iterations=rounds),
              lambda found: f"count {len(found)} modularity {undirected.modularity(found):.5f}")


def run_networkit(network, n_nodes, edges):
    graph = networkit.graph.Graph(n_nodes, directed=True)
    graph.addEdges((edges[:, 0], edges[:, 1]))
    undirected = networkit.graph.Graph(n_nodes)
    undirected.addEdges((edges[:, 0], edges[:, 1]))
    undirected.removeSelfLoops()
    undirected.removeMultiEdges()
    timed(network, "networkit", "components",
          lambda: networkit.components.ParallelConnectedComponents(undirected).run(),
          lambda found: f"count {found.numberOfComponents()}")
    timed(network, "networkit", "pagerank", lambda: networkit.centrality.PageRank(graph, 0.85, 1e-10).run())
    timed(network, "networkit", "cores", lambda: networkit.centrality.CoreDecomposition(undirected).run())

    def communities(make):
        def run():
            return make().run().getPartition()

        def result(found):
            quality = networkit.community.Modularity().getQuality(found, undirected)
            return f"count {found.numberOfSubsets()} modularity {quality:.5f}"
        return run, result

    timed(network, "networkit", "leiden", *communities(lambda: networkit.community.ParallelLeiden(undirected, randomize=True)))
    timed(network, "networkit", "louvain", *communities(lambda: networkit.community.PLM(undirected, refine=True)))
    timed(network, "networkit", "betweenness, sampled",
          lambda: networkit.centrality.KadabraBetweenness(undirected, 0.01, 0.1).run())


def run_scipy(network, n_nodes, edges):
    ones = numpy.ones(len(edges), dtype=numpy.int32)
    matrix = sparse.csr_matrix((ones, (edges[:, 0], edges[:, 1])), shape=(n_nodes, n_nodes))
    matrix.data[:] = 1
    from scipy.sparse import csgraph
    timed(network, "scipy", "components", lambda: csgraph.connected_components(matrix, directed=True, connection="weak"), lambda found: f"count {found[0]}")
    timed(network, "scipy", "strong components", lambda: csgraph.connected_components(matrix, connection="strong"), lambda found: f"count {found[0]}")

    def cocitation():
        pairs = sparse.triu(matrix.T @ matrix, k=1).tocoo()
        return pairs.data[pairs.data >= 5]

    timed(network, "scipy", "cocitation >= 5", cocitation, lambda found: f"pairs {len(found)} sum {found.sum()}")


def run_networkx(network, path, n_nodes, edges):
    graph = networkx.DiGraph()
    graph.add_nodes_from(range(n_nodes))
    graph.add_edges_from(edges.tolist())
    own, authorities = ours(path, "pagerank", "<f8"), ours(path, "authorities", "<f8")
    values = lambda found: [found[node] for node in range(n_nodes)]
    timed(network, "networkx", "pagerank", lambda: networkx.pagerank(graph, tol=1e-14, max_iter=1000), lambda found: difference(values(found), own))
    timed(network, "networkx", "hits", lambda: networkx.hits(graph), lambda found: difference(values(found[1]), authorities))


def main():
    for path in map(pathlib.Path, sys.argv[1:]):
        edges = numpy.fromfile(path, dtype="<u4").reshape(-1, 2)
        n_nodes, network = int(edges.max()) + 1, path.stem
        if igraph:
            run_igraph(network, path, n_nodes, edges)
        if networkit:
            run_networkit(network, n_nodes, edges)
        if sparse:
            run_scipy(network, n_nodes, edges)
        if networkx and n_nodes <= MOST_NODES_OF_NETWORKX:
            run_networkx(network, path, n_nodes, edges)


main()
