import { listed, nearest, quoted } from "../../base/words.ts";
import type { Rule } from "../finding.ts";
import { PLACEHOLDERS, placeholdersIn } from "../placeholders.ts";

/** Messages speak only of what is known when they are sent. */
export const placeholders: Rule = (policy) =>
  Object.entries(policy.messages).flatMap(([name, message]) =>
    (["title", "body"] as const).flatMap((part) =>
      unknownIn(message[part]).map((word) => ({
        severity: "error" as const,
        path: ["messages", name, part],
        sentence: `nothing is known that is called ${quoted(`{{${word}}}`)}`,
        remedy: remedyFor(word),
      })),
    ),
  );

function unknownIn(template: string): readonly string[] {
  const words = placeholdersIn(template).filter((word) => !Object.hasOwn(PLACEHOLDERS, word));
  return [...new Set(words)];
}

function remedyFor(word: string): string {
  const known = Object.keys(PLACEHOLDERS);
  const meant = nearest(word, known);
  return meant === null ? `Known are ${listed(known)}` : `Did you mean \`{{${meant}}}\`?`;
}
