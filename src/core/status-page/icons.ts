// One sign for each condition, drawn, so that no font has to have it. The words always stand beside it.
import { element, empty, type Markup } from "./markup.ts";
import type { Condition } from "./words.ts";

const PATHS: { readonly [Of in Condition]: string } = {
  operational: "M5 10.5l3.5 3.5L15 6.5",
  maintenance: "M5.5 10h0M10 10h0M14.5 10h0",
  degraded: "M10 5v6M10 14.5v0",
  "partial-outage": "M5 10h10",
  "major-outage": "M6 6l8 8M14 6l-8 8",
};

export function icon(condition: Condition): Markup {
  const line = { fill: "none", stroke: "currentColor", "stroke-width": "2.5" };
  return element(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      ...{ viewBox: "0 0 20 20", width: "20", height: "20", class: "sign", "aria-hidden": "true" },
    },
    empty("circle", { cx: "10", cy: "10", r: "10", class: "ground" }),
    empty("path", { d: PATHS[condition], ...line, "stroke-linecap": "round" }),
  );
}
