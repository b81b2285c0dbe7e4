#!/usr/bin/env python3
"""Has schemathesis make up requests from the server's own description of its interface, /api/openapi.json, and check the answers
against it: no errors of the server, no undocumented statuses or types, bodies as their schemas say, bad values refused."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

from shared import Checks, arguments, expect, request, target

# All checks of schemathesis but those on authentication, of which the interface that reads has none.
LEFT_OUT = "ignored_auth"


def command():
    """The one beside this Python, else the one in the path."""
    beside = Path(sys.executable).parent / "schemathesis"
    return str(beside) if beside.exists() else shutil.which("schemathesis")


def main():
    parsed = arguments(
        __doc__,
        ("--examples", {"type": int, "default": 60, "help": "requests for each operation (default: 60)"}),
        ("--seed", {"default": "1", "help": "of the made-up requests"}),
    )
    checks = Checks("Fuzzing of the interface")
    with target(parsed) as url:
        with checks.check("/api/openapi.json describes the interface"):
            answer = request(url, "/api/openapi.json").expect(200)
            found = json.loads(answer.text)
            expect(found["openapi"].startswith("3."), found.get("openapi"))
            for path in (
                "/api/search",
                "/api/suggest",
                "/api/things",
                "/api/graph",
                "/api/path",
                "/api/questions",
                "/api/questions/",
            ):
                is_there = any(known == path or (path.endswith("/") and known.startswith(path)) for known in found["paths"])
                expect(is_there, f"{path} is not described")
        with checks.check("schemathesis finds nothing"):
            done = subprocess.run(
                [
                    command(),
                    "run",
                    f"{url}/api/openapi.json",
                    "--checks",
                    "all",
                    "--exclude-checks",
                    LEFT_OUT,
                    "--max-examples",
                    str(parsed.examples),
                    "--seed",
                    parsed.seed,
                    "--phases",
                    "examples,coverage,fuzzing",
                    "--workers",
                    "2",
                    "--request-timeout",
                    "20",
                    "--continue-on-failure",
                    "--no-color",
                ],
                capture_output=True,
                text=True,
                timeout=1800,
            )
            print("".join(f"    {line}\n" for line in done.stdout.splitlines()[-150:] if line.strip()), end="")
            expect(done.returncode == 0, f"exit status {done.returncode}, see above {done.stderr[-300:]}")
        with checks.check("the server lives"):
            request(url, "/sparql", parameters=[("query", "ASK {}")]).expect(200)
    checks.finish()


if __name__ == "__main__":
    main()
