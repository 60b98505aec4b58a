import type { StatusReport } from "#core/reports/status.ts";
import { configOf, need, withDesk } from "../at-hand.ts";
import { EXIT } from "../exit-codes.ts";
import { gitPlace } from "../joins.ts";
import { planAsk } from "../plan-ask.ts";
import { printResult } from "../print.ts";
import { type Run, said } from "../verb.ts";
import { withdrawnVersions } from "../withdrawn.ts";

export const run: Run = (call) =>
  withDesk(call, "acts", async ({ desk, person }) => {
    const version = call.args["version"];
    if (version === undefined) {
      const report = need(await desk.plan(planAsk(call, person)));
      printResult(call, { version: report.version, notes: report.notes }, () => [
        report.notes.trimEnd(),
      ]);
      return EXIT.ok;
    }
    const { root, policyFile } = configOf(call);
    const back = (await withdrawnVersions(desk)).find((row) => row.version === version);
    const type = said(call, "type") ?? back?.type ?? "";
    const withdrawn = back && reasonOf(need(await desk.status(back.release)));
    const place = gitPlace(call.world, root);
    const notes = need(
      await call.world.joins.pastNotes(place, { policyFile, version, type, withdrawn }),
    );
    printResult(call, { version, notes }, () => [notes.trimEnd()]);
    return EXIT.ok;
  });

/** Why a version was taken back, as whoever decided it has said. */
function reasonOf({ end, withdrawal }: StatusReport): string {
  return end?.reason ?? withdrawal?.reason ?? "";
}
