// The server writes times in UTC; here they are told in the reader's own zone and language.

const day = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "medium" });
const time = new Intl.DateTimeFormat(document.documentElement.lang, { timeStyle: "short" });

function told(moment) {
  const isToday = day.format(moment) === day.format(new Date());
  return isToday ? `today, ${time.format(moment)}` : `${day.format(moment)}, ${time.format(moment)}`;
}

/** Rewrites every <time class="moment"> that is still in UTC; the UTC words stay as its tooltip. */
export function localise(root) {
  for (const element of root.querySelectorAll("time.moment:not([title])")) {
    element.title = element.textContent;
    element.textContent = told(new Date(element.dateTime));
  }
}
