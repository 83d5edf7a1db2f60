// A finding becomes a remark, and a remark a mere finding again, without leaving the place on the page. What the server
// answers takes the place of the findings that were pressed, of the counts and of the decision; nothing else is touched,
// so what is being written elsewhere on the page stays. Without this script, or where the answer is not the page that
// was expected, the form is sent as usual.

const status = document.createElement("p");
status.className = "visually-hidden";
status.setAttribute("role", "status");

let isSending = false;
let isUsual = false;

// In the capturing phase, before once.js takes it for a form that leaves the page.
document.addEventListener(
  "submit",
  (event) => {
    const form = event.target;
    if (!form.matches("[data-take-up]") || isUsual) return;
    event.preventDefault();
    event.stopPropagation();
    if (!isSending) send(form, event.submitter);
  },
  true,
);

async function send(form, button) {
  isSending = true;
  // Before there is something to read out: a region that comes with its words is not read.
  document.body.append(status);
  const body = new FormData(form, button);
  const action = button?.getAttribute("formaction") || form.action;
  const pressed = [...document.querySelectorAll(".finding")].filter(
    (one) => one.contains(button) || body.getAll("finding").includes(one.dataset.finding),
  );
  let answer = null;
  try {
    const response = await fetch(action, { method: "POST", body, headers: { Accept: "text/html" } });
    if (response.ok) answer = new DOMParser().parseFromString(await response.text(), "text/html");
  } catch {
    answer = null;
  }
  isSending = false;
  if (!answer || !pressed.length || !pressed.every((one) => answer.getElementById(one.id))) {
    // Refused, signed out or interrupted: the page that says so is worth leaving for.
    isUsual = true;
    form.requestSubmit(button);
    return;
  }
  for (const id of [...pressed.map((one) => one.id), "part-nav", "found", "decide"]) put(answer, id);
  status.textContent = answer.querySelector(".notifications")?.textContent.trim() ?? "";
  const [first] = pressed;
  const next = document.getElementById(first.id).querySelector("button[form], summary");
  if (pressed.length === 1) next?.focus({ preventScroll: true });
  else document.getElementById("found-heading")?.focus({ preventScroll: true });
}

function put(answer, id) {
  const [before, after] = [document.getElementById(id), answer.getElementById(id)];
  if (before && after) before.replaceWith(document.adoptNode(after));
}
