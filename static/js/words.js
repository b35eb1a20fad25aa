// What the scripts say: annotations/web/texts.py writes it in the person's language.
import { byId } from "./dom.js";

const texts = JSON.parse(byId("texts").textContent);
const rules = new Intl.PluralRules(document.documentElement.lang);

/** `given` fills {name} in; its `count` chooses the plural form. */
export function words(key, given = {}) {
  const text = texts[key][rules.select(given.count)] ?? texts[key];
  return text.replace(/\{(\w+)\}/g, (_, name) => given[name]);
}
