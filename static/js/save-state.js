// The one line that says where the text is: saved, being saved, or only in this browser.
//
// What is seen changes with every state; what is read aloud does not tell of every save, only of what is new.

const SIGNS = { saved: "done", dirty: "neutral", saving: "neutral", refused: "error", locked: "error" };

export class SaveState {
  constructor(place) {
    this.place = place;
    this.seen = document.createElement("span");
    this.seen.className = "save-state-text";
    this.seen.setAttribute("aria-hidden", "true");
    this.read = document.createElement("span");
    this.read.className = "visually-hidden";
    this.read.setAttribute("role", "status");
    this.button = document.createElement("button");
    this.button.type = "button";
    this.button.className = "btn btn-link btn-sm save-state-button";
    this.button.hidden = true;
    place.replaceChildren(this.seen, this.read, this.button);
  }

  // sentence; tone: done, neutral, attention or error; action: {label, run} for a button behind it.
  show(sentence, tone, { quiet = false, action = null } = {}) {
    this.place.dataset.tone = tone;
    this.seen.textContent = sentence;
    if (!quiet && this.read.textContent !== sentence) this.read.textContent = sentence;
    this.button.hidden = !action;
    this.button.textContent = action?.label || "";
    this.button.onclick = action?.run || null;
  }
}

// The sentence of each state of autosave.js.
export function sentenceOf(autosave, state, message) {
  const kept = autosave.stored ? "内容已暂存在本机" : "本机也无法暂存，请不要关闭本页";
  switch (state) {
    case "saved":
      return autosave.savedAt ? `已保存 ${autosave.savedAt}` : "尚无改动，填写后自动保存";
    case "dirty":
      return "有改动，即将自动保存";
    case "saving":
      return "正在保存…";
    case "offline":
      return `未保存，网络中断，${kept}`;
    case "busy":
      return message
        ? `未保存。${message}${kept}，稍后自动重试。`
        : `未保存，服务器暂时没有响应，${kept}，稍后自动重试`;
    case "signed-out":
      return autosave.dirty ? `登录已过期，${kept}，请重新登录` : "登录已过期，请重新登录";
    case "other-user":
      return `未保存，当前登录的是另一个账号，${kept}`;
    case "clash":
      return `未保存，这一部分已被他人修改，${kept}，请比较后选择`;
    case "locked":
      return `未保存。${message}`;
    case "refused":
      return `未保存。${message}${kept}。`;
  }
}

export function toneOf(state) {
  return SIGNS[state] || "attention";
}
