// A form with data-in-place is sent whenever something in it changes, and by its buttons, without leaving the page: what
// the server answers takes the place of what is shown. Without this script its buttons send it as usual. The button
// named "next" leads on, and is left to the browser.

const status = document.createElement("p");
status.className = "visually-hidden";
status.setAttribute("role", "status");
document.body.append(status);

const FAILED = "没有保存：网络中断，或者登录已过期。请刷新页面后再改。";
let sending = false;
let changedMeanwhile = false;

document.addEventListener("change", (event) => {
  const form = event.target.closest?.("form[data-in-place]");
  if (form) send(form);
});

// In the capturing phase, before once.js takes it for a form that leaves the page.
document.addEventListener(
  "submit",
  (event) => {
    const form = event.target;
    if (!form.matches("[data-in-place]") || event.submitter?.name === "next") return;
    event.preventDefault();
    send(form, event.submitter);
  },
  true,
);

async function send(form, button) {
  if (sending) {
    changedMeanwhile ||= !button;
    return;
  }
  sending = true;
  form.setAttribute("aria-busy", "true");
  const body = new FormData(form);
  if (button?.name) body.append(button.name, button.value);
  let answer;
  try {
    const response = await fetch(form.action, { method: "POST", body, headers: { Accept: "text/html" } });
    if (!response.ok) throw new Error(response.status);
    answer = new DOMParser().parseFromString(await response.text(), "text/html");
  } catch {
    answer = null;
  }
  sending = false;
  form.removeAttribute("aria-busy");
  const next = answer?.querySelector("form[data-in-place]");
  if (!answer || !next) {
    tell(form, FAILED);
    return;
  }
  if (changedMeanwhile) {
    // What was chosen while the answer was on its way must not be overwritten by it: it is sent as well.
    changedMeanwhile = false;
    form.elements.revision.value = next.elements.revision.value;
    send(form);
    return;
  }
  show(answer, form);
}

function show(answer, form) {
  const main = document.getElementById("main");
  const focused = document.activeElement?.id;
  const isFolded = main.querySelector("[data-outline]")?.open === false;
  const [top, aside] = [window.scrollY, main.querySelector("aside")?.scrollTop];
  main.replaceChildren(...document.adoptNode(answer.getElementById("main")).childNodes);
  const outline = main.querySelector("[data-outline]");
  outline?.classList.remove("open-when-wide");
  if (outline) outline.open = !isFolded;
  const side = main.querySelector("aside");
  if (side && aside) side.scrollTop = aside;
  const notice = main.querySelector(".notifications");
  if (notice) {
    notice.scrollIntoView({ block: "center" });
    status.textContent = notice.textContent.trim();
    return;
  }
  window.scrollTo({ top });
  const back = focused && document.getElementById(focused);
  const moved = main.querySelector(".was-moved");
  if (back) back.focus({ preventScroll: true });
  else moved?.focus({ preventScroll: true });
  status.textContent = "已保存";
}

function tell(form, text) {
  let line = form.querySelector(".in-place-problem");
  if (!line) {
    line = document.createElement("p");
    line.className = "in-place-problem invalid-feedback d-block";
    line.setAttribute("role", "alert");
    form.querySelector("[name=next]").before(line);
  }
  line.textContent = text;
}
