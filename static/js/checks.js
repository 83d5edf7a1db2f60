// The panel of checks beside the form of a part: follows each save, leads to the words it speaks of and marks them, takes
// fixes and answers, and can be worked through by keyboard. It never moves the page and never takes the focus from
// somebody who types.
//
// The page gives (templates/author/section.html): [data-checks] with data-url (the panel alone), in it
// [data-checks-content], [data-checks-said], [data-checks-notice], [data-checks-keys], [data-checks-close]; and
// [data-checks-bar] with [data-checks-bar-count], which opens it on a small screen. A finding is [data-finding] with
// data-tone; its link has data-jump, the places of its words; fixes are buttons of the form named fix or fix_all;
// answers are form[data-answer].

import { Marks } from "./checks-marks.js";
import { rangeOf } from "./checks-places.js";
import { button } from "./dialog.js";
import { controlsOf, rowsOf, setValue, valuesOf } from "./form-content.js";
import { keepTyped, typedWasTaken } from "./keep-typed.js";
import { patch } from "./patch.js";

const NO_ANSWER = "网络中断或服务器忙，没有修改。请稍后再试。";
const WIDE = matchMedia("(min-width: 75rem)");

export class Checks {
  // form and autosave: of the part, where it is written.
  constructor(root, { form = null, autosave = null } = {}) {
    this.root = root;
    this.form = form;
    this.autosave = autosave;
    this.content = root.querySelector("[data-checks-content]");
    this.said = root.querySelector("[data-checks-said]");
    this.notice = root.querySelector("[data-checks-notice]");
    this.bar = document.querySelector("[data-checks-bar]");
    this.closer = root.querySelector("[data-checks-close]");
    this.current = null;
    this.before = null; // where one was when the panel got the focus
    this.counts = this.#countsNow();
    this.marks = form && new Marks(form, (name) => this.#fieldOf(name));
    root.querySelector("[data-checks-keys]").hidden = !form;
    this.#listen();
    this.#mark();
    this.#goWhereAsked();
  }

  // What the server has found after a save.
  show(html) {
    const page = document.createElement("template");
    page.innerHTML = html;
    patch(this.content, page.content);
    for (const form of this.content.querySelectorAll("form[data-keep]")) keepTyped(form);
    this.#mark();
    this.#point(this.current);
    const counts = this.#countsNow();
    const place = this.bar?.querySelector("[data-checks-bar-count]");
    if (place && place.textContent !== counts) place.textContent = counts;
    if (counts === this.counts) return;
    this.counts = counts;
    this.said.textContent = `检查结果已更新：${counts}。`;
  }

  #countsNow() {
    return this.content.querySelector("[data-checks-count]").textContent.trim();
  }

