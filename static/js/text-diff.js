// What differs between two texts, by words: Chinese has no blanks between them, so the browser's own segmenter cuts.

const segmenter = Intl.Segmenter ? new Intl.Segmenter("zh", { granularity: "word" }) : null;
// Beyond this the search for the shortest difference takes too long; then the middle is one difference.
const LONGEST_SEARCH = 1500;

function wordsOf(text) {
  return segmenter ? [...segmenter.segment(text)].map(({ segment }) => segment) : [...text];
}

// [{kind: "same" | "mine" | "theirs", text}], in order.
export function compare(mine, theirs) {
  const [a, b] = [wordsOf(mine), wordsOf(theirs)];
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end])
    end += 1;
  return joined([
    ...a.slice(0, start).map((text) => ({ kind: "same", text })),
    ...shortest(a.slice(start, a.length - end), b.slice(start, b.length - end)),
    ...a.slice(a.length - end).map((text) => ({ kind: "same", text })),
  ]);
}

// The same for lists of whole lines, rows or paragraphs.
export function compareLists(mine, theirs) {
  return shortest(mine, theirs);
}

// E. W. Myers, An O(ND) Difference Algorithm and Its Variations (1986): the shortest way from a to b.
function shortest(a, b) {
  const all = [...a.map((text) => ({ kind: "mine", text })), ...b.map((text) => ({ kind: "theirs", text }))];
  if (!a.length || !b.length) return all;
  const furthest = new Map([[1, 0]]);
  const trace = [];
  for (let d = 0; d <= Math.min(a.length + b.length, LONGEST_SEARCH); d += 1) {
    trace.push(new Map(furthest));
    for (let k = -d; k <= d; k += 2) {
      const down = k === -d || (k !== d && furthest.get(k - 1) < furthest.get(k + 1));
      let x = down ? furthest.get(k + 1) : furthest.get(k - 1) + 1;
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x += 1;
      furthest.set(k, x);
      if (x >= a.length && x - k >= b.length) return backwards(a, b, trace, d);
    }
  }
  return all;
}

function backwards(a, b, trace, last) {
  const found = [];
  let [x, y] = [a.length, b.length];
  for (let d = last; d >= 0; d -= 1) {
    const furthest = trace[d];
    const k = x - y;
    const down = k === -d || (k !== d && furthest.get(k - 1) < furthest.get(k + 1));
    const fromK = down ? k + 1 : k - 1;
    const fromX = d === 0 ? 0 : furthest.get(fromK);
    const fromY = d === 0 ? 0 : fromX - fromK;
    while (x > fromX && y > fromY && a[x - 1] === b[y - 1]) {
      found.push({ kind: "same", text: a[x - 1] });
      x -= 1;
      y -= 1;
    }
    if (d === 0) break;
    found.push(down ? { kind: "theirs", text: b[y - 1] } : { kind: "mine", text: a[x - 1] });
    [x, y] = [fromX, fromY];
  }
  return found.reverse();
}

// Neighbours of one kind as one piece.
function joined(pieces) {
  const whole = [];
  for (const { kind, text } of pieces) {
    if (whole.at(-1)?.kind === kind) whole.at(-1).text += text;
    else whole.push({ kind, text });
  }
  return whole;
}

// One side of a comparison as nodes: what the other side lacks is marked.
export function marked(pieces, side) {
  const tag = side === "mine" ? "ins" : "del";
  return pieces
    .filter(({ kind }) => kind === "same" || kind === side)
    .map(({ kind, text }) => {
      if (kind === "same") return document.createTextNode(text);
      const mark = document.createElement(tag === "del" ? "mark" : "ins");
      mark.className = `difference difference-${side}`;
      mark.textContent = text;
      return mark;
    });
}
