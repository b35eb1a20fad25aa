// Small words about the page that every module uses.

export const byId = (id) => document.getElementById(id);
export const on = (event, action) => document.addEventListener(event, action);

/** The article's text, never replaced; null on pages without one. */
export const text = byId("text");

/** Who was logged in when this page was sent. */
export const person = byId("login")?.dataset.person;

/** One step from `at` in a ring; from outside (-1) its first or last place. */
export function around(at, direction, length) {
  if (at < 0) return direction > 0 ? 0 : length - 1;
  return (at + direction + length) % length;
}
