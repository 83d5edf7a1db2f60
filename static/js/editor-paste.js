// Makes of what Word and WPS put on the clipboard the text that somebody saw: headings, numbers, tables and spaces stay,
// the word processor's debris goes. What is left is cut to the vocabulary by the editor and again by the server.

const DEBRIS =
  "style, script, meta, link, title, xml, del, img, object, iframe, template, noscript, [class~=MsoCommentReference], [class~=MsoCommentText]";
const BLOCKS = "p, h1, h2, h3, h4, h5, h6, li, td, th, caption, div, blockquote, dt, dd, pre";
const BOOKMARK = /\[bookmark:\s*_?[\w\u4e00-\u9fff]+\]/gi;
const FIRST_LEVEL = /^[（(][一二三四五六七八九十百]+[）)]/;
const SECOND_LEVEL = /^\d{1,2}\s*[.．、]/;
// Chinese characters and full-width punctuation, between which there are no spaces.
const WIDE = /[\u2014\u2018-\u201d\u2026\u3001-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]/;

export function cleanPastedText(text) {
  return text
    .replace(BOOKMARK, "")
    .replace(/\t/g, " ")
    .replace(/[\u200b\ufeff]/g, "");
}

export function cleanPastedHtml(pasted) {
  const html = withoutStyles(pasted);
  // What was copied in one of our editors is clean.
  if (html.includes("data-pm-slice")) return html;
  const { body } = new DOMParser().parseFromString(html, "text/html");
  dropDebris(body);
  numbersAsText(body);
  for (const block of body.querySelectorAll(BLOCKS)) spaces(block);
  headings(body);
  tables(body);
  lists(body);
  formats(body);
  for (const element of body.querySelectorAll("*")) {
    for (const { name } of [...element.attributes]) {
      if (!["href", "colspan", "rowspan"].includes(name)) element.removeAttribute(name);
    }
  }
  for (const empty of body.querySelectorAll("p, h1, h2, h3, h4, h5, h6, span, a, strong, b, em, i")) {
    if (!empty.closest("td, th") && empty.textContent === "" && !empty.querySelector("br, table"))
      empty.remove();
  }
  return body.innerHTML;
}

