// Marks in the editors what the checks have found. Only for the eye (CSS Custom Highlight API): the text and what is
// saved stay as they are. A mark whose words are changed goes at once; the next save tells whether it comes back.

import { linesOf, rangeIn, rangeOf } from "./checks-places.js";

// So many letters on either side tell the words from the same words elsewhere, when their text node is drawn anew.
const AROUND = 6;

export class Marks {
  // fieldOf(name): the editor's text or the control of a field, or null.
  constructor(form, fieldOf) {
    this.fieldOf = fieldOf;
    this.marks = [];
    this.controls = [];
    this.isDrawn = Boolean(window.Highlight && CSS.highlights);
    if (!this.isDrawn) return;
    this.looks = Object.fromEntries(
      ["attention", "error", "current"].map((look, priority) => {
        const highlight = new Highlight();
        highlight.priority = priority + 1;
        CSS.highlights.set(`check-${look}`, highlight);
        return [look, highlight];
      }),
    );
    let asked = 0;
    const later = () => {
      cancelAnimationFrame(asked);
      asked = requestAnimationFrame(() => this.follow());
    };
    new MutationObserver(later).observe(form, { childList: true, characterData: true, subtree: true });
  }

  // findings: [{ident, tone, places}] as the panel has them now.
  set(findings) {
    for (const control of this.controls) control.classList.remove("is-found-error", "is-found-attention");
    this.controls = [];
    this.marks = [];
    const lines = new Map();
    for (const { ident, tone, places } of findings) {
      for (const place of places) {
        const field = this.fieldOf(place.field);
        if (!field) continue;
        if (!field.matches(".rich-text-text")) {
          field.classList.add(`is-found-${tone}`);
          this.controls.push(field);
          continue;
        }
        if (place.block === undefined) continue;
        if (!lines.has(field)) lines.set(field, linesOf(field));
        const range = rangeOf(field, place, lines.get(field));
        if (range && !range.collapsed) this.marks.push(this.#mark(ident, tone, field, range));
      }
    }
    this.#draw();
  }

  #mark(ident, tone, field, range) {
    const { startContainer: from, startOffset, endContainer: to, endOffset } = range;
    return {
      ident,
      tone,
      field,
      range,
      words: range.toString(),
      before: from.data.slice(Math.max(0, startOffset - AROUND), startOffset),
      after: to.data.slice(endOffset, endOffset + AROUND),
    };
  }

  // After an edit: what still says the same stays marked, also where the editor has drawn its text node anew.
  follow() {
    const lines = new Map();
    const kept = this.marks.filter((mark) => {
      if (mark.range.startContainer.isConnected && mark.range.toString() === mark.words) return true;
      if (!mark.field.isConnected) return false;
      if (!lines.has(mark.field)) lines.set(mark.field, linesOf(mark.field));
      const range = again(lines.get(mark.field), mark);
      if (range) mark.range = range;
      return Boolean(range);
    });
    this.marks = kept;
    this.#draw();
  }

  // The finding whose words hold the cursor, or null.
  at(node, offset) {
    return (
      this.marks.find(({ range }) => {
        try {
          return range.comparePoint(node, offset) === 0;
        } catch {
          return false; // another document
        }
      })?.ident ?? null
    );
  }

  // Mark one finding strongly; with null none.
  point(ident) {
    this.current = ident;
    this.#draw();
  }

  #draw() {
    if (!this.isDrawn) return;
    for (const highlight of Object.values(this.looks)) highlight.clear();
    for (const { ident, tone, range } of this.marks) {
      this.looks[tone]?.add(range);
      if (ident === this.current) this.looks.current.add(range);
    }
  }
}

// The words of a mark with what stood before or behind them.
function again(lines, { words, before, after }) {
  if (words.includes("\n")) return null;
  for (const line of lines) {
    for (let at = line.text.indexOf(words); at >= 0; at = line.text.indexOf(words, at + 1)) {
      const end = at + words.length;
      const isSame =
        (before && line.text.slice(0, at).endsWith(before)) ||
        (after && line.text.slice(end).startsWith(after));
      if (isSame || (line.text === words && !before && !after)) return rangeIn(line, at, end);
    }
  }
  return null;
}
