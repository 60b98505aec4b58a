import type { Platform, ProbeAsk, Target } from "#app/ports/outside.ts";
import { digestText } from "#core/base/digest.ts";
import type { Instant } from "#core/base/time.ts";
import type { Answer } from "#core/gates/gate.ts";
import type { Reading } from "#core/judge/reading.ts";
import {
  admit,
  type Deployed,
  EMPTY,
  type EnvironmentState,
  find,
  type Moved,
  promote,
  retire,
  weigh,
} from "./environment.ts";
import { chance, fraction } from "./fake/chance.ts";
import { type Conduct, type Environment, lookAt, serve } from "./fake/traffic.ts";

/** What becomes of an operation: it happens; the call breaks off before or after it happened; or it cannot be told. */
export type Fate = "happens" | "fails" | "breaks-before" | "breaks-after" | "unknown";

interface Happening {
  readonly operation: "deploy" | "weigh" | "retire" | "promote" | "probe" | "measure";
  readonly key: string;
  readonly target: Target;
  /** How often it was asked under this key before. */
  readonly before: number;
}

export interface FakeWorld {
  readonly now: () => Instant;
  readonly seed: number;
  /** Requests per second to each environment. */
  readonly traffic: number;
  readonly conduct: (version: string, at: Instant) => Conduct;
  readonly fate: (happening: Happening) => Fate;
}

export interface FakePlatform extends Platform {
  /** What an environment is now. */
  state(environment: string): EnvironmentState;
}

/**
 * A platform in memory on a clock that the caller turns. It keeps the rules of the real ones; what goes wrong in it is
 * decided by `conduct` and `fate`, and by chance from the seed: the same calls give the same answers.
 */
export function makeFake(world: FakeWorld): FakePlatform {
  const environments = new Map<string, Environment>();
  const happen = makeHappen(world.fate);
  const random = chance(world.seed);
  const conductOf = ({ version }: { version: string }) => world.conduct(version, world.now());

  function environmentOf(name: string): Environment {
    const known = environments.get(name) ?? { state: EMPTY, totals: new Map(), until: world.now() };
    environments.set(name, known);
    serve(known, { ...world, now: world.now(), random });
    return known;
  }

  const change = async (
    operation: Happening["operation"],
    { key, target }: { key: string; target: Target },
    move: (state: EnvironmentState) => Moved,
  ): Promise<Answer> =>
    happen({ operation, key, target }, () => {
      const environment = environmentOf(target.environment);
      const moved = move(environment.state);
      if (!moved.ok) return { outcome: "failed", reason: moved.error };
      environment.state = { ...moved.value.state, retiring: [] };
      return { outcome: "done", facts: moved.value.facts };
    });

  const deploy = (state: EnvironmentState, target: Target, timeout: number): Moved => {
    const { healthy, boot } = conductOf(target);
    return healthy && boot <= timeout
      ? admit(state, target)
      : { ok: false, error: `${target.version} was not deployed. It is not well.` };
  };

  const probe = async (key: string, target: Target, { of, times }: ProbeAsk): Promise<Answer> =>
    happen({ operation: "probe", key, target }, () => {
      const { state } = environmentOf(target.environment);
      const one = of === "stable" ? state.stable : find(state, target);
      if (one === null) return { outcome: "failed", reason: `${target.version} does not run.` };
      if (conductOf(one).healthy) return { outcome: "done", facts: { rounds: times } };
      return { outcome: "failed", reason: `${one.version} is not well.` };
    });

  async function measure(target: Target): Promise<Reading> {
    const [at, { environment: name }] = [world.now(), target];
    const key = `measure/${name}/${at}`;
    const fate = world.fate({ operation: "measure", key, target, before: 0 });
    if (fate !== "happens") throw broken("measure");
    const environment = environmentOf(name);
    const { state } = environment;
    const look = (one: Deployed | null) => one && lookAt(one, environment, conductOf(one));
    return { at, canary: look(find(state, target)), baseline: look(state.stable) };
  }

  return {
    deploy: (key, target, timeout) =>
      change("deploy", { key, target }, (state) => deploy(state, target, timeout)),
    weigh: (key, target, canary) =>
      change("weigh", { key, target }, (state) => weigh(state, target, canary)),
    retire: (key, target) => change("retire", { key, target }, (state) => retire(state, target)),
    promote: (key, target) => change("promote", { key, target }, (state) => promote(state, target)),
    probe,
    measure,
    state: (environment) => environmentOf(environment).state,
  };
}

/** A fate by chance: each try of an operation meets a fault with the given probability, decided by its key alone. */
export function seededFate(
  seed: number,
  faults: Readonly<Partial<Record<Exclude<Fate, "happens">, number>>>,
): FakeWorld["fate"] {
  return ({ key, before }) => {
    let left = fraction(digestText(`${seed}/${key}/${before}`));
    for (const [fate, share] of Object.entries(faults)) {
      if (left < share) return fate as Fate;
      left -= share;
    }
    return "happens";
  };
}

/** Lets an effect happen at most once for each key, and remembers what was answered. */
function makeHappen(fateOf: FakeWorld["fate"]) {
  const answers = new Map<string, Answer>();
  const tries = new Map<string, number>();
  return (about: Omit<Happening, "before">, effect: () => Answer): Answer => {
    const { operation, key } = about;
    const before = tries.get(key) ?? 0;
    tries.set(key, before + 1);
    const known = answers.get(key);
    if (known !== undefined) return known;
    const fate = fateOf({ ...about, before });
    if (fate === "breaks-before") throw broken(operation);
    const answer = answerOf(fate, operation, effect);
    answers.set(key, answer);
    if (fate === "breaks-after") throw broken(operation);
    return answer;
  };
}

function answerOf(fate: Fate, operation: string, effect: () => Answer): Answer {
  if (fate === "fails") return { outcome: "failed", reason: `The ${operation} failed by fate.` };
  const answer = effect();
  if (fate !== "unknown") return answer;
  return { outcome: "unknown", reason: `The end of the ${operation} is lost.` };
}

function broken(operation: string): Error {
  return new Error(`The connection broke off during the ${operation}.`);
}
