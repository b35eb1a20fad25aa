// The page of new copy: j, k walk; a, r, u decide; c opens the correction.
import { onKeys, walk } from "./keys.js";

const quoteOf = (each) => each.querySelector("blockquote").textContent;
const step = (direction) => walk([...document.querySelectorAll("[data-case]")], direction, quoteOf);
const inCase = (selector) => document.activeElement.closest("[data-case]")?.querySelector(selector);
const press = (key) => inCase(`[aria-keyshortcuts=${key}]`)?.click();

onKeys({
  j: () => step(1),
  k: () => step(-1),
  a: press,
  r: press,
  u: press,
  c() {
    inCase("[data-correct]")?.setAttribute("open", "");
    inCase("[data-correct] textarea")?.focus();
  },
});
document.querySelector("[data-case]:target")?.focus();
