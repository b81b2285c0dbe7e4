#!/usr/bin/env python3
"""A reader at work in Chromium, on the graph of the embedded list: searches, follows, opens the graph, asks, switches the
language, downloads; with scripts and without, on a desktop and a phone, light and dark, English and Chinese.

On each page nothing may go wrong in the console, no other host be asked, and axe-core find nothing. --shots takes pictures.
"""

import re
from pathlib import Path
from urllib.parse import quote

from pages import AXE, Watch, axe_source, chromium
from shared import Checks, Wrong, arguments, expect, target

PAPER = "/page/paper/doi/10.1038/s41467-018-07931-2"
TOOL = "/page/tool/github/theislab/dca"
TOPIC = "/page/topic/DenseAI/awesome-medical-machine-learning/genomics/single-cell"
LIST = "/page/list/DenseAI/awesome-medical-machine-learning"
TITLE = "Single-cell RNA-seq denoising using a deep count autoencoder"
BASE = "https://w3id.org/amml-graph/"
QUERY = "SELECT ?type (COUNT(*) AS ?n) WHERE { ?s a ?type } GROUP BY ?type ORDER BY DESC(?n)"

PAGES = {
    "home": "/",
    "search": "/search?q=deep+count+autoencoder",
    "nothing-found": "/search?q=zzzzqqq",
    "paper": PAPER,
    "tool": TOOL,
    "topic": TOPIC,
    "list": LIST,
    "graph": "/explore?iri=" + quote(BASE + "id/tool/github/theislab/dca", safe=""),
    "questions": "/questions",
    "question": "/questions/papers-of-topic?topic=Single-Cell",
    "question-empty": "/questions/tools-of-paper",
    "pictures": "/pictures",
    "picture": "/pictures/topics",
    "sparql": "/sparql",
    "sparql-answer": f"/sparql?query={quote(QUERY)}",
    "sparql-error": "/sparql?query=SELECT%20*%20%7B%0A%20%3Fs%20oops",
    "ontology": "/ontology",
    "about": "/about",
    "missing": "/page/paper/doi/10.1/none",
    "notice": "/page?iri=" + quote(BASE + "id/list/DenseAI/awesome-medical-machine-learning", safe=""),
}
SHOWN = (
    "home",
    "search",
    "paper",
    "tool",
    "topic",
    "list",
    "graph",
    "question",
    "pictures",
    "picture",
    "sparql-answer",
    "missing",
)
LOOKS = {
    "desktop": {"viewport": {"width": 1280, "height": 900}},
    "phone": {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True, "device_scale_factor": 2},
    "dark": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"},
    "chinese": {"viewport": {"width": 1280, "height": 900}, "locale": "zh-CN"},
}


class Reader:
    def __init__(self, checks, url, browser, **options):
        self.checks, self.url = checks, url
        self.context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, "locale": "en-US", **options})
        self.context.set_default_timeout(10_000)
        self.watch = Watch(self.context, url)
        self.page = self.context.new_page()

    def open(self, path):
        self.page.goto(self.url + path, wait_until="networkidle")

    def step(self, name):
        """A check after which nothing may have gone wrong on the page."""
        return Step(self, name)

    def heading(self):
        return self.page.locator("h1").first.inner_text()

    def follow(self, locator):
        with self.page.expect_navigation(wait_until="networkidle"):
            locator.click()


class Step:
    def __init__(self, reader, name):
        self.reader, self.inner = reader, reader.checks.check(name)

    def __enter__(self):
        self.inner.__enter__()
        return self.reader.page

    def __exit__(self, kind, error, traceback):
        if error is None:
            try:
                self.reader.watch.expect_nothing()
            except Wrong as wrong:
                return self.inner.__exit__(Wrong, wrong, None)
        self.reader.watch.forget()
        return self.inner.__exit__(kind, error, traceback)


# With scripts


