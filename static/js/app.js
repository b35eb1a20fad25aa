// What every page does.
import "./status.js";
import "./times.js";
import { on } from "./dom.js";

on("click", ({ target }) => {
  for (const menu of document.querySelectorAll(".menu[open]")) menu.open = menu.contains(target);
});
