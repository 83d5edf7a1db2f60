// Who else has this section open, and whether somebody has saved a newer version meanwhile.

const EVERY = 20000;

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
    this.beat();
    setInterval(() => this.beat(), EVERY);
    document.addEventListener("visibilitychange", () => !document.hidden && this.beat());
    window.addEventListener("pagehide", () => this.#send("0").catch(() => {}));
    window.addEventListener("pageshow", (event) => event.persisted && this.beat());
  }

  async beat() {
    let data;
    try {
      const response = await this.#send("1");
      if (response.status === 401 && this.autosave.state === "saved") this.autosave.say("signed-out");
      if (!response.ok) return;
      data = await response.json();
    } catch {
      return; // No network: autosave tells of it where something waits to be saved.
    }
    this.#showOthers(data.others);
    const { autosave } = this;
    if (data.version > autosave.base && !autosave.running && !autosave.dirty && !autosave.blocked)
      this.#showNewer(data);
    else if (data.version <= autosave.base) this.newerPlace.hidden = true;
  }

  #send(here) {
    return fetch(this.url, {
      method: "POST",
      keepalive: true,
      headers: {
        Accept: "application/json",
        // The page's own pulse does not count as activity of the person.
        "X-Background": "1",
        "X-CSRFToken": this.form.elements.csrfmiddlewaretoken.value,
      },
      body: new URLSearchParams({ here }),
    });
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
