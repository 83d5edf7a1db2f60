// The blanks that text of last year's report came with stand out in the editor, as long as they are not filled in.
// Only marked for the eye (CSS Custom Highlight API): the text itself, and what is saved, stay as they are.

const BLANK = "【待填】";

if (window.Highlight && CSS.highlights) {
  const highlight = new Highlight();
  CSS.highlights.set("blank", highlight);
  let asked = 0;
  const later = () => {
    cancelAnimationFrame(asked);
    asked = requestAnimationFrame(() => mark(highlight));
  };
  for (const form of document.querySelectorAll("form[data-writing]")) {
    new MutationObserver(later).observe(form, { childList: true, characterData: true, subtree: true });
  }
  later();
}

function mark(highlight) {
  highlight.clear();
  for (const text of document.querySelectorAll("form[data-writing] .rich-text-text")) {
    const nodes = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
    while (nodes.nextNode()) {
      const node = nodes.currentNode;
      for (let at = node.data.indexOf(BLANK); at >= 0; at = node.data.indexOf(BLANK, at + BLANK.length)) {
        const range = new StaticRange({
          startContainer: node,
          startOffset: at,
          endContainer: node,
          endOffset: at + BLANK.length,
        });
        highlight.add(range);
      }
    }
  }
}
