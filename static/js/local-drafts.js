// What has been typed and not yet confirmed by the server is kept in this browser: it survives a reload, a crash,
// a lost network and an expired session. One entry a person, report, section and tab, so that two tabs of one person
// do not write over each other.
//
// An entry: {base: version, at: ISO time, content: pairs, confirmed: pairs of the version it is based on,
// sent: contents that were sent and whose answer never came}

const PREFIX = "disclosure-draft";
const tab = crypto.getRandomValues(new Uint32Array(2)).join("-");

// What begins the key of everything this person has typed and the server has not confirmed.
export const draftPrefix = (userId) => `${PREFIX}:${userId}:`;

export function draftKeys(prefix) {
  const keys = [];
  try {
    for (let i = 0; i < localStorage.length; i += 1) {
      if (localStorage.key(i).startsWith(prefix)) keys.push(localStorage.key(i));
    }
  } catch {
    // The browser refuses storage: then nothing was kept either.
  }
  return keys;
}

// In how many places of this browser unsaved text of this person lies: sections, and forms that keep-typed.js watches.
export function draftsOf(userId) {
  return draftKeys(draftPrefix(userId)).length;
}

export function forgetDraftsOf(userId) {
  for (const key of draftKeys(draftPrefix(userId))) localStorage.removeItem(key);
}

export class LocalDrafts {
  constructor(userId, report, section) {
    this.prefix = `${draftPrefix(userId)}${report}:${section}:`;
    this.key = this.prefix + tab;
    this.adopted = null;
    // Held until the page is gone, by whatever way: other tabs see by it whether an entry still has its page.
    navigator.locks?.request(this.key, () => new Promise(() => {}));
  }

  // Whether the entry is kept now: false where storage is full or refused.
  store(entry) {
    try {
      localStorage.setItem(this.key, JSON.stringify({ ...entry, at: new Date().toISOString() }));
    } catch {
      return false;
    }
    this.#dropAdopted();
    return true;
  }

  clear() {
    this.#dropAdopted();
    try {
      localStorage.removeItem(this.key);
    } catch {
      // Refused storage holds nothing.
    }
  }

  // The newest entry whose page is gone, or null. It stays where it is until its text is stored under this tab's key.
  async adopt() {
    const held = new Set(((await navigator.locks?.query())?.held || []).map((lock) => lock.name));
    const entries = [];
    for (const key of draftKeys(this.prefix)) {
      if (held.has(key)) continue;
      try {
        entries.push([key, JSON.parse(localStorage.getItem(key))]);
      } catch {
        localStorage.removeItem(key);
      }
    }
    entries.sort(([, a], [, b]) => b.at.localeCompare(a.at));
    if (!entries.length) return null;
    this.adopted = entries[0][0];
    return entries[0][1];
  }

  #dropAdopted() {
    if (this.adopted && this.adopted !== this.key) localStorage.removeItem(this.adopted);
    this.adopted = null;
  }
}
