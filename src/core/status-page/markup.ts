// Markup that is built, never pasted together: whatever is text becomes text, wherever it comes from. What it makes is
// well-formed XML and good HTML at once, so that one way of escaping serves the page and the feed.

/** Something that is markup already. Only this module makes it. */
export interface Markup {
  readonly markup: string;
}

type Attributes = Readonly<Record<string, string | null>>;
type Content = Markup | string | null | readonly Content[];

/** An element with what is in it; null content is left out, as are null attributes. */
export function element(name: string, attributes: Attributes, ...content: Content[]): Markup {
  return { markup: `<${name}${written(attributes)}>${content.map(inner).join("")}</${name}>` };
}

/** An element that never has anything in it. */
export function empty(name: string, attributes: Attributes): Markup {
  return { markup: `<${name}${written(attributes)} />` };
}

/** Text as text. Signs that neither HTML nor XML 1.0 knows become the sign for a missing one. */
export function escaped(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(FOREIGN, "\ufffd")
    .replaceAll(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** Everything outside of Char, XML 1.0 section 2.2. */
const FOREIGN = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;

function written(attributes: Attributes): string {
  return Object.entries(attributes)
    .map(([name, value]) => (value === null ? "" : ` ${name}="${escaped(value)}"`))
    .join("");
}

function inner(content: Content): string {
  if (content === null) return "";
  if (typeof content === "string") return escaped(content);
  return "markup" in content ? content.markup : content.map(inner).join("");
}
