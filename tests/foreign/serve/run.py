#!/usr/bin/env python3
"""Runs all checks of the server, or those that are named, each with a server and a store as it needs them.

python run.py --program target/release/amml-graph --work target/explore
python run.py --program target/release/amml-graph --work target/explore protocol browser
"""

import argparse
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from shared import serving

HERE = Path(__file__).resolve().parent
TOKEN = "a-token-for-checks-0123456789abcdef"

# How each is run: what it wants of a server.
READING = ("protocol", "graph_store", "negotiation", "clients", "linked_data", "fuzz", "browser")
WRITING = ("protocol", "graph_store", "negotiation", "clients")
OWN_SERVER = ("agents", "hostile_requests", "overload", "rights", "limits", "hostile_pages")


def run(name, *options):
    """One script; whether it found nothing."""
    began = time.monotonic()
    environment = {**os.environ, "PYTHONWARNINGS": "ignore"}
    status = subprocess.run([sys.executable, HERE / f"{name}.py", *map(str, options)], env=environment).returncode
    print(f"# {name}: {'passed' if status == 0 else 'FAILED'} in {time.monotonic() - began:.0f} s\n", flush=True)
    return status == 0


def build(program, store, *sources):
    shutil.rmtree(store, ignore_errors=True)
    subprocess.run([program, "--store", store, "build", "--offline", *sources], check=True, capture_output=True)
    return store


def all_checks(program, work, wanted):
    results = {}
    store = build(program, work / "store")
    if reading := [name for name in READING if name in wanted]:
        with serving(program, store) as server:
            for name in reading:
                more = ("--shots", work / "shots") if name == "browser" else ()
                results[name] = run(name, "--url", server.url, *more)
    if writing := [name for name in WRITING if name in wanted]:
        token = work / "token"
        token.write_text(TOKEN + "\n")
        token.chmod(0o600)
        for name in writing:
            # Each has a store of its own, since the protocol's tests empty it.
            with serving(program, build(program, work / "written"), "--writable", "--token-file", token) as server:
                results[f"{name}, writable"] = run(
                    name, "--url", server.url, "--writable", *(() if name == "negotiation" else ("--token", TOKEN))
                )
    for name in OWN_SERVER:
        if name in wanted:
            results[name] = run(name, "--program", program, "--store", work / "hostile" if name == "hostile_pages" else store)
    return results


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", required=True, help="amml-graph")
    parser.add_argument("--work", type=Path, required=True, help="a folder for stores and pictures")
    parser.add_argument(
        "names", nargs="*", help=f"which checks (default: all): {' '.join(dict.fromkeys(READING + OWN_SERVER))}"
    )
    parsed = parser.parse_args()
    parsed.work.mkdir(parents=True, exist_ok=True)
    results = all_checks(parsed.program, parsed.work, parsed.names or [*READING, *OWN_SERVER])
    for name, is_good in results.items():
        print(f"{'passed' if is_good else 'FAILED'}  {name}")
    sys.exit(0 if all(results.values()) else 1)


if __name__ == "__main__":
    main()
