// What an environment is to look like, and how each operation changes that: pure, for every platform that keeps such a
// picture of its own (the local one, and the simulated one).
import type { Target } from "#app/ports/outside.ts";
import { digestOf } from "#core/base/digest.ts";
import { err, ok, type Result } from "#core/base/result.ts";
import type { Evidence } from "#core/gates/gate.ts";

/** All the traffic, in basis points. */
export const WHOLE = 10_000;

/** A version that was told to run. */
export interface Deployed extends Omit<Target, "environment"> {
  /** Its name in files and routes. */
  readonly name: string;
}

export interface EnvironmentState {
  readonly stable: Deployed | null;
  readonly canary: Deployed | null;
  /** Basis points of the traffic for the canary. */
  readonly weight: number;
  /** Versions that are to be stopped. */
  readonly retiring: readonly Deployed[];
  /** All services there ever were, the first ones first: it decides their ports, which so never change. */
  readonly order: readonly string[];
}

export const EMPTY: EnvironmentState = {
  stable: null,
  canary: null,
  weight: 0,
  retiring: [],
  order: [],
};

/** What is wanted after an operation, and what is said of it; or why it cannot be. */
export type Moved = Result<{ readonly state: EnvironmentState; readonly facts: Evidence }, string>;

/** Takes a version in beside the stable one, without traffic. One that is there already stays as it is. */
export function admit(state: EnvironmentState, target: Target): Moved {
  const canary = deployedOf(target);
  const facts = { services: Object.keys(target.services).length };
  if (find(state, target) !== null) return ok({ state, facts });
  if (state.canary !== null) {
    const { version, release } = state.canary;
    return err(
      `${version} of release ${release} still runs beside the stable version. Retire it first.`,
    );
  }
  const order = [...new Set([...state.order, ...Object.keys(target.services)])];
  const retiring = state.retiring.filter(({ name }) => name !== canary.name);
  return ok({ state: { ...state, canary, weight: 0, retiring, order }, facts });
}

/** Divides the traffic. Where there is no stable version the canary answers for all from its first basis point on. */
export function weigh(state: EnvironmentState, target: Target, canary: number): Moved {
  const { version, environment } = target;
  const one = find(state, target);
  if (one !== null && one === state.canary) {
    const weight = state.stable === null && canary > 0 ? WHOLE : canary;
    return ok({ state: { ...state, weight }, facts: { weight } });
  }
  const has = one === null ? 0 : WHOLE;
  if (canary === has) return ok({ state, facts: { weight: has } });
  return one === null
    ? err(`${version} does not run in ${environment}. Deploy it first.`)
    : err(`${version} is the stable version of ${environment} and has all of its traffic.`);
}

/** Takes a version without traffic out. One that is not there is out already. */
export function retire(state: EnvironmentState, target: Target): Moved {
  const { version, environment } = target;
  const one = find(state, target);
  if (one === null) return ok({ state, facts: {} });
  if (one === state.stable)
    return err(`${version} is the stable version of ${environment} and has to stay.`);
  if (state.weight === 0) return ok({ state: dismiss(state, one), facts: {} });
  return err(
    `${version} still gets ${state.weight / 100} % of the traffic. Take that from it first.`,
  );
}

/** Makes a version the stable one, and takes out the one that was. */
export function promote(state: EnvironmentState, target: Target): Moved {
  const one = find(state, target);
  if (one === null)
    return err(`${target.version} does not run in ${target.environment}. Deploy it first.`);
  if (one === state.stable) return ok({ state, facts: {} });
  const rest = state.stable === null ? state : dismiss(state, state.stable);
  return ok({ state: { ...rest, stable: one, canary: null, weight: 0 }, facts: {} });
}

/** Takes a version out of its place, to be stopped. */
export function dismiss(state: EnvironmentState, gone: Deployed): EnvironmentState {
  const isGone = (one: Deployed | null) => one?.name === gone.name;
  return {
    ...state,
    stable: isGone(state.stable) ? null : state.stable,
    canary: isGone(state.canary) ? null : state.canary,
    weight: isGone(state.canary) ? 0 : state.weight,
    retiring: [...state.retiring.filter((one) => !isGone(one)), gone],
  };
}

/** The version of a state that a target means; null where it has none. */
export function find(state: EnvironmentState, target: Target): Deployed | null {
  const name = nameOf(target);
  return [state.canary, state.stable].find((one) => one?.name === name) ?? null;
}

/** The versions that are to run. */
export function present({ stable, canary }: EnvironmentState): Deployed[] {
  return [stable, canary].filter((one) => one !== null);
}

function deployedOf(target: Target): Deployed {
  const { release, version, commit, services } = target;
  return { name: nameOf(target), release, version, commit, services };
}

/** Readable, fit for a file's name, and different for every release. */
function nameOf({ version, release, commit }: Target): string {
  const readable = version.replace(/[^\w.+-]/g, "_").slice(0, 60);
  return `${readable}@${digestOf([release, commit]).slice(0, 10)}`;
}