def search(reader):
    with reader.step("typing brings suggestions, and the arrow keys choose one") as page:
        reader.open("/")
        field = page.locator("#search-text")
        field.press_sequentially("deep cou", delay=40)
        options = page.locator("[role=option]")
        options.first.wait_for()
        expect(any("deep count" in text.lower() for text in options.all_inner_texts()), f"{options.all_inner_texts()}")
        expect(field.get_attribute("aria-expanded") == "true", "aria-expanded is not said")
        field.press("Escape")
        expect(options.first.is_hidden(), "Escape does not close them")
        field.press_sequentially("n", delay=40)
        options.first.wait_for()
        with page.expect_navigation():
            field.press("ArrowDown")
            field.press("Enter")
        expect("/page" in page.url, page.url)
    with reader.step("the search finds the paper, which leads to its tool") as page:
        reader.open("/")
        page.locator("#search-text").fill("deep count autoencoder")
        reader.follow(page.locator("form.search button[type=submit]"))
        hits = page.locator(".hits h3 a")
        expect(TITLE in hits.all_inner_texts()[:2], f"{hits.all_inner_texts()[:4]}")
        reader.follow(page.get_by_role("link", name=TITLE, exact=True).first)
        expect(reader.heading() == TITLE, reader.heading())
        reader.follow(page.locator(".relation .members a[href*='theislab/dca']").first)
        expect("DCA" in reader.heading() or "dca" in reader.heading(), reader.heading())
    with reader.step("facets narrow the results and can be taken back") as page:
        reader.open("/search?q=single-cell")
        before = page.locator(".hits li").count()
        reader.follow(page.locator("#facets a[href*='kind=tool']").first)
        expect(
            page.locator(".hits .swatch").count() == page.locator(".hits .swatch.kind-tool").count() > 0,
            "other kinds are among them",
        )
        reader.follow(page.locator(".chosen a").first)
        expect(page.locator(".hits li").count() == before, "not as before")


def evidence(reader):
    with reader.step("the evidence opens, with the line that it comes from") as page:
        reader.open(PAPER)
        why = page.locator(".relation details.why").first
        why.locator("summary").click()
        source = why.locator(".source-text").all_inner_texts()
        expect(any("eep count" in text for text in source), f"{source}")
        link = why.locator(".place a").first
        expect(link.count() == 1, "the place is no link")
    with reader.step("the paper says where it stands, and what else it is known as") as page:
        expect(
            page.locator("#part-origins").count() == 1 and page.locator(".facts a[href*='doi.org']").count() > 0,
            "no origins or no DOI",
        )
    with reader.step("the topic has subtopics, papers and a time line") as page:
        reader.open(TOPIC)
        expect(page.locator("a[href*='/single-cell/single-cell-software']").count() > 0, "no link to a subtopic")
        expect(page.locator("figure.chart rect.bar").count() > 1, "no bars")
        page.locator("section:has(figure.chart) details summary").click()
        expect(page.locator("section:has(figure.chart) tbody tr").first.is_visible(), "the time line is no table")
    with reader.step("the list has its entries, topics and notices") as page:
        reader.open(LIST)
        for part in ("#part-notices", ".relation .members a[href*='/page/']"):
            expect(page.locator(part).count() > 0, f"no {part}")
    with reader.step("an old name of a thing leads to it") as page:
        reader.open("/id/paper/title/graph-attention-networks-852b7510")
        expect("/page/paper/arxiv/1710.10903" in page.url, page.url)


NODES = "document.querySelector('.graph-canvas')._cyreg.cy.nodes()"


