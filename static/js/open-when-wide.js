// details.open-when-wide: closed in the page, open on a wide screen. The style sheet (css/base.css) shows what it holds from
// the first moment on, so nothing moves when this opens it; from then on it is folded like any other.
const WIDE = matchMedia("(min-width: 60rem)");

function openWhenWide() {
  if (!WIDE.matches) return;
  for (const details of document.querySelectorAll("details.open-when-wide")) {
    details.open = true;
    details.classList.remove("open-when-wide");
  }
}

openWhenWide();
WIDE.addEventListener("change", openWhenWide);
