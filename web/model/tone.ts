import type { Status } from "#core/release/state.ts";
import type { GateReport } from "#core/reports/gate-report.ts";
import type { PhaseReport, StepReport } from "#core/reports/status.ts";

/** How something stands, for the eye. It is always said by a mark and a word as well. */
export type Tone = "good" | "wait" | "bad" | "calm" | "quiet";

export interface Look {
  readonly tone: Tone;
  readonly mark: string;
  readonly word: string;
}

const look = (tone: Tone, mark: string, word: string): Look => ({ tone, mark, word });

const STATUS: Readonly<Record<Status, Look>> = {
  waiting: look("calm", "◷", "waiting"),
  held: look("wait", "‖", "held"),
  paused: look("wait", "⏸", "paused"),
  working: look("calm", "▸", "working"),
  "in-doubt": look("bad", "?", "in doubt"),
  "rolling-back": look("bad", "↶", "rolling back"),
  withdrawing: look("bad", "⊘", "withdrawing"),
  stopped: look("bad", "■", "stopped"),
  stable: look("good", "✓", "stable"),
  "rolled-back": look("bad", "↶", "rolled back"),
  withdrawn: look("bad", "⊘", "withdrawn"),
  aborted: look("quiet", "×", "aborted"),
};

/** A status that this page does not know yet is shown as it is said. */
export function statusLook(status: string): Look {
  return Object.hasOwn(STATUS, status) ? STATUS[status as Status] : look("quiet", "·", status);
}

const PHASE: Readonly<Record<PhaseReport["state"], Look>> = {
  "to come": look("quiet", "·", "to come"),
  waiting: look("calm", "◷", "waiting"),
  held: look("wait", "‖", "held"),
  working: look("calm", "▸", "working"),
  passed: look("good", "✓", "passed"),
};

export function phaseLook(state: PhaseReport["state"]): Look {
  return PHASE[state];
}

/** A witness or a review never holds, so what it lacks is no matter of waiting. */
export function gateLook({ verdict, level }: Pick<GateReport, "verdict" | "level">): Look {
  if (verdict === "pass") return look("good", "✓", "pass");
  if (verdict === "waived") return look("calm", "≈", "waived");
  if (level !== "hold") return look("quiet", "·", `${verdict}, ${level} only`);
  if (verdict === "fail" || verdict === "error") return look("bad", "✗", verdict);
  return look("wait", "‖", verdict);
}

const STEP: Readonly<Record<StepReport["state"], Look>> = {
  "to come": look("quiet", "·", "to come"),
  "under way": look("calm", "▸", "under way"),
  done: look("good", "✓", "done"),
  failed: look("bad", "✗", "failed"),
  "in doubt": look("bad", "?", "in doubt"),
  "to be retried": look("wait", "↻", "to be retried"),
};

export function stepLook(state: StepReport["state"]): Look {
  return STEP[state];
}