def graph(reader):
    for place in (PAGES["graph"], PAPER):
        with reader.step(f"{place[:12]}…: a click on a thing brings its neighbors") as page:
            reader.open(place)
            page.locator(".graph").first.scroll_into_view_if_needed()
            page.locator(".graph-canvas canvas").first.wait_for()
            page.wait_for_function(f"{NODES}.length > 1")
            before = page.evaluate(f"{NODES}.length")
            for at in range(1, min(before, 8)):
                box = page.locator(".graph-canvas").bounding_box()
                spot = page.evaluate(f"{NODES}[{at}].renderedPosition()")
                page.mouse.click(box["x"] + spot["x"], box["y"] + spot["y"])
                page.wait_for_timeout(900)
                if page.evaluate(f"{NODES}.length") > before:
                    break
            after = page.evaluate(f"{NODES}.length")
            expect(after > before, f"{before} things, then {after}")
            expect(page.locator(".graph-status").inner_text().strip(), "nothing is said")
    with reader.step("the same by keyboard, from the list") as page:
        reader.open(PAGES["graph"])
        page.wait_for_function(f"{NODES}.length > 1")
        page.locator(".graph-list summary").focus()
        page.keyboard.press("Enter")
        before = page.evaluate(f"{NODES}.length")
        buttons = page.locator(".graph-list button:not([aria-disabled])")
        for at in range(min(8, buttons.count())):
            buttons.nth(min(at, buttons.count() - 1)).focus()
            page.keyboard.press("Enter")
            page.wait_for_timeout(500)
            if page.evaluate(f"{NODES}.length") > before:
                break
        expect(page.evaluate(f"{NODES}.length") > before, "nothing is added")
        expect(page.locator(".graph-list li").count() == page.evaluate(f"{NODES}.length"), "the list is not what is drawn")
    with reader.step("the buttons of the graph") as page:
        for button in page.locator(".graph-controls button").all():
            button.click()
        expect(page.evaluate(f"{NODES}.length") <= before, "“start again” does not")


def questions(reader):
    with reader.step("a question is asked by its form") as page:
        reader.open("/questions")
        reader.follow(page.locator("a[href$='/questions/papers-of-topic']").first)
        page.locator("input[name=topic]").fill("Single-Cell")
        reader.follow(page.locator("form.form button[type=submit]"))
        expect(page.locator("table tbody tr").count() > 3, "hardly a row")
        expect("topic=Single-Cell" in page.url, page.url)
    with reader.step("its table can be sorted") as page:
        header = page.locator("th button.sort").nth(1)
        header.click()
        header.click()
        expect(page.locator("th[aria-sort=descending]").count() == 1, "no header says so")
    with reader.step("a name that means nothing is asked back") as page:
        reader.open("/questions/papers-of-topic?topic=zzzzqqqq")
        expect(page.locator("[role=alert], .caption, #answer").count() > 0, "nothing is said")
    reader.watch.forget()


def editor(reader):
    with reader.step("the editor completes, and runs a query in its place") as page:
        reader.open("/sparql")
        content = page.locator(".editor .cm-content")
        content.click()
        page.keyboard.press("Control+a")
        page.keyboard.type("SELECT * WHERE { ?tool amml:impl", delay=15)
        page.locator(".cm-tooltip-autocomplete li").first.wait_for()
        page.keyboard.press("Escape")
        page.keyboard.press("Control+a")
        page.keyboard.insert_text(QUERY)
        page.locator("form.form button[type=submit]").click()
        page.locator("[data-results] table tbody tr").first.wait_for()
        expect(page.locator("[data-results] table tbody tr").count() > 5, "hardly a row")
        expect("query=" in page.url, "the address does not have the query")
    for typed, wanted in (
        ("?p a schema:Scholar", "schema:ScholarlyArticle"),
        ("?p dcterms:sub", "dcterms:subject"),
        ("?p rdfs:la", "rdfs:label"),
    ):
        with reader.step(f"the editor completes {typed}") as page:
            content.click()
            page.keyboard.press("Control+a")
            page.keyboard.type("SELECT * WHERE { " + typed, delay=15)
            page.wait_for_timeout(800)
            found = page.locator(".cm-tooltip-autocomplete li").all_inner_texts()
            expect(any(text.startswith(wanted) for text in found), f"{found[:5]}")
            page.keyboard.press("Escape")
    with reader.step("a graph, a truth, and what it is too much of") as page:
        for query, wanted in (("ASK {}", "yes"), ("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT 3", "<")):
            content.click()
            page.keyboard.press("Control+a")
            page.keyboard.insert_text(query)
            page.keyboard.press("Control+Enter")
            page.wait_for_function(
                "wanted => document.querySelector('[data-results]').innerText.toLowerCase().includes(wanted)", arg=wanted
            )
    reader.watch.allowed_statuses.add(400)
    with reader.checks.check("a mistake is marked at its place"):
        content.click()
        page.keyboard.press("Control+a")
        page.keyboard.insert_text("SELECT * WHERE {\n  ?s oops ?o\n}")
        page.keyboard.press("Control+Enter")
        page.locator(".editor .error-line").wait_for()
        expect("2" in page.locator("[data-results]").inner_text(), page.locator("[data-results]").inner_text())
        page.locator(".editor .cm-content").press("Escape")
        page.keyboard.press("Tab")
        expect(page.evaluate("document.activeElement.closest('.editor') === null"), "Tab does not lead out of the editor")
    reader.watch.forget()


