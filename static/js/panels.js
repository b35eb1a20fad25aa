// What both panels beside the text share: where they stand, and the keys in them.
import { byId } from "./dom.js";
import { rangesFor } from "./offsets.js";

const GAP = 8;

/** Puts a panel beside the text at the height of [start, end), inside the window; narrow screens ignore it. */
export function place(panel, { start, end }) {
  const box = rangesFor(start, end)[0]?.getBoundingClientRect();
  const column = byId("beside").getBoundingClientRect();
  const bar = document.querySelector(".bar").getBoundingClientRect().bottom;
  const lowest = innerHeight - panel.offsetHeight - GAP;
  const top = Math.max(bar + GAP, Math.min((box?.top ?? bar) - 4 * GAP, lowest));
  panel.style.setProperty("--at", `${top}px`);
  panel.style.setProperty("--from", `${column.left}px`);
  panel.style.setProperty("--wide", `${column.width}px`);
}

/** Escape and [data-close] close, Ctrl+Enter saves; `more` gets the other keys. */
export function watch(panel, close, more) {
  panel.addEventListener("click", ({ target }) => target.closest("[data-close]") && close());
  panel.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      event.stopPropagation();
      close();
    } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      panel.querySelector("form").requestSubmit();
    } else more(event);
  });
}
