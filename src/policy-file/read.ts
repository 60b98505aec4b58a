import { z } from "zod";
import { err, ok, type Result } from "#core/base/result.ts";
import { isOfKinds } from "#core/policy/kinds.ts";
import { type Policy, policyShape } from "#core/policy/policy.ts";
import { type VersioningRules, versioningShape } from "#core/versioning/shape.ts";
import type { Beside } from "./beside.ts";
import { dataOf } from "./data.ts";
import { explain, plainPath } from "./explain.ts";
import { isRecord, type JsonRecord, kindFaults } from "./kinds.ts";
import { type Lines, linesOf, placeAt } from "./lines.ts";
import { withOpenSlo } from "./openslo/openslo.ts";
import { parseYaml } from "./parse.ts";
import { type Positions, pathName } from "./positions.ts";
import type { Fault, Problem } from "./problem.ts";
import { type RosterOf, rosterRoles, withRoster } from "./roster.ts";
import { policySchema, type Schema, schemaAt } from "./schema.ts";

/** The largest policy file that is read, in bytes. */
export const MAX_BYTES = 256 * 1024;

export interface ReadPolicy {
  readonly policy: Policy;
  /** Where each value of it stands, for what is found out about it later. */
  readonly positions: Positions;
  /** What was read beside it, a sentence each. */
  readonly told: readonly string[];
}

/**
 * Reads a policy file: YAML 1.2, one document, within limits of size and depth. Either the whole policy or every problem
 * in the order of the file; a text that is no YAML is not looked at further. Never throws, whatever the text.
 * @param file its name, for the problems and for what stands beside it
 * @param source its text, or its bytes in UTF-8
 * @param beside the text of another file; null where there is none. Left out: nothing is read beside it.
 */
export function readPolicy(
  file: string,
  source: string | Uint8Array,
  beside: Beside = () => null,
): Result<ReadPolicy, readonly Problem[]> {
  const told: string[] = [];
  const joined: Joined = (own, positions) => {
    const rosterOf: RosterOf = (roster) => rosterRoles(file, roster, beside);
    const staffed = withRoster(own, rosterOf, positions);
    const promised = withOpenSlo(staffed.data, { file, positions, beside });
    told.push(...promised.read);
    return { data: promised.data, strange: [...staffed.strange, ...promised.strange] };
  };
  const result = read(source, { shape: policyShape, schema: policySchema, joined });
  if (!result.ok) return err(problemsIn(file, result.error));
  return ok({ policy: result.value.read, positions: result.value.positions, told });
}

/**
 * Reads a rules file: what stands in `versioning` of a policy, by itself; of a policy its `versioning`. The same limits
 * and the same kind of problems as with a policy.
 */
export function readRules(
  file: string,
  source: string | Uint8Array,
): Result<VersioningRules, readonly Problem[]> {
  const top = read(source, { shape: z.looseObject({}), schema: () => ({}) });
  if (!top.ok) return err(problemsIn(file, top.error));
  if ("holdpoint" in top.value.read) {
    const whole = readPolicy(file, source);
    return whole.ok ? ok(whole.value.policy.versioning) : whole;
  }
  const schema = () => schemaAt(["versioning"]) ?? {};
  const result = read(source, { shape: versioningShape, schema });
  return result.ok ? ok(result.value.read) : err(problemsIn(file, result.error));
}

function problemsIn(file: string, faults: readonly (Fault | Problem)[]): readonly Problem[] {
  return faults
    .map((fault): Problem => ({ file, ...fault, severity: "error" as const }))
    .sort((a, b) => a.line - b.line || a.column - b.column);
}

interface Language<Read> {
  readonly shape: z.ZodType<Read>;
  /** What belongs where; built only where something was filled wrongly, because that takes longer than to read. */
  readonly schema: () => Schema;
  readonly joined?: Joined;
}

/** What a policy says together with what stands beside it. */
type Joined = (
  own: JsonRecord,
  positions: Positions,
) => { readonly data: JsonRecord; readonly strange: readonly (Fault | Problem)[] };

function read<Read>(
  source: string | Uint8Array,
  { shape, schema: schemaOf, joined }: Language<Read>,
): Result<{ readonly read: Read; readonly positions: Positions }, readonly (Fault | Problem)[]> {
  const lines = textOf(source);
  if (!lines.ok) return err([lines.error]);
  const document = parseYaml(lines.value);
  if (!document.ok) return document;
  const { data: own, positions, faults: ownFaults } = dataOf(document.value, lines.value);
  if (!isRecord(own)) return err(ownFaults.length > 0 ? ownFaults : [noMapping(own === null)]);
  const { data, strange } = joined?.(own, positions) ?? { data: own, strange: [] };
  const faults = [...ownFaults, ...strange];
  // Most processes read one policy: to write faster code for the shape first takes longer than to read it without.
  const shaped = shape.safeParse(data, { jitless: true });
  if (shaped.success && faults.length === 0) return ok({ read: shaped.data, positions });
  const schema = schemaOf();
  const kinds = kindFaults(data, schema, positions);
  const explained = (shaped.error?.issues ?? []).flatMap((issue) => {
    if (isOfKinds(issue)) return [];
    if (issue.code !== "unrecognized_keys") return explain(issue, { data, positions, schema });
    const keys = issue.keys.filter(
      (key) => !kinds.settled.has(pathName([...plainPath(issue.path), key])),
    );
    return explain({ ...issue, keys }, { data, positions, schema });
  });
  return err([...faults, ...kinds.faults, ...explained]);
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
