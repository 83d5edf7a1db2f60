// The menu of the editor, in words: a toolbar with one stop for the Tab key, arrow keys within, Escape back to the text.

import { Dialog, button, element } from "./dialog.js";
import { isLink } from "./editor-schema.js";

const chain = (editor) => editor.chain().focus();

const ITEMS = [
  [
    { name: "正文", is: (e) => e.isActive("paragraph"), run: (e) => chain(e).setParagraph().run() },
    {
      name: "（一）级标题",
      is: (e) => e.isActive("heading", { level: 3 }),
      run: (e) => chain(e).toggleHeading({ level: 3 }).run(),
    },
    {
      name: "1. 级标题",
      is: (e) => e.isActive("heading", { level: 4 }),
      run: (e) => chain(e).toggleHeading({ level: 4 }).run(),
    },
  ],
  [
    { name: "加粗", key: "Ctrl+B", is: (e) => e.isActive("bold"), run: (e) => chain(e).toggleBold().run() },
    {
      name: "斜体",
      key: "Ctrl+I",
      is: (e) => e.isActive("italic"),
      run: (e) => chain(e).toggleItalic().run(),
    },
    {
      name: "上标",
      is: (e) => e.isActive("superscript"),
      run: (e) => chain(e).unsetSubscript().toggleSuperscript().run(),
    },
    {
      name: "下标",
      is: (e) => e.isActive("subscript"),
      run: (e) => chain(e).unsetSuperscript().toggleSubscript().run(),
    },
  ],
  [
    { name: "项目符号", is: (e) => e.isActive("bulletList"), run: (e) => chain(e).toggleBulletList().run() },
    {
      name: "自动编号",
      is: (e) => e.isActive("orderedList"),
      run: (e) => chain(e).toggleOrderedList().run(),
    },
  ],
  [
    {
      name: "链接",
      key: "Ctrl+K",
      is: (e) => e.isActive("link"),
      can: (e) => !e.state.selection.empty || e.isActive("link"),
      cannot: "请先选中要加链接的文字",
      run: (e) => askForLink(e),
    },
    { name: "插入表格", can: (e) => !e.isActive("table"), run: (e) => askForTable(e) },
  ],
  [
    { name: "撤销", key: "Ctrl+Z", can: (e) => e.can().undo(), run: (e) => chain(e).undo().run() },
    { name: "重做", key: "Ctrl+Y", can: (e) => e.can().redo(), run: (e) => chain(e).redo().run() },
  ],
];

// Only while the cursor is in a table.
const TABLE_ITEMS = [
  [
    { name: "上方加行", run: (e) => chain(e).addRowBefore().run() },
    { name: "下方加行", run: (e) => chain(e).addRowAfter().run() },
    { name: "左侧加列", run: (e) => chain(e).addColumnBefore().run() },
    { name: "右侧加列", run: (e) => chain(e).addColumnAfter().run() },
  ],
  [
    { name: "删除行", run: (e) => chain(e).deleteRow().run() },
    { name: "删除列", run: (e) => chain(e).deleteColumn().run() },
  ],
  [
    {
      name: "合并单元格",
      can: (e) => e.can().mergeCells(),
      cannot: "请先拖动选中几个单元格",
      run: (e) => chain(e).mergeCells().run(),
    },
    { name: "拆分单元格", can: (e) => e.can().splitCell(), run: (e) => chain(e).splitCell().run() },
    {
      name: "表头单元格",
      is: (e) => e.isActive("tableHeader"),
      run: (e) => chain(e).toggleHeaderCell().run(),
    },
    { name: "表题", run: (e) => askForCaption(e) },
  ],
  [{ name: "删除表格", run: (e) => chain(e).deleteTable().run() }],
];

export class Menu {
  constructor(editor, label, id) {
    this.editor = editor;
    this.buttons = [];
    this.dom = element("div", {
      className: "rich-text-menu",
      attributes: { role: "toolbar", "aria-label": `${label}的格式`, "aria-controls": id },
    });
    this.dom.append(
      this.#group(ITEMS, "rich-text-tools"),
      this.#group(TABLE_ITEMS, "rich-text-tools rich-text-table-tools"),
    );
    this.tableTools = this.dom.lastElementChild;
    this.dom.addEventListener("keydown", (event) => this.#walk(event));
    editor.on("transaction", () => this.update());
    this.update();
  }

  focus() {
    (this.#visible().find(({ tabIndex }) => tabIndex === 0) || this.#visible()[0]).focus();
  }

  update() {
    const { editor } = this;
    this.tableTools.hidden = !editor.isActive("table");
    for (const { dom, item } of this.buttons) {
      if (item.is) dom.setAttribute("aria-pressed", String(Boolean(item.is(editor))));
      const able = editor.isEditable && (!item.can || item.can(editor));
      // Not `disabled`: the focus would fall away when the last step is undone.
      dom.setAttribute("aria-disabled", String(!able));
      const hint = !able && item.cannot ? item.cannot : item.key ? `${item.name}（${item.key}）` : "";
      if (hint) dom.title = hint;
      else dom.removeAttribute("title");
    }
    const stops = this.#visible();
    if (!stops.some(({ tabIndex }) => tabIndex === 0)) stops[0].tabIndex = 0;
  }

  #group(groups, className) {
    return element(
      "div",
      { className },
      groups.map((items) =>
        element(
          "div",
          { className: "rich-text-group", attributes: { role: "group" } },
          items.map((item) => this.#button(item)),
        ),
      ),
    );
  }

  #button(item) {
    const dom = element("button", {
      type: "button",
      className: "rich-text-button",
      textContent: item.name,
      tabIndex: -1,
    });
    // Keeps the selection in the text while the mouse presses a button.
    dom.addEventListener("mousedown", (event) => event.preventDefault());
    dom.addEventListener("click", () => {
      if (dom.getAttribute("aria-disabled") !== "true") item.run(this.editor);
    });
    this.buttons.push({ dom, item });
    return dom;
  }

  #visible() {
    return this.buttons.map(({ dom }) => dom).filter((dom) => !dom.closest("[hidden]"));
  }

