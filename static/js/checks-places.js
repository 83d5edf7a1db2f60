// From a place that the checks name (disclosure/checks/texts.py: places) to the words in the page: the n-th line of a text
// that holds a word, and within it UTF-16 units, the blanks at the line's beginning left out.

// What ends a line; a paragraph wrapped into a cell or an item by the editor ends none more.
const BLOCKS = new Set(["P", "H3", "H4", "LI", "UL", "OL", "CAPTION", "TD", "TH", "TR", "TABLE"]);
// What Python takes for a blank: the server counts lines.
const BLANK = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;
// Fewer letters than these are not looked for elsewhere: they stand everywhere.
const SHORTEST = 2;

// The lines of `root` that hold a word: [{text, pieces: [{node, at}], lead}]; `at` is where the text node begins in the
// line as it stands, `lead` the number of blanks before `text`.
export function linesOf(root) {
  const lines = [];
  let pieces = [];
  let whole = "";
  const end = () => {
    let from = 0;
    let to = whole.length;
    while (from < to && BLANK.test(whole[from])) from += 1;
    while (to > from && BLANK.test(whole[to - 1])) to -= 1;
    if (from < to) lines.push({ text: whole.slice(from, to), pieces, lead: from });
    pieces = [];
    whole = "";
  };
  const walk = (node) => {
    if (node.nodeType === Node.TEXT_NODE) {
      pieces.push({ node, at: whole.length });
      whole += node.data;
      return;
    }
    const isBlock = BLOCKS.has(node.tagName);
    if (isBlock || node.tagName === "BR") end();
    for (const child of node.childNodes) walk(child);
    if (isBlock) end();
  };
  walk(root);
  end();
  return lines;
}

// The range of a place in `root`, or null where the words stand there no more. `text` are the words, or the beginning
// of many; where the lines have moved, the nearest line that holds them.
export function rangeOf(root, { block, start, end, text }, lines = linesOf(root)) {
  const there = lines[block];
  const words = plain(text);
  if (there && end <= there.text.length && plain(there.text.slice(start, end)).startsWith(words))
    return rangeIn(there, start, end);
  if (text.length < SHORTEST) return null;
  const nearest = lines
    .map((line, index) => ({ line, far: Math.abs(index - block), at: nearestIn(plain(line.text), words, start) }))
    .filter(({ at }) => at >= 0)
    .sort((one, other) => one.far - other.far)[0];
  if (!nearest) return null;
  const { line, at } = nearest;
  return rangeIn(line, at, Math.min(at + end - start, line.text.length));
}

// Several blanks that were typed are stored as such that do not break; in the editor they are still as they were typed.
function plain(words) {
  return words.replaceAll("\u00a0", " ");
}

// Where `words` stand in `text`, nearest to `start`; -1 where nowhere.
function nearestIn(text, words, start) {
  let best = -1;
  for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1)) {
    if (best < 0 || Math.abs(at - start) < Math.abs(best - start)) best = at;
  }
  return best;
}

export function rangeIn(line, start, end) {
  const range = document.createRange();
  range.setStart(...point(line, start + line.lead, false));
  range.setEnd(...point(line, end + line.lead, true));
  return range;
}

// At the border of two text nodes a passage begins in the second and ends in the first.
function point({ pieces }, offset, isEnd) {
  const last = pieces.findLast(({ at }) => (isEnd ? at < offset : at <= offset)) || pieces[0];
  return [last.node, Math.min(offset - last.at, last.node.data.length)];
}
