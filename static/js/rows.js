// Rows of a list (rules, channels, people): add, remove with undo, move. The list is posted as a Django formset that
// is saved as a whole: the order of the rows is their order in the page, a removed row is simply not there, rows
// without any content are dropped by the server.
//
// The page gives:
//   <div data-rows="channels" data-row-word="渠道" data-row-most="200">
//                                  the prefix of the formset; what one row is called; how many may be entered
//     management form (channels-TOTAL_FORMS …)
//     <div|tbody data-row-list>  each row: <div|tr data-row> with controls named channels-<i>-<field> </…>
//     <template data-row-template> one row with __prefix__ for the index </template>
//     <button type="button" data-row-add hidden>添加一行</button>
//     in each row, hidden without scripts: <button type="button" data-row-up hidden>, data-row-down, data-row-remove
//     <p data-row-full hidden></p>   shown in its place when the list is full
//     <p data-row-said role="status"></p>
//   Rows served only for those without scripts carry data-row-blank and go when this module starts.

const ATTRIBUTES = ["name", "id", "for", "aria-describedby", "aria-labelledby"];

class Rows {
  constructor(list) {
    this.root = list;
    this.prefix = list.dataset.rows;
    this.word = list.dataset.rowWord || "行";
    this.list = list.querySelector("[data-row-list]");
    this.total = list.querySelector(`[name="${this.prefix}-TOTAL_FORMS"]`);
    this.template = list.querySelector("template[data-row-template]");
    this.most = Number(list.dataset.rowMost);
    this.full = list.querySelector("[data-row-full]");
    this.said = list.querySelector("[data-row-said]");
    this.add = list.querySelector("[data-row-add]");
    for (const row of this.list.querySelectorAll("[data-row-blank]")) row.remove();
    list.addEventListener("click", (event) => this.clicked(event));
    list.addEventListener("rows-set", (event) => this.setCount(event.detail.count));
    this.number();
  }

  get rows() {
    return [...this.list.children].filter((row) => row.hasAttribute("data-row"));
  }

  clicked(event) {
    const button = event.target.closest("button");
    const row = button?.closest("[data-row]");
    if (!button) return;
    if (button.hasAttribute("data-row-add")) this.append(true);
    else if (button.hasAttribute("data-row-remove")) this.remove(row);
    else if (button.hasAttribute("data-row-up"))
      this.move(row, row.previousElementSibling, "before", "data-row-up");
    else if (button.hasAttribute("data-row-down"))
      this.move(row, row.nextElementSibling, "after", "data-row-down");
  }

  append(focus = false) {
    const row = this.template.content.firstElementChild.cloneNode(true);
    this.list.append(row);
    this.number();
    if (focus) {
      row.querySelector("input:not([type=hidden]), select, textarea")?.focus();
      this.changed();
    }
    return row;
  }

  remove(row) {
    const place = row.nextElementSibling;
    const index = this.rows.indexOf(row);
    row.remove();
    this.number();
    this.say(`已删除第 ${index + 1} 个${this.word}。`, () => {
      this.list.insertBefore(row, place?.isConnected ? place : null);
      this.number();
      this.say(`已恢复第 ${this.rows.indexOf(row) + 1} 个${this.word}。`);
      row.querySelector("[data-row-remove]")?.focus();
      this.changed();
    });
    const near = this.rows[index] || this.rows[index - 1];
    (near?.querySelector("[data-row-remove]") || this.add)?.focus();
    this.changed();
  }

  move(row, other, where, button) {
    if (!other?.hasAttribute("data-row")) return;
    other[where](row);
    this.number();
    // At the end of its way the button is off; the focus must not fall out of the row.
    const again = row.querySelector(`[${button}]`);
    (again.disabled ? row.querySelector("[data-row-up]:enabled, [data-row-down]:enabled") : again)?.focus();
    this.say(`已移到第 ${this.rows.indexOf(row) + 1} 个。`);
    this.changed();
  }

  setCount(count) {
    while (this.rows.length > count) this.rows.at(-1).remove();
    while (this.rows.length < count) this.append();
    this.number();
  }

  // Names, ids and spoken names follow the order in the page.
  number() {
    const pattern = new RegExp(`(^|[\\s_])${this.prefix}-(?:\\d+|__prefix__)-`, "g");
    const rows = this.rows;
    rows.forEach((row, index) => {
      for (const element of [row, ...row.querySelectorAll("*")]) {
        for (const attribute of ATTRIBUTES) {
          const value = element.getAttribute(attribute);
          if (value?.includes(`${this.prefix}-`))
            element.setAttribute(attribute, value.replace(pattern, `$1${this.prefix}-${index}-`));
        }
      }
      for (const number of row.querySelectorAll("[data-row-number]")) number.textContent = String(index + 1);
      for (const [name, words, off] of [
        ["data-row-up", "上移", index === 0],
        ["data-row-down", "下移", index === rows.length - 1],
        ["data-row-remove", "删除", false],
      ]) {
        const button = row.querySelector(`[${name}]`);
        if (!button) continue;
        button.hidden = false;
        button.disabled = off;
        button.setAttribute("aria-label", `${words}第 ${index + 1} 个${this.word}`);
      }
    });
    this.total.value = String(rows.length);
    // Of a list that is longer than may be entered the server says so.
    this.full.hidden = rows.length !== this.most;
    this.add.hidden = rows.length >= this.most;
  }

  say(sentence, undo = null) {
    if (!this.said) return;
    this.said.replaceChildren(sentence);
    if (!undo) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-link btn-sm";
    button.textContent = "撤销删除";
    button.addEventListener("click", undo, { once: true });
    this.said.append(" ", button);
  }

  changed() {
    this.root.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

export function startRows(form) {
  for (const list of form.querySelectorAll("[data-rows]")) new Rows(list);
}
