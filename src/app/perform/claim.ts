import type { Answer } from "#core/gates/gate.ts";
import type { Release } from "#core/release/state.ts";
import type { Store } from "../ports/store.ts";

/** Takes an environment for a release: one in flight at a time. */
export async function claim(store: Store, environment: string, { plan }: Release): Promise<Answer> {
  const holder = await store.hold(`environment/${environment}`, plan.release);
  return holder === plan.release
    ? { outcome: "done", facts: { claimed: environment } }
    : { outcome: "failed", reason: `${environment} is taken by release ${holder}` };
}

/** Lets an environment go at the end of a release. */
export async function free(store: Store, environment: string, { plan }: Release): Promise<Answer> {
  await store.letGo(`environment/${environment}`, plan.release);
  return { outcome: "done", facts: { freed: environment } };
}