def languages(reader):
    with reader.step("to Chinese and back") as page:
        reader.open(PAPER)
        expect(page.locator("html").get_attribute("lang").startswith("en"), page.locator("html").get_attribute("lang"))
        reader.follow(page.locator("a.language"))
        expect(page.locator("html").get_attribute("lang").startswith("zh") and PAPER in page.url, page.url)
        expect(re.search("[一-鿿]", page.locator("nav.menu").inner_text()), "the menu is not in Chinese")
        reader.open("/questions")
        expect(page.locator("html").get_attribute("lang").startswith("zh"), "the next page forgets it")
        reader.follow(page.locator("a.language"))
        expect(page.locator("html").get_attribute("lang").startswith("en"), "not back")


def downloads(reader):
    def fetch(page, locator):
        with page.expect_download() as started:
            locator.click()
        return started.value.suggested_filename, Path(started.value.path()).read_text("utf-8")

    with reader.step("the answer to a question as CSV") as page:
        reader.open(PAGES["question"])
        name, text = fetch(page, page.locator("a[href*='csv']").first)
        expect(name.endswith(".csv") and text.count("\n") > 3, f"{name}: {text[:100]}")
    with reader.step("the paper as CSV") as page:
        reader.open(PAPER)
        name, text = fetch(page, page.locator(".files a[href*='format=csv']"))
        expect(name.endswith(".csv") and text.count("\n") > 1, f"{name}: {text[:100]}")
    with reader.step("the paper as BibTeX") as page:
        name, text = fetch(page, page.locator(".files a[href*='format=bibtex']"))
        expect(re.match(r"[\w.-]+\.bib", name) and TITLE.split()[0] in text and "@" in text, f"{name}: {text[:200]}")
    with reader.step("the paper as Turtle, which may be shown or saved") as page:
        answer = page.request.get(reader.url + page.locator(".files a[href*='format=ttl']").get_attribute("href"))
        expect(answer.ok and "10.1038/s41467-018-07931-2" in answer.text(), f"{answer.status}")


def pictures(reader):
    with reader.step("pictures are drawn") as page:
        reader.open("/pictures")
        images = page.locator("img")
        expect(images.count() > 2, f"{images.count()} pictures")
        for at in range(images.count()):
            images.nth(at).scroll_into_view_if_needed()
            page.wait_for_function("at => document.images[at].complete", arg=at)
        sizes = page.evaluate("[...document.images].map((image) => image.naturalWidth)")
        expect(all(sizes), f"some are broken: {sizes}")
        for link in page.locator(".gallery h2 a").evaluate_all("links => links.map((link) => link.getAttribute('href'))"):
            reader.open(link)
            expect(
                page.evaluate("document.images[0].naturalWidth") > 10 and page.evaluate("document.images[0].alt") != "",
                f"{link}: broken, or without a text",
            )


# Without them


