// textarea[data-limit=<most characters>] says beside it ([data-limit-state] of the same form) how many are left. Nothing
// is cut off: what is too long stays, and the server says so as well. Works for fields that come later, too.

const CLOSE = 100;

function tell(field) {
  const state = field.form?.querySelector("[data-limit-state]");
  if (!state) return;
  const limit = Number(field.dataset.limit);
  // As the server counts: code points, lines ended by one character, no blanks around it.
  const left = limit - [...field.value.trim()].length;
  field.classList.toggle("is-invalid", left < 0);
  if (left < 0) state.textContent = `超出 ${-left} 字，请精简。最多 ${limit} 字。`;
  else state.textContent = left <= CLOSE ? `还可以写 ${left} 字。` : `最多 ${limit} 字。`;
}

document.addEventListener("input", (event) => {
  if (event.target.matches?.("textarea[data-limit]")) tell(event.target);
});
for (const field of document.querySelectorAll("textarea[data-limit]")) {
  if (field.value) tell(field);
}
