// Somebody else has saved the section meanwhile: both texts side by side, field by field, to take one or to merge.
// Nothing is written until it is decided, and what was typed stays in the form and in this browser all the time.

import { sameField } from "./autosave.js";
import { Dialog, button, element } from "./dialog.js";
import {
  contentOf,
  controlsOf,
  rowsIn,
  setRows,
  setValue,
  spelling,
  textOfHtml,
  valuesOf,
} from "./form-content.js";
import { compare, compareLists, marked } from "./text-diff.js";

// Resolves to what the server holds, as a content, when the form holds what was decided and saves may go on from the
// version of `data`; to null when the window was closed without a decision.
export function decideClash(form, data, base) {
  return new Promise((resolve) => {
    let theirs = null;
    const dialog = new Dialog("这一部分已被他人修改，请比较后选择", {
      className: "window-wide",
      onClose: () => resolve(theirs),
    });
    const mine = contentOf(form);
    const ownOther = data.saved_by === form.dataset.userName;
    const other = ownOther ? "另一个窗口" : data.saved_by;
    const items = data.fields.map((field, index) => new Item(form, field, index, mine, base, other));
    const problem = element("p", { className: "window-problem", attributes: { role: "alert" } });
    const choose = (choice) => {
      for (const item of items) item.choose(choice);
      problem.textContent = "";
    };
    dialog.body.append(
      element("p", {
        textContent: `${ownOther ? "您自己在另一个窗口或另一台电脑上" : data.saved_by}于 ${data.saved_at} 保存了这一部分。您填写的内容还没有保存，都在本机。下面 ${items.length} 处不同，请选择用哪一份；选好并保存之前，什么也不会改动。`,
      }),
      element("div", { className: "clash-all" }, [
        button("全部用对方的", () => choose("theirs")),
        button("全部用我的", () => choose("mine")),
      ]),
      ...items.map((item) => item.dom),
      problem,
      element("div", { className: "form-actions window-actions" }, [
        button(
          "按所选保存",
          () => {
            const open = items.find((item) => !item.choice);
            if (open) {
              problem.textContent = `请先选择「${open.field.label}」用哪一份。`;
              open.dom.querySelector("input").focus();
              return;
            }
            for (const item of items) item.put(item.field.theirs);
            theirs = contentOf(form);
            for (const item of items) item.apply();
            dialog.close();
          },
          "btn btn-primary",
        ),
        button("稍后再选", () => dialog.close(), "btn btn-link"),
      ]),
    );
    // A merged text would be lost by a slip of the Escape key.
    dialog.dialog.addEventListener(
      "cancel",
      (event) => items.some((item) => item.merged) && event.preventDefault(),
    );
    dialog.open();
  });
}

class Item {
  constructor(form, field, index, mine, base, other) {
    this.form = form;
    this.field = field;
    this.mine = field.kind === "rows" ? rowsIn(mine, field.name) : valuesOf(mine, field.name)[0] || "";
    const untouched = sameValue(field, this.mine, base);
    const theirsUntouched = !untouched && sameField(field, base);
    this.name = `clash-${index}`;
    const note = untouched
      ? "您没有改过这一处，已选对方的。"
      : theirsUntouched
        ? "对方没有改过这一处，已选您的。"
        : "";
    const [theirText, myText] = [this.readable(field.theirs), this.readable(this.mine)];
    const pieces = compare(myText, theirText);
    this.radios = element("div", { className: "clash-choices" });
    this.addChoice("theirs", `用${other}的`, untouched);
    this.addChoice("mine", "用我的", theirsUntouched);
    this.editorPlace = element("div", { className: "clash-merge", hidden: true });
    if (field.kind === "html") this.addChoice("merge", "合并两份，由我改定", false);
    this.dom = element("fieldset", { className: "clash-field" }, [
      element("legend", { textContent: field.label }),
      element("div", { className: "clash-sides" }, [
        side(`${other}保存的`, theirText, pieces, "theirs"),
        side("您填写的", myText, pieces, "mine"),
      ]),
      ...(note ? [element("p", { className: "clash-note", textContent: note })] : []),
      this.radios,
      this.editorPlace,
    ]);
  }

