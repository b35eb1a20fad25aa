// Single keys: not in fields, not with modifiers, and not for people who turned them off (those who speak to their
// computer, or whose hands slip).
import { byId, on } from "./dom.js";

const SETTING = "factcheck-keys";
const areOn = () => localStorage.getItem(SETTING) !== "off";

export const inField = (target) =>
  Boolean(target.closest?.("input:not([type=checkbox]), textarea, select, .composer, dialog"));

/** Calls table[key] for a key that nobody has used yet. Escape always works. */
export function onKeys(table) {
  on("keydown", (event) => {
    const { key } = event;
    const isFree = !event.defaultPrevented && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (!isFree || !Object.hasOwn(table, key) || inField(event.target) || (key !== "Escape" && !areOn())) return;
    event.preventDefault();
    table[key]();
  });
}

/** The box that turns them off. */
export function watch() {
  const box = byId("keys-on");
  box.checked = areOn();
  box.addEventListener("change", () => localStorage.setItem(SETTING, box.checked ? "on" : "off"));
}
