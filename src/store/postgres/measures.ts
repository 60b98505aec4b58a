import type pg from "pg";
import type { Measures, MinuteSum, MinuteTally, Push, Pushed } from "#app/ports/measures.ts";
import { canonical } from "#core/base/canonical.ts";
import type { Instant } from "#core/base/time.ts";
import { checkMinute, checkPush } from "../check-measures.ts";
import { joined } from "../memory-measures.ts";
import { ask, type Connections, inTransaction, withClient } from "./connection.ts";

/** Everything that is said to the database, each statement whole. */
const SQL = {
  keep: `
    INSERT INTO minutes (environment, objective, "at", good, bad)
    SELECT * FROM unnest(
      $1::text[], $2::text[], $3::bigint[], $4::double precision[], $5::double precision[]
    )
    ON CONFLICT (environment, objective, "at") DO UPDATE
    SET good = excluded.good, bad = excluded.bad
    WHERE excluded.good + excluded.bad >= minutes.good + minutes.bad`,
  forgetMinutes: `DELETE FROM minutes WHERE "at" < $1`,
  sum: `
    SELECT objective, sum(good) AS good, sum(bad) AS bad, min("at") AS first, max("at") AS last
    FROM minutes WHERE environment = $1 AND "at" >= $2 AND "at" < $3
    GROUP BY objective ORDER BY objective`,
  see: `
    INSERT INTO pushes (environment, arm, "at") VALUES ($1, $2, $3)
    ON CONFLICT DO NOTHING RETURNING "at"`,
  forgetPushes: `DELETE FROM pushes WHERE "at" < $1`,
  /** Locked until the end of the transaction, the row being there or not: two pushes at once add up. */
  lockArm: `
    INSERT INTO arms (environment, arm) VALUES ($1, $2)
    ON CONFLICT (environment, arm) DO UPDATE SET arm = excluded.arm
    RETURNING arm, latest, totals`,
  arms: `
    SELECT arm, latest, totals FROM arms
    WHERE environment = $1 AND totals IS NOT NULL ORDER BY arm`,
  setArm: `UPDATE arms SET latest = $3, totals = $4 WHERE environment = $1 AND arm = $2`,
} as const;

/** Every minute, for a cursor. */
export const EVERY_MINUTE = `
  SELECT environment, objective, "at", good, bad FROM minutes
  ORDER BY environment, objective, "at"`;

/** Measures in PostgreSQL. */
export function postgresMeasures(to: Connections): Measures {
  return {
    async keep(minutes, forget) {
      for (const minute of minutes) checkMinute(minute);
      await inTransaction(to, async (client) => {
        await putMinutes(client, minutes);
        await ask(client, SQL.forgetMinutes, [forget]);
      });
    },
    sum: (environment, from, to_) =>
      withClient(to, (client) => ask<MinuteSum>(client, SQL.sum, [environment, from, to_])),
    async push(pushes, forget) {
      for (const push of pushes) checkPush(push);
      // In one order, so that two callers never wait for each other.
      const ordered = pushes.toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
      return inTransaction(to, async (client) => {
        let fresh = 0;
        for (const push of ordered) if (await add(client, push)) fresh += 1;
        await ask(client, SQL.forgetPushes, [forget]);
        return fresh;
      });
    },
    pushed: (environment) =>
      withClient(to, async (client) => {
        const rows = await ask<ArmRow>(client, SQL.arms, [environment]);
        return rows.flatMap((row) => pushedOf(row) ?? []);
      }),
  };
}

export async function putMinutes(
  client: pg.ClientBase,
  minutes: readonly MinuteTally[],
): Promise<void> {
  // One statement cannot write a row twice, so of each minute only the record that counted more is said.
  const most = new Map<string, MinuteTally>();
  for (const minute of minutes) {
    const key = canonical([minute.environment, minute.objective, minute.at]);
    const known = most.get(key);
    if (known === undefined || minute.good + minute.bad >= known.good + known.bad)
      most.set(key, minute);
  }
  const rows = [...most.values()];
  if (rows.length === 0) return;
  await ask(client, SQL.keep, [
    rows.map(({ environment }) => environment),
    rows.map(({ objective }) => objective),
    rows.map(({ at }) => at),
    rows.map(({ good }) => good),
    rows.map(({ bad }) => bad),
  ]);
}

interface ArmRow extends pg.QueryResultRow {
  readonly arm: Pushed["arm"];
  readonly latest: Instant | null;
  readonly totals: string | null;
}

function pushedOf({ arm, latest, totals }: ArmRow): Pushed | null {
  return latest === null || totals === null ? null : { arm, latest, totals: JSON.parse(totals) };
}

function nameOf({ environment, arm, at }: Push): string {
  return canonical([environment, arm, at]);
}

async function add(client: pg.ClientBase, push: Push): Promise<boolean> {
  const { environment, arm, at, counts } = push;
  const [row] = await ask<ArmRow>(client, SQL.lockArm, [environment, arm]);
  const [fresh] = await ask(client, SQL.see, [environment, arm, at]);
  if (fresh === undefined || row === undefined) return false;
  const { latest, totals } = joined(pushedOf(row), { arm, at, counts });
  await ask(client, SQL.setArm, [environment, arm, latest, canonical(totals)]);
  return true;
}