  get choice() {
    return this.radios.querySelector("input:checked")?.value;
  }

  addChoice(value, label, checked) {
    const id = `${this.name}-${value}`;
    const input = element("input", {
      type: "radio",
      className: "form-check-input",
      name: this.name,
      id,
      value,
      checked,
    });
    input.addEventListener("change", () => this.showEditor());
    this.radios.append(
      element("div", { className: "form-check" }, [
        input,
        element("label", { className: "form-check-label", htmlFor: id, textContent: label }),
      ]),
    );
  }

  choose(choice) {
    this.radios.querySelector(`[value=${choice}]`).checked = true;
    this.showEditor();
  }

  async showEditor() {
    this.editorPlace.hidden = this.choice !== "merge";
    if (this.editorPlace.hidden || this.merged) return;
    const id = `${this.name}-text`;
    this.merged = element("textarea", {
      id,
      className: "form-control",
      value: bothTexts(this.mine, this.field.theirs),
    });
    this.editorPlace.append(
      element("p", {
        className: "form-text",
        textContent: "两份相同的段落只出现一次，不同的段落都在，您的在前、对方的在后。请删改成最后的样子。",
      }),
      element("label", { className: "form-label", htmlFor: id, textContent: `${this.field.label}（合并）` }),
      this.merged,
    );
    const { startEditor } = await import("./editor.js");
    startEditor(this.merged);
  }

  put(value) {
    const { form, field } = this;
    if (field.kind === "rows") setRows(form, field.name, value);
    else setValue(form, field.name, value);
  }

  apply() {
    if (this.choice === "mine") this.put(this.mine);
    else if (this.choice === "merge") this.put(this.merged.value);
  }

  // A value as somebody reads it.
  readable(value) {
    const { form, field } = this;
    if (field.kind === "html") return textOfHtml(value);
    if (field.kind === "rows") return value.map((row) => rowInWords(form, field.name, row)).join("\n");
    return inWords(controlsOf(form, field.name)[0], String(value ?? ""));
  }
}

// Whether this page has changed the field since the version it is based on.
function sameValue(field, mine, base) {
  if (field.kind === "rows") return JSON.stringify(mine) === JSON.stringify(rowsIn(base, field.name));
  return mine === (valuesOf(base, field.name)[0] || "");
}

function inWords(control, value) {
  if (control?.type === "checkbox") return value ? "是" : "否";
  if (control?.tagName === "SELECT")
    return [...control.options].find((option) => option.value === value)?.textContent || value;
  return value;
}

function rowInWords(form, prefix, row) {
  const list = [...form.querySelectorAll("[data-rows]")].find((one) => one.dataset.rows === prefix);
  const template = list?.querySelector("template")?.content;
  return Object.entries(row)
    .map(([name, value]) => [template?.querySelector(`[name$="-__prefix__-${name}"]`), String(value ?? "")])
    .filter(([control, value]) => value && control?.type !== "hidden")
    .map(([control, value]) =>
      control?.type === "checkbox" ? (value ? "约数" : "") : inWords(control, value),
    )
    .filter(Boolean)
    .join(" · ");
}

function side(title, text, pieces, which) {
  return element("div", { className: "clash-side" }, [
    element("h3", { textContent: title }),
    element(
      "div",
      { className: "clash-text" },
      text ? marked(pieces, which) : [element("span", { className: "soft", textContent: "（空）" })],
    ),
  ]);
}

function blocksOf(html) {
  const { body } = new DOMParser().parseFromString(html, "text/html");
  return [...body.children].map((block) => block.outerHTML);
}

// Both texts in one: what they share once, what differs of each.
function bothTexts(mine, theirs) {
  const written = new Map();
  const spelled = [mine, theirs].map((html) =>
    blocksOf(html).map((block) => {
      const key = spelling(block);
      if (!written.has(key)) written.set(key, block);
      return key;
    }),
  );
  return compareLists(...spelled)
    .map(({ text }) => written.get(text))
    .join("");
}
