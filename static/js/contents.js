// The table of contents beside a report marks the section that is being read.
const contents = document.querySelector(".volume-contents");
if (contents) {
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
