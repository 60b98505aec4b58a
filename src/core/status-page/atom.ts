// The feed, RFC 4287. Each thing that is told of is one entry, whose updates are in its content and whose moment is that
// of the latest: a reader that follows the feed sees it change. Names are tag URIs (RFC 4151) that nothing changes.
import { formatInstant, type Instant } from "../base/time.ts";
import { FILES, paragraphs } from "./html.ts";
import { element, empty, type Markup } from "./markup.ts";
import type { StatusPage } from "./model.ts";
import { firstOf, lastOf, type Story } from "./story.ts";
import { inUtc } from "./words.ts";

/** So many entries at most; the page itself has more. */
const MOST_ENTRIES = 50;
/** When the feed changed last, as long as it has nothing to tell. */
const NEVER: Instant = 0;

export function atomFeed(page: StatusPage): string {
  const { title, about, url } = page;
  const all = [...page.incidents, ...page.underWay, ...page.planned, ...page.past]
    .toSorted((a, b) => lastOf(b) - lastOf(a) || (a.id < b.id ? -1 : 1))
    .slice(0, MOST_ENTRIES);
  const updated = all[0] === undefined ? NEVER : lastOf(all[0]);
  const feed = element(
    "feed",
    { xmlns: "http://www.w3.org/2005/Atom", "xml:lang": "en" },
    // The feed's own address is its name: it is as permanent as the policy says.
    element("id", {}, `${url}${FILES.feed}`),
    element("title", {}, title),
    about === null ? null : element("subtitle", {}, about),
    element("updated", {}, moment(updated)),
    element("author", {}, element("name", {}, title)),
    element("generator", {}, "Holdpoint"),
    empty("link", { rel: "self", type: "application/atom+xml", href: `${url}${FILES.feed}` }),
    empty("link", { rel: "alternate", type: "text/html", href: url }),
    all.map((story) => entry(story, page)),
  );
  return `<?xml version="1.0" encoding="utf-8"?>\n${feed.markup}\n`;
}

function entry(story: Story, { url }: StatusPage): Markup {
  const { id, kind, title, state, span, updates } = story;
  const planned = span === null ? "" : `${inUtc(span.from)} to ${inUtc(span.to)}`;
  return element(
    "entry",
    {},
    element("id", {}, tag(url, story)),
    element("title", {}, title),
    element("published", {}, moment(firstOf(story))),
    element("updated", {}, moment(lastOf(story))),
    empty("category", { term: kind }),
    empty("category", { term: state.replace(" ", "-") }),
    empty("link", { rel: "alternate", type: "text/html", href: `${url}#${id}` }),
    element(
      "content",
      { type: "xhtml" },
      element(
        "div",
        { xmlns: "http://www.w3.org/1999/xhtml" },
        planned === "" ? null : element("p", {}, planned),
        updates.map(({ at, label, text }) => [
          element("p", {}, element("strong", {}, label), ` ${inUtc(at)}`),
          ...paragraphs(text).map((part) => element("p", {}, part)),
        ]),
      ),
    ),
  );
}

/** `tag:status.example.test,2026-11-21:0123456789abcdef`: the day on which it was first told of is its date. */
function tag(url: string, story: Story): string {
  const host = /^https?:\/\/(\[[^\]]*\]|[^/:]*)/.exec(url)?.[1] ?? "";
  const day = formatInstant(firstOf(story)).slice(0, 10);
  return `tag:${host.replaceAll(/[^A-Za-z0-9.-]/g, "-").toLowerCase()},${day}:${story.id}`;
}

/** RFC 3339. */
function moment(at: Instant): string {
  return formatInstant(at).replace(" ", "T");
}
