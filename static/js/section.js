// One part of a report, while somebody writes it: brings the modules of this directory together.
//
// The page gives (templates/author/section.html): [data-section] with data-user-id and data-report-id; where the part may
// be written, a form with data-writing, data-save-url, data-presence-url, data-login-url, data-username, data-user-name,
// data-membership, data-saved-at and the hidden base_version; [data-save-state], [data-others], [data-newer];
// [data-part=<key>] [data-part-state] in the side list; textarea[data-rich-text]; what rows.js, figures.js and checks.js name.

import { Autosave } from "./autosave.js";
import { Checks } from "./checks.js";
import { decideClash } from "./clash.js";
import { Dialog, button, element } from "./dialog.js";
import { showErrors } from "./field-errors.js";
import { startFigures } from "./figures.js";
import { contentOf, sameContent, setContent } from "./form-content.js";
import { LocalDrafts } from "./local-drafts.js";
import { Presence } from "./presence.js";
import { startRows } from "./rows.js";
import { SaveState, sentenceOf, toneOf } from "./save-state.js";
import { signInAgain } from "./sign-in-again.js";
import { takeAlong } from "./taking-along.js";

// How long a link waits for the save before it; then the text goes on waiting in this browser.
const PATIENCE = 2000;

const part = document.querySelector("[data-section]");
const panel = document.querySelector("[data-checks]");
if (part?.hasAttribute("data-writing")) start(part);
else if (part) {
  new Checks(panel);
  offerWhatIsLeft(part);
}

async function start(form) {
  // The browser may have put old text and an old version back into the form; what the server sent counts.
  form.reset();
  startRows(form);
  startFigures(form);
  await startEditors(form);

  const { userId, reportId, section } = form.dataset;
  const drafts = new LocalDrafts(userId, reportId, section);
  const autosave = new Autosave(form, drafts);
  const served = contentOf(form);
  const line = new SaveState(form.querySelector("[data-save-state]"));
  const notices = element("div", { className: "writing-notices" });
  form.before(notices);

  // Who has said 「稍后登录」 is not asked again at every word.
  let declined = false;
  let asking = false;
  const signIn = async () => {
    asking = true;
    const { loginUrl, username, userName, membership } = form.dataset;
    const outcome = await signInAgain({ loginUrl, userId, username, name: userName, membership });
    asking = false;
    declined = outcome !== "same";
    if (outcome === "same") autosave.proceed();
    else if (outcome === "other") autosave.say("other-user");
  };
  let clash = null;
  const decide = async () => {
    const data = clash;
    const theirs = await decideClash(form, data, autosave.confirmed);
    if (!theirs) return;
    autosave.rebase(data);
    autosave.confirmed = theirs;
    autosave.proceed();
  };

  const actions = {
    "signed-out": { label: "重新登录", run: signIn },
    "other-user": { label: "重新登录", run: signIn },
    clash: { label: "比较", run: () => decide() },
    offline: { label: "立即重试", run: () => autosave.save() },
    busy: { label: "立即重试", run: () => autosave.save() },
  };
  autosave.addEventListener("state", ({ detail: { state, message } }) => {
    const quiet = state === "saving" || state === "dirty";
    line.show(sentenceOf(autosave, state, message), toneOf(state), { quiet, action: actions[state] });
  });
  autosave.addEventListener("saved", ({ detail }) => {
    if (detail.errors) showErrors(form, detail.errors);
    showStanding(section, detail);
    if (detail.panel) checks.show(detail.panel);
    else checks.refresh();
    form.dispatchEvent(new CustomEvent("part-saved", { bubbles: true }));
    if (restoring) restoreNext();
  });
  autosave.addEventListener("refused", ({ detail }) => detail.errors && showErrors(form, detail.errors));
  autosave.addEventListener("signed-out", () => {
    autosave.keep();
    autosave.say("signed-out");
    if (declined || asking) return;
    asking = true;
    whenHandsRest(form, signIn);
  });
  autosave.addEventListener("clash", ({ detail }) => {
    clash = detail;
    whenHandsRest(form, decide);
  });
  autosave.addEventListener("locked", ({ detail }) => lock(form, notices, autosave, detail.message));

  const checks = new Checks(panel, { form, autosave });
  autosave.start();
  // Text of a page that went away without its save confirmed: put back, and saved on the version it was based on.
  // Of several, one after the other, each when the one before is saved.
  let restoring = true;
  const restoreNext = async () => {
    if (autosave.dirty) return;
    const draft = await drafts.adopt();
    restoring = Boolean(draft);
    if (!draft) return;
    setContent(form, draft.content);
    if (sameContent(contentOf(form), served) && draft.base <= autosave.base) {
      drafts.clear();
      return;
    }
    autosave.base = draft.base;
    autosave.sent = draft.sent;
    autosave.confirmed = draft.confirmed;
    tellRestored(notices, draft, {
      discard: () => (setContent(form, served), autosave.touched(), autosave.save()),
      restore: () => (setContent(form, draft.content), autosave.touched(), autosave.save()),
    });
    autosave.keep();
    autosave.say("dirty");
    autosave.save();
  };
  await restoreNext();

  new Presence(form, autosave, {
    others: document.querySelector("[data-others]"),
    newer: document.querySelector("[data-newer]"),
  }).start();
  saveByButton(form, autosave, actions, checks);
  saveBeforeSending(autosave, actions);
  if (!checks.asked) goToField();
  saveBeforeLeaving(form, autosave);
}

