import { randomUUID } from "node:crypto";
import { problem } from "#api/problems.ts";
import type { Store } from "#app/ports/store.ts";
import type { Problem } from "#app/problem.ts";
import { digestOf } from "#core/base/digest.ts";
import { err, type Result } from "#core/base/result.ts";
import type { StatusReport } from "#core/reports/status.ts";

type Acted = Result<StatusReport, readonly Problem[]>;

interface Act {
  readonly person: string;
  readonly key: string;
  readonly operation: string;
  readonly release: string | undefined;
  readonly body: object;
}

/**
 * Does an act once per person and Idempotency-Key. The key is bound in the store to what was asked, so that any server on
 * it knows: the same again is answered with where the release stands, anything else under the key is refused.
 * @param run gets the key under which the store keeps the act's events
 * @param now answers where a release stands
 */
export type Once = (
  act: Act,
  run: (request: string) => Promise<Acted>,
  now: (release: string) => Promise<Acted>,
) => Promise<Acted>;

export function openOnce(store: Pick<Store, "hold" | "holder">): Once {
  const underWay = new Map<string, Promise<Acted>>();
  return async ({ person, key, ...asked }, run, now) => {
    const request = digestOf({ person, key });
    const bound = digestOf({ ...asked, release: asked.release ?? null });
    const mine = `${bound}/${randomUUID()}`;
    const holder = await store.hold(`request/${request}`, mine);
    if (!holder.startsWith(`${bound}/`)) return err([problem("key-reused")]);
    const before = underWay.get(request);
    if (before !== undefined) return await before;
    if (holder !== mine) {
      // Null when it broke off or was refused: then it may be tried again.
      const release = await store.holder(doneName(request));
      if (release !== null) return await now(release);
    }
    const running = underWay.get(request) ?? run(request);
    underWay.set(request, running);
    try {
      const acted = await running;
      if (acted.ok) await store.hold(doneName(request), acted.value.release);
      return acted;
    } finally {
      underWay.delete(request);
    }
  };
}

const doneName = (request: string) => `request/${request}/done`;
