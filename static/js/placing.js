// The page of new copy: j, k walk; a, r, u decide; c opens the correction.
import { onKeys, walk } from "./keys.js";

const quoteOf = (each) => each.querySelector("blockquote").textContent;
const step = (direction) => walk([...document.querySelectorAll("[data-case]")], direction, quoteOf);
const inCase = (selector) => document.activeElement.closest("[data-case]")?.querySelector(selector);
const decide = (value) => () => inCase(`button[value=${value}]`)?.click();

onKeys({
  j: () => step(1),
  k: () => step(-1),
  a: decide("accept"),
  r: decide("reject"),
  u: decide("undo"),
  c() {
    inCase("[data-correct]")?.setAttribute("open", "");
    inCase("[data-correct] textarea")?.focus();
  },
});
document.querySelector("[data-case]:target")?.focus();
