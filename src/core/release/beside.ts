import { alertsAfter } from "./alerts.ts";
import { clockAfter } from "./back-clock.ts";
import { clocksAfter } from "./clocks.ts";
import { debtsAfter } from "./debts.ts";
import type { Happened } from "./events.ts";
import { pauseAfter } from "./pause.ts";
import { publicAfter } from "./public.ts";
import type { Release } from "./state.ts";
import { reportsAfter } from "./watch-reports.ts";

/** What of it there is when a release begins. */
export const BESIDE = {
  places: [],
  passed: {},
  clocks: [],
  debts: [],
  pause: null,
  back: null,
  alerts: {},
  reports: {},
  public: null,
};

/** What runs beside the walk through the phases: clocks, debts, a pause, alerts, reports, what the public knows. */
export function beside(before: Release, state: Release, happened: Happened): Release {
  const { event, at } = happened;
  const clocks = clocksAfter(before, event, at);
  const debts = debtsAfter(state.debts, happened);
  const pause = pauseAfter(state.pause, event, at);
  const back = clockAfter(state.back, event, at);
  const alerts = alertsAfter(state.alerts, event);
  const reports = reportsAfter(state.reports, event, at, state.guard);
  const known = publicAfter(before, state, event, at);
  const isSame =
    clocks === state.clocks &&
    debts === state.debts &&
    pause === state.pause &&
    back === state.back &&
    alerts === state.alerts &&
    reports === state.reports &&
    known === state.public;
  return isSame ? state : { ...state, clocks, debts, pause, back, alerts, reports, public: known };
}