// The page's content security policy holds for what the parser makes, too: a style attribute would be refused, and
// reported, one by one. They are read under another name, and style sheets not at all.
function withoutStyles(html) {
  return html
    .replace(/<style\b[\s\S]*?<\/style\s*>/gi, "")
    .replace(/<[a-z](?:[^>"']|"[^"]*"|'[^']*')*>/gi, (tag) =>
      tag.replace(/([\s"'])style(?=\s*=)/gi, "$1data-style"),
    );
}

function styleOf(element) {
  return (element.getAttribute("data-style") || "").replace(/\s+/g, "").toLowerCase();
}

function dropDebris(body) {
  // Conditional comments, and their <![if …]> halves, which the parser takes for comments too.
  const comments = [];
  const walker = body.ownerDocument.createTreeWalker(body, NodeFilter.SHOW_COMMENT);
  while (walker.nextNode()) comments.push(walker.currentNode);
  for (const comment of comments) comment.remove();
  for (const element of body.querySelectorAll(DEBRIS)) element.remove();
  for (const element of body.querySelectorAll("[data-style]")) {
    const style = styleOf(element);
    if (/display:none|mso-hide:all|mso-element:(?:comment|field-begin|field-separator|field-end)/.test(style))
      element.remove();
    else if (element.tagName === "BR" && style.includes("page-break-before")) element.remove();
    else if (/mso-tab-count/.test(style)) element.textContent = " ";
  }
  // A row of no height, with which Word keeps the columns of an uneven table apart.
  for (const row of body.querySelectorAll('tr[height="0"]')) row.remove();
  // o:p, st1:date, w:sdt and the like: their words stay, where there are any; drawings have none.
  for (const element of [...body.querySelectorAll("*")].filter(({ localName }) => localName.includes(":"))) {
    if (element.localName.startsWith("v:") || element.textContent.trim() === "") element.remove();
    else element.replaceWith(...element.childNodes);
  }
  const texts = body.ownerDocument.createTreeWalker(body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    texts.currentNode.data = texts.currentNode.data.replace(BOOKMARK, "").replace(/[\u200b\ufeff]/g, "");
  }
}

// A number that the word processor counted is written out: it is part of the text, as in the paper. Behind 「（一）」
// and 「一、」 stands nothing, behind 「1.」 and 「a)」 one space.
function numbersAsText(body) {
  for (const element of [...body.querySelectorAll("[data-style]")].filter((one) =>
    styleOf(one).includes("mso-list:ignore"),
  )) {
    const number = element.textContent.replace(/[\s\u00a0\u3000]+/g, "");
    // A bullet drawn with a sign of a symbol font says nothing in any other font.
    const isBullet = /^[\uf000-\uf8ff·•●○■□◆◇lnuüØo§-]$/.test(number);
    element.replaceWith(isBullet || !number ? "" : WIDE.test(number.at(-1)) ? number : `${number} `);
  }
}

// Lines that the word processor broke in the source are no spaces in Chinese; a lone no-break space is a space; runs
// of spaces were meant (「电话：　　　传真：」), at the edges they were an indent.
function spaces(block) {
  const nodes = [];
  const walker = block.ownerDocument.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    if (walker.currentNode.parentElement.closest(BLOCKS) === block) nodes.push(walker.currentNode);
  }
  const all = nodes.map((node) => node.data).join("");
  let before = 0;
  for (const node of nodes) {
    const offset = before;
    before += node.data.length;
    node.data = node.data.replace(/[ \t]*[\r\n][ \t\r\n]*/g, (gap, at) => {
      const previous = all
        .slice(0, offset + at)
        .replace(/[ \t\r\n]+$/, "")
        .at(-1);
      const next = all.slice(offset + at + gap.length).replace(/^[ \t\r\n]+/, "")[0];
      return previous && next && !(WIDE.test(previous) && WIDE.test(next)) ? " " : "";
    });
  }
  for (const node of nodes) {
    node.data = node.data.replace(/[ \u00a0]+/g, (run) =>
      run.length > 1 && run.includes("\u00a0") ? "\u00a0".repeat(run.length) : " ",
    );
  }
  trim(nodes, /^[\s\u00a0\u3000]+/);
  trim([...nodes].reverse(), /[\s\u00a0\u3000]+$/);
}

function trim(nodes, edge) {
  for (const node of nodes) {
    node.data = node.data.replace(edge, "");
    if (node.data) return;
  }
}

function headings(body) {
  for (const paragraph of body.querySelectorAll("p[data-style]")) {
    const level = Number(styleOf(paragraph).match(/mso-outline-level:(\d)/)?.[1] || 0);
    if (level && paragraph.textContent.length <= 60 && !paragraph.closest("table, li"))
      rename(paragraph, `h${Math.min(level, 6)}`);
  }
  for (const heading of body.querySelectorAll("h1, h2, h3, h4, h5, h6")) {
    const text = heading.textContent.trim();
    let level = Number(heading.tagName[1]) < 3 ? 3 : 4;
    if (FIRST_LEVEL.test(text)) level = 3;
    else if (SECOND_LEVEL.test(text)) level = 4;
    // A heading is set by the page; bold in it says nothing.
    for (const bold of heading.querySelectorAll("b, strong")) bold.replaceWith(...bold.childNodes);
    for (const span of heading.querySelectorAll("[data-style]")) span.removeAttribute("data-style");
    rename(heading, `h${level}`);
  }
}

function rename(element, tag) {
  const renamed = element.ownerDocument.createElement(tag);
  renamed.append(...element.childNodes);
  element.replaceWith(renamed);
}

function tables(body) {
  for (const cell of body.querySelectorAll("thead td")) {
    const head = body.ownerDocument.createElement("th");
    for (const name of ["colspan", "rowspan"]) {
      if (cell.hasAttribute(name)) head.setAttribute(name, cell.getAttribute(name));
    }
    head.append(...cell.childNodes);
    cell.replaceWith(head);
  }
}

// A list that does not begin with 1 keeps its numbers as text: the vocabulary's lists always do.
function lists(body) {
  for (const list of body.querySelectorAll("ol[start]")) {
    const start = Number.parseInt(list.getAttribute("start"), 10);
    if (!start || start === 1 || list.querySelector("ol, ul, table")) continue;
    const paragraphs = [...list.querySelectorAll("li")].map((item, index) => {
      const paragraph = body.ownerDocument.createElement("p");
      for (const inner of item.querySelectorAll("p")) inner.replaceWith(...inner.childNodes);
      paragraph.append(`${start + index}. `, ...item.childNodes);
      return paragraph;
    });
    list.replaceWith(...paragraphs);
  }
}

// Bold, italic, raised and lowered, where they are only in the style.
function formats(body) {
  for (const span of body.querySelectorAll("span[data-style], font[data-style]")) {
    const style = styleOf(span);
    const tags = [];
    if (
      /(?:^|;)font-weight:(?:bold|[6-9]00)/.test(style) &&
      !span.closest("b, strong, h1, h2, h3, h4, h5, h6, th")
    )
      tags.push("strong");
    if (/(?:^|;)font-style:italic/.test(style) && !span.closest("i, em")) tags.push("em");
    if (/vertical-align:super/.test(style)) tags.push("sup");
    if (/vertical-align:sub/.test(style)) tags.push("sub");
    for (const tag of tags) {
      const wrapper = body.ownerDocument.createElement(tag);
      wrapper.append(...span.childNodes);
      span.append(wrapper);
    }
  }
}