  #mark() {
    this.marks?.set(
      this.#findings()
        .filter((one) => one.dataset.tone !== "done")
        .map((one) => ({
          ident: one.dataset.finding,
          tone: one.dataset.tone,
          places: placesOf(linkOf(one)),
        })),
    );
  }

  // The findings of this part, those that are folded away among them.
  #findings() {
    return [...this.content.querySelectorAll("[data-finding]")];
  }

  #find(ident) {
    return this.#findings().find((one) => one.dataset.finding === ident) || null;
  }

  #listen() {
    document.addEventListener("keydown", (event) => this.#keyAnywhere(event), true);
    this.root.addEventListener("keydown", (event) => this.#keyInside(event));
    this.root.addEventListener("focusin", ({ target, relatedTarget }) => {
      if (relatedTarget && !this.root.contains(relatedTarget)) this.before = relatedTarget;
      const finding = target.closest("[data-finding]");
      if (finding) this.#point(finding.dataset.finding);
    });
    this.root.addEventListener("click", (event) => {
      const link = event.target.closest("a[data-jump]");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      const places = placesOf(link);
      if (!this.form || !places.length || !this.#fieldOf(places[0].field)) return;
      event.preventDefault();
      this.#go(link);
    });
    // In the capturing phase: a form that is sent from here is not to be taken for sent by once.js.
    this.root.addEventListener(
      "submit",
      (event) => {
        if (!event.target.matches("form[data-answer]")) return;
        event.preventDefault();
        event.stopPropagation();
        this.#answer(event.target, event.submitter);
      },
      true,
    );
    document.addEventListener("selectionchange", () => this.#followCursor());
    this.bar?.addEventListener("click", (event) => {
      event.preventDefault();
      this.#open();
    });
    this.closer.addEventListener("click", () => {
      this.#close();
      this.bar?.focus();
    });
  }

  // --- by keyboard ---------------------------------------------------------------------------------------------------

  #keyAnywhere(event) {
    if (event.key !== "F8" || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    if (document.querySelector("dialog[open]")) return;
    event.preventDefault();
    this.#step(event.shiftKey ? -1 : 1);
  }

  #keyInside(event) {
    if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "Escape") {
      event.preventDefault();
      this.#goBack();
    } else if (event.target.matches("input, textarea, select")) {
      // There the arrows move the cursor.
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      this.#step(event.key === "ArrowDown" ? 1 : -1);
    }
  }

  #step(by) {
    if (!this.isBeside && !this.isOpen) this.#open();
    const visible = this.#findings().filter((one) => one.checkVisibility());
    if (!visible.length) {
      this.said.textContent = "";
      this.said.textContent = "这一部分没有要处理的检查结果。";
      return;
    }
    const at = visible.findIndex((one) => one.dataset.finding === this.current);
    const next = at < 0 ? (by > 0 ? 0 : visible.length - 1) : (at + by + visible.length) % visible.length;
    this.#focus(visible[next]);
    this.#showWords(visible[next]);
  }

  #focus(finding) {
    const target = linkOf(finding) || finding;
    if (target === finding) finding.tabIndex = -1;
    if (!this.root.contains(document.activeElement)) this.before = document.activeElement;
    target.focus({ preventScroll: true });
    this.#reveal(finding);
    this.#point(finding.dataset.finding);
  }

  // The words come into sight without the cursor.
  #showWords(finding) {
    if (!this.isBeside) return;
    const [place] = placesOf(linkOf(finding));
    const field = place && this.#fieldOf(place.field);
    if (!field) return;
    const range = isText(field) && place.block !== undefined ? rangeOf(field, place) : null;
    scrollTo(range || field);
  }

  #goBack() {
    this.#close();
    const { before } = this;
    if (before?.isConnected && before !== document.body) before.focus({ preventScroll: true });
    else this.#focusTitle();
  }

  #focusTitle() {
    this.root.querySelector("#checks-title").focus({ preventScroll: true });
  }

  // The panel scrolls, not the page.
  #reveal(finding) {
    const scroller = this.isBeside ? this.root.closest(".writing-side") : this.root;
    const box = finding.getBoundingClientRect();
    const frame = scroller.getBoundingClientRect();
    const bottom = Math.min(frame.bottom, innerHeight);
    // The notice stays in sight at the top.
    const top = Math.max(frame.top, 0) + this.notice.offsetHeight + 8;
    if (box.top < top) scroller.scrollTop += box.top - top;
    else if (box.bottom > bottom) scroller.scrollTop += Math.min(box.bottom - bottom + 8, box.top - top);
  }

  #point(ident) {
    this.current = ident;
    for (const one of this.#findings()) one.classList.toggle("is-current", one.dataset.finding === ident);
    this.marks?.point(ident);
  }

  // The cursor stands in marked words: their finding stands out.
  #followCursor() {
    const { anchorNode, anchorOffset } = getSelection();
    if (!this.marks || !anchorNode?.parentElement?.closest(".rich-text-text")) return;
    const ident = this.marks.at(anchorNode, anchorOffset);
    if (!ident || ident === this.current) return;
    this.#point(ident);
    const finding = this.#find(ident);
    if (finding && this.isBeside) this.#reveal(finding);
  }

  // --- to the words --------------------------------------------------------------------------------------------------

  #go(link) {
    const finding = link.closest("[data-finding]");
    const places = placesOf(link);
    this.#close();
    this.#point(finding.dataset.finding);
    const field = this.#fieldOf(places[0].field);
    for (let fold = field.closest("details"); fold; fold = fold.parentElement.closest("details"))
      fold.open = true;
    const place = places.find((one) => one.block !== undefined && isText(field) && rangeOf(field, one));
    const range = place && rangeOf(field, place);
    scrollTo(range || field);
    if (isText(field)) this.#putCursor(field, range);
    else {
      field.focus({ preventScroll: true });
      selectWords(field, places[0]);
    }
  }

  #putCursor(field, range) {
    const { editor } = field;
    if (!range || !editor?.isEditable) {
      field.focus({ preventScroll: true });
      return;
    }
    const from = editor.view.posAtDOM(range.startContainer, range.startOffset);
    const to = editor.view.posAtDOM(range.endContainer, range.endOffset);
    editor.chain().setTextSelection({ from, to }).focus(null, { scrollIntoView: false }).run();
  }

  // Who comes from another page for one finding is led to its words.
  #goWhereAsked() {
    const asked = new URLSearchParams(location.search).get("finding");
    const finding = asked && this.#find(asked);
    const link = finding && linkOf(finding);
    this.asked = Boolean(
      link && this.form && placesOf(link).length && this.#fieldOf(placesOf(link)[0].field),
    );
    if (this.asked) this.#go(link);
  }

  // The editor's text or the control of a field as the server names it. It knows no rows in which nothing stands.
  #fieldOf(name) {
    return document.getElementById(`id_${this.#nameHere(name)}`);
  }

  #nameHere(name) {
    const [, prefix, index, field] = name.match(/^([a-z_]+)-(\d+)-(.+)$/) || [];
    const list = prefix && this.form && rowsOf(this.form, prefix);
    if (!list) return name;
    const rows = [...list.querySelectorAll("[data-row-list] > [data-row]")];
    const filled = rows.flatMap((row, at) => (isFilled(row) ? [at] : []));
    return `${prefix}-${filled[Number(index)] ?? index}-${field}`;
  }

  // --- the panel on a small screen -----------------------------------------------------------------------------------

  // Not on a small screen, and not where last year's text stands beside the form.
  get isBeside() {
    return WIDE.matches && !document.documentElement.classList.contains("is-comparing");
  }

  get isOpen() {
    return this.root.classList.contains("is-open");
  }

  #open() {
    this.before = document.activeElement;
    this.root.classList.add("is-open");
    this.closer.hidden = false;
    this.#focusTitle();
  }

  #close() {
    this.root.classList.remove("is-open");
    this.closer.hidden = true;
  }

  // --- fixes and answers ---------------------------------------------------------------------------------------------

  // Take the fix that a button of the form stands for. What was typed is saved first. False where the way is not free.
  async mend(submitter) {
    if (this.isBusy) return true;
    this.isBusy = true;
    this.root.setAttribute("aria-busy", "true");
    try {
      return await this.#mend(submitter);
    } finally {
      this.isBusy = false;
      this.root.removeAttribute("aria-busy");
    }
  }

  async #mend(submitter) {
    const { autosave, form } = this;
    const ident = submitter.closest("[data-finding]").dataset.finding;
    const following = this.#after(ident);
    const answer = await autosave.write(submitter.formAction, [[submitter.name, submitter.value]]);
    if (!answer) return false;
    const { kind, data, content } = answer;
    if (kind !== "saved") {
      this.#tell(data?.message || NO_ANSWER);
      this.refresh();
      return true;
    }
    const old = [];
    for (const [serverName, value] of Object.entries(data.values)) {
      const name = this.#nameHere(serverName);
      const [was = ""] = valuesOf(content, name);
      const [control] = controlsOf(form, name);
      const at = content.findIndex(([one]) => one === name);
      if (at >= 0) content[at][1] = value;
      // Typed while the answer was on its way: that stays, and is saved next.
      if (!control || control.value !== was) continue;
      setValue(form, name, value);
      old.push([name, was, control.value]);
    }
    autosave.wrote(data, content);
    this.#tell(data.said, old.length ? () => this.#undo(old) : null);
    const next = following && this.#find(following);
    if (next) this.#focus(next);
    else this.#focusTitle();
    return true;
  }

  // The finding after one, which may be gone when the answer comes.
  #after(ident) {
    const idents = this.#findings()
      .filter((one) => one.checkVisibility())
      .map((one) => one.dataset.finding);
    const at = idents.indexOf(ident);
    return idents[at + 1] ?? idents[at - 1] ?? null;
  }

  #undo(old) {
    const { form, autosave } = this;
    const changed = old.some(([name, , now]) => controlsOf(form, name)[0]?.value !== now);
    if (changed) {
      this.#tell("改过之后您又写了别的内容，不能直接撤销。请把光标放进正文，按 Ctrl+Z 逐步撤销。");
      return;
    }
    for (const [name, was] of old) setValue(form, name, was);
    this.#tell("已撤销，恢复了原来的文字。");
    this.#focusTitle();
    autosave.touched();
    autosave.save();
  }

  async #answer(form, submitter) {
    if (this.isBusy) return;
    this.isBusy = true;
    const following = this.#after(form.closest("[data-finding]").dataset.finding);
    try {
      if (this.autosave && !(await this.autosave.save())) {
        this.#tell("您填写的内容还没有保存，请先处理上面的提示，再写理由。");
        return;
      }
      const body = new FormData(form, submitter);
      const response = await fetch(form.action, {
        method: "POST",
        body,
        headers: { Accept: "application/json" },
      });
      const data = await response.json();
      if (!response.ok) {
        this.#refuse(
          form,
          response.status === 401 ? "登录已过期。理由还在这里，请重新登录后再提交。" : data.message,
        );
        return;
      }
      typedWasTaken(form.getAttribute("action"));
      // Taken: it is no longer what somebody is typing.
      for (const text of form.querySelectorAll("textarea")) text.defaultValue = text.value;
      this.#tell(data.message);
      await this.refresh();
      const next = following && this.#find(following);
      if (next) this.#focus(next);
      else this.#focusTitle();
    } catch {
      this.#refuse(form, "网络中断，没有提交。理由还在这里，请稍后再试。");
    } finally {
      this.isBusy = false;
    }
  }

  // Why an answer was not taken, beside its field.
  #refuse(form, sentence) {
    const field = form.querySelector("textarea");
    if (!field) {
      this.#tell(sentence);
      return;
    }
    const id = `${field.id}_error`;
    document.getElementById(id)?.remove();
    const line = document.createElement("p");
    Object.assign(line, { id, className: "invalid-feedback d-block", textContent: sentence });
    line.setAttribute("role", "alert");
    field.after(line);
    field.setAttribute("aria-invalid", "true");
    field.setAttribute("aria-describedby", `${id} ${field.id}_help`);
    field.focus();
  }

  // The panel as the server has it now.
  async refresh() {
    try {
      const response = await fetch(this.root.dataset.url, { headers: { Accept: "text/html" } });
      if (response.ok && !response.redirected) this.show(await response.text());
    } catch {
      // Without a network the panel says what it said; the next save brings it up to date.
    }
  }

  #tell(sentence, undo = null) {
    this.notice.hidden = false;
    this.notice.replaceChildren(sentence);
    const close = () => {
      this.notice.hidden = true;
      this.#focusTitle();
    };
    if (undo) this.notice.append(" ", button("撤销", undo, "btn btn-link btn-sm btn-inline"));
    this.notice.append(" ", button("知道了", close, "btn btn-link btn-sm btn-inline"));
    this.said.textContent = undo ? `${sentence}可以撤销。` : sentence;
  }
}

function placesOf(link) {
  return link?.dataset.jump ? JSON.parse(link.dataset.jump) : [];
}

function linkOf(finding) {
  return finding.querySelector(".check-sentence a");
}

function isText(field) {
  return field.matches(".rich-text-text");
}

function isFilled(row) {
  return [...row.querySelectorAll("input, select, textarea")].some(
    (control) =>
      !["hidden", "checkbox", "radio", "button", "submit"].includes(control.type) &&
      control.value.trim() !== "",
  );
}

// Half a window's height above it: in the middle, where no line at the top or bottom covers it.
function scrollTo(target) {
  const box = target.getBoundingClientRect();
  if (box.top >= 80 && box.bottom <= innerHeight - 120) return;
  scrollBy({
    top: box.top - innerHeight / 2 + Math.min(box.height, innerHeight / 2) / 2,
    behavior: "instant",
  });
}

function selectWords(field, { text, start, end }) {
  if (text === undefined || !field.setSelectionRange || field.type === "date") {
    field.select?.();
    return;
  }
  const lead = field.value.length - field.value.trimStart().length;
  const at = field.value.startsWith(text, lead + start) ? lead + start : field.value.indexOf(text);
  if (at >= 0) field.setSelectionRange(at, at + (end - start));
}
