// A form with data-once is sent once: a second click while the answer is on its way does nothing.

// After this long, in milliseconds, the person has most likely stopped the browser from loading, and may try again.
const PATIENCE = 20000;

for (const form of document.querySelectorAll("form[data-once]")) {
  let sent = false;
  let timer = 0;
  const set = (value) => {
    clearTimeout(timer);
    sent = value;
    for (const one of form.querySelectorAll("[type=submit]")) one.disabled = value;
  };
  form.addEventListener("submit", (event) => {
    if (sent) event.preventDefault();
    if (event.defaultPrevented) return;
    sent = true;
    // When the browser has read the form: a button that is disabled by then would not be sent with it.
    timer = setTimeout(() => {
      set(true);
      timer = setTimeout(() => set(false), PATIENCE);
    });
  });
  // Somebody has come back by the browser's button to the page as it was left, its buttons disabled.
  window.addEventListener("pageshow", () => set(false));
}
