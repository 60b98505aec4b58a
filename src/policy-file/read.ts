import { err, ok, type Result } from "#core/base/result.ts";
import { type Policy, policyShape } from "#core/policy/policy.ts";
import { dataOf } from "./data.ts";
import { explain, plainPath } from "./explain.ts";
import { isRecord, type JsonRecord, kindFaults } from "./kinds.ts";
import { type Lines, linesOf, placeAt } from "./lines.ts";
import { parseYaml } from "./parse.ts";
import { type Positions, pathName, placeOf } from "./positions.ts";
import { type Fault, type Problem, sayPath } from "./problem.ts";
import { readRoster, rosterPath } from "./roster.ts";
import { policySchema } from "./schema.ts";

/** The largest policy file that is read, in bytes. */
export const MAX_BYTES = 256 * 1024;

export interface ReadPolicy {
  readonly policy: Policy;
  /** Where each value of it stands, for what is found out about it later. */
  readonly positions: Positions;
}

/**
 * Reads a policy file: YAML 1.2, one document, within limits of size and depth. Either the whole policy or every problem
 * in the order of the file; a text that is no YAML is not looked at further. Never throws, whatever the text.
 * @param file its name, for the problems and for the roster beside it
 * @param source its text, or its bytes in UTF-8
 * @param beside the text of another file; null where there is none. Left out: no roster is read.
 */
export function readPolicy(
  file: string,
  source: string | Uint8Array,
  beside: (path: string) => string | null = () => null,
): Result<ReadPolicy, readonly Problem[]> {
  const result = read(source, (roster) => rosterRoles(file, roster, beside));
  if (result.ok) return result;
  const problems = result.error.map(
    (fault): Problem => ({ file, ...fault, severity: "error" as const }),
  );
  return err(problems.sort((a, b) => a.line - b.line || a.column - b.column));
}

type RosterOf = (roster: string) => Result<JsonRecord, readonly (Fault | Problem)[] | string>;

function read(
  source: string | Uint8Array,
  rosterOf: RosterOf,
): Result<ReadPolicy, readonly (Fault | Problem)[]> {
  const lines = textOf(source);
  if (!lines.ok) return err([lines.error]);
  const document = parseYaml(lines.value);
  if (!document.ok) return document;
  const { data: own, positions, faults: ownFaults } = dataOf(document.value, lines.value);
  if (!isRecord(own)) return err(ownFaults.length > 0 ? ownFaults : [noMapping(own === null)]);
  const { data, strange } = withRoster(own, rosterOf, positions);
  const faults = [...ownFaults, ...strange];
  const kinds = kindFaults(data, policySchema(), positions);
  const shaped = policyShape.safeParse(data);
  const explained = (shaped.error?.issues ?? []).flatMap((issue) => {
    if (issue.code !== "unrecognized_keys") return explain(issue, data, positions);
    const keys = issue.keys.filter(
      (key) => !kinds.settled.has(pathName([...plainPath(issue.path), key])),
    );
    return explain({ ...issue, keys }, data, positions);
  });
  const all = [...faults, ...kinds.faults, ...explained];
  if (all.length > 0 || !shaped.success) return err(all);
  return ok({ policy: shaped.data, positions });
}

/** The policy with the roles of its roster in their place; a role stands in one of the two. */
function withRoster(
  data: JsonRecord,
  rosterOf: RosterOf,
  positions: Positions,
): { data: JsonRecord; strange: readonly (Fault | Problem)[] } {
  const { roster, roles = {} } = data;
  if (typeof roster !== "string") return { data, strange: [] };
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

function rosterRoles(
  policyFile: string,
  roster: string,
  beside: (path: string) => string | null,
): ReturnType<RosterOf> {
  const path = rosterPath(policyFile, roster);
  if (path === null) return err("the roster must lie in the policy's folder or below it");
  const text = beside(path);
  return text === null ? err(`there is no roster ${path}`) : readRoster(path, text);
}

/** The text as lines, if it is a text at all. */
function textOf(source: string | Uint8Array): Result<Lines, Fault> {
  const size = typeof source === "string" ? Buffer.byteLength(source) : source.byteLength;
  const fault = (text: string, at: number, told: Pick<Fault, "code" | "sentence" | "remedy">) =>
    err({ ...placeAt(linesOf(text), at), where: "", ...told });
  if (size > MAX_BYTES)
    return fault("", 0, {
      code: "too-large",
      sentence: `the file has ${size} bytes, at most ${MAX_BYTES} are read`,
      remedy: "Split the release document into several policies",
    });
  const text = typeof source === "string" ? source : new TextDecoder().decode(source);
  const odd = typeof source === "string" ? -1 : oddByte(source, text);
  const control = text.search(/[^\P{Cc}\t\r\n]/u);
  const [first] = [odd, control].filter((at) => at !== -1).sort((a, b) => a - b);
  if (first === undefined) return ok(linesOf(text));
  return fault(text, first, {
    code: "encoding",
    sentence: "this is not a text: it holds bytes that no UTF-8 text has",
    remedy: "Save the policy as plain text in UTF-8",
  });
}

/** Where the first byte stands that is no UTF-8, as an offset into the decoded text; -1 where there is none. */
function oddByte(bytes: Uint8Array, text: string): number {
  const strict = new TextDecoder("utf-8", { fatal: true });
  try {
    strict.decode(bytes);
    return -1;
  } catch {
    return text.indexOf("\ufffd");
  }
}

function noMapping(empty: boolean): Fault {
  return {
    line: 1,
    column: 1,
    length: 1,
    code: empty ? "empty" : "value",
    where: "",
    sentence: empty ? "the file says nothing" : "a policy is a mapping of keys to values",
    remedy: "Begin with `holdpoint: 1`, `system:` and `roles:`; docs/policy.md names every key",
  };
}
