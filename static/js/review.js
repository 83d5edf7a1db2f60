// What a reviewer types survives a reload, a slip of the finger and an expired session: the text of a field with
// data-keep stays in this tab until a page says that it was taken. Ctrl+Enter sends the form.
const PREFIX = "review:";
const keyOf = (field) => `${PREFIX}${field.form.getAttribute("action")}#${field.name}`;
const read = (key) => {
  try {
    return JSON.parse(sessionStorage.getItem(key));
  } catch {
    return null;
  }
};
const write = (key, value) => {
  try {
    sessionStorage.setItem(key, JSON.stringify(value));
  } catch {
    // No storage, no comfort: the form works without it.
  }
};

// A banner of success is the server's word that what was sent has been taken.
if (document.querySelector(".notifications .banner-success")) {
  for (const key of Object.keys(sessionStorage)) {
    if (key.startsWith(PREFIX) && read(key)?.sent) sessionStorage.removeItem(key);
  }
}

for (const field of document.querySelectorAll("textarea[data-keep]")) {
  const key = keyOf(field);
  const kept = read(key);
  if (kept?.text && !field.value) {
    field.value = kept.text;
    const details = field.closest("details");
    if (details) details.open = true;
  }
  field.addEventListener("input", () => {
    if (field.value) write(key, { text: field.value, sent: false });
    else sessionStorage.removeItem(key);
  });
  field.form.addEventListener("submit", () => {
    if (field.value) write(key, { text: field.value, sent: true });
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      field.form.requestSubmit();
    }
  });
}

// Opening the form of a remark is wanting to write.
for (const details of document.querySelectorAll("details.remark-add")) {
  details.addEventListener("toggle", () => {
    if (details.open && !details.querySelector(".is-invalid")) details.querySelector("textarea").focus();
  });
}
