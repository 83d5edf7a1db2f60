// A read-only field marked data-copy gets a button that copies it, and is selected as a whole when focused.
for (const field of document.querySelectorAll("[data-copy]")) {
  field.addEventListener("focus", () => field.select());
  if (!navigator.clipboard) continue;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn-outline-primary";
  button.textContent = "复制链接";
  const said = document.createElement("span");
  said.setAttribute("role", "status");
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(field.value);
      said.textContent = "已复制";
    } catch {
      field.select();
      said.textContent = "没有复制成功，请按 Ctrl+C 复制";
    }
  });
  const row = document.createElement("div");
  row.className = "form-actions";
  row.append(button, said);
  field.after(row);
}
