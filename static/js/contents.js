// The table of contents beside a report: folded on a phone, where it would push the report down;
// on wide screens it marks the section that is being read.
const contents = document.querySelector(".volume-contents");
if (contents) {
  if (window.matchMedia("(max-width: 59.99rem)").matches) contents.open = false;

  const links = new Map();
  for (const link of contents.querySelectorAll('a[href^="#"]')) {
    const section = document.getElementById(link.getAttribute("href").slice(1));
    if (section) links.set(section, link);
  }
  const mark = (section) => {
    for (const [one, link] of links) {
      if (one === section) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  };
  // The section that crosses the line a quarter down the window is the one being read.
  const observer = new IntersectionObserver(
    (entries) => {
      for (const entry of entries) if (entry.isIntersecting) mark(entry.target);
    },
    { rootMargin: "-25% 0px -75% 0px" },
  );
  for (const section of links.keys()) observer.observe(section);
}
