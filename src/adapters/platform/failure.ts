import type { RunResult } from "#app/ports/outside.ts";

/** Why a command did not do what it should, with its last words, to follow its name; null where it ended well. */
export function failure(result: RunResult): string | null {
  if (result.end === "not-started") return `could not be started. ${result.reason}`;
  if (result.end === "unknown") return `came to an unknown end. ${result.reason}`;
  const lines = result.output.trimEnd().split("\n").slice(-5).join("\n").slice(-1000);
  const words = lines === "" ? "" : ` Its last words: ${lines}`;
  if (result.end === "timeout") return `took too long and was ended.${words}`;
  if (result.end === "killed") return `was ended by ${result.signal}.${words}`;
  return result.code === 0 ? null : `ended with exit code ${result.code}.${words}`;
}
