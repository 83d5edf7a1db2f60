// Figures as they are typed: full-width digits become plain ones, totals add up, balances are checked, and a button
// says 不适用. Three states stay apart: a number, nothing, 不适用; nothing is never turned into 0.
//
// The page gives (templates/author/parts/):
//   input[data-figure]                     a figure; its value is the number of decimals
//   [data-figure-group]                    around a single figure: gets the button 「不适用」; in tables one types 「—」
//   [data-cases] table                     in each row the last figure is the total of the others
//   [data-requests] table                  the same, and down the columns:
//     data-grounds="refused_privacy …"       rows that add up to the row data-refused="refused"
//     data-intake, data-outcomes, data-carried="received carried_in" …   the rows of the balance
//     [data-balance]                         the place for the balance in words
//   [data-rows=channels] with input[name=total]  the sum of the channels beside the total
//
// A total whose parts are given is their sum and read-only; with no part given it is typed alone. What was stored
// differently is left as it is, with a hint, until one of its parts is edited.

const NOT_APPLICABLE = "不适用";
const MEANS_NOT_APPLICABLE = new Set(["不适用", "n/a", "na", "/", "-", "--", "—", "——", "–"]);

// What a figure's input says: a number, NOT_APPLICABLE, null for nothing, undefined for words that are no figure.
function figureOf(input) {
  const text = input.value.normalize("NFKC").trim().toLowerCase();
  if (!text) return null;
  if (MEANS_NOT_APPLICABLE.has(text)) return NOT_APPLICABLE;
  const digits = text.replace(/\s/g, "").replace(/(?<=\d),(?=\d{3})/g, "");
  return /^\d+(\.\d+)?$/.test(digits) ? Number(digits) : undefined;
}

// Sums of money and days: no 0.30000000000000004.
function sumOf(values, places) {
  return Number(values.reduce((sum, value) => sum + value, 0).toFixed(places));
}

// The sum of the parts that are given: null where none is, NOT_APPLICABLE where none applies, undefined where one
// is no figure.
function totalOf(parts) {
  const values = parts.map(figureOf).filter((value) => value !== null);
  if (!values.length) return null;
  if (values.includes(undefined)) return undefined;
  const numbers = values.filter((value) => value !== NOT_APPLICABLE);
  if (!numbers.length) return NOT_APPLICABLE;
  return sumOf(numbers, Number(parts[0].dataset.figure) || 0);
}

class Total {
  // ways: lists of inputs; the first list in which something stands makes the total.
  constructor(input, ways) {
    this.input = input;
    this.ways = ways;
    this.typed = input.value;
    input.addEventListener("input", () => {
      if (!input.readOnly) this.typed = input.value;
    });
    this.lookOn();
  }

  get sum() {
    for (const parts of this.ways) {
      const sum = totalOf(parts);
      if (sum !== null) return sum;
    }
    return null;
  }

  // When the page opens, and when a whole content was put in: nothing is changed.
  lookOn() {
    const { input, sum } = this;
    const fits = sum !== null && String(sum) === String(figureOf(input));
    this.lock(fits);
    this.hint(sum !== null && sum !== undefined && !fits ? `各项之和为 ${sum}` : "");
  }

  // One of the parts was edited. True when the total changed.
  addUp() {
    const { input, sum } = this;
    if (sum === undefined) return false;
    const before = input.value;
    if (sum === null) {
      if (input.readOnly) {
        this.lock(false);
        input.value = this.typed === before ? "" : this.typed;
      }
    } else {
      this.lock(true);
      input.value = String(sum);
    }
    this.hint("");
    return input.value !== before;
  }

  lock(locked) {
    if (this.input.dataset.locked) return;
    this.input.readOnly = locked;
    if (locked) this.input.title = "由各项自动相加";
    else this.input.removeAttribute("title");
  }