async function startEditors(form) {
  const texts = form.querySelectorAll("textarea[data-rich-text]");
  if (!texts.length) return;
  const { startEditor } = await import("./editor.js");
  for (const text of texts) startEditor(text);
}

// A window must not open under somebody's typing.
function whenHandsRest(form, run, rest = 1000) {
  let timer = setTimeout(go, rest);
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(go, rest);
  };
  function go() {
    for (const name of ["keydown", "compositionupdate"]) form.removeEventListener(name, wait, true);
    if (!document.querySelector("dialog[open]")) run();
  }
  for (const name of ["keydown", "compositionupdate"]) form.addEventListener(name, wait, true);
}

// The state of the part in the side list.
function showStanding(section, { section_tag: tag, is_carried: isCarried }) {
  // What was taken over from last year has been worked on; what was free to be taken over is not any more.
  if (isCarried === false)
    for (const one of document.querySelectorAll("[data-carried-over], [data-take-over]")) one.hidden = true;
  const place = document.querySelector(`[data-part="${section}"] [data-part-state]`);
  if (place && tag) place.innerHTML = tag;
}

function tellRestored(notices, draft, { discard, restore }) {
  const at = new Date(draft.at);
  const when = `${at.getMonth() + 1}月${at.getDate()}日 ${String(at.getHours()).padStart(2, "0")}:${String(at.getMinutes()).padStart(2, "0")}`;
  const title = element("p", { className: "banner-title" });
  const said = element("p");
  const banner = element("div", { className: "banner banner-waiting", attributes: { role: "status" } }, [
    title,
    said,
  ]);
  const restored = () => {
    title.textContent = "已恢复本机暂存的内容";
    said.replaceChildren(
      `这是您 ${when} 填写、当时没有来得及保存的内容。 `,
      button("丢弃", () => (discard(), discarded()), "btn btn-outline-primary btn-sm"),
    );
  };
  const discarded = () => {
    title.textContent = "已丢弃本机暂存的内容";
    said.replaceChildren(
      "表单里是打开本页时的内容。 ",
      button("撤销丢弃", () => (restore(), restored()), "btn btn-outline-primary btn-sm"),
    );
  };
  restored();
  notices.append(banner);
}

