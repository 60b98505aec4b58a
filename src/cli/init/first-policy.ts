import { openRepository } from "#adapters/git.ts";
import type { Problem } from "#app/problem.ts";
import { err, ok, type Result } from "#core/base/result.ts";
import { guess } from "./guess.ts";
import { look } from "./look.ts";
import { renderPolicy } from "./render.ts";

/** The text of a first policy file, guessed from the repository that a folder lies in. */
export async function firstPolicy(
  folder: string,
  machine: { readonly path?: string | undefined; readonly home?: string | undefined },
): Promise<Result<string, readonly Problem[]>> {
  const opened = await openRepository(folder, machine);
  return opened.ok ? ok(renderPolicy(guess(await look(opened.value)))) : err([opened.error]);
}
