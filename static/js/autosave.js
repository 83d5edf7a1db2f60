// Saves the section a second after typing stops, and never loses or overwrites anything (docs/decisions/0011-autosave.md).
//
// One save at a time; each carries the version it is based on; what was typed meanwhile is saved after it. Until the
// server has confirmed exactly what stands in the form, a copy lies in this browser (local-drafts.js).
//
// States: saved, dirty, saving; offline (no answer), busy (no answer that says anything), refused; and those that wait
// for somebody's decision: signed-out, other-user, clash, locked.
// Events: "state" (detail: {state, message}), "saved" (detail: the answer), "clash" (detail: the answer),
// "signed-out", "locked" (detail: {message}), "refused" (detail: the answer, with `errors` where fields are to blame).

import { contentOf, rowsIn, sameContent, sameHtml, valuesOf } from "./form-content.js";

const PAUSE = 1000; // after the last keystroke
const LONGEST = 15000; // after the first one, for somebody who types without a pause
const PATIENCE = 20000; // for an answer
const RETRIES = [2000, 4000, 8000, 15000, 30000, 60000];
// The browser sends no more than 64 KB on behalf of a page that has gone.
const KEEPALIVE_BYTES = 60000;
const BLOCKING = new Set(["signed-out", "other-user", "clash", "locked"]);

export class Autosave extends EventTarget {
  constructor(form, drafts) {
    super();
    this.form = form;
    this.drafts = drafts;
    this.url = form.dataset.saveUrl;
    this.userId = form.dataset.userId;
    this.base = Number(form.elements.base_version.value);
    this.confirmed = contentOf(form);
    this.sent = []; // contents that may have reached the server, though no answer came
    this.state = "saved";
    this.stored = true; // whether what is unsaved lies in this browser
    this.savedAt = form.dataset.savedAt || "";
    this.running = null;
    this.failures = 0;
  }

  start() {
    this.form.addEventListener("input", () => this.touched());
    this.form.addEventListener("change", () => this.touched());
    this.form.addEventListener("focusout", () => this.dirty && this.schedule(300));
    window.addEventListener("online", () => this.retry());
    document.addEventListener("visibilitychange", () => (document.hidden ? this.hurry() : this.retry()));
    window.addEventListener("pagehide", () => this.hurry());
    window.addEventListener("beforeunload", (event) => {
      if (this.dirty && !this.keep()) event.preventDefault();
    });
    this.say(this.state);
  }

  get content() {
    return contentOf(this.form);
  }

  get dirty() {
    return !sameContent(this.content, this.confirmed);
  }

  get blocked() {
    return BLOCKING.has(this.state);
  }

  // Something was typed, chosen, added, removed or moved.
  touched() {
    clearTimeout(this.keepTimer);
    if (!this.dirty && !this.running) {
      this.settle();
      return;
    }
    // A short breath: writing a long text to the disk at every keystroke would make typing slow.
    this.keepTimer = setTimeout(() => this.dirty && this.keep(), 250);
    if (this.state === "saved" || this.state === "refused") this.say("dirty");
    this.schedule();
  }

  schedule(pause = PAUSE) {
    const now = Date.now();
    this.firstTouch ||= now;
    clearTimeout(this.saveTimer);
    this.saveTimer = setTimeout(
      () => this.save(),
      Math.max(0, Math.min(pause, this.firstTouch + LONGEST - now)),
    );
  }

  // Keep what is unsaved in this browser, now. Whether it is kept.
  keep() {
    clearTimeout(this.keepTimer);
    this.stored = this.drafts.store({
      base: this.base,
      content: this.content,
      confirmed: this.confirmed,
      sent: this.sent,
    });
    return this.stored;
  }

