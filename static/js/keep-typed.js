// What somebody types into the text areas of a form with data-keep stays in this browser until the server says that it
// took it: it survives a reload, a crash, an expired session and a refusal.
//
// The page gives: data-user-id on <body>, and, once the server has taken what was sent to an address, a notice with
// data-taken=<that address> (templates/components/notifications.html). Nothing less is its word: the page after a
// submit may as well be the sign-in, the choice of a school, or somebody else's decision.
//
// An entry: {text, served: what the server had put into the field, sent: whether it was sent, at: ISO time}

import { button, element } from "./dialog.js";
import { draftKeys, draftPrefix } from "./local-drafts.js";

const DAY = 24 * 60 * 60 * 1000;
const { userId } = document.body.dataset;
const prefixOf = (address) => `${draftPrefix(userId)}typed:${address}#`;

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

// Where the browser refuses storage the form works without this comfort.
function write(key, entry) {
  try {
    localStorage.setItem(key, JSON.stringify(entry));
  } catch {
    remove(key);
  }
}

function remove(key) {
  try {
    localStorage.removeItem(key);
  } catch {
    // Refused storage holds nothing.
  }
}

for (const { dataset } of document.querySelectorAll("[data-taken]")) {
  for (const key of draftKeys(prefixOf(dataset.taken))) {
    // What was typed since, in another tab, has not been taken.
    if (read(key)?.sent) remove(key);
  }
}

for (const form of document.querySelectorAll("form[data-keep]")) keepTyped(form);

// For a form that has come into the page since, too; one that is kept already stays so.
export function keepTyped(form) {
  const address = form.getAttribute("action") || location.pathname;
  for (const field of form.querySelectorAll("textarea[name]")) {
    if (field.dataset.kept) continue;
    field.dataset.kept = "true";
    keep(field, prefixOf(address) + field.name);
  }
}

// A script has sent what was typed for an address, and the server took it.
export function typedWasTaken(address) {
  for (const key of draftKeys(prefixOf(address))) remove(key);
}

function keep(field, key) {
  const entry = read(key);
  if (entry && entry.text !== field.value) bringBack(field, key, entry);

  const store = (sent) => {
    const served = read(key)?.served ?? field.defaultValue;
    const text = field.value;
    if (!text.trim() || (text === served && !sent)) remove(key);
    else write(key, { text, served, sent, at: new Date().toISOString() });
  };
  field.addEventListener("input", () => store(false));
  field.form.addEventListener("submit", () => store(true));
}

// Puts the text back, with a line that says so and drops it again. Where the server has another text by now, as of a
// colleague, that one stays until the line's button is pressed.
function bringBack(field, key, entry) {
  let isBack = field.defaultValue === entry.served;
  const said = element("span", {
    textContent: isBack ? backSince(entry.at) : "本机还有您填写、没有提交的内容。",
  });
  const turn = button("", () => show(!isBack), "btn btn-link btn-sm");
  const line = element("p", { className: "kept-line", attributes: { role: "status" } }, [said, turn]);
  const label = () => {
    turn.textContent = isBack ? "丢弃" : "恢复";
  };
  const show = (back) => {
    isBack = back;
    field.value = isBack ? entry.text : field.defaultValue;
    said.textContent = isBack ? backSince(entry.at) : "已丢弃。";
    label();
    if (isBack) write(key, entry);
    else remove(key);
  };
  if (isBack) field.value = entry.text;
  label();
  field.after(line);
  // From the next key on it is no longer what was kept.
  field.addEventListener("input", () => line.remove(), { once: true });
  for (let fold = field.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
}

function backSince(time) {
  const at = new Date(time);
  if (Date.now() - at < DAY) return "已恢复您刚才填写的内容。";
  return `已恢复您 ${at.getMonth() + 1}月${at.getDate()}日填写、没有提交的内容。`;
}
