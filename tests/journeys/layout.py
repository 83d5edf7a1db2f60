"""What is measured of a page: how far it jumped while it loaded, and what of it is cut or out of sight."""

from playwright.sync_api import BrowserContext, Page

LAPTOP = {"width": 1366, "height": 650}
NARROW = {"width": 320, "height": 640}

# Every shift that nobody's hand has caused, as the browser reports it.
_WATCH = """
window.layoutShifts = [];
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.layoutShifts.push(entry);
}).observe({ type: "layout-shift", buffered: true });
"""
_SHIFTED = """() => ({
  sum: window.layoutShifts.reduce((sum, entry) => sum + entry.value, 0),
  what: window.layoutShifts.flatMap((entry) => entry.sources.map(({ node }) => node?.outerHTML?.slice(0, 80) ?? "")),
})"""
# A number to call or an address: half of it is worse than nothing.
_FAULTS = r"""() => {
  const faults = [];
  for (const element of document.querySelectorAll("body *")) {
    const { position } = getComputedStyle(element);
    if (position !== "sticky" && position !== "fixed") continue;
    const { height } = element.getBoundingClientRect();
    if (height > innerHeight) faults.push(`higher than the window: ${element.className}`);
  }
  for (const cell of document.querySelectorAll("td, th, dd")) {
    if (!/\d{3,4}-\d{7,8}|1\d{10}|\w@\w|https?:/.test(cell.textContent)) continue;
    const range = document.createRange();
    range.selectNodeContents(cell);
    const { right, width } = range.getBoundingClientRect();
    if (width && right > innerWidth) faults.push(`cut off: ${cell.textContent.trim()}`);
  }
  return faults;
}"""


def watch_shifts(context: BrowserContext) -> None:
    """Count the layout shifts of every page that ``context`` opens from now on."""
    context.add_init_script(_WATCH)


def slow_down(page: Page) -> None:
    """A slow network: what comes late comes late enough to be seen."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    slow = {"offline": False, "latency": 150, "downloadThroughput": 300_000, "uploadThroughput": 300_000}
    session.send("Network.emulateNetworkConditions", slow)


def shift_of(page: Page, address: str) -> tuple[float, list[str]]:
    """How far the page at ``address`` jumped until nothing more was loaded (cumulative layout shift), and what moved."""
    page.goto(address)
    page.wait_for_load_state("networkidle")
    # Two frames: a shift is reported after the frame that shows it.
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    found = page.evaluate(_SHIFTED)
    return round(found["sum"], 3), found["what"]


def faults_of(page: Page) -> list[str]:
    """What a reader in this window cannot see whole: what sticks and is too high, numbers and addresses cut off."""
    return page.evaluate(_FAULTS)


def heading_begins_at(page: Page) -> float:
    """How far down the window the heading begins, as a share of its height, on a page as it was opened."""
    return page.evaluate("(document.querySelector('h1').getBoundingClientRect().top + scrollY) / innerHeight")
