// Shows the errors of a save next to their fields, without moving the focus: a draft may be wrong for a while.

import { controlsOf, rowsOf } from "./form-content.js";

const MARK = "data-save-error";

export function showErrors(form, errors) {
  for (const shown of form.querySelectorAll(`[${MARK}]`)) forget(form, shown);
  // What the server wrote into the page when it was opened is told anew by every save.
  for (const shown of form.querySelectorAll(".invalid-feedback")) forget(form, shown);
  for (const control of form.querySelectorAll(".is-invalid")) control.classList.remove("is-invalid");
  for (const control of form.querySelectorAll("[aria-invalid=true]")) control.removeAttribute("aria-invalid");
  for (const [name, sentence] of Object.entries(errors)) {
    const control = controlsOf(form, name)[0];
    const target = control ? control.richText || control : rowsOf(form, name);
    if (target) mark(target, control, name, sentence);
  }
}

function mark(target, control, name, sentence) {
  const id = `save-error-${name}`;
  const text = document.createElement("span");
  text.id = id;
  text.className = "invalid-feedback d-block";
  text.setAttribute(MARK, name);
  text.textContent = sentence;
  const place = control?.closest(".figure-input, .rich-text, .form-check") || target;
  if (place.hasAttribute("data-rows")) place.append(text);
  else place.after(text);
  if (!control) return;
  control.classList.add("is-invalid");
  target.setAttribute("aria-invalid", "true");
  const described = (target.getAttribute("aria-describedby") || "").split(/\s+/).filter(Boolean);
  target.setAttribute("aria-describedby", [...described, id].join(" "));
}

function forget(form, shown) {
  if (shown.id) {
    for (const control of form.querySelectorAll(`[aria-describedby~="${CSS.escape(shown.id)}"]`)) {
      const left = control
        .getAttribute("aria-describedby")
        .split(/\s+/)
        .filter((id) => id && id !== shown.id);
      if (left.length) control.setAttribute("aria-describedby", left.join(" "));
      else control.removeAttribute("aria-describedby");
    }
  }
  shown.remove();
}
