import { agenda } from "#core/reports/agenda.ts";
import { openDebts } from "#core/reports/debts.ts";
import { explained } from "#core/reports/explain/explain.ts";
import { planReport } from "#core/reports/plan.ts";
import { statusReport } from "#core/reports/status.ts";
import { type Boundary, Handler } from "./handle.ts";
import { IncidentHandler } from "./incidents.ts";
import { trafficOf } from "./perform/traffic.ts";
import type { Store } from "./ports/store.ts";

/** What decides on releases and tells of them. Loaded only for what the store alone cannot answer. */
export interface Engine {
  readonly handler: Handler;
  readonly incidents: IncidentHandler;
  readonly planReport: typeof planReport;
  readonly statusReport: typeof statusReport;
  readonly openDebts: typeof openDebts;
  readonly agenda: typeof agenda;
  readonly explained: typeof explained;
  readonly trafficOf: typeof trafficOf;
}

export function engineOn(store: Store, boundary?: Boundary): Engine {
  return {
    handler: new Handler(store, boundary),
    incidents: new IncidentHandler(store),
    planReport,
    statusReport,
    openDebts,
    agenda,
    explained,
    trafficOf,
  };
}