// The part was handed in, or taken out of this person's hands, while they wrote: nothing more can be saved here, and
// what was typed can be taken along.
function lock(form, notices, autosave, message) {
  for (const control of [...form.elements]) {
    control.dataset.locked = "true";
    if (
      control.type === "checkbox" ||
      control.type === "radio" ||
      control.tagName === "SELECT" ||
      control.tagName === "BUTTON"
    )
      control.disabled = true;
    else control.readOnly = true;
    control.dispatchEvent(new Event("lock"));
  }
  notices.prepend(
    element("div", { className: "banner banner-attention", attributes: { role: "alert" } }, [
      element("p", { className: "banner-title", textContent: "这一部分现在不能修改" }),
      element("p", { textContent: message }),
      ...(autosave.dirty
        ? [
            element("p", {
              textContent: "您刚才填写的内容没有保存，仍显示在下面，并暂存在本机。您可以复制或下载下来。",
            }),
            takeAlong(form, contentOf(form)),
          ]
        : []),
    ]),
  );
}

// The page of a part that cannot be written now: what was typed before it was locked may still lie in this browser.
async function offerWhatIsLeft(part) {
  const drafts = new LocalDrafts(part.dataset.userId, part.dataset.reportId, part.dataset.section);
  const draft = await drafts.adopt();
  if (!draft) return;
  const banner = element("div", { className: "banner banner-attention", attributes: { role: "status" } });
  banner.append(
    element("p", { className: "banner-title", textContent: "本机还有您没有保存的内容" }),
    element("p", {
      textContent: "这一部分锁定之前，您填写的内容没有来得及保存。您可以复制或下载下来，以后修改时再用。",
    }),
    takeAlong(
      part,
      draft.content,
      button("不再需要，从本机清除", () => (drafts.clear(), banner.remove()), "btn btn-link btn-sm"),
    ),
  );
  part.before(banner);
}

// The buttons save at once, and go on to where they would have led.
function saveByButton(form, autosave, actions, checks) {
  form.addEventListener("submit", async (event) => {
    const { submitter } = event;
    event.preventDefault();
    if (submitter?.name === "fix" || submitter?.name === "fix_all") {
      if (!(await checks.mend(submitter)) && autosave.blocked) actions[autosave.state]?.run();
      return;
    }
    autosave.touched();
    if (!(await autosave.save())) {
      if (autosave.blocked) actions[autosave.state]?.run();
      return;
    }
    if (submitter?.name === "next" && submitter.dataset.next) location.assign(submitter.dataset.next);
  });
}

// Another form of the page, about the same part: what was typed is saved first, and it says what version it has seen.
function saveBeforeSending(autosave, actions) {
  for (const other of document.querySelectorAll("form[data-after-save]")) {
    // In the capturing phase, before once.js takes it for sent.
    document.addEventListener(
      "submit",
      async (event) => {
        if (event.target !== other) return;
        if (!autosave.dirty) {
          if (other.elements.base_version) other.elements.base_version.value = autosave.base;
          return;
        }
        event.preventDefault();
        event.stopPropagation();
        if (await autosave.save()) other.requestSubmit();
        else if (autosave.blocked) actions[autosave.state]?.run();
      },
      true,
    );
  }
}

// The checks link to a field; it gets the focus, and what it is folded into opens.
function goToField() {
  const field = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!field?.matches("input, select, textarea, [role=textbox]")) return;
  for (let fold = field.closest("details"); fold; fold = fold.parentElement.closest("details"))
    fold.open = true;
  field.scrollIntoView({ block: "center" });
  field.focus({ preventScroll: true });
}

// A link waits for the save before it. What could not be saved in time stays in this browser.
function saveBeforeLeaving(form, autosave) {
  document.addEventListener("click", async (event) => {
    const link = event.target.closest?.("a[href]");
    if (
      !link ||
      event.defaultPrevented ||
      event.button !== 0 ||
      event.ctrlKey ||
      event.metaKey ||
      event.shiftKey ||
      event.altKey
    )
      return;
    const here =
      link.origin === location.origin &&
      link.pathname === location.pathname &&
      link.search === location.search;
    if (
      link.target ||
      link.hasAttribute("download") ||
      link.origin !== location.origin ||
      here ||
      !autosave.dirty
    )
      return;
    event.preventDefault();
    await Promise.race([autosave.save(), new Promise((resolve) => setTimeout(resolve, PATIENCE))]);
    location.assign(link.href);
  });
}
