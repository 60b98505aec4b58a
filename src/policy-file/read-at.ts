// A policy as it stood somewhere else than on the disk now: in a commit.
import type { PolicyAt } from "#app/ports/policy-file.ts";
import { dataOf } from "./data.ts";
import { linesOf } from "./lines.ts";
import { parseYaml } from "./parse.ts";
import { readPolicy } from "./read.ts";

/** A policy names few files, and those name none. */
const ROUNDS = 3;

/**
 * Reads a policy and the files beside it through a reader that takes its time. Null where there is none, or where its text
 * is no policy; that it is sound is not looked at.
 * @param textOf the text of a file by its path; null where there is none
 */
export async function readPolicyAt(
  file: string,
  textOf: (path: string) => Promise<string | null>,
): Promise<PolicyAt | null> {
  const text = await textOf(file);
  if (text === null) return null;
  const beside = new Map<string, string | null>();
  for (let round = 0; round < ROUNDS; round += 1) {
    const missing = new Set<string>();
    const read = readPolicy(file, text, (path) => {
      if (!beside.has(path)) missing.add(path);
      return beside.get(path) ?? null;
    });
    if (missing.size === 0) {
      return read.ok ? { policy: read.value.policy, data: plainData(text) } : null;
    }
    for (const path of missing) beside.set(path, await textOf(path));
  }
  return null;
}

function plainData(text: string): PolicyAt["data"] {
  const lines = linesOf(text);
  const document = parseYaml(lines);
  return document.ok ? dataOf(document.value, lines).data : null;
}
