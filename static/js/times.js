// The server writes UTC; people read their own zone, UTC as the tooltip.
import { on } from "./dom.js";

const { lang } = document.documentElement;
const days = new Intl.RelativeTimeFormat(lang, { numeric: "auto" });

function localise() {
  const today = new Date().toDateString();
  for (const element of document.querySelectorAll("time.moment:not([title])")) {
    const moment = new Date(element.dateTime);
    const day = moment.toDateString() === today ? days.format(0, "day") : moment.toLocaleDateString(lang, { dateStyle: "medium" });
    element.title = element.textContent;
    element.textContent = `${day}, ${moment.toLocaleTimeString(lang, { timeStyle: "short" })}`;
  }
}

localise();
on("htmx:after:swap", localise);