  hint(sentence) {
    if (!sentence) {
      this.note?.remove();
      this.note = null;
      return;
    }
    if (!this.note) {
      this.note = document.createElement("span");
      this.note.className = "figure-note";
      this.input.after(this.note);
    }
    this.note.textContent = sentence;
  }
}

class Balance {
  constructor(place, columns) {
    this.place = place;
    this.columns = columns; // {name, intake, outcomes, carried}: lists of inputs
    this.show();
  }

  show() {
    const faults = this.columns.map((column) => this.fault(column)).filter(Boolean);
    const known = this.columns.some(({ intake }) => typeof totalOf(intake) === "number");
    this.place.classList.toggle("balance-wrong", faults.length > 0);
    this.place.classList.toggle("balance-right", known && !faults.length);
    const sentence = faults.length ? faults.join("") : known ? "收到的和办结、结转的件数相符。" : "";
    if (this.place.textContent !== sentence) this.place.textContent = sentence;
  }

  fault({ name, intake, outcomes, carried }) {
    const [received, done, left] = [intake, outcomes, carried].map(totalOf);
    if (typeof received !== "number") return "";
    if (typeof done !== "number" && typeof left !== "number") return "";
    if (done === undefined || left === undefined) return "";
    const [closed, open] = [done, left].map((value) => (typeof value === "number" ? value : 0));
    const gap = Math.abs(received - closed - open);
    return gap ? `${name}：收到 ${received} 件，办结 ${closed} 件，结转 ${open} 件，相差 ${gap} 件。` : "";
  }
}

const figuresIn = (root) => [...root.querySelectorAll("input[data-figure]")];
const words = (text) => (text || "").split(/\s+/).filter(Boolean);

function startTable(table, totals) {
  for (const row of table.tBodies[0].rows) {
    const inputs = figuresIn(row);
    if (inputs.length < 2) continue;
    totals.push({ input: inputs.at(-1), ways: [inputs.slice(0, -1)] });
  }
}

function startRequests(fieldset, totals) {
  const { refused, grounds, intake, outcomes, carried } = fieldset.dataset;
  const table = fieldset.querySelector("table");
  startTable(table, totals);
  const place = fieldset.querySelector("[data-balance]");
  if (!grounds || !place) return null;
  const names = figuresIn(table.tBodies[0].rows[0]).map((input) =>
    input.name.slice(0, input.name.indexOf("-")),
  );
  const headings = [...table.tHead.rows[0].cells].slice(1).map((cell) => cell.textContent.trim());
  const inputs = new Map(figuresIn(table).map((input) => [input.name, input]));
  const pick = (column, keys) =>
    words(keys)
      .map((key) => inputs.get(`${column}-${key}`))
      .filter(Boolean);
  for (const column of names) {
    const input = inputs.get(`${column}-${refused}`);
    const existing = totals.find((total) => total.input === input);
    const parts = pick(column, grounds);
    if (existing) existing.ways.push(parts);
    else totals.push({ input, ways: [parts] });
  }
  return new Balance(
    place,
    names.map((column, index) => ({
      name: headings[index],
      intake: pick(column, intake),
      outcomes: pick(column, outcomes),
      carried: pick(column, carried),
    })),
  );
}

// The total of the channels is the school's to state: pieces stand in several channels. Their sum is told beside it, and
// called one; it is never filled in.
class ChannelTotal {
  constructor(list, input) {
    this.list = list;
    this.input = input;
    this.note = document.createElement("p");
    this.note.className = "form-text figure-sum";
    this.note.id = `${input.id}-sum`;
    (input.closest("[data-figure-group]") || input).after(this.note);
    input.setAttribute(
      "aria-describedby",
      words(input.getAttribute("aria-describedby")).concat(this.note.id).join(" "),
    );
    this.show();
  }

  get sum() {
    return totalOf(figuresIn(this.list));
  }

