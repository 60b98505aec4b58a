import { quoted } from "../../base/words.ts";
import type { Rule } from "../finding.ts";

/** Hashes that give another answer in every process, and why. */
const UNSTEADY: Readonly<Record<string, string>> = {
  "python-hash":
    "Python salts `hash()` of a text anew in each process (PYTHONHASHSEED), so that two workers put one user into different shares",
  random: "two calls for one user draw two numbers",
};

/** Who is promised the same answer of a flag every time gets it from every process. */
export const flagHash: Rule = ({ flags }) => {
  const why = flags === undefined ? undefined : UNSTEADY[flags.hash];
  if (flags === undefined || why === undefined || !flags.sticky) return [];
  return [
    {
      severity: "error",
      path: ["flags", "hash"],
      sentence: `users are promised the same answer every time, and ${quoted(flags.hash)} differs from process to process`,
      counterexample: why,
      remedy: "Use a hash without a salt, such as `sha-256`, or say `sticky: false`",
    },
  ];
};
