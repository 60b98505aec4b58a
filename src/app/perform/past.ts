// What other releases left behind: records that gates rest on, and debts that hold.
import type { Instant } from "#core/base/time.ts";
import { formatInZone } from "#core/base/time.ts";
import type { Answer } from "#core/gates/gate.ts";
import { isOverdue } from "#core/release/debts.ts";
import type { Release } from "#core/release/state.ts";
import { newestRecord } from "#core/reports/records.ts";
import type { Outside } from "./outside.ts";

/** The newest record of something, of any other release. */
export async function findRecord(
  { others }: Pick<Outside, "others">,
  record: string,
  release: Release,
): Promise<Answer> {
  const found = newestRecord(await others(release.plan.release), record);
  return { outcome: "done", facts: found === null ? {} : { ...found } };
}

/** What other releases owe that is overdue and holds releases of a type. */
export async function findDebts(
  { others }: Pick<Outside, "others">,
  type: string,
  { release, now }: { release: Release; now: Instant },
): Promise<Answer> {
  const overdue = (await others(release.plan.release)).flatMap(({ plan, debts }) =>
    debts
      .filter((debt) => isOverdue(debt, now) && (debt.of.length === 0 || debt.of.includes(type)))
      .map(({ id, what, due, roles }) => ({
        what: `${what} (${plan.release}, by ${formatInZone(due, plan.terms.zone)})`,
        lift: `${roles.join(" or ")} settles it: holdpoint discharge ${plan.release} ${id}`,
      })),
  );
  const told = overdue.slice(0, 10);
  return {
    outcome: "done",
    facts: {
      overdue: overdue.length,
      what: told.map(({ what }) => what).join("; "),
      lift: told.map(({ lift }) => lift).join("\n"),
    },
  };
}