  show() {
    const { sum } = this;
    const stated = figureOf(this.input);
    const differs = typeof sum === "number" && typeof stated === "number" && sum !== stated;
    const gap = differs
      ? `，总数${stated > sum ? "多" : "少"} ${Math.abs(stated - sum)} 条，请核对，或在下面说明原因`
      : "";
    const is = this.list.querySelector('[name$="-approximate"]:checked') ? "约" : "为";
    this.note.textContent = typeof sum === "number" ? `各渠道之和${is} ${sum} 条${gap}。` : "";
    this.note.classList.toggle("balance-wrong", differs);
  }
}

function addButton(group) {
  const input = group.querySelector("input[data-figure]");
  if (!input || input.readOnly || input.disabled) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn-outline-secondary figure-not-applicable";
  button.textContent = NOT_APPLICABLE;
  const label = input.labels[0]?.textContent.trim();
  button.setAttribute("aria-label", `${NOT_APPLICABLE}：${label || input.name}`);
  const look = () => button.setAttribute("aria-pressed", String(figureOf(input) === NOT_APPLICABLE));
  button.addEventListener("click", () => {
    input.value = figureOf(input) === NOT_APPLICABLE ? "" : NOT_APPLICABLE;
    look();
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
  input.addEventListener("input", look);
  input.addEventListener("value-set", look);
  input.addEventListener("lock", () => (button.disabled = true));
  group.append(button);
  look();
}

export function startFigures(form) {
  const plans = [];
  const requests = form.querySelector("[data-requests]");
  const balance = requests && startRequests(requests, plans);
  const cases = form.querySelector("[data-cases] table");
  if (cases) startTable(cases, plans);
  // Totals of totals come after their parts: the grounds of a refusal, then each row, as the table has them.
  const totals = plans.map(({ input, ways }) => new Total(input, ways));
  const channels = form.querySelector('[data-rows="channels"]');
  const stated = form.querySelector('input[name="total"]');
  const channelTotal = channels && stated && new ChannelTotal(channels, stated);
  for (const group of form.querySelectorAll("[data-figure-group]")) addButton(group);
  form.addEventListener(
    "rows-set",
    (event) => {
      for (const group of event.target.querySelectorAll(
        "[data-figure-group]:not(:has(.figure-not-applicable))",
      ))
        addButton(group);
    },
    true,
  );

  let later = 0;
  const tell = () => {
    clearTimeout(later);
    // Said when the hand rests, not at every digit.
    later = setTimeout(() => {
      balance?.show();
      channelTotal?.show();
    }, 600);
  };
  form.addEventListener("input", (event) => {
    for (const group of form.querySelectorAll("[data-figure-group]:not(:has(.figure-not-applicable))"))
      addButton(group);
    const { target } = event;
    if (target.matches?.('input[data-figure], [data-rows], [name$="-approximate"]')) {
      // A changed total may be a part of another one.
      const changed = new Set([target]);
      for (let pass = 0; pass < totals.length && changed.size; pass += 1) {
        const before = new Set(changed);
        changed.clear();
        for (const total of totals) {
          if (total.ways.flat().some((part) => before.has(part)) && total.addUp()) changed.add(total.input);
        }
      }
      tell();
    }
  });
  form.addEventListener("focusout", (event) => {
    if (event.target.matches?.("input[data-figure]") && !event.target.readOnly) tidy(event.target);
  });
  form.addEventListener("value-set", () => {
    for (const total of totals) total.lookOn();
    tell();
  });
}

// When the hand leaves a figure it is written plainly: １２３ becomes 123, 「—」 becomes 不适用.
function tidy(input) {
  const value = figureOf(input);
  if (value === null || value === undefined) return;
  const plain =
    value === NOT_APPLICABLE ? NOT_APPLICABLE : input.value.normalize("NFKC").replace(/[\s,]/g, "");
  if (plain === input.value) return;
  input.value = plain;
  input.dispatchEvent(new Event("input", { bubbles: true }));
}