  #walk(event) {
    const stops = this.#visible();
    const here = stops.indexOf(document.activeElement);
    const to = {
      ArrowRight: (here + 1) % stops.length,
      ArrowLeft: (here - 1 + stops.length) % stops.length,
      Home: 0,
      End: stops.length - 1,
    }[event.key];
    if (event.key === "Escape") this.editor.commands.focus();
    if (to === undefined) return;
    event.preventDefault();
    for (const { dom } of this.buttons) dom.tabIndex = -1;
    stops[to].tabIndex = 0;
    stops[to].focus();
  }
}

// A small window with a form; `take` gets the values and returns a sentence where they do not fit.
function ask(title, fields, submitLabel, take, extra = []) {
  const dialog = new Dialog(title, { className: "window-narrow" });
  const problem = element("p", { className: "window-problem", attributes: { role: "alert" } });
  const controls = fields.map(({ label, name, className = "form-control", hint = "", ...rest }) => {
    const control = element("input", { id: `ask-${name}`, name, className, ...rest });
    const words = element("label", {
      htmlFor: control.id,
      textContent: label,
      className: rest.type === "checkbox" ? "form-check-label" : "form-label",
    });
    const children = rest.type === "checkbox" ? [control, words] : [words, control];
    if (hint) {
      const text = element("span", { id: `ask-${name}-hint`, className: "form-text", textContent: hint });
      control.setAttribute("aria-describedby", text.id);
      children.push(text);
    }
    return element("div", { className: rest.type === "checkbox" ? "form-check mb-3" : "mb-3" }, children);
  });
  const form = element("form", { noValidate: true }, [
    problem,
    ...controls,
    element("div", { className: "form-actions" }, [
      element("button", { type: "submit", className: "btn btn-primary", textContent: submitLabel }),
      ...extra.map(({ label, run }) => button(label, () => (dialog.close(), run()))),
      button("取消", () => dialog.close(), "btn btn-link"),
    ]),
  ]);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    // The window may stand inside the page's form: its submit must not be taken for that one's.
    event.stopPropagation();
    problem.textContent = "";
    const sentence = take(form.elements, () => dialog.close());
    if (sentence) problem.textContent = sentence;
  });
  dialog.body.append(form);
  dialog.open();
  form.querySelector("input").focus();
}

function askForLink(editor) {
  const href = editor.getAttributes("link").href || "";
  ask(
    href ? "修改链接" : "添加链接",
    [
      {
        label: "网址或邮箱",
        name: "href",
        type: "text",
        value: href,
        inputMode: "url",
        autocomplete: "off",
        hint: "以 http:// 或 https:// 开头的网址，或者邮箱地址。",
      },
    ],
    href ? "修改" : "添加",
    ({ href: { value } }, close) => {
      const address = complete(value.trim());
      if (!isLink(address)) return "请填写完整的网址，例如 https://www.example.edu.cn/xxgk。";
      close();
      chain(editor).extendMarkRange("link").setLink({ href: address }).run();
      return "";
    },
    href ? [{ label: "取消链接", run: () => chain(editor).extendMarkRange("link").unsetLink().run() }] : [],
  );
}

// What people type where an address is asked: www.example.edu.cn, xxgk@example.edu.cn.
function complete(address) {
  if (/^[^\s@/:]+@[^\s@/:]+\.[a-z]+$/i.test(address)) return `mailto:${address}`;
  if (/^[a-z0-9-]+(\.[a-z0-9-]+)+(\/\S*)?$/i.test(address)) return `http://${address}`;
  return address;
}

function askForTable(editor) {
  ask(
    "插入表格",
    [
      { label: "行数（含表头）", name: "rows", type: "number", value: "3", min: "1", max: "100" },
      { label: "列数", name: "cols", type: "number", value: "3", min: "1", max: "20" },
      { label: "第一行是表头", name: "head", type: "checkbox", className: "form-check-input", checked: true },
    ],
    "插入",
    ({ rows, cols, head }, close) => {
      if (!rows.checkValidity() || !rows.value) return "行数请填 1 至 100。";
      if (!cols.checkValidity() || !cols.value) return "列数请填 1 至 20。";
      close();
      chain(editor)
        .insertTable({ rows: Number(rows.value), cols: Number(cols.value), withHeaderRow: head.checked })
        .run();
      return "";
    },
  );
}

function askForCaption(editor) {
  ask(
    "表题",
    [
      {
        label: "写在表格上方的名称",
        name: "caption",
        type: "text",
        value: editor.getAttributes("table").caption || "",
        maxLength: 100,
        autocomplete: "off",
        hint: "例如：表1　主动公开信息数量。留空就不显示。",
      },
    ],
    "确定表题",
    ({ caption }, close) => {
      close();
      chain(editor).updateAttributes("table", { caption: caption.value.trim() }).run();
      return "";
    },
  );
}

export { askForLink };
