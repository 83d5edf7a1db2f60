// Comfort for bringing a file in: a file that is too large is told before it is sent, the wait is told while it lasts, and
// what was copied in Word is taken with its tables and headings. Without it a file and plain text are taken as well.

const SLOW = 4000;

for (const form of document.querySelectorAll("form[data-upload], form[data-paste]")) tellTheWait(form);
for (const form of document.querySelectorAll("form[data-largest]")) refuseTheTooLarge(form);
for (const form of document.querySelectorAll("form[data-paste]")) takeTheClipboard(form);

function tellTheWait(form) {
  const button = form.querySelector("[data-busy]");
  const progress = form.querySelector("[data-upload-progress]");
  const label = button.textContent;
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    button.textContent = button.dataset.busy;
    progress.textContent = "正在上传并读取，一般几秒钟。";
    setTimeout(() => {
      if (progress.textContent) progress.textContent = "还在读取。旧格式（.doc、.wps）要先转换，请不要关闭页面。";
    }, SLOW);
  });
  window.addEventListener("pageshow", () => {
    button.textContent = label;
    progress.textContent = "";
  });
}

function refuseTheTooLarge(form) {
  const field = form.querySelector("[type=file], textarea");
  const error = form.querySelector("[data-upload-error]");
  const size = () => (field.files ? (field.files[0]?.size ?? 0) : new Blob([field.value]).size);
  const problem = () => (size() > Number(form.dataset.largest) ? form.dataset.tooLarge : "");
  const tell = (text) => {
    error.textContent = text;
    error.classList.toggle("d-block", Boolean(text));
    field.classList.toggle("is-invalid", Boolean(text));
    if (text) field.setAttribute("aria-describedby", `${error.id} ${field.id}_help`);
  };
  for (const type of ["change", "input"]) field.addEventListener(type, () => tell(problem()));
  // Before the listeners of the form itself, which would take it for sent.
  document.addEventListener(
    "submit",
    (event) => {
      if (event.target !== form || !problem()) return;
      event.preventDefault();
      tell(problem());
      (field.hidden ? form.querySelector(".import-pasted") : field).focus();
    },
    true,
  );
  for (const type of ["dragenter", "dragover"]) field.addEventListener(type, () => field.classList.add("is-over"));
  for (const type of ["dragleave", "drop"]) field.addEventListener(type, () => field.classList.remove("is-over"));
}

// The text area is what is sent. Where it holds HTML, which nobody wants to read, its words are shown instead.
function takeTheClipboard(form) {
  const field = form.querySelector("textarea");
  const label = field.labels[0];
  const shown = document.createElement("div");
  shown.className = "import-pasted";
  shown.tabIndex = -1;
  shown.hidden = true;
  field.after(shown);

  const show = () => {
    const isHtml = /^\s*</.test(field.value);
    field.hidden = isHtml;
    label.hidden = isHtml;
    shown.hidden = !isHtml;
    if (!isHtml) return;
    const words = wordsOf(field.value);
    const tables = (field.value.match(/<table\b/gi) || []).length;
    const count = words.replace(/\s/g, "").length.toLocaleString("zh-CN");
    const said = document.createElement("p");
    said.textContent = `已粘贴：${count} 字${tables ? `，${tables} 个表格` : ""}。`;
    const text = document.createElement("div");
    text.className = "import-pasted-text";
    text.textContent = words.slice(0, 400);
    const again = document.createElement("button");
    again.type = "button";
    again.className = "btn btn-link btn-sm";
    again.textContent = "清除，重新粘贴";
    again.addEventListener("click", () => {
      field.value = "";
      field.dispatchEvent(new Event("input", { bubbles: true }));
      show();
      field.focus();
    });
    shown.replaceChildren(said, text, again);
  };

  field.addEventListener("paste", (event) => {
    const html = event.clipboardData?.getData("text/html");
    if (!html?.trim()) return;
    event.preventDefault();
    // Whatever was copied around the words, it begins with a tag; pictures are not brought in.
    field.value = `<html>${html.replace(/<img\b[^>]*>/gi, '<img alt="">').replace(/^[^<]*/, "")}`;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    show();
    shown.focus();
  });
  field.addEventListener("input", show);
  // The line of keep-typed.js puts text in and out without an input event.
  form.addEventListener("click", () => setTimeout(show));
  show();
  window.addEventListener("pageshow", show);
}

function wordsOf(html) {
  const text = html
    .replace(/<(style|script|head|title|xml)\b[\s\S]*?<\/\1\s*>/gi, "")
    .replace(/<!--[\s\S]*?-->/g, "")
    .replace(/<\/(?:p|h[1-6]|li|tr|div)\s*>|<br\b[^>]*>/gi, "\n")
    .replace(/<[^>]+>/g, "")
    .replace(/&nbsp;/g, " ")
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&amp;/g, "&");
  return text.replace(/[ \t]+/g, " ").replace(/\s*\n\s*/g, "\n").trim();
}
