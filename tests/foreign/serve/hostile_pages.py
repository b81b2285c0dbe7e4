#!/usr/bin/env python3
"""Builds a store of a list and a bibliography whose texts try to run in the reader's browser, and visits every page of it in
Chromium: nothing of it may run, nothing may leave the host, and all that is served says how it is to be taken.

Needs --program; --store is a folder that is made (and emptied before).
"""

import json
import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote, urldefrag, urljoin, urlsplit

from pages import Watch, chromium
from shared import Checks, arguments, expect, request, serving

# What runs sets this; each place has a number of its own, so that one knows which it was.
MARKUP = (
    "<script>window.__pwned={n}</script>",
    "<img src=x onerror=window.__pwned={n}>",
    '"><svg onload=window.__pwned={n}>',
    "'\" onmouseover=window.__pwned={n} autofocus onfocus=window.__pwned={n} x='",
    "</title></textarea></style><script>window.__pwned={n}</script>",
    "<iframe srcdoc='<script>parent.__pwned={n}</script>'>",
    "{{{{7*191}}}} ${{7*191}} <%= 7*191 %> {{% raw %}}",
    "]]><!--<a href='javascript:window.__pwned={n}'>x</a>",
    "</script><script>window.__pwned={n}</script>",
    "\u202etxet desrever",
    "`${{window.__pwned={n}}}`",
    "<meta http-equiv=refresh content='0;url=https://evil.example/'>",
    "<base href=https://evil.example/>",
    "<form action=https://evil.example/><input name=q>",
    "<link rel=stylesheet href=https://evil.example/x.css>",
)


def hostile(number):
    return MARKUP[number % len(MARKUP)].format(n=number)


def markdown():
    """A list in which each text is escaped as Markdown has it, so that it comes out as it was meant."""

    def plain(text):
        return re.sub(r"([\\`*_{}\[\]<>()#+\-.!|&~$])", r"\\\1", text)

    lines = [f"# Hostile {plain(hostile(1))}", "", f"A list {plain(hostile(0))}", ""]
    for number in range(len(MARKUP)):
        lines += [f"## Topic {number} {plain(hostile(number))}", ""]
        lines += [
            f"- [Tool{number}: {plain(hostile(number))}](https://github.com/evil/tool{number}) - {plain(hostile(number + 1))}"
        ]
        lines += [
            f"- [A paper of {plain(hostile(number))} and more](https://doi.org/10.1234/evil.{number}), {plain(hostile(number + 2))}, 2020. [code](https://github.com/evil/code{number}?x=%22%3E%3Cscript%3E)"
        ]
        lines += [
            f"- [A link](javascript:window.__pwned={number}) and [data](data:text/html,<script>window.__pwned=1</script>) {plain(hostile(number))}",
            "",
        ]
    return "\n".join(lines)


def bibliography():
    """The same in CSL-JSON, where nothing is markup."""
    works = []
    for number in range(len(MARKUP)):
        text = hostile(number)
        works.append(
            {
                "id": f"w{number}",
                "type": "article-journal",
                "title": f"Work {number} {text}",
                "DOI": f"10.1234/work.{number}",
                "abstract": text,
                "author": [{"family": f"Evil{number} {text}", "given": hostile(number + 3)}],
                "container-title": f"Journal {number} {text}",
                "issued": {"date-parts": [[2000 + number]]},
                "volume": text,
                "page": text,
                "keyword": text,
                "language": text[:20],
                "URL": [
                    "javascript:window.__pwned=98",
                    "https://example.org/" + quote(text),
                    "data:text/html,<script>1</script>",
                ][number % 3],
            }
        )
    return json.dumps(works)


def build(program, folder):
    if folder.exists() and any(folder.iterdir()) and not (folder / "hostile.md").exists():
        raise SystemExit(f"{folder} is not empty, and not of these checks")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / "hostile.md").write_text(markdown(), "utf-8")
    (folder / "works.json").write_text(bibliography(), "utf-8")
    command = [program, "--store", folder / "store", "build", "--offline", folder / "hostile.md", folder / "works.json"]
    subprocess.run(command, check=True, capture_output=True)
    return folder / "store"


class Elements(HTMLParser):
    """What in the HTML could run, as a parser that knows nothing of this server sees it."""

    def __init__(self, text):
        super().__init__()
        self.flaws = []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        for name, value in attributes.items():
            if name.startswith("on") or name in ("style", "srcdoc"):
                self.flaws.append(f"<{tag} {name}={value!r}>")
            if (
                name in ("href", "src", "action", "formaction", "xlink:href")
                and re.match(r"\s*(javascript|data|vbscript):", value or "", re.IGNORECASE)
                and tag != "img"
            ):
                self.flaws.append(f"<{tag} {name}={value!r}>")
        is_refresh = tag == "meta" and (attributes.get("http-equiv") or "").lower() == "refresh"
        if is_refresh or tag in ("iframe", "object", "embed", "base", "style"):
            self.flaws.append(f"<{tag}>")
        if (
            tag == "script"
            and "src" not in attributes
            and attributes.get("type") not in ("application/ld+json", "application/json")
        ):
            self.flaws.append(f"<script {attributes}>")


# Text written from right to left must not turn what stands after it: it is isolated, or nothing stands after it.
BIDI = """() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        if (!node.data.includes('\\u202e') || node.parentElement.closest('svg, script, textarea, option, title, pre, code')) continue;
        let element = node.parentElement;
        while (!/isolate|plaintext/.test(getComputedStyle(element).unicodeBidi)) element = element.parentElement;
        const after = document.createRange();
        after.setStartAfter(node);
        after.setEndAfter(element.lastChild);
        if (after.toString().trim() && getComputedStyle(element).display !== 'inline') found.push(element.outerHTML.slice(0, 200));
    }
    return found;
}"""

