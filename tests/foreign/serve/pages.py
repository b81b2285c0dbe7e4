"""Pages in a real browser, and what is watched on each of them. The browser is one that is installed; none is fetched."""

import contextlib
import os
from urllib.parse import urlsplit

from playwright.sync_api import sync_playwright

from shared import expect

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
ARGUMENTS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update "
    "--disable-sync --disable-default-apps --disable-extensions --disable-dev-shm-usage"
).split()

# Violations of the Content-Security-Policy, as the page itself hears of them.
LISTEN = "document.addEventListener('securitypolicyviolation', (event) => console.error(`CSP: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`));"


@contextlib.contextmanager
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()


class Watch:
    """Everything on the pages of a context that should not be: messages, errors, requests elsewhere, answers that failed."""

    def __init__(self, context, url):
        self.host = urlsplit(url).netloc
        self.found = []
        self.allowed_statuses = set()
        context.add_init_script(LISTEN)
        context.on("page", self.watch)
        context.on("request", self.request)
        context.on("response", self.response)

    def watch(self, page):
        page.on(
            "console", lambda message: message.type in ("error", "warning") and self.found.append(f"console: {message.text}")
        )
        page.on("pageerror", lambda error: self.found.append(f"error: {error}"))
        page.on("dialog", lambda dialog: (self.found.append(f"dialog: {dialog.message}"), dialog.dismiss()))

    def request(self, request):
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "blob", "about") and parts.netloc != self.host:
            self.found.append(f"another host is asked: {request.url[:200]}")

    def response(self, response):
        if response.status >= 400 and response.status not in self.allowed_statuses:
            self.found.append(f"{response.status} for {response.url[:200]}")

    def forget(self):
        self.found.clear()

    def expect_nothing(self):
        found, self.found = self.found, []
        expect(not found, "; ".join(sorted(set(found))[:6]))


def axe_source():
    """axe-core, which finds what keeps people with disabilities out."""
    from importlib.resources import files

    return (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")


AXE = """async () => {
    const found = await axe.run(document, { resultTypes: ['violations'] });
    return found.violations.map(({ id, impact, nodes }) =>
        `${id} (${impact}) at ${nodes.length}: ${nodes[0].target.join(' ')} ${nodes[0].html.slice(0, 120)}`);
}"""
