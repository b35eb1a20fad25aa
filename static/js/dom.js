// What all modules need.

export const byId = (id) => document.getElementById(id);
export const on = (event, action, target = document) => target.addEventListener(event, action);

export const text = byId("text");

export const person = byId("login")?.dataset.person;

/** "3-9 12-20" as [[3, 9], [12, 20]]. */
export const pairsOf = (words) => (words ? words.split(" ").map((pair) => pair.split("-").map(Number)) : []);

/** One step in a ring; from outside (-1) its first or last place. */
export const around = (at, direction, length) => (Math.max(at, direction > 0 ? -1 : 0) + direction + length) % length;