LINKS = """() => [...document.querySelectorAll('[href], [src], form[action]')].map((element) =>
    element.getAttribute('href') ?? element.getAttribute('src') ?? element.getAttribute('action'))"""


class Visit:
    def __init__(self, checks, url, browser):
        self.check, self.url = checks.check, url
        self.context = browser.new_context(accept_downloads=False)
        self.watch = Watch(self.context, url)
        self.watch.allowed_statuses = {400, 404, 406}
        self.page = self.context.new_page()
        self.todo, self.done, self.shapes = ["/"], set(), {}

    def add(self, address, of):
        address = urldefrag(urljoin(of, address or ""))[0]
        if not address.startswith(self.url + "/"):
            expect(urlsplit(address).scheme in ("http", "https", "mailto"), f"a link to {address[:100]}")
            return
        path = address[len(self.url) :]
        # Of each kind of address so many: enough to see every text in every place, without all pages of all facets.
        shape = (
            re.sub(r"\d+|%[0-9A-F]{2}", "", path.split("?")[0])[:24] + "?" + ",".join(sorted(re.findall(r"[?&](\w+)=", path)))
        )
        if path not in self.done and self.shapes.setdefault(shape, 0) < 40:
            self.shapes[shape] += 1
            self.done.add(path)
            self.todo.append(path)

    def all(self, n_most):
        n_pages = 0
        while self.todo and n_pages < n_most:
            path = self.todo.pop(0)
            n_pages += 1
            with self.check(f"{path[:110]}"):
                self.one(path)
        return n_pages

    def one(self, path):
        answer = request(self.url, path, headers={"Accept": "text/html,*/*;q=0.8"})
        expect(answer.status < 500, f"status {answer.status}: {answer.text[:200]}")
        expect(answer.headers.get("X-Content-Type-Options") == "nosniff", "no nosniff")
        if answer.status in (301, 302, 303, 307, 308):
            location = urljoin(self.url + path, answer.headers["Location"])
            expect(location.startswith(self.url + "/"), f"it leads to {location}")
            return self.add(location, self.url)
        if answer.media_type == "image/svg+xml":
            flaws = Elements(answer.text).flaws
            flaws = [flaw for flaw in flaws if not flaw.startswith("<style")]
            expect(
                not flaws and "<script" not in answer.text.lower() and "foreignobject" not in answer.text.lower(),
                f"{flaws[:3]}",
            )
        is_saved = (answer.headers.get("Content-Disposition") or "").startswith("attachment")
        if is_saved or answer.media_type not in ("text/html", "image/svg+xml"):
            return None
        policy = answer.headers.get("Content-Security-Policy") or ""
        expect(
            "default-src 'none'" in policy
            and "unsafe" not in policy.replace("style-src 'unsafe-inline'", "" if answer.media_type != "text/html" else policy),
            f"Content-Security-Policy: {policy}",
        )
        if answer.media_type == "text/html":
            flaws = Elements(answer.text).flaws
            expect(not flaws, "; ".join(flaws[:4]))
        self.look(path)
        return None

    def look(self, path):
        self.page.goto(self.url + path, wait_until="load", timeout=30_000)
        self.page.wait_for_timeout(60)
        expect(self.page.evaluate("window.__pwned") is None, f"something ran: {self.page.evaluate('window.__pwned')}")
        expect(self.page.url.startswith(self.url), f"it went to {self.page.url}")
        text = self.page.evaluate("document.body?.innerText ?? ''")
        expect("1337" not in text, "a template was filled in")
        turned = self.page.evaluate(BIDI) if self.page.evaluate("!!document.body") else []
        expect(not turned, f"text that turns what stands after it: {turned[:2]}")
        self.watch.found = [
            found for found in self.watch.found if not re.match(r"console: Failed to load resource.*40[046]", found)
        ]
        self.watch.expect_nothing()
        for address in self.page.evaluate(LINKS):
            self.add(address, self.url + path)


def main():
    parsed = arguments(__doc__, ("--most", {"type": int, "default": 600, "help": "so many pages at most (default: 600)"}))
    checks = Checks("Hostile texts")
    if not parsed.program:
        raise SystemExit("this needs --program and --store")
    store = build(parsed.program, Path(parsed.store))
    with serving(parsed.program, store) as server, chromium() as browser:
        visit = Visit(checks, server.url, browser)
        for text in (
            "<script>window.__pwned=1</script>",
            '"><img src=x onerror=window.__pwned=2>',
            "'-window.__pwned=3-'",
            "{{7*191}}",
        ):
            sought = quote(text)
            for path in (
                f"/search?q={sought}",
                f"/search?q=evil&kind={sought}",
                f"/search?q=evil&topic={sought}&year={sought}&from={sought}",
                f"/page?iri={sought}",
                f"/page/{sought}",
                f"/id/{sought}",
                f"/explore?iri={sought}",
                f"/questions/{sought}",
                f"/questions/papers-of-topic?topic={sought}",
                f"/pictures/topics?topic={sought}",
                f"/pictures?topic={sought}&iri={sought}",
                f"/sparql?query={sought}",
                f"/?lang={sought}",
                f"/{sought}",
                f"/graph/{sought}",
                f"/download?format={sought}",
                f"/pictures/topics.svg?theme={sought}&topic={sought}",
            ):
                visit.add(path, server.url)
        for kind in ("tool", "paper", "person", "topic", "list"):
            for number in (0, 1, 2, 9):
                visit.add(f"/search?q=evil{number}&kind={kind}", server.url)
        n_pages = visit.all(parsed.most)
        with checks.check("there were pages to look at"):
            expect(n_pages > 60, f"{n_pages}")
    checks.finish()


if __name__ == "__main__":
    main()
