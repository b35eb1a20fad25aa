// What is typed into the forms beside the text stays in this browser until it is saved, also when the tab is closed.
// A draft belongs to a person and to the address that its form is sent to.
import { on, person } from "./dom.js";

const PLACE = ["id", "start", "end", "exact", "csrfmiddlewaretoken"];
const keyOf = (url) => `factcheck-draft ${person} ${url}`;
const urlOf = (form) => form.getAttribute("action");
const untouched = new WeakMap();

/** The fields of a form that can be kept: files cannot. */
export const bodyOf = (data) => new URLSearchParams([...data].filter(([, value]) => typeof value === "string"));

/** What a person put into a form, without what the page put there. */
function typed(form) {
  const body = bodyOf(new FormData(form));
  PLACE.forEach((name) => body.delete(name));
  return String(body);
}

/** From here on the form as it stands counts as untouched. */
export const begin = (form) => untouched.set(form, typed(form));
export const isDirty = (form) => untouched.has(form) && typed(form) !== untouched.get(form);
export const draftOf = (form) => localStorage.getItem(keyOf(urlOf(form)));
export const keep = (url, body) => localStorage.setItem(keyOf(url), body);
export const forget = (url) => localStorage.removeItem(keyOf(url));

/** Puts values into those fields whose names `wants` takes; folds that get some open. */
export function fill(form, body, wants) {
  const data = new URLSearchParams(body);
  for (const field of form.elements) {
    const { name, type } = field;
    if (!name || type === "file" || !wants(name)) continue;
    if (type === "checkbox") field.checked = data.getAll(name).includes(field.value);
    else field.value = data.get(name) ?? "";
    if (data.get(name)) field.closest("details")?.setAttribute("open", "");
  }
}

/** What was typed before comes back; the id and the token stay the new ones. */
export const restore = (form, body) => fill(form, body, (name) => name !== "id" && name !== "csrfmiddlewaretoken");

/** Keeps what is typed, and warns who leaves without saving it. */
export function watch() {
  on("input", ({ target }) => {
    const form = target.closest(".composer form");
    if (form && isDirty(form)) keep(urlOf(form), bodyOf(new FormData(form)));
    else if (form) forget(urlOf(form));
  });
  addEventListener("beforeunload", (event) => {
    if ([...document.querySelectorAll(".composer:popover-open form")].some(isDirty)) event.preventDefault();
  });
}
