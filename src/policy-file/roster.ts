// A roster beside the policy: a file that names the people of roles, so that joiners and leavers do not touch the rules.
// What it says stands in the policy as if it were written there, so the policy's digest covers it.
import { z } from "zod";
import { err, ok, type Result } from "#core/base/result.ts";
import { name } from "#core/base/shape.ts";
import { roleShape } from "#core/policy/people.ts";
import { type Beside, besidePath } from "./beside.ts";
import { dataOf } from "./data.ts";
import { isRecord, type JsonRecord } from "./kinds.ts";
import { linesOf } from "./lines.ts";
import { parseYaml } from "./parse.ts";
import { type Positions, placeOf } from "./positions.ts";
import { type Fault, type Problem, sayPath } from "./problem.ts";

/** The largest roster that is read, in bytes. */
const MAX_ROSTER_BYTES = 256 * 1024;

const shape = z.strictObject({ roles: z.record(name, roleShape) });

/** Finds the roles of a roster by its name in the policy; a text says why there are none. */
export type RosterOf = (
  roster: string,
) => Result<JsonRecord, readonly (Fault | Problem)[] | string>;

/** The policy with the roles of its roster in their place; a role stands in one of the two. */
export function withRoster(
  data: JsonRecord,
  rosterOf: RosterOf | undefined,
  positions: Positions,
): { data: JsonRecord; strange: readonly (Fault | Problem)[] } {
  const { roster, roles = {} } = data;
  if (typeof roster !== "string" || rosterOf === undefined) return { data, strange: [] };
  const fault = (path: readonly string[], sentence: string, remedy: string): Fault => {
    const part = path.length > 1 ? "key" : "value";
    return {
      ...placeOf(positions, path, part),
      code: "roster",
      where: sayPath(path),
      sentence,
      remedy,
    };
  };
  const found = rosterOf(roster);
  if (!found.ok && typeof found.error !== "string") return { data, strange: found.error };
  if (!found.ok) {
    const remedy = "Write the file, or take `roster` out";
    return { data, strange: [fault(["roster"], String(found.error), remedy)] };
  }
  if (!isRecord(roles)) return { data, strange: [] };
  const twice = Object.keys(roles).filter((role) => Object.hasOwn(found.value, role));
  const strange = twice.map((role) =>
    fault(["roles", role], `the role ${role} stands in the roster, too`, "Keep one of them"),
  );
  return { data: { ...data, roles: { ...found.value, ...roles } }, strange };
}

/** The roles of the roster that a policy names, or what is wrong with it or with its place. */
export function rosterRoles(
  policyFile: string,
  roster: string,
  beside: Beside,
): ReturnType<RosterOf> {
  const path = besidePath(policyFile, roster);
  if (path === null) return err("the roster must lie in the policy's folder or below it");
  const text = beside(path);
  return text === null ? err(`there is no roster ${path}`) : readRoster(path, text);
}

/** The roles of a roster as its author wrote them, or everything wrong with it, at its own lines. */
function readRoster(file: string, text: string): Result<JsonRecord, readonly Problem[]> {
  const at = { file, severity: "error" as const, where: "" };
  const whole = { ...at, line: 1, column: 1, length: 1 };
  if (Buffer.byteLength(text) > MAX_ROSTER_BYTES) {
    const sentence = `the roster has more than ${MAX_ROSTER_BYTES} bytes`;
    return err([{ ...whole, code: "too-large", sentence, remedy: "Name fewer people in it" }]);
  }
  const lines = linesOf(text);
  const document = parseYaml(lines);
  if (!document.ok) return err(document.error.map((fault) => ({ ...at, ...fault })));
  const { data, positions, faults } = dataOf(document.value, lines);
  if (faults.length > 0) return err(faults.map((fault) => ({ ...at, ...fault })));
  const read = shape.safeParse(data);
  if (read.success && isRecord(data) && isRecord(data["roles"])) return ok(data["roles"]);
  const issues = read.success ? [] : read.error.issues;
  return err(
    issues.map(({ path, message }) => {
      const plain = path.filter((part) => typeof part !== "symbol");
      return {
        ...at,
        ...placeOf(positions, plain),
        code: "roster",
        where: sayPath(plain),
        sentence: `the roster says roles and their people only: ${message}`,
        remedy: "Write it as `roles:` in the policy, with e-mail addresses",
      };
    }),
  );
}
