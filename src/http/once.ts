import { randomUUID } from "node:crypto";
import { problem } from "#api/problems.ts";
import type { Store } from "#app/ports/store.ts";
import type { Problem } from "#app/problem.ts";
import { digestOf } from "#core/base/digest.ts";
import { err, type Result } from "#core/base/result.ts";

type Acted<Value> = Result<Value, readonly Problem[]>;

interface Act {
  readonly person: string;
  readonly key: string;
  readonly operation: string;
  /** What it is done to; empty for what comes to be by it. */
  readonly to: string;
  readonly body: object;
}

/** What an act is about: a release, or an incident. */
interface Subject<Value> {
  readonly nameOf: (value: Value) => string;
  /** Where it stands now. */
  readonly now: (name: string) => Promise<Acted<Value>>;
}

/**
 * Does an act once per person and Idempotency-Key. The key is bound in the store to what was asked, so that any server on
 * it knows: the same again is answered with where its subject stands, anything else under the key is refused.
 * @param run gets the key under which the store keeps the act's events
 */
export type Once = <Value>(
  act: Act,
  subject: Subject<Value>,
  run: (request: string) => Promise<Acted<Value>>,
) => Promise<Acted<Value>>;

export function openOnce(store: Pick<Store, "hold" | "holder">): Once {
  const underWay = new Map<string, Promise<Acted<unknown>>>();
  return async <Value>(
    { person, key, ...asked }: Act,
    { nameOf, now }: Subject<Value>,
    run: (request: string) => Promise<Acted<Value>>,
  ) => {
    const request = digestOf({ person, key });
    const bound = digestOf(asked);
    const mine = `${bound}/${randomUUID()}`;
    const holder = await store.hold(`request/${request}`, mine);
    if (!holder.startsWith(`${bound}/`)) return err([problem("key-reused")]);
    // The same key is bound to the same act, so its answer is of the same kind.
    const before = underWay.get(request) as Promise<Acted<Value>> | undefined;
    if (before !== undefined) return await before;
    if (holder !== mine) {
      // Null when it broke off or was refused: then it may be tried again.
      const name = await store.holder(doneName(request));
      if (name !== null) return await now(name);
    }
    const running = (underWay.get(request) as typeof before) ?? run(request);
    underWay.set(request, running);
    try {
      const acted = await running;
      if (acted.ok) await store.hold(doneName(request), nameOf(acted.value));
      return acted;
    } finally {
      underWay.delete(request);
    }
  };
}

const doneName = (request: string) => `request/${request}/done`;
