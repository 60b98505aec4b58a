// The page as HTML: one document with a style sheet and a script beside it, and nothing from anywhere else. It says all
// that it has to say without the script, which only adds the reader's own times.
import { formatInstant, type Instant } from "../base/time.ts";
import { icon } from "./icons.ts";
import { element, empty, type Markup } from "./markup.ts";
import type { StatusPage } from "./model.ts";
import { lastOf, type Story } from "./story.ts";
import { CONDITION_WORDS, type Condition, inUtc } from "./words.ts";

/** What other files of the page are called, beside it. */
export const FILES = {
  page: "index.html",
  feed: "feed.atom",
  style: "style.css",
  script: "page.js",
} as const;

/** Said in the page, too, so that it holds wherever the files are served from. */
export const CONTENT_POLICY =
  "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'";

/**
 * The page.
 * @param asOf when it was last looked whether it is true; a reader can tell by it whether whoever writes it is alive
 */
export function htmlPage(page: StatusPage, asOf: Instant): string {
  const body = element(
    "body",
    {},
    header(page),
    element(
      "main",
      {},
      banner(page.condition),
      areas(page),
      stories("Incidents", page.incidents),
      stories("Under way", page.underWay),
      stories("Planned maintenance", page.planned),
      past(page.past),
    ),
    footer(asOf),
  );
  const html = element("html", { lang: "en" }, head(page), body);
  return `<!DOCTYPE html>\n${html.markup}\n`;
}

function head({ title, about, condition }: StatusPage): Markup {
  return element(
    "head",
    {},
    empty("meta", { charset: "utf-8" }),
    empty("meta", { "http-equiv": "Content-Security-Policy", content: CONTENT_POLICY }),
    empty("meta", { name: "viewport", content: "width=device-width, initial-scale=1" }),
    empty("meta", { name: "color-scheme", content: "light dark" }),
    about === null ? null : empty("meta", { name: "description", content: about }),
    element("title", {}, `${CONDITION_WORDS[condition].all} · ${title}`),
    empty("link", { rel: "stylesheet", href: FILES.style }),
    empty("link", {
      ...{ rel: "alternate", type: "application/atom+xml" },
      ...{ href: FILES.feed, title },
    }),
    element("script", { src: FILES.script, type: "module" }),
  );
}

function header({ title, about }: StatusPage): Markup {
  return element(
    "header",
    {},
    element("h1", {}, title),
    about === null ? null : element("p", { class: "about" }, about),
  );
}

function banner(condition: Condition): Markup {
  const { all } = CONDITION_WORDS[condition];
  return element("p", { class: "banner", "data-condition": condition }, icon(condition), all);
}

function areas({ areas: all }: StatusPage): Markup {
  const items = all.map(({ title, about, condition, note }) =>
    element(
      "li",
      { "data-condition": condition },
      element(
        "div",
        { class: "area" },
        element("h3", {}, title),
        about === null ? null : element("p", { class: "about" }, about),
        note === "" ? null : element("p", { class: "note" }, note),
      ),
      element("p", { class: "condition" }, icon(condition), CONDITION_WORDS[condition].words),
    ),
  );
  return section("Now", element("ul", { class: "areas" }, items));
}

function stories(title: string, all: readonly Story[]): Markup | null {
  return all.length === 0 ? null : section(title, all.map(article));
}

function past(all: readonly Story[]): Markup {
  if (all.length === 0) return section("Before", element("p", {}, "Nothing to tell."));
  const days = [...new Set(all.map(dayOf))].map((day) =>
    element(
      "div",
      { class: "day" },
      element("h3", {}, element("time", { datetime: day }, day)),
      all.filter((story) => dayOf(story) === day).map(article),
    ),
  );
  return section("Before", days);
}

function dayOf(story: Story): string {
  return formatInstant(lastOf(story)).slice(0, 10);
}

function section(title: string, ...content: Parameters<typeof element>[2][]): Markup {
  const id = title.toLowerCase().replaceAll(" ", "-");
  return element("section", { "aria-labelledby": id }, element("h2", { id }, title), ...content);
}

/** What is over shows its last word; the rest opens without a script. */
function article(story: Story): Markup {
  const { id, kind, title, span, updates, state, impact } = story;
  const [latest, ...earlier] = updates;
  const heading = state === "over" ? "h4" : "h3";
  return element(
    "article",
    { id, "data-kind": kind, "data-condition": impact ?? null },
    element(
      heading,
      {},
      // The other titles say it themselves.
      kind === "incident" ? [element("span", { class: "kind" }, "Incident"), " "] : null,
      element("a", { href: `#${id}` }, title),
    ),
    span === null ? null : element("p", { class: "span" }, time(span.from), " to ", time(span.to)),
    latest === undefined ? null : element("ol", { class: "updates" }, update(latest)),
    earlier.length === 0
      ? null
      : element(
          "details",
          state === "over" ? {} : { open: "open" },
          element(
            "summary",
            {},
            earlier.length === 1 ? "1 update before" : `${earlier.length} updates before`,
          ),
          element("ol", { class: "updates" }, earlier.map(update)),
        ),
  );
}

function update({ id, at, label, text }: Story["updates"][number]): Markup {
  return element(
    "li",
    { id: `update-${id}` },
    element("p", { class: "said" }, element("strong", {}, label), " ", time(at)),
    paragraphs(text).map((part) => element("p", { dir: "auto" }, part)),
  );
}

/** The parts of a text that empty lines part. */
export function paragraphs(text: string): readonly string[] {
  return text
    .split(/\r?\n\s*\r?\n/)
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

function time(at: Instant): Markup {
  return element("time", { datetime: formatInstant(at).replace(" ", "T") }, inUtc(at));
}

function footer(asOf: Instant): Markup {
  return element(
    "footer",
    {},
    element("p", {}, "As of ", time(asOf), "."),
    element(
      "p",
      { id: "old", role: "status", hidden: "hidden" },
      "This page has not been written for a while; it may no longer be true.",
    ),
    element("p", {}, element("a", { href: FILES.feed }, "Follow this page by Atom feed")),
  );
}
