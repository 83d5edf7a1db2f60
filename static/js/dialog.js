// A modal window with a heading: the focus goes to the heading, so that keys struck on the way to it type nowhere and
// press nothing; when it closes, the focus goes back to where it was.

let counter = 0;

export function element(tag, properties = {}, children = []) {
  const { dataset = {}, attributes = {}, ...rest } = properties;
  const made = Object.assign(document.createElement(tag), rest);
  Object.assign(made.dataset, dataset);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

export class Dialog {
  constructor(title, { className = "", onClose = () => {} } = {}) {
    counter += 1;
    this.heading = element("h2", {
      className: "window-title",
      id: `window-${counter}`,
      tabIndex: -1,
      textContent: title,
    });
    this.body = element("div", { className: "window-body" });
    this.dialog = element(
      "dialog",
      { className: `window ${className}`, attributes: { "aria-labelledby": this.heading.id } },
      [this.heading, this.body],
    );
    this.before = null;
    this.dialog.addEventListener("close", () => {
      this.dialog.remove();
      if (this.before?.isConnected) this.before.focus({ preventScroll: true });
      onClose();
    });
  }

  open() {
    this.before = document.activeElement;
    document.body.append(this.dialog);
    this.dialog.showModal();
    this.heading.focus();
  }

  close() {
    this.dialog.close();
  }
}

export function button(label, run, className = "btn btn-outline-primary") {
  const made = element("button", { type: "button", className, textContent: label });
  made.addEventListener("click", run);
  return made;
}
