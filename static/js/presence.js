// Who else has this section open, and whether somebody has saved a newer version meanwhile.

import { Pulse } from "./pulse.js";

export class Presence {
  // autosave: knows the version this page is based on, and whether something is unsaved.
  constructor(form, autosave, { others, newer }) {
    this.form = form;
    this.url = form.dataset.presenceUrl;
    this.autosave = autosave;
    this.othersPlace = others;
    this.newerPlace = newer;
    this.told = 0;
  }

  start() {
    const token = () => this.form.elements.csrfmiddlewaretoken.value;
    const refused = (status) => {
      if (status === 401 && this.autosave.state === "saved") this.autosave.say("signed-out");
    };
    new Pulse(this.url, token, (data) => this.#told(data), refused).start();
  }

  #told(data) {
    this.#showOthers(data.others);
    const { autosave } = this;
    if (data.version > autosave.base && !autosave.running && !autosave.dirty && !autosave.blocked)
      this.#showNewer(data);
    else if (data.version <= autosave.base) this.newerPlace.hidden = true;
  }

  #showOthers(others) {
    const sentence = others.length ? `${others.join("、")}也在编辑这一部分` : "";
    if (this.othersPlace.textContent !== sentence) this.othersPlace.textContent = sentence;
    this.othersPlace.hidden = !sentence;
  }

  #showNewer({ version, saved_by: savedBy }) {
    if (this.told === version && !this.newerPlace.hidden) return;
    this.told = version;
    const reload = document.createElement("button");
    reload.type = "button";
    reload.className = "btn btn-outline-primary btn-sm";
    reload.textContent = "显示新内容";
    reload.addEventListener("click", () => location.reload());
    this.newerPlace.replaceChildren(
      `${savedBy || "其他人"}刚刚保存了新内容，本页显示的是之前的内容。 `,
      reload,
    );
    this.newerPlace.hidden = false;
  }
}
