/** Makes one value safe for one channel. Passed by value: there is no global escaper to replace. */
export type Escaper = (value: string) => string;

/**
 * Fills a logic-less template: `{{name}}` becomes the escaped fact of that name, an unknown name becomes nothing. There
 * are no conditions, loops, partials or calls, so a template cannot do anything but say something.
 */
export function fill(
  template: string,
  facts: Readonly<Record<string, string>>,
  safe: Escaper,
): string {
  return template.replaceAll(/\{\{\s*([a-z]+)\s*\}\}/g, (_, name: string) =>
    Object.hasOwn(facts, name) ? safe(facts[name] ?? "") : "",
  );
}
