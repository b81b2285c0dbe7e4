#!/usr/bin/env python3
"""A client of the Model Context Protocol that is not ours, the official one of Python, talks with /mcp over HTTP, and with
--program also with `amml-graph mcp` over standard streams: it lists and calls every tool, and reads what there is to read."""

import asyncio
import json

from mcp import Client, StdioServerParameters

from shared import Checks, Wrong, arguments, expect, target

# What each tool is asked about the embedded list, and what must be in the answer.
CALLS = {
    "search": ({"query": "deep count autoencoder"}, "10.1038/s41467-018-07931-2"),
    "describe": ({"thing": "10.1038/s41467-018-07931-2"}, "Eraslan"),
    "tools_of_paper": ({"paper": "10.1038/s41467-018-07931-2"}, "theislab/dca"),
    "papers_of_tool": ({"tool": "https://github.com/theislab/dca"}, "10.1038/s41467-018-07931-2"),
    "path_between": ({"from": "10.1038/s41467-018-07931-2", "to": "https://github.com/theislab/dca"}, "theislab/dca"),
    "run_sparql": ({"query": "SELECT (COUNT(*) AS ?n) WHERE { ?s a <http://schema.org/ScholarlyArticle> }"}, "n"),
}
MOST_CHARACTERS = 60_000


def shown(result):
    """All that a model would be given."""
    text = "\n".join(part.text for part in result.content if getattr(part, "text", None))
    return text + json.dumps(result.structured_content, ensure_ascii=False) if result.structured_content else text


class Agent:
    def __init__(self, checks, name, client):
        self.name, self.client = name, client
        self.checks = checks

    def check(self, text):
        return self.checks.check(f"{self.name}: {text}")

    async def all(self):
        with self.check("tools have names, descriptions and schemas"):
            tools = {tool.name: tool for tool in (await self.client.list_tools()).tools}
            expect(len(tools) > 4, f"{sorted(tools)}")
            for tool in tools.values():
                expect(tool.description and tool.input_schema.get("type") == "object", f"{tool.name}: {tool}")
                expect(tool.annotations is None or tool.annotations.read_only_hint is not False, f"{tool.name} writes")
        for name, (given, wanted) in CALLS.items():
            with self.check(f"{name}"):
                expect(name in tools, f"it is not among {sorted(tools)}")
                result = await self.client.call_tool(name, given)
                expect(not result.is_error and wanted in shown(result), f"{shown(result)[:300]}")
                expect(len(shown(result)) < MOST_CHARACTERS, f"{len(shown(result))} characters")
        await self.mistakes(tools)
        with self.check("resources can be read"):
            resources = (await self.client.list_resources()).resources
            for resource in resources[:10]:
                contents = (await self.client.read_resource(str(resource.uri))).contents
                expect(contents and getattr(contents[0], "text", ""), f"{resource.uri} is empty")
        with self.check("prompts can be had"):
            for prompt in (await self.client.list_prompts()).prompts:
                given = {argument.name: "single-cell" for argument in prompt.arguments or []}
                expect((await self.client.get_prompt(prompt.name, given)).messages, f"{prompt.name} is empty")

    async def mistakes(self, tools):
        wrong = {
            "no tool": ("no-such-tool", {}),
            "an argument that is missing": ("search", {}),
            "an argument that nobody knows": ("search", {"query": "x", "zzz": 1}),
            "an argument of a wrong type": ("search", {"query": {"a": [1]}}),
            "a query with a mistake": ("run_sparql", {"query": "SELECT * WHERE {"}),
            "an update": ("run_sparql", {"query": "CLEAR ALL"}),
            "a service": ("run_sparql", {"query": "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"}),
            "a thing that is not there": ("describe", {"thing": "zzzz-no-such-thing"}),
        }
        for name, (tool, given) in wrong.items():
            with self.check(f"{name} is an error that says what"):
                try:
                    result = await self.client.call_tool(tool, given)
                except Exception as error:  # As an error of the protocol, which is as good.
                    expect(str(error).strip(), "an empty error")
                    continue
                expect(result.is_error and len(shown(result)) > 10, f"{shown(result)[:200]}")
        with self.check("all rows of a large answer can be had, part by part, and none is endless"):
            result = await self.client.call_tool("run_sparql", {"query": "SELECT * WHERE { ?s ?p ?o }"})
            expect(len(shown(result)) < MOST_CHARACTERS, f"{len(shown(result))} characters")


async def talk(checks, name, server, **options):
    try:
        async with asyncio.timeout(300), Client(server, **options) as client:
            await Agent(checks, name, client).all()
    except Exception as error:
        with checks.check(f"{name}: the conversation"):
            raise Wrong(f"it broke off: {error!r}") from error


def main():
    parsed = arguments(__doc__)
    checks = Checks("Agents")
    with target(parsed) as url:
        for mode in ("auto", "legacy"):
            asyncio.run(talk(checks, f"HTTP, {mode}", f"{url}/mcp", mode=mode))
    if parsed.program and parsed.store:
        command = StdioServerParameters(command=parsed.program, args=["mcp", "--store", parsed.store])
        asyncio.run(talk(checks, "stdio", command))
    checks.finish()


if __name__ == "__main__":
    main()
