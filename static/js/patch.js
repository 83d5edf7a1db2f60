// Exchanges what an element holds for what the server sent anew, and leaves in place whatever is the same: the focus, the
// place one has scrolled to, what is unfolded, and what somebody is typing stay.

const KEYS = ["data-finding", "data-fold", "id", "name"];

const keyOf = (node) =>
  node.nodeType === Node.ELEMENT_NODE
    ? `${node.tagName} ${KEYS.map((name) => node.getAttribute(name)).find(Boolean) || ""}`
    : "#text";

export function patch(old, fresh) {
  const kept = new Map();
  const taken = new Set();
  const before = [...old.childNodes];
  for (const child of fresh.childNodes) {
    const same = before.find((one) => !taken.has(one) && keyOf(one) === keyOf(child));
    if (!same) continue;
    taken.add(same);
    kept.set(child, same);
  }
  for (const one of before) if (!taken.has(one)) one.remove();
  [...fresh.childNodes].forEach((child, index) => {
    const same = kept.get(child);
    const there = old.childNodes[index] || null;
    if (!same) old.insertBefore(child.cloneNode(true), there);
    else {
      // Only what has changed its place is moved: moving takes the focus away.
      if (same !== there) old.insertBefore(same, there);
      update(same, child);
    }
  });
}

function update(old, fresh) {
  if (old.nodeType !== Node.ELEMENT_NODE) {
    if (old.data !== fresh.data) old.data = fresh.data;
    return;
  }
  // The token of the page serves as well as the one of this answer.
  if (old.name === "csrfmiddlewaretoken") return;
  if (old.tagName === "TEXTAREA") {
    const isTyped = old.value !== old.defaultValue;
    if (old.defaultValue !== fresh.defaultValue) old.defaultValue = fresh.defaultValue;
    if (!isTyped && old !== document.activeElement) old.value = fresh.value;
  } else {
    patch(old, fresh);
  }
  for (const { name } of [...old.attributes]) {
    if (!fresh.hasAttribute(name) && !STAYS.has(name)) old.removeAttribute(name);
  }
  for (const { name, value } of [...fresh.attributes]) {
    if (!STAYS.has(name) && old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
}

// What the person has done to an element, not the server; the class is set by scripts too.
const STAYS = new Set(["open", "tabindex", "data-kept"]);
