// What may stand in running text: the closed vocabulary of the interchange form (disclosure/richtext.py), no more.
// The parts come from ProseMirror and Tiptap as django-prose-editor builds them.

import {
  Bold,
  BulletList,
  Document,
  Dropcursor,
  Extension,
  Gapcursor,
  HardBreak,
  Heading,
  History,
  Italic,
  Link,
  ListItem,
  OrderedList,
  Paragraph,
  Subscript,
  Superscript,
  Table,
  TableCell,
  TableHeader,
  TableRow,
  Text,
  pm,
} from "../django_prose_editor/editor.js";

const LINK = /^(?:https?:\/\/|mailto:)[^\s]+$/i;

export function isLink(address) {
  return LINK.test(address);
}

// Two levels: 3 is （一）, 4 is 1. Headings of other levels, which a paste may bring, take the nearer one.
const TwoHeadings = Heading.extend({
  parseHTML() {
    return [1, 2, 3, 4, 5, 6].map((level) => ({ tag: `h${level}`, attrs: { level: level < 4 ? 3 : 4 } }));
  },
  // On the page of the form they stand right below its h1; what is stored has no such attribute.
  renderHTML({ node }) {
    return [`h${node.attrs.level}`, { "aria-level": node.attrs.level - 1 }, 0];
  },
}).configure({ levels: [3, 4] });

// Numbers of a list are always 1, 2, 3: the vocabulary knows no start and no style.
const PlainOrderedList = OrderedList.extend({
  addAttributes() {
    return {};
  },
  addNodeView() {
    return null;
  },
});

const span = (name) => ({
  default: 1,
  parseHTML: (cell) => Math.min(Math.max(Number.parseInt(cell.getAttribute(name), 10) || 1, 1), 99),
});

// Columns find their own width: neither width nor alignment is stored, and no style attribute is ever written,
// which the content security policy would refuse.
const cellAttributes = () => ({
  colspan: span("colspan"),
  rowspan: span("rowspan"),
  colwidth: { default: null, parseHTML: () => null, renderHTML: () => ({}) },
});

const PlainTable = Table.extend({
  addAttributes() {
    return {
      caption: {
        default: "",
        // As a page shows it: of blanks in the source one; wide ones and those that do not break are meant.
        parseHTML: (table) =>
          table.querySelector("caption")?.textContent.replace(/[ \t\n\r\f]+/g, " ").trim() || "",
        renderHTML: () => ({}),
      },
    };
  },
  parseHTML() {
    return [{ tag: "table" }, { tag: "caption", ignore: true }];
  },
  renderHTML({ node }) {
    const rows = ["tbody", 0];
    const { caption } = node.attrs;
    return caption ? ["table", ["caption", { contenteditable: "false" }, caption], rows] : ["table", rows];
  },
  addNodeView() {
    return null;
  },
  addKeyboardShortcuts() {
    return {
      ...this.parent?.(),
      // From the last cell Tab leaves the text, as everywhere else; it does not catch who uses the keyboard.
      Tab: () => this.editor.commands.goToNextCell(),
    };
  },
}).configure({ resizable: false });

export const extensions = [
  Document,
  Text,
  Paragraph,
  TwoHeadings,
  BulletList,
  PlainOrderedList,
  ListItem,
  HardBreak,
  Bold,
  Italic,
  Subscript,
  Superscript,
  Link.configure({
    autolink: false,
    enableTarget: false,
    protocols: ["http", "https", "mailto"],
    isAllowedUri: (address) => isLink(address),
  }),
  PlainTable,
  TableRow,
  TableHeader.extend({ addAttributes: cellAttributes }),
  TableCell.extend({ addAttributes: cellAttributes }),
  History,
  Gapcursor,
  Dropcursor,
  // The buttons of the menu are ours (editor-menu.js); django-prose-editor's menu has no Chinese.
  Extension.create({ name: "vocabulary" }),
];

const ATTRIBUTES = { A: ["href"], TD: ["colspan", "rowspan"], TH: ["colspan", "rowspan"] };

// The text of an editor as HTML of the vocabulary, as the server will store it; "" where there is no word in it.
export function htmlOf(editor) {
  const page = document.implementation.createHTMLDocument("");
  const root = page.createElement("div");
  const serializer = pm.model.DOMSerializer.fromSchema(editor.schema);
  root.append(serializer.serializeFragment(editor.state.doc.content, { document: page }));
  for (const element of root.querySelectorAll("*")) {
    for (const { name, value } of [...element.attributes]) {
      const allowed = ATTRIBUTES[element.tagName]?.includes(name) && !(name !== "href" && value === "1");
      if (!allowed) element.removeAttribute(name);
    }
  }
  for (const paragraph of root.querySelectorAll(":is(li, td, th) > p")) {
    if (paragraph.parentElement.querySelectorAll(":scope > p").length === 1)
      paragraph.replaceWith(...paragraph.childNodes);
  }
  for (const block of root.querySelectorAll("p, h3, h4, li, td, th, caption")) trimStart(block);
  keepRunsOfSpaces(root);
  for (const table of root.querySelectorAll("table")) markHead(table);
  for (const empty of root.querySelectorAll("p, h3, h4")) {
    if (empty.textContent.trim() === "") empty.remove();
  }
  return root.textContent.trim() === "" ? "" : root.innerHTML;
}

// Paragraphs are indented by the page; blanks typed in front of them would indent twice.
function trimStart(block) {
  let first = block.firstChild;
  while (first && first.nodeType !== Node.TEXT_NODE) first = first.firstChild;
  if (first) first.data = first.data.replace(/^[\s\u3000\u00a0]+/, "");
}

// HTML makes one space of several; those that somebody typed or pasted were meant.
function keepRunsOfSpaces(root) {
  const walker = root.ownerDocument.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    walker.currentNode.data = walker.currentNode.data.replace(/[ \u00a0]{2,}/g, (run) =>
      "\u00a0".repeat(run.length),
    );
  }
}

// Rows at the top that hold headings only are the head, which the PDF repeats on every page.
function markHead(table) {
  const rows = [...table.querySelectorAll(":scope > tbody > tr")];
  let count = 0;
  while (count < rows.length && [...rows[count].cells].every((cell) => cell.tagName === "TH")) count += 1;
  const reachesOut = rows
    .slice(0, count)
    .some((row, i) => [...row.cells].some((cell) => i + cell.rowSpan > count));
  if (count === 0 || count === rows.length || reachesOut) return;
  const head = table.ownerDocument.createElement("thead");
  head.append(...rows.slice(0, count));
  table.querySelector(":scope > tbody").before(head);
}
