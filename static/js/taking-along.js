// What somebody typed and cannot save, as plain text to copy or to download.

import { button, element } from "./dialog.js";
import { labelOf, textOfHtml } from "./form-content.js";

// Two buttons, and whatever else belongs beside them.
export function takeAlong(scope, content, ...more) {
  const text = inWords(scope, content);
  const done = element("span", { attributes: { role: "status" } });
  const copy = button(
    "复制我填写的内容",
    async () => {
      try {
        await navigator.clipboard.writeText(text);
        done.textContent = "已复制。";
      } catch {
        done.textContent = "浏览器不允许复制，请改用下载。";
      }
    },
    "btn btn-outline-primary btn-sm",
  );
  const download = button(
    "下载我填写的内容",
    () => {
      const file = new Blob([text], { type: "text/plain;charset=utf-8" });
      const link = element("a", {
        href: URL.createObjectURL(file),
        download: `${document.querySelector("h1").textContent.trim()}.txt`,
      });
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    },
    "btn btn-outline-primary btn-sm",
  );
  return element("p", { className: "action-row" }, [copy, download, ...more, done]);
}

// With labels where the form is there; on a page that only shows the part the values alone.
function inWords(scope, content) {
  return content
    .filter(([name, value]) => value.trim() && !name.endsWith("_FORMS"))
    .map(([name, value]) => {
      const control = scope.querySelector(`[name="${CSS.escape(name)}"]`);
      const isCode = control ? control.type === "hidden" : /^[a-z_]+$/.test(value);
      if (isCode) return "";
      const words = /^<(?:p|h3|h4|ol|ul|table)>/.test(value)
        ? `\n${textOfHtml(value)}`
        : inWordsOf(control, value);
      return control ? `${labelOf(control)}：${words}` : words.trim();
    })
    .filter(Boolean)
    .join("\n");
}

function inWordsOf(control, value) {
  if (control?.tagName === "SELECT")
    return [...control.options].find((option) => option.value === value)?.textContent || value;
  return control?.type === "checkbox" ? "是" : value;
}
