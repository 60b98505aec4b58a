import { readFileSync, statSync } from "node:fs";
import { MAX_BYTES } from "./read.ts";

/** The text of a file beside a policy; null where there is none, or one too large to be meant. */
export function textOnDisk(path: string): string | null {
  try {
    return statSync(path).size > MAX_BYTES ? null : readFileSync(path, "utf8");
  } catch {
    return null;
  }
}
