// Telemetry that is odd but no nonsense: none of it turns a healthy release back.
import assert from "node:assert/strict";
import { test } from "node:test";
import { binOf } from "../base/histogram.ts";
import type { Charge } from "./judge.ts";
import type { Arm, Sample, Stratum } from "./sample.ts";
import { DEFAULT_TRIGGERS, hear, START_OF_STREAM, type Told } from "./stream.ts";

const CHARGE: Charge = { triggers: DEFAULT_TRIGGERS, objectives: {} };

const part = (requests: number, errors: number, millis: number): Stratum => ({
  ...{ requests, errors },
  latency: [
    [binOf(millis), Math.ceil(requests / 2)],
    [binOf(millis * 2), Math.floor(requests / 2)],
  ],
});

/** Of ten requests, seven are of the kind `a` and three of `b`, which is slower and fails more often. */
function arm(requests: number, errors: number): Arm {
  const [a, b] = [Math.round(requests * 0.7), Math.round(requests * 0.3)];
  const strata = { a: part(a, 0, 80), b: part(b, errors, 160) };
  const latency = [...strata.a.latency, ...strata.b.latency]
    .toSorted(([one], [other]) => one - other)
    .reduce<[number, number][]>((all, [bin, count]) => {
      const last = all.at(-1);
      if (last?.[0] === bin) last[1] += count;
      else all.push([bin, count]);
      return all;
    }, []);
  const counts = { requests: a + b, errors, latency, strata };
  return { ...counts, dbOperations: a + b, dbErrors: 0, cacheHits: a, probes: 1, probesFailed: 0 };
}

/** Five minutes of history and ten of a canary with a tenth of the traffic, which is as good as the baseline. */
function healthy(): Sample[] {
  return Array.from({ length: 900 }, (_, index) => {
    const t = index - 300;
    const baseline = arm(90, index % 10 === 0 ? 1 : 0);
    const canary = t < 0 ? null : arm(10, index % 90 === 45 ? 1 : 0);
    return { t, weight: t < 0 ? 0 : 0.1, baseline, canary };
  });
}

function judged(samples: readonly Sample[]): readonly Told[] {
  let stream = START_OF_STREAM;
  return samples.flatMap((sample) => {
    const heard = hear(stream, JSON.stringify(sample), CHARGE);
    stream = heard.stream;
    return heard.told;
  });
}

const scale = <Part extends Stratum>(one: Part, times: number): Part => ({
  ...one,
  requests: one.requests * times,
  errors: one.errors * times,
  latency: one.latency.map(([bin, count]) => [bin, count * times] as const),
});
const times = ({ strata = {}, dbOperations = 0, ...rest }: Arm, factor: number): Arm => ({
  ...scale(rest, factor),
  dbOperations: dbOperations * factor,
  strata: Object.fromEntries(
    Object.entries(strata).map(([name, one]) => [name, scale(one, factor)]),
  ),
});
const whole = ({ strata: _, ...rest }: Arm): Arm => rest;
const from = (
  at: number,
  change: (arm: Arm) => Arm | null,
  which: "canary" | "baseline" = "canary",
  until = Number.POSITIVE_INFINITY,
) =>
  healthy().map((sample) => {
    const one = sample[which];
    if (sample.t < at || sample.t >= until || one === null) return sample;
    return { ...sample, [which]: change(one) };
  });

const ODD: Readonly<Record<string, () => readonly Sample[]>> = {
  "counters that restart: nothing for half a minute, then all of it in one second": () =>
    from(200, (one) => times(one, 0), "canary", 230).map((sample) =>
      sample.t === 230 && sample.canary ? { ...sample, canary: times(sample.canary, 30) } : sample,
    ),
  "totals since the start in one second": () => from(200, (one) => times(one, 1000), "canary", 201),
  "totals of the baseline in one second": () =>
    from(200, (one) => times(one, 1000), "baseline", 201),
  "kinds of request that the canary no longer tells": () => from(200, whole),
  "kinds of request that the baseline no longer tells": () => from(200, whole, "baseline"),
  "a kind that the canary calls by another name": () =>
    from(200, (one) => {
      const { a, b } = one.strata ?? {};
      return { ...one, strata: { ...(a && { a }), ...(b && { c: b }) } };
    }),
  "latencies that the canary no longer tells": () =>
    from(200, (one) => ({ ...whole(one), latency: [] })),
  "latencies that the canary counts twice": () =>
    from(200, (one) => ({ ...one, latency: scale(one, 2).latency })),
  "two minutes without the canary": () => from(200, () => null, "canary", 320),
  "two minutes without the baseline": () => from(200, () => null, "baseline", 320),
  "five minutes without a line": () => healthy().filter(({ t }) => t < 200 || t > 500),
  "a weight that was never given": () =>
    healthy().map((sample) => (sample.t < 200 ? sample : { ...sample, weight: 0.5 })),
  "failing clients that are told as none where requests fail": () =>
    from(0, (one) => ({ ...one, failingClients: 0 }), "baseline").map((sample) => ({
      ...sample,
      canary: sample.canary && { ...sample.canary, failingClients: sample.canary.errors },
    })),
  "failing clients that the baseline alone tells": () =>
    from(0, (one) => ({ ...one, failingClients: 1 }), "baseline"),
  "no history": () => healthy().filter(({ t }) => t >= 0),
  "a history in which everything failed": () =>
    from(-300, (one) => ({ ...whole(one), errors: one.requests }), "baseline", 0),
  "a history that was five times faster": () =>
    from(
      -300,
      (one) => ({
        ...whole(one),
        latency: one.latency.map(([bin, count]) => [bin - 66, count] as const),
      }),
      "baseline",
      0,
    ),
  "one second in which all of the canary's requests fail": () =>
    from(200, (one) => ({ ...whole(one), errors: one.requests }), "canary", 201),
  "seconds that come in the wrong order": () =>
    healthy().map((sample, index, all) => all[index % 9 === 0 ? index + 1 : index] ?? sample),
};

for (const [what, samples] of Object.entries(ODD))
  test(`turns nothing back: ${what}`, () => {
    const told = judged(samples());
    assert.ok(told.length >= 50, String(told.length));
    const back = told.find(({ verdict }) => verdict === "rollback");
    assert.equal(back, undefined, `${back?.t}: ${back?.reason}`);
  });

test("the same release as it is goes on, and with a tenth of its requests failing it is turned back", () => {
  assert.equal(judged(healthy()).at(-1)?.verdict, "continue");
  const bad = judged(from(200, (one) => ({ ...whole(one), errors: 1 }))).at(-1);
  assert.equal(bad?.verdict, "rollback");
  assert.ok((bad?.t ?? 600) < 240, String(bad?.t));
});

test("a weight that flaps together with the errors of both versions turns nothing back", () => {
  const flapping = healthy().map((sample, index): Sample => {
    const isHigh = sample.t >= 0 && Math.floor(sample.t / 7) % 2 === 1;
    const often = isHigh ? 4 : 20;
    if (sample.t < 0) return sample;
    const [mine, other] = isHigh ? [50, 50] : [10, 90];
    const bad = (per: number) =>
      index % Math.max(1, Math.round((often * 50) / per)) === 0 ? 1 : 0;
    return {
      ...sample,
      weight: mine / 100,
      canary: arm(mine, bad(mine)),
      baseline: arm(other, bad(other)),
    };
  });
  assert.ok(judged(flapping).every(({ verdict }) => verdict !== "rollback"));
});
