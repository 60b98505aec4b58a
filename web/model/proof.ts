import type { VerifyReport } from "#app/verify.ts";

/** What the last proof of the journal says of one entry. */
export interface Proved {
  readonly text: string;
  readonly tone: "good" | "bad" | "soft";
}

/** An entry that came after the last proof, or behind one that is wrong, is not proved. */
export function provedOf(position: number, proof: VerifyReport | undefined): Proved {
  if (proof === undefined) return { text: "· not yet", tone: "soft" };
  if (proof.wrong?.position === position) return { text: "✗ wrong", tone: "bad" };
  return position <= proof.entries
    ? { text: "✓ proved", tone: "good" }
    : { text: "· not yet", tone: "soft" };
}
