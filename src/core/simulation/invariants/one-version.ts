import type { Invariant } from "./invariant.ts";

export const oneVersion: Invariant = {
  rule: "When a release has ended, one version is active in each environment: the one that was promoted last, alone. Only a release that was given up past its point of no return may leave another behind.",
  rest({ outside: { places, effects }, doer: { version }, chronicle }) {
    for (const [environment, { stable, canary }] of places) {
      if (canary === version && chronicle.ended?.how !== "aborted")
        return `${version} still runs beside ${stable} in ${environment}`;
      const last = effects.findLast(
        ({ wanted, took }) =>
          took && wanted.ask === "promote" && wanted.environment === environment,
      );
      if (last !== undefined && !last.release.endsWith(`-${stable}`))
        return `${stable} is stable in ${environment}, and ${last.release} was promoted last`;
    }
    const promoted = chronicle.done.filter((id) => id.endsWith("-promote")).length;
    const wanted = chronicle.line;
    const { ended } = chronicle;
    return (ended?.how === "stable" || ended?.how === "withdrawn") &&
      promoted < wanted.filter(({ kind }) => kind === "promote").length
      ? `${version} is stable, and was not promoted everywhere`
      : null;
  },
};
