import type { DatabaseSync } from "node:sqlite";
import type { Measures, MinuteSum, MinuteTally, Push, Pushed } from "#app/ports/measures.ts";
import { canonical } from "#core/base/canonical.ts";
import type { Instant } from "#core/base/time.ts";
import { checkMinute, checkPush } from "../check-measures.ts";
import { joined } from "../memory-measures.ts";

/** Everything that is said to the database, each statement whole. */
const SQL = {
  keep: `
    INSERT INTO minutes (environment, objective, "at", good, bad)
    VALUES (:environment, :objective, :at, :good, :bad)
    ON CONFLICT (environment, objective, "at") DO UPDATE
    SET good = excluded.good, bad = excluded.bad
    WHERE excluded.good + excluded.bad >= good + bad`,
  forgetMinutes: `DELETE FROM minutes WHERE "at" < ?`,
  sum: `
    SELECT objective, sum(good) AS good, sum(bad) AS bad, min("at") AS first, max("at") AS last
    FROM minutes WHERE environment = ? AND "at" >= ? AND "at" < ?
    GROUP BY objective ORDER BY objective`,
  minutes: `
    SELECT environment, objective, "at", good, bad FROM minutes
    ORDER BY environment, objective, "at"`,
  see: `
    INSERT INTO pushes (environment, arm, "at") VALUES (?, ?, ?)
    ON CONFLICT DO NOTHING RETURNING "at"`,
  forgetPushes: `DELETE FROM pushes WHERE "at" < ?`,
  arm: `SELECT arm, latest, totals FROM arms WHERE environment = ? AND arm = ?`,
  arms: `SELECT arm, latest, totals FROM arms WHERE environment = ? ORDER BY arm`,
  setArm: `
    INSERT INTO arms (environment, arm, latest, totals) VALUES (:environment, :arm, :latest, :totals)
    ON CONFLICT (environment, arm) DO UPDATE
    SET latest = excluded.latest, totals = excluded.totals`,
} as const;

/** What the database is told through: the store's own ways of waiting for a lock. */
export interface Ways {
  readonly db: DatabaseSync;
  /** Does work, again while another process has the lock. */
  readonly run: <T>(work: () => T) => Promise<T>;
  /** The same in one transaction. */
  readonly write: <T>(work: () => T) => Promise<T>;
}

/** Measures in the embedded store. */
export function sqliteMeasures({ db, run, write }: Ways): Measures {
  const on = statements(db);
  return {
    async keep(minutes, forget) {
      for (const minute of minutes) checkMinute(minute);
      await write(() => {
        for (const { environment, objective, at, good, bad } of minutes)
          on.keep.run({ environment, objective, at, good, bad });
        on.forgetMinutes.run(forget);
      });
    },
    async sum(environment, from, to) {
      const rows = await run(() => on.sum.all(environment, from, to));
      return rows.map((row) => ({ ...row })) as unknown as readonly MinuteSum[];
    },
    async push(pushes, forget) {
      for (const push of pushes) checkPush(push);
      return write(() => {
        const fresh = pushes.filter((push) => add(on, push)).length;
        on.forgetPushes.run(forget);
        return fresh;
      });
    },
    async pushed(environment) {
      const rows = await run(() => on.arms.all(environment));
      return (rows as unknown as ArmRow[]).map(pushedOf);
    },
  };
}

/** Every minute of the database. */
export function* minutesIn(db: DatabaseSync): Generator<MinuteTally> {
  for (const row of db.prepare(SQL.minutes).iterate()) yield { ...row } as unknown as MinuteTally;
}

export function putMinutes(db: DatabaseSync, minutes: readonly MinuteTally[]): void {
  const keep = db.prepare(SQL.keep);
  for (const { environment, objective, at, good, bad } of minutes)
    keep.run({ environment, objective, at, good, bad });
}

type Statements = Record<keyof typeof SQL, ReturnType<DatabaseSync["prepare"]>>;

function statements(db: DatabaseSync): Statements {
  const prepared = Object.entries(SQL).map(([name, sql]) => [name, db.prepare(sql)]);
  return Object.fromEntries(prepared) as Statements;
}

interface ArmRow {
  readonly arm: Pushed["arm"];
  readonly latest: Instant;
  readonly totals: string;
}

function pushedOf({ arm, latest, totals }: ArmRow): Pushed {
  return { arm, latest, totals: JSON.parse(totals) };
}

/** The caller holds the transaction. */
function add(on: Statements, { environment, arm, at, counts }: Push): boolean {
  if (on.see.get(environment, arm, at) === undefined) return false;
  const row = on.arm.get(environment, arm) as unknown as ArmRow | undefined;
  const { latest, totals } = joined(row === undefined ? null : pushedOf(row), { arm, at, counts });
  on.setArm.run({ environment, arm, latest, totals: canonical(totals) });
  return true;
}
