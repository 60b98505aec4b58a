// What `holdpoint simulate` is asked for on the command line, as the rehearsal wants it.
import { problem } from "#api/problems.ts";
import { ProblemError } from "#app/problem.ts";
import { momentOfDay } from "#core/base/time.ts";
import type { Policy } from "#core/policy/policy.ts";
import type { Wish } from "#core/simulation/rehearsal.ts";
import { numberOf } from "./number.ts";
import { readTime } from "./plan-ask.ts";
import { type Call, said } from "./verb.ts";

/** The wish of a call; a problem that goes up to main.ts where something of it cannot be read. */
export function wishOf(call: Call, policy: Policy): Wish {
  const errors = said(call, "errors");
  return {
    type: said(call, "type") ?? Object.keys(policy.types)[0] ?? "",
    from: fromOf(call, policy.zone),
    seed: numberOf(call, "seed", 1),
    fails: listOf(call, "fail").map(failOf),
    troubles: errors === undefined ? [] : [troubleOf(errors)],
    absent: listOf(call, "absent"),
    ...(said(call, "crashAt") !== undefined && { crashAt: numberOf(call, "crashAt", 0) }),
  };
}

/** A moment such as 2026-11-24T14:00Z, or the beginning of a day; now where nothing is said. */
function fromOf(call: Call, zone: string): number {
  const text = said(call, "from");
  if (text === undefined) return call.world.clock();
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return readTime(text, "--from") ?? 0;
  try {
    return momentOfDay(text, zone);
  } catch {
    throw unclear("--from", "2026-11-24 or 2026-11-24T14:00Z");
  }
}

function listOf(call: Call, option: string): string[] {
  return (said(call, option) ?? "").split(",").flatMap((part) => part.trim() || []);
}

function failOf(text: string): { kind: string; phase?: string } {
  const [, kind, phase] = /^step:([a-z-]+)(?:@([a-z0-9-]+))?$/.exec(text) ?? [];
  if (kind === undefined) throw unclear("--fail", "step:deploy or step:smoke@staging");
  return phase === undefined ? { kind } : { kind, phase };
}

function troubleOf(text: string): { errors: number; of: "canary" | "stable" } {
  const [, share, of = "canary"] =
    /^(\d{1,3}(?:\.\d+)?)\s*%(?:@(canary|stable))?$/.exec(text) ?? [];
  const errors = Number(share) / 100;
  if (!(errors >= 0 && errors <= 1)) throw unclear("--errors", "5%@canary or 1%@stable");
  return { errors, of: of === "stable" ? "stable" : "canary" };
}

function unclear(option: string, like: string): ProblemError {
  const sentence = `What ${option} says is not understood.`;
  return new ProblemError(problem("usage", { sentence, remedy: `Write it like ${like}.` }));
}
