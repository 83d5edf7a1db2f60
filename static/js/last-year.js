// Last year's part beside the form: a panel that opens beside it (above it on a small screen) without leaving the page,
// and follows what is saved. Without this script the link leads to a page with both.
//
// The page gives (templates/author/section.html): a[data-last-year-open] with the address of that page, .writing, where the
// panel is put. The server sends the panel's content (templates/author/last_year_side.html): [data-last-year-content] with
// form[data-last-year-choose] and [data-last-year-live], which alone is exchanged when something was saved, so that
// a selection in the old text stays.

import { button, element } from "./dialog.js";

const PAUSE = 400; // after a save, before its differences are asked for
const KEPT = "last-year-open"; // open on one part, it is open on the next
const GONE = "没有取到往年的内容：网络中断，或者登录已过期。请稍后点「刷新对照」，或刷新页面。";

const opener = document.querySelector("a[data-last-year-open]");
const writing = document.querySelector(".writing");
if (opener && writing) start();

function start() {
  const address = new URL(opener.href);
  // What it does is open and close, so a button says it better than a link.
  const toggle = button(opener.textContent, () => (panel.hidden ? open() : close()), opener.className);
  const body = element("div", { className: "last-year-body" });
  const said = element("p", { className: "last-year-said", attributes: { role: "status" } });
  const heading = element("h2", { className: "last-year-title", tabIndex: -1, textContent: "上年内容对照" });
  const panel = element(
    "section",
    { className: "last-year-panel", id: "last-year-panel", hidden: true, attributes: { "aria-label": "上年内容对照" } },
    [
      element("div", { className: "last-year-head" }, [
        heading,
        button("刷新对照", () => load({ all: true, aloud: true }), "btn btn-link btn-sm"),
        button("关闭", () => close(), "btn btn-link btn-sm"),
      ]),
      said,
      body,
    ],
  );
  toggle.setAttribute("aria-controls", panel.id);
  toggle.setAttribute("aria-expanded", "false");
  opener.replaceWith(toggle);
  writing.append(panel);

  let asking = null;
  let timer = 0;

  async function load({ all = false, aloud = false } = {}) {
    asking?.abort();
    asking = new AbortController();
    const { signal } = asking;
    panel.setAttribute("aria-busy", "true");
    if (!body.firstChild) said.textContent = "正在打开…";
    const asked = new URL(address);
    asked.searchParams.set("panel", "1");
    try {
      const response = await fetch(asked, { signal, headers: { Accept: "text/html" } });
      if (!response.ok) throw new Error(String(response.status));
      show(new DOMParser().parseFromString(await response.text(), "text/html"), all);
      said.textContent = aloud ? "对照已刷新。" : "";
    } catch (error) {
      if (error.name === "AbortError") return;
      said.textContent = GONE;
    }
    panel.removeAttribute("aria-busy");
  }

  // All of it, or where only the draft has changed, what depends on the draft.
  function show(page, all) {
    const fresh = page.querySelector("[data-last-year-content]");
    if (!fresh) throw new Error("no content");
    const live = body.querySelector("[data-last-year-live]");
    const freshLive = fresh.querySelector("[data-last-year-live]");
    if (!all && live && freshLive) {
      keepFolds(live, freshLive);
      live.replaceWith(freshLive);
      return;
    }
    const top = panel.scrollTop;
    keepFolds(body, fresh);
    body.replaceChildren(fresh);
    panel.scrollTop = top;
  }

  function remember(isOpen) {
    try {
      if (isOpen) sessionStorage.setItem(KEPT, "1");
      else sessionStorage.removeItem(KEPT);
    } catch {
      // A browser that keeps nothing opens it anew on each part.
    }
  }

  function open({ quiet = false } = {}) {
    panel.hidden = false;
    document.documentElement.classList.add("is-comparing");
    toggle.setAttribute("aria-expanded", "true");
    toggle.textContent = "关闭上年内容对照";
    remember(true);
    load({ all: true });
    if (!quiet) heading.focus({ preventScroll: matchMedia("(min-width: 75rem)").matches });
  }

  function close() {
    asking?.abort();
    panel.hidden = true;
    document.documentElement.classList.remove("is-comparing");
    toggle.setAttribute("aria-expanded", "false");
    toggle.textContent = "打开上年内容对照";
    remember(false);
    toggle.focus();
  }

  body.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-last-year-choose]")) return;
    event.preventDefault();
    address.searchParams.set("year", new FormData(event.target).get("year"));
    load({ all: true, aloud: true });
  });

  document.addEventListener("part-saved", () => {
    if (panel.hidden) return;
    clearTimeout(timer);
    timer = setTimeout(() => load(), PAUSE);
  });

  let wasOpen = false;
  try {
    wasOpen = sessionStorage.getItem(KEPT) === "1";
  } catch {
    // As above.
  }
  if (wasOpen && matchMedia("(min-width: 75rem)").matches) open({ quiet: true });
}

// What the person has folded stays folded.
function keepFolds(before, after) {
  const folds = [...before.querySelectorAll("details.last-year-fold")];
  [...after.querySelectorAll("details.last-year-fold")].forEach((fold, index) => {
    if (folds[index]) fold.open = folds[index].open;
  });
}
