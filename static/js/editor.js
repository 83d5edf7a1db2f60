// Turns <textarea data-rich-text> into an editor limited to the vocabulary. The text area stays, hidden, and always
// holds the text: it is what the form sends. Until somebody edits it keeps the very words of the server.
//
// It listens to "value-set" on the text area (form-content.js), and dispatches "input" there when the text changes.

import { Editor, pm } from "../django_prose_editor/editor.js";
import { Menu, askForLink } from "./editor-menu.js";
import { cleanPastedHtml, cleanPastedText } from "./editor-paste.js";
import { extensions, htmlOf } from "./editor-schema.js";

export function startEditor(textarea) {
  const { id } = textarea;
  const label = textarea.labels[0];
  const name =
    label?.textContent.replace(/[*＊]\s*$/, "").trim() || textarea.getAttribute("aria-label") || "正文";
  const help = document.createElement("p");
  help.className = "visually-hidden";
  help.id = `${id}-keys`;
  help.textContent = "按 Alt 加 F10 到格式工具栏，按 Esc 回到正文。";
  const frame = document.createElement("div");
  frame.className = "rich-text";
  textarea.before(frame);

  const attributes = {
    id,
    class: "rich-text-text",
    role: "textbox",
    "aria-multiline": "true",
    "aria-describedby": [textarea.getAttribute("aria-describedby"), help.id].filter(Boolean).join(" "),
  };
  if (label) {
    label.id ||= `${id}-label`;
    // The label names the editor now, which no `for` can point to.
    label.removeAttribute("for");
    attributes["aria-labelledby"] = label.id;
  } else {
    attributes["aria-label"] = name;
  }
  if (textarea.getAttribute("aria-invalid") === "true") attributes["aria-invalid"] = "true";
  const editable = !textarea.readOnly && !textarea.disabled;
  if (!editable) attributes["aria-readonly"] = "true";
  textarea.id = `${id}-source`;
  textarea.hidden = true;

  const editor = new Editor({
    element: frame,
    extensions,
    content: textarea.value,
    editable,
    // A style element and rules of the kind 「1. 」 becomes a list: neither is wanted, clerks write their numbers.
    injectCSS: false,
    enableInputRules: false,
    enablePasteRules: false,
    editorProps: {
      attributes,
      transformPastedHTML: cleanPastedHtml,
      transformPastedText: cleanPastedText,
      handleKeyDown: (_view, event) => {
        if (event.altKey && event.key === "F10") menu.focus();
        else if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
          if (!editor.state.selection.empty || editor.isActive("link")) askForLink(editor);
        } else return false;
        event.preventDefault();
        return true;
      },
    },
    onUpdate: () => {
      textarea.value = htmlOf(editor);
      textarea.dispatchEvent(new Event("input", { bubbles: true }));
    },
  });
  const menu = new Menu(editor, name, id);
  if (editable) frame.prepend(menu.dom);
  frame.append(textarea, help);
  textarea.richText = editor.view.dom;
  label?.addEventListener("click", () => editor.commands.focus());
  textarea.addEventListener("value-set", () => replaceText(editor, textarea.value));
  textarea.addEventListener("lock", () => {
    editor.setEditable(false, false);
    editor.view.dom.setAttribute("aria-readonly", "true");
    menu.dom.remove();
  });
  return editor;
}

// Put `html` in the place of the text, as one step that can be undone. Only what differs is exchanged: the cursor stays
// where it is, and what follows the text (marks) need not be found again.
function replaceText(editor, html) {
  const { state, schema, view } = editor;
  const { body } = new DOMParser().parseFromString(html, "text/html");
  const wanted = pm.model.DOMParser.fromSchema(schema).parse(body);
  const start = state.doc.content.findDiffStart(wanted.content);
  if (start === null) return;
  let { a: end, b: wantedEnd } = state.doc.content.findDiffEnd(wanted.content);
  // 「aa」 in the place of 「a」: the same letters were counted from both sides.
  const overlap = Math.max(0, start - Math.min(end, wantedEnd));
  end += overlap;
  wantedEnd += overlap;
  let step = state.tr.replace(start, end, wanted.slice(start, wantedEnd));
  // Where a paragraph became a list, the piece alone may not fit.
  if (!step.doc.eq(wanted)) step = state.tr.replaceWith(0, state.doc.content.size, wanted.content);
  // Not what somebody typed: `preventUpdate` keeps Tiptap from telling it as an edit.
  view.dispatch(step.setMeta("preventUpdate", true));
}
