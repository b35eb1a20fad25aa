// Addresses of places in the article: #a-ID an annotation, #range=START-END code points, #b4 a block.
import * as cards from "./cards.js";
import { pairsOf } from "./dom.js";
import { show } from "./highlights.js";
import { select, selectionIn } from "./offsets.js";
import { say } from "./status.js";

export function arrive() {
  const [, id] = location.hash.match(/^#(?:a|card)-(.+)$/) ?? [];
  const [range] = pairsOf(location.hash.match(/^#range=(\d+-\d+)$/)?.[1]);
  if (id) cards.open(id, true);
  if (!range) return;
  const [start, end] = range;
  select({ start, end });
  show(start, end);
  say("here", { quote: getSelection() });
}

export function copyLink() {
  const chosen = selectionIn();
  const id = cards.currentCard()?.dataset.id;
  if (!chosen && !id) return say("select_any");
  history.replaceState(null, "", chosen ? `#range=${chosen.start}-${chosen.end}` : `#a-${id}`);
  navigator.clipboard?.writeText(location.href);
  return say("link_copied");
}
