import { environmentFor } from "#app/perform/outside.ts";
import type { Platform, ProbeAsk, RunCommand, Target } from "#app/ports/outside.ts";
import type { Answer } from "#core/gates/gate.ts";
import type { Reading } from "#core/judge/reading.ts";
import type { CommandPlatform } from "#core/policy/outside.ts";
import { failure } from "./failure.ts";
import type { PlatformNeeds } from "./needs.ts";
import { readReading } from "./reading.ts";
import { inRounds } from "./rounds.ts";

export interface CommandNeeds extends Pick<PlatformNeeds, "runner" | "source" | "now"> {
  readonly repository: Pick<PlatformNeeds["repository"], "root">;
}

interface Act {
  readonly key: string;
  readonly target: Target;
  readonly more?: Record<string, string>;
  readonly timeout?: number;
}

/**
 * The team's own scripts, run in the work tree's top folder. What is to be done is in the environment: HOLDPOINT_KEY,
 * HOLDPOINT_ENVIRONMENT, HOLDPOINT_RELEASE, HOLDPOINT_VERSION, HOLDPOINT_COMMIT, HOLDPOINT_SERVICES, and for some
 * HOLDPOINT_CANARY (basis points), HOLDPOINT_OF (canary or stable), HOLDPOINT_PATHS (with spaces between).
 *
 * A script that changes something runs once for each key. Scripts that only look run as often as they are asked.
 */
export function makeCommand(config: CommandPlatform, needs: CommandNeeds): Platform {
  const command = (
    argv: readonly string[],
    target: Target,
    more: Record<string, string>,
  ): RunCommand => ({
    argv,
    cwd: needs.repository.root,
    timeout: config.timeout,
    env: { ...environmentFor(config.env, needs.source), ...about(target), ...more },
    stdout: true,
  });

  async function act(
    name: "deploy" | "weigh" | "retire" | "promote",
    { key, target, more = {}, timeout = config.timeout }: Act,
  ): Promise<Answer> {
    const asked = command(config[name], target, { HOLDPOINT_KEY: key, ...more });
    const result = await needs.runner.run(key, { ...asked, timeout });
    const why = failure(result);
    if (why === null) return { outcome: "done", facts: {} };
    const reason = `The command that should ${name} ${target.version} ${why}`;
    return { outcome: result.end === "unknown" ? "unknown" : "failed", reason };
  }

  const probe = (target: Target, asked: ProbeAsk) =>
    inRounds(asked, async (left) => {
      const more = { HOLDPOINT_OF: asked.of, HOLDPOINT_PATHS: asked.paths.join(" ") };
      const one = command(config.probe, target, more);
      const why = failure(
        await needs.runner.look({ ...one, timeout: Math.min(left, config.timeout) }),
      );
      return why === null ? null : `The command that should probe ${target.version} ${why}`;
    });

  /** @throws {Error} with the {@link ReadingProblem} as its cause, or where the command itself failed. */
  async function measure(target: Target): Promise<Reading> {
    const result = await needs.runner.look(command(config.measure, target, {}));
    const why = failure(result);
    if (why !== null || result.end !== "exited") {
      throw new Error(`The command that should measure ${target.environment} ${why}`);
    }
    const reading = readReading(result.stdout ?? "", needs.now());
    if (reading.ok) return reading.value;
    const { reason } = reading.error;
    throw new Error(`The command that should measure ${target.environment} did not: ${reason}`, {
      cause: reading.error,
    });
  }

  return {
    deploy: (key, target, timeout) => act("deploy", { key, target, timeout }),
    weigh: (key, target, canary) =>
      act("weigh", { key, target, more: { HOLDPOINT_CANARY: String(canary) } }),
    retire: (key, target) => act("retire", { key, target }),
    promote: (key, target) => act("promote", { key, target }),
    probe: (_, target, asked) => probe(target, asked),
    measure,
  };
}

function about({
  environment,
  release,
  version,
  commit,
  services,
}: Target): Record<string, string> {
  return {
    HOLDPOINT_ENVIRONMENT: environment,
    HOLDPOINT_RELEASE: release,
    HOLDPOINT_VERSION: version,
    HOLDPOINT_COMMIT: commit,
    HOLDPOINT_SERVICES: Object.keys(services).join(" "),
  };
}
