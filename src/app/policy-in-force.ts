// The policy of today, as people and the console want to see it.
import { type Digest, digestOf } from "#core/base/digest.ts";
import { ok, type Result } from "#core/base/result.ts";
import { dayIn, type Instant } from "#core/base/time.ts";
import type { Engine } from "./engine.ts";
import type { FileFinding, PolicyFile, ReadPolicyFile } from "./ports/policy-file.ts";
import type { Problem } from "./problem.ts";

/** The policy of today: as it is written, what is found in it, and the release document that it stands for. */
export interface PolicyInForce {
  readonly text: string;
  /** As in the bundles of releases that are planned by it; null where the text is no policy. */
  readonly digest: Digest | null;
  readonly findings: readonly FileFinding[];
  /** The release document in Markdown; null where the policy is not sound. */
  readonly markdown: string | null;
  /** When it was read. */
  readonly at: Instant;
}

/** Reads the policy file as it lies there now. */
export async function readInForce(parts: {
  policyFile: ReadPolicyFile;
  engine: () => Promise<Engine>;
  clock: () => Instant;
}): Promise<Result<PolicyInForce, readonly Problem[]>> {
  const now = parts.clock();
  const read = await parts.policyFile(dayIn(now, "UTC"));
  if (!read.ok) return read;
  const { explained } = await parts.engine();
  return ok(inForce(read.value, explained, now));
}

/** What is told of a policy file: a policy that is not sound is no release document. */
export function inForce(
  { text, policy, problems }: PolicyFile,
  explained: Engine["explained"],
  at: Instant,
): PolicyInForce {
  const isSound = problems.every(({ severity }) => severity !== "error");
  return {
    text,
    digest: policy === null ? null : digestOf(policy),
    findings: problems.map(
      ({ code, severity, where, line, column, sentence, counterexample, remedy }) => ({
        ...{ code, severity, where, line, column, sentence, remedy },
        ...(counterexample !== undefined && { counterexample }),
      }),
    ),
    markdown: policy !== null && isSound ? explained(policy, at) : null,
    at,
  };
}