def plain(checks, url, browser):
    reader = Reader(checks, url, browser, java_script_enabled=False)
    with reader.step("without scripts: search, paper, tool, evidence") as page:
        reader.open("/")
        page.locator("#search-text").fill("deep count autoencoder")
        reader.follow(page.locator("form.search button[type=submit]"))
        reader.follow(page.get_by_role("link", name=TITLE, exact=True).first)
        page.locator(".relation details.why summary").first.click()
        source = page.locator(".relation .source-text").all_inner_texts()
        expect(any("eep count" in text for text in source), f"no evidence in {source}")
        reader.follow(page.locator(".relation .members a[href*='theislab/dca']").first)
    with reader.step("without scripts: the graph is a table") as page:
        reader.open(PAGES["graph"])
        expect(page.locator("main table tbody tr").count() > 1, "no neighbors")
    with reader.step("without scripts: a question and a query are answered") as page:
        reader.open("/questions/papers-of-topic")
        page.locator("input[name=topic]").fill("Single-Cell")
        reader.follow(page.locator("form.form button[type=submit]"))
        expect(page.locator("table tbody tr").count() > 3, "hardly a row")
        reader.open("/sparql")
        page.locator("textarea[name=query]").fill(QUERY)
        reader.follow(page.locator("form.form button[type=submit]"))
        expect(page.locator("table tbody tr").count() > 5, "hardly a row")
    with reader.step("without scripts: the language") as page:
        reader.follow(page.locator("a.language"))
        expect(page.locator("html").get_attribute("lang").startswith("zh"), "not in Chinese")
    reader.watch.allowed_statuses = {404, 400}
    for name, path in PAGES.items():
        with reader.checks.check(f"without scripts: {name} can be read"):
            reader.open(path)
            expect(
                len(reader.page.locator("main").inner_text()) > 40 and reader.page.locator("h1").count() == 1,
                "there is little to read, or not one heading",
            )
    reader.context.close()


# Every page


def every_page(checks, url, browser, shots):
    for look, options in LOOKS.items():
        reader = Reader(checks, url, browser, **options)
        for name, path in PAGES.items():
            reader.watch.allowed_statuses = {404, 400}
            with reader.checks.check(f"{look}: {name}"):
                reader.open(path)
                if reader.page.locator("[data-graph]").count():
                    reader.page.wait_for_timeout(700)
                reader.watch.found = [
                    found for found in reader.watch.found if not re.match(r"console: Failed to load resource.*40[04]", found)
                ]
                reader.watch.expect_nothing()
                width, room = reader.page.evaluate(
                    "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
                )
                expect(width <= room, f"{width} wide where there is room for {room}")
                expect(
                    look != "chinese" or reader.page.locator("html").get_attribute("lang").startswith("zh"), "not in Chinese"
                )
                titles = reader.page.title()
                expect(titles.strip(), "no title")
            reader.watch.forget()
            if shots and name in SHOWN:
                reader.page.screenshot(path=shots / f"{name}-{look}.png", full_page=True)
        reader.context.close()


def accessible(checks, url, browser):
    source = axe_source()
    for look in ("desktop", "phone", "dark", "chinese"):
        context = browser.new_context(bypass_csp=True, **LOOKS[look])
        context.add_init_script(source)
        page = context.new_page()
        for name, path in PAGES.items():
            with checks.check(f"axe, {look}: {name}"):
                page.goto(url + path, wait_until="networkidle")
                if page.locator("[data-graph]").count():
                    page.wait_for_timeout(700)
                    page.evaluate("document.querySelectorAll('.graph-list').forEach((list) => { list.open = true; })")
                page.evaluate("document.querySelectorAll('main details').forEach((details) => { details.open = true; })")
                found = page.evaluate(AXE)
                expect(not found, "; ".join(found[:4]))
        context.close()


def main():
    parsed = arguments(__doc__, ("--shots", {"type": Path, "help": "a folder for pictures of the pages"}))
    checks = Checks("Pages in Chromium")
    if parsed.shots:
        parsed.shots.mkdir(parents=True, exist_ok=True)
    with target(parsed) as url, chromium() as browser:
        reader = Reader(checks, url, browser)
        for part in (search, evidence, graph, questions, editor, languages, downloads, pictures):
            part(reader)
        reader.context.close()
        plain(checks, url, browser)
        every_page(checks, url, browser, parsed.shots)
        accessible(checks, url, browser)
    checks.finish()


if __name__ == "__main__":
    main()
