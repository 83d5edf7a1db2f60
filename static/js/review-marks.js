// The words that a finding quotes are marked in the report beside it, for the eye only (CSS Custom Highlight API), and a
// click on its 「看原文」 leads to them. Found by their characters, blanks left out: the report is shown as the public will
// read it, so no position of the draft can be trusted. Where they are not found, the link leads to the part.

const links = [...document.querySelectorAll("a[data-quote]")];
const papers = new Map();
const canMark = Boolean(window.Highlight && CSS.highlights);

if (links.length) {
  const all = new Map(links.map((link) => [link, find(link)]));
  const every = canMark && new Highlight();
  const current = canMark && new Highlight();
  if (canMark) {
    for (const range of all.values()) if (range) every.add(range);
    CSS.highlights.set("finding", every);
    CSS.highlights.set("finding-current", current);
    current.priority = 1;
  }
  // By delegation: a finding may be put anew by review-take-up.js.
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-quote]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const range = all.get(link) || find(link);
    if (!range) return;
    event.preventDefault();
    if (canMark) {
      current.clear();
      current.add(range);
    }
    range.startContainer.parentElement.scrollIntoView({ block: "center" });
  });
}

// A link into a folded comparison unfolds it, also where the browser does not do so by itself.
document.addEventListener("click", (event) => {
  const id = event.target.closest?.('a[href^="#compare-"]')?.hash.slice(1);
  const fold = id && document.getElementById(id)?.closest("details");
  if (fold) fold.open = true;
});

function find(link) {
  const part = document.getElementById(link.hash.slice(1));
  const paper = part?.querySelector(".review-paper");
  if (!paper) return null;
  const letters = papers.get(paper) || lettersOf(paper);
  papers.set(paper, letters);
  const words = link.dataset.quote.replace(/\s+/g, "");
  const at = words ? letters.text.indexOf(words) : -1;
  if (at < 0) return null;
  const [first, last] = [letters.places[at], letters.places[at + words.length - 1]];
  const range = new Range();
  range.setStart(first.node, first.offset);
  range.setEnd(last.node, last.offset + 1);
  return range;
}

// Every letter of the paper, without blanks, with the text node and the place in it where it stands.
function lettersOf(paper) {
  const places = [];
  let text = "";
  const nodes = document.createTreeWalker(paper, NodeFilter.SHOW_TEXT);
  while (nodes.nextNode()) {
    const node = nodes.currentNode;
    for (let offset = 0; offset < node.data.length; offset += 1) {
      const letter = node.data[offset];
      if (!/\s/.test(letter)) {
        text += letter;
        places.push({ node, offset });
      }
    }
  }
  return { text, places };
}
