// Says every 20 seconds that a person has a page open, and hands what the server answers to `tell`.

const EVERY = 20000;

export class Pulse {
  // token(): the page's token now, which signing in again replaces; tell(data): the answer; refused(status): why none.
  constructor(url, token, tell, refused = () => {}) {
    this.url = url;
    this.token = token;
    this.tell = tell;
    this.refused = refused;
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
      if (!response.ok) {
        this.refused(response.status);
        return;
      }
      data = await response.json();
    } catch {
      return; // No network: where something waits to be saved, autosave tells of it.
    }
    this.tell(data);
  }

  #send(here) {
    return fetch(this.url, {
      method: "POST",
      keepalive: true,
      headers: {
        Accept: "application/json",
        // The page's own pulse does not count as activity of the person.
        "X-Background": "1",
        "X-CSRFToken": this.token(),
      },
      body: new URLSearchParams({ here }),
    });
  }
}
