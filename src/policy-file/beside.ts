// Files beside a policy that are read as part of it.
import { dirname, isAbsolute, join, normalize, sep } from "node:path";

/** The text of a file by its path; null where there is none, or one too large to be meant. */
export type Beside = (path: string) => string | null;

/** The path of a file that lies in the policy's folder or below it; null for one that leads out of it. */
export function besidePath(policyFile: string, named: string): string | null {
  const path = normalize(named);
  if (isAbsolute(path) || path.split(sep).includes("..")) return null;
  return join(dirname(policyFile), path);
}
