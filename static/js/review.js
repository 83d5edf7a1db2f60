// Ctrl+Enter in a text area sends its form.
for (const field of document.querySelectorAll("form[data-keep] textarea")) {
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      field.form.requestSubmit();
    }
  });
}

// Opening the form of a remark is wanting to write, unless it opens by itself: then there is something in it already.
for (const details of document.querySelectorAll("details.remark-add")) {
  const field = details.querySelector("textarea");
  details.addEventListener("toggle", () => {
    if (details.open && !field.value && !field.classList.contains("is-invalid")) field.focus();
  });
}
