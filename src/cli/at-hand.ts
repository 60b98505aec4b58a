import { existsSync } from "node:fs";
import type { Desk } from "#app/desk.ts";
import type { Holdpoint } from "#app/holdpoint.ts";
import { type Problem, ProblemError } from "#app/problem.ts";
import { type Config, findPerson, readConfig, readToken } from "../config.ts";
import { type Call, said } from "./verb.ts";

/** What a verb works with: a desk, who asks, and the store itself where no server is between. */
export interface AtHand {
  readonly desk: Desk;
  /** Empty where a server knows the person by the token. */
  readonly person: string;
  /** Null where a server is spoken to: it does the work. */
  readonly holdpoint: Holdpoint | null;
  readonly config: Config;
}

/** Problems on the way to main.ts, which tells them and picks the exit code. */
export class Told extends Error {
  override readonly name = "Told";
  readonly problems: readonly Problem[];
  constructor(problems: readonly Problem[]) {
    super(problems.map(({ sentence }) => sentence).join(" "));
    this.problems = problems;
  }
}

/** The value of a result; a failure goes up to main.ts. */
export function need<Value>(
  result: { ok: true; value: Value } | { ok: false; error: readonly Problem[] },
): Value {
  if (!result.ok) throw new Told(result.error);
  return result.value;
}

export function configOf(call: Call): Config {
  return need(
    readConfig(
      {
        policy: said(call, "policy"),
        dataDir: said(call, "dataDir"),
        server: said(call, "server"),
        listen: said(call, "listen"),
      },
      call.world.around,
    ),
  );
}

/** Opens the desk, uses it and closes it again. `who`: whether the verb acts, and so must know the person. */
export async function withDesk(
  call: Call,
  who: "reads" | "acts",
  use: (at: AtHand) => Promise<number>,
): Promise<number> {
  const config = configOf(call);
  if (config.server !== null) {
    const { remoteDesk } = await import("#api/client.ts");
    const desk = remoteDesk(config.server, need(readToken(config.tokenFile)));
    return await use({ desk, person: "", holdpoint: null, config });
  }
  const person = who === "acts" ? need(await findPerson(call.world.around)) : "";
  return await withStore(call, config, (holdpoint) =>
    use({ desk: holdpoint.desk, person, holdpoint, config }),
  );
}

/** Opens the store itself, whatever server is configured. */
export async function withStore(
  call: Call,
  config: Config,
  use: (holdpoint: Holdpoint) => Promise<number>,
): Promise<number> {
  if (!existsSync(config.policyFile)) {
    throw new ProblemError({
      code: "no-policy",
      sentence: `There is no policy file ${config.policyFile}.`,
      remedy: "Write one with `holdpoint init`, or name it with --policy.",
    });
  }
  const holdpoint = need(await call.world.open(config));
  try {
    return await use(holdpoint);
  } finally {
    await holdpoint.close();
  }
}
