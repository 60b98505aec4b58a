// Objectives that stand in OpenSLO documents beside the policy. They stand in the policy as if they were written there, so
// the policy's digest covers them.
import { type Beside, besidePath } from "../beside.ts";
import { isRecord, type JsonRecord } from "../kinds.ts";
import { type Positions, placeOf } from "../positions.ts";
import { type Fault, type Path, type Problem, sayPath } from "../problem.ts";
import { readDocuments, type SloDocument } from "./documents.ts";
import { objectivesOf } from "./objectives.ts";

/** The policy with the objectives of its OpenSLO documents in their place; an objective stands in one of the two. */
export function withOpenSlo(
  data: JsonRecord,
  { file, positions, beside }: { file: string; positions: Positions; beside: Beside },
): { data: JsonRecord; strange: readonly (Fault | Problem)[]; read: readonly string[] } {
  const { openslo, objectives = {} } = data;
  if (!Array.isArray(openslo) || !isRecord(objectives)) return { data, strange: [], read: [] };
  const strange: (Fault | Problem)[] = [];
  const fault = (path: Path, sentence: string, remedy: string): void => {
    const place = placeOf(positions, path, path[0] === "objectives" ? "key" : "value");
    strange.push({ ...place, code: "openslo", where: sayPath(path), sentence, remedy });
  };
  const documents: SloDocument[] = [];
  for (const [index, named] of openslo.entries()) {
    const found = documentsOf(String(named), file, beside);
    if (typeof found === "string") fault(["openslo", index], found, "Name each file that there is");
    else if (found.ok) documents.push(...found.value);
    else strange.push(...found.error);
  }
  if (strange.length > 0) return { data, strange, read: [] };
  const found = objectivesOf(documents);
  strange.push(...found.problems);
  for (const name of found.objectives.keys())
    if (Object.hasOwn(objectives, name))
      fault(
        ["objectives", name],
        `the objective ${name} stands in OpenSLO, too`,
        "Keep one of them",
      );
  const all = { ...Object.fromEntries(found.objectives), ...objectives };
  return { data: { ...data, objectives: all }, strange, read: found.read };
}

/** The documents of a file that a policy names; a text says why there are none. */
function documentsOf(named: string, policyFile: string, beside: Beside) {
  const path = besidePath(policyFile, named);
  if (path === null) return "the file must lie in the policy's folder or below it";
  const text = beside(path);
  return text === null ? `there is no file ${path}` : readDocuments(path, text);
}