  // Save until the server has what the form holds. True when it has; false when something stands in the way.
  save() {
    clearTimeout(this.saveTimer);
    clearTimeout(this.retryTimer);
    this.firstTouch = 0;
    if (this.blocked) {
      // Found out by the page's pulse, before anything was typed: now there is something to save.
      if (this.state === "signed-out" && this.dirty) this.dispatchEvent(new Event("signed-out"));
      return Promise.resolve(false);
    }
    this.running ||= this.#saveAll().finally(() => {
      this.running = null;
    });
    return this.running;
  }

  async #saveAll() {
    let again = true;
    while (again && !this.blocked) {
      const content = this.content;
      if (sameContent(content, this.confirmed)) {
        this.settle();
        return true;
      }
      this.#note(content);
      this.keep();
      this.say("saving");
      again = this.#take(content, await this.#post(content));
    }
    return !this.dirty;
  }

  // The form holds what the server holds.
  settle() {
    clearTimeout(this.saveTimer);
    clearTimeout(this.retryTimer);
    this.firstTouch = 0;
    this.failures = 0;
    this.sent = [];
    this.drafts.clear();
    if (!this.blocked) this.say("saved");
  }

  // What an answer means. True where the next save should follow at once.
  #take(content, answer) {
    switch (answer.kind) {
      case "saved":
        this.base = answer.data.version;
        this.form.elements.base_version.value = this.base;
        this.savedAt = answer.data.saved_at;
        this.confirmed = content;
        this.sent = [];
        this.failures = 0;
        this.dispatchEvent(new CustomEvent("saved", { detail: answer.data }));
        return true;
      case "clash":
        return this.#takeClash(content, answer.data);
      case "refused":
        this.say("refused", answer.data.message);
        this.dispatchEvent(new CustomEvent("refused", { detail: answer.data }));
        return false;
      case "signed-out":
        this.say("signed-out");
        this.dispatchEvent(new Event("signed-out"));
        return false;
      case "locked":
        this.say("locked", answer.data.message);
        this.dispatchEvent(new CustomEvent("locked", { detail: answer.data }));
        return false;
      default: {
        const wait = RETRIES[Math.min(this.failures, RETRIES.length - 1)];
        this.failures += 1;
        // Not all browsers of a lost network at the same moment.
        this.retryTimer = setTimeout(() => this.save(), wait * (0.85 + 0.3 * Math.random()));
        this.say(answer.kind, answer.data?.message);
        return false;
      }
    }
  }

  #takeClash(content, data) {
    const ours = (candidate) => data.fields.every((field) => sameField(field, candidate));
    // What the server holds is what this page sent when an answer got lost: no colleague, no clash.
    if (ours(content)) {
      this.rebase(data);
      this.confirmed = content;
      this.sent = [];
      this.dispatchEvent(new CustomEvent("saved", { detail: { ...data, errors: null } }));
      return true;
    }
    const lost = this.sent.slice(0, -1).find(ours);
    if (lost) {
      this.rebase(data);
      this.confirmed = lost;
      return true;
    }
    this.say("clash");
    this.dispatchEvent(new CustomEvent("clash", { detail: data }));
    return false;
  }

  // A content that is about to be sent; a retry sends the same again.
  #note(content) {
    if (this.sent.length && sameContent(this.sent.at(-1), content)) return;
    this.sent = [...this.sent.slice(-4), content];
  }

  // From now on saves are based on the version of a clash's answer.
  rebase({ version, saved_at: savedAt }) {
    this.base = version;
    this.form.elements.base_version.value = version;
    if (savedAt) this.savedAt = savedAt.match(/\d{1,2}:\d{2}$/)?.[0] || savedAt;
  }

  // The way is free again: a clash was decided, somebody signed in.
  proceed() {
    this.say("dirty");
    return this.save();
  }

  // A page that goes away sends what it has, if the browser takes it on; the copy in the browser stays until an
  // answer has come, which a page that is gone never gets: the next one sees by `sent` that it was its own.
  hurry() {
    if (!this.dirty) return;
    if (!this.running && !this.blocked) {
      const content = this.content;
      this.#note(content);
      this.keep();
      const request = this.#request(content);
      if (request.keepalive) {
        this.running = this.#answer(request, this.url)
          .then((answer) => this.#take(content, answer.kind === "stale" ? { kind: "busy" } : answer))
          .finally(() => {
            this.running = null;
            if (this.dirty) this.schedule();
            else if (!this.blocked) this.settle();
          });
      }
    } else {
      this.keep();
    }
  }

  retry() {
    if (this.dirty && !this.blocked && this.failures) this.save();
  }

  // Something that writes the part on the server otherwise than from the form: what was typed is saved first, and nothing
  // else is sent until the answer is there. {kind, data, content}: content is what the form held when it was sent. Null
  // where the way was not free, or somebody has to sign in first.
  async write(url, fields) {
    if (!(await this.save())) return null;
    while (this.running) await this.running;
    const { content } = this;
    const request = { body: new FormData(), keepalive: false };
    for (const [name, value] of [...fields, ["base_version", this.base]]) request.body.append(name, value);
    const asked = this.#send(request, url);
    this.running = asked.then(() => !this.dirty);
    const answer = await asked;
    this.running = null;
    if (answer.kind === "signed-out" || answer.kind === "locked") {
      this.#take(content, answer);
      return null;
    }
    if (answer.kind !== "saved" && this.dirty) this.schedule();
    return { ...answer, content };
  }

  // What `write` has brought stands in the form: from now on it is what is confirmed.
  wrote(data, content) {
    this.rebase(data);
    this.confirmed = content;
    this.sent = [];
    this.dispatchEvent(new CustomEvent("saved", { detail: data }));
    if (this.dirty) this.schedule();
    else this.settle();
  }

  say(state, message = "") {
    this.state = state;
    this.dispatchEvent(new CustomEvent("state", { detail: { state, message } }));
  }

  #request(content) {
    const body = new FormData();
    for (const [name, value] of content) body.append(name, value);
    body.append("base_version", this.base);
    const bytes = content.reduce((sum, [name, value]) => sum + 160 + name.length + new Blob([value]).size, 0);
    return { body, keepalive: bytes < KEEPALIVE_BYTES };
  }

  #post(content) {
    return this.#send(this.#request(content));
  }

  async #send(request, url = this.url) {
    const answer = await this.#answer(request, url);
    if (answer.kind !== "stale") return answer;
    // Somebody else signed in in another tab, and the token of this page is out of date.
    useToken(answer.data.csrf_token);
    const second = await this.#answer(request, url);
    return second.kind === "stale" ? { kind: "busy" } : second;
  }

  async #answer({ body, keepalive }, url) {
    let response;
    let data = null;
    try {
      response = await fetch(url, {
        method: "POST",
        body,
        keepalive,
        headers: {
          Accept: "application/json",
          "X-CSRFToken": this.form.elements.csrfmiddlewaretoken.value,
          // Who wrote this: another person who has signed in in another tab must not become its author.
          "X-Writer": this.userId,
        },
        signal: AbortSignal.timeout(PATIENCE),
      });
      if (response.headers.get("Content-Type")?.startsWith("application/json")) data = await response.json();
    } catch {
      return { kind: "offline" };
    }
    const state = data?.state;
    if (response.ok && state === "saved") return { kind: "saved", data };
    if (response.status === 409 && state === "clash") return { kind: "clash", data };
    if (response.status === 401) return { kind: "signed-out" };
    if (response.status === 403 && state === "stale") return { kind: "stale", data };
    if (response.status === 403 && data) return { kind: "locked", data };
    if (response.status === 404) {
      return { kind: "locked", data: { message: "您现在不能编辑这份报告：它已不在您的权限之内。" } };
    }
    if (response.status === 400 || response.status === 413) {
      return { kind: "refused", data: { message: "服务器没有接受这次保存。", ...data } };
    }
    // Database or disk of the server are away, and it says so in a sentence.
    return { kind: "busy", data: state === "unavailable" ? data : null };
  }
}

// Every form of the page gets the new token.
export function useToken(token) {
  for (const input of document.querySelectorAll("[name=csrfmiddlewaretoken]")) input.value = token;
}

// Whether a field of a clash's answer holds what stands under its name in `content`.
export function sameField(field, content) {
  if (field.kind === "rows") {
    const mine = rowsIn(content, field.name);
    return mine.length === field.theirs.length && mine.every((row, i) => sameRow(row, field.theirs[i]));
  }
  const mine = valuesOf(content, field.name);
  if (Array.isArray(field.theirs)) return JSON.stringify(mine) === JSON.stringify(field.theirs.map(String));
  if (typeof field.theirs === "boolean") return mine.length > 0 === field.theirs;
  const [own = ""] = mine;
  const theirs = String(field.theirs ?? "");
  return field.kind === "html"
    ? sameHtml(own, theirs)
    : own.replaceAll("\r\n", "\n").trim() === theirs.replaceAll("\r\n", "\n").trim();
}

function sameRow(mine, theirs) {
  return Object.entries(theirs).every(([name, value]) => {
    if (typeof value === "boolean") return name in mine === value;
    return (mine[name] || "").trim() === String(value ?? "").trim();
  });
}
