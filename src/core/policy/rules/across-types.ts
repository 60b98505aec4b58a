import { listed } from "../../base/words.ts";
import type { Found } from "../finding.ts";
import type { Policy } from "../policy.ts";

/** Judges every release type, and tells once what several types share, naming them. */
export function acrossTypes(policy: Policy, judge: (type: string) => readonly Found[]): Found[] {
  const places = new Map<string, { found: Found; types: string[] }>();
  for (const type of Object.keys(policy.types)) {
    for (const found of judge(type)) {
      const place = JSON.stringify([found.path, found.sentence]);
      const known = places.get(place);
      if (known === undefined) places.set(place, { found, types: [type] });
      else known.types.push(type);
    }
  }
  return [...places.values()].map(({ found, types }) => ({
    ...found,
    sentence: `${found.sentence} (release type ${listed(types)})`,
  }));
}
