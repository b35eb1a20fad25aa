// What every page does.
import "./status.js";
import { on } from "./dom.js";

// The server writes moments in it.
document.cookie = `zone=${Intl.DateTimeFormat().resolvedOptions().timeZone}; path=/; samesite=lax`;

on("click", ({ target }) => {
	for (const menu of document.querySelectorAll(".menu[open]")) menu.open = menu.contains(target);
});
// Pressed twice, sent once.
on("submit", ({ target, defaultPrevented }) => {
	target.inert = !defaultPrevented && target.method === "post";
	setTimeout(() => (target.inert = false), 5_000);
});
