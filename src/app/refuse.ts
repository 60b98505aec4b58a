import type { Problem } from "./problem.ts";

/** A refusal with one problem. */
export function refuse(
  code: string,
  sentence: string,
  remedy: string,
): { ok: false; error: readonly Problem[] } {
  return { ok: false, error: [{ code, sentence, remedy }] };
}
