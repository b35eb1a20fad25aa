// The server writes UTC; people read their own zone, UTC as the tooltip.
import { on } from "./dom.js";

const { lang } = document.documentElement;

function localise() {
  const today = new Date().toDateString();
  for (const element of document.querySelectorAll("time.moment:not([title])")) {
    const moment = new Date(element.dateTime);
    const day = moment.toDateString() === today ? "today" : moment.toLocaleDateString(lang, { dateStyle: "medium" });
    element.title = element.textContent;
    element.textContent = `${day}, ${moment.toLocaleTimeString(lang, { timeStyle: "short" })}`;
  }
}

localise();
on("htmx:after:swap", localise);
