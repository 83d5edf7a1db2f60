// What a form holds, as an ordered list of [name, value] pairs; reading it, writing it back, comparing it.

// They travel with the form and are no part of what somebody wrote.
const NOT_CONTENT = new Set(["csrfmiddlewaretoken", "base_version"]);

export function contentOf(form) {
  return [...new FormData(form)].filter(
    ([name, value]) => !NOT_CONTENT.has(name) && typeof value === "string",
  );
}

export function sameContent(a, b) {
  return a.length === b.length && a.every(([name, value], i) => b[i][0] === name && b[i][1] === value);
}

export function valuesOf(content, name) {
  return content.filter(([key]) => key === name).map(([, value]) => value);
}

// The fields of a form that belong to no list of rows, and the lists of rows.
export function controlsOf(form, name) {
  return [...form.elements].filter((control) => control.name === name);
}

export function rowsOf(form, prefix) {
  return [...form.querySelectorAll("[data-rows]")].find((list) => list.dataset.rows === prefix) || null;
}

// The rows of a list as they stand in `content`: [{name: "…", count: "…"}, …], without rows in which nothing stands.
export function rowsIn(content, prefix) {
  const rows = [];
  for (const [name, value] of content) {
    if (!name.startsWith(`${prefix}-`)) continue;
    const [, index, field] = name.slice(prefix.length).match(/^-(\d+)-(.+)$/) || [];
    if (index !== undefined) (rows[Number(index)] ||= {})[field] = value;
  }
  return rows.filter((row) => row && Object.values(row).some((value) => value.trim() !== ""));
}

// Put one value, or several of a group of ticks, into the controls of a name. Editors and figures listen to value-set.
export function setValue(form, name, value) {
  const values = (Array.isArray(value) ? value : [value]).map((one) => String(one ?? ""));
  let next = 0;
  for (const control of controlsOf(form, name)) {
    if (control.type === "checkbox" || control.type === "radio") {
      control.checked = values.includes(control.value) || (value === true && control.type === "checkbox");
    } else {
      control.value = values[next++] ?? "";
    }
    control.dispatchEvent(new Event("value-set", { bubbles: true }));
  }
}

// Rows are made by rows.js, which listens to rows-set; after it the list has `rows.length` rows.
export function setRows(form, prefix, rows) {
  const list = rowsOf(form, prefix);
  if (!list) return;
  list.dispatchEvent(new CustomEvent("rows-set", { detail: { count: rows.length } }));
  rows.forEach((row, index) => {
    for (const control of [...form.elements]) {
      const field =
        control.name.startsWith(`${prefix}-${index}-`) && control.name.slice(`${prefix}-${index}-`.length);
      if (field) setValue(form, control.name, field in row ? row[field] : "");
    }
  });
}

// Put a whole content back. Names that the form no longer has are left out.
export function setContent(form, content) {
  for (const list of form.querySelectorAll("[data-rows]")) {
    const [total] = valuesOf(content, `${list.dataset.rows}-TOTAL_FORMS`);
    list.dispatchEvent(new CustomEvent("rows-set", { detail: { count: Number(total || 0) } }));
  }
  const names = new Set(
    [...form.elements].map((control) => control.name).filter((name) => name && !NOT_CONTENT.has(name)),
  );
  for (const name of names) {
    if (/-(TOTAL|INITIAL|MIN_NUM|MAX_NUM)_FORMS$/.test(name)) continue;
    if (controlsOf(form, name).every((control) => control.type === "button" || control.type === "submit"))
      continue;
    setValue(form, name, valuesOf(content, name));
  }
}

// Rich text in one spelling, whether the editor or the server wrote it: neither wraps and spaces alike.
export function spelling(html) {
  const { body } = new DOMParser().parseFromString(html, "text/html");
  for (const wrapper of body.querySelectorAll("tbody, thead")) wrapper.replaceWith(...wrapper.childNodes);
  for (const paragraph of body.querySelectorAll("li > p:only-child, td > p:only-child, th > p:only-child")) {
    paragraph.replaceWith(...paragraph.childNodes);
  }
  for (const block of body.querySelectorAll("p, h3, h4")) {
    if (block.textContent.trim() === "") block.remove();
  }
  for (const element of body.querySelectorAll("*")) {
    for (const { name, value } of [...element.attributes]) {
      if (!["href", "colspan", "rowspan"].includes(name) || value === "1") element.removeAttribute(name);
    }
  }
  return body.innerHTML
    .replace(/\s+/g, " ")
    .replace(/ ?(<\/?(?:p|h3|h4|ul|ol|li|table|caption|tr|td|th|br)[ >]) ?/g, "$1")
    .trim();
}

export function sameHtml(a, b) {
  return a === b || spelling(a) === spelling(b);
}

// The words of rich text, one line a block.
export function textOfHtml(html) {
  const { body } = new DOMParser().parseFromString(html, "text/html");
  for (const end of body.querySelectorAll("p, h3, h4, li, tr, caption, br")) end.append("\n");
  for (const cell of body.querySelectorAll("td, th")) cell.append("\t");
  for (const list of body.querySelectorAll("li > ul, li > ol")) list.before("\n");
  return body.textContent.replace(/\n{2,}/g, "\n").trim();
}

// The words before a field: its label without marks and hints.
export function labelOf(control) {
  const named = control.richText?.getAttribute("aria-labelledby");
  const label = named ? document.getElementById(named) : control.labels?.[0];
  return (control.getAttribute("aria-label") || label?.textContent || control.name)
    .replace(/[*＊]\s*$/, "")
    .trim();
}
