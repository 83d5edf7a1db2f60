// Which colleagues have the report open for review too: [data-review-presence] names the address to ask.

import { Pulse } from "./pulse.js";

const place = document.querySelector("[data-review-presence]");
const token = () => document.querySelector("[name=csrfmiddlewaretoken]").value;

new Pulse(place.dataset.reviewPresence, token, ({ others }) => {
  const sentence = others.length ? `${others.join("、")} 也正在审核这份报告` : "";
  if (place.textContent !== sentence) place.textContent = sentence;
  place.hidden = !sentence;
}).start();
