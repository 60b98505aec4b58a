import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { binOf } from "../base/histogram.ts";
import type { Charge } from "./judge.ts";
import type { Arm, Sample, Stratum } from "./sample.ts";
import { DEFAULT_TRIGGERS, hear, START_OF_STREAM, type Told } from "./stream.ts";

const CHARGE: Charge = { triggers: DEFAULT_TRIGGERS, objectives: {} };

const arm = (requests: number, errors = 0, more: Partial<Arm> = {}): Arm => ({
  ...{ requests, errors },
  latency: requests > 0 ? [[binOf(100), requests]] : [],
  ...more,
});

/** Two minutes of history, then so many seconds as told; an error of the baseline every ten seconds. */
function lines(
  seconds: number,
  canary: (t: number) => Arm | null,
  baseline = (t: number): Arm | null => arm(75, t % 10 === 0 ? 1 : 0),
): string[] {
  const samples: Sample[] = [];
  for (let t = -120; t < seconds; t += 1)
    samples.push({ t, weight: 0.25, baseline: baseline(t), canary: t < 0 ? null : canary(t) });
  return samples.map((sample) => JSON.stringify(sample));
}

function judged(texts: readonly string[]): { told: Told[]; warnings: string[] } {
  let stream = START_OF_STREAM;
  const [told, warnings]: [Told[], string[]] = [[], []];
  for (const text of texts) {
    const heard = hear(stream, text, CHARGE);
    stream = heard.stream;
    told.push(...heard.told);
    if (heard.warning !== null) warnings.push(heard.warning);
  }
  return { told, warnings };
}

const good = () => arm(25);
const bad = (t: number) => arm(25, t % 2);
const verdicts = (told: readonly Told[]) => new Set(told.map(({ verdict }) => verdict));
const assertKept = (told: readonly Told[], why: string) =>
  assert.ok(!verdicts(told).has("rollback"), `${why}: ${told.at(-1)?.reason}`);

test("a word is said at t = 4, 9, 14 ..., and a healthy stream goes on as soon as there is evidence for it", () => {
  const { told, warnings } = judged(lines(600, good));
  assert.deepEqual(
    told.map(({ t }) => t),
    Array.from({ length: 120 }, (_, check) => check * 5 + 4),
  );
  assert.deepEqual([...verdicts(told)], ["hold", "continue"]);
  assert.equal(told[0]?.reason, "too little data: 125 requests of 300 so far");
  assert.deepEqual(warnings, []);
});

test("the first rollback ends the stream, says its metric and its figures", () => {
  const { told } = judged(lines(600, bad));
  const last = told.at(-1);
  assert.equal(last?.verdict, "rollback");
  assert.equal(last?.metric, "errors");
  assert.ok((last?.t ?? 600) <= 29, String(last?.t));
  assert.ok(Number(last?.evidence?.["e"]) >= 100);
  assert.equal(told.filter(({ verdict }) => verdict === "rollback").length, 1);
});

test("a check hears nothing that comes after it", () => {
  const whole = judged(lines(100, good)).told;
  for (const end of [5, 7, 33]) {
    const part = judged(lines(end, good)).told;
    assert.deepEqual(part, whole.slice(0, part.length));
  }
});

test("a state that was written down and read again says the same, bit for bit", () => {
  let [one, two] = [START_OF_STREAM, START_OF_STREAM];
  for (const line of lines(200, (t) => arm(25, t % 19 === 0 ? 1 : 0))) {
    const heard = hear(one, line, CHARGE);
    const again = hear(JSON.parse(JSON.stringify(two)), line, CHARGE);
    assert.deepEqual(again.told, heard.told);
    [one, two] = [heard.stream, again.stream];
  }
});

test("what is remembered does not grow with the number of checks", () => {
  const sizeAfter = (seconds: number) => {
    let stream = START_OF_STREAM;
    for (const line of lines(seconds, good)) stream = hear(stream, line, CHARGE).stream;
    return JSON.stringify(stream).length;
  };
  assert.ok(sizeAfter(6000) < sizeAfter(600) * 1.1);
});

test("bad lines: each is told with its number and its reason, its second is missing, and nothing is turned back", () => {
  const broken: [string, RegExp][] = [
    ["{", /not JSON/],
    ["7", /not an object/],
    ['{"t": "4", "weight": 0}', /t is not a number/],
    ['{"t": 1e999, "weight": 0}', /t is not a number/],
    ['{"t": 30, "weight": -1}', /weight/],
    ['{"t": 30, "weight": 0.25, "baseline": 5}', /baseline is no object/],
    ...(
      [
        [{ requests: -5 }, /requests are not a count/],
        [{ requests: 2.5 }, /requests are not a count/],
        [{ errors: 26 }, /more errors than requests/],
        [{ errors: -1 }, /errors are not a count/],
        [
          {
            latency: [
              [3, 1],
              [2, 1],
            ],
          },
          /bins do not rise/,
        ],
        [
          {
            latency: [
              [3, 1],
              [3, 1],
            ],
          },
          /bins do not rise/,
        ],
        [{ latency: [[3, -1]] }, /not a whole number/],
        [{ latency: [[3.5, 1]] }, /not a whole number/],
        [{ latency: "fast" }, /list of \[bin, count\]/],
        [{ dbOperations: 2, dbErrors: 3 }, /more dbErrors than dbOperations/],
        [{ dbErrors: 3 }, /more dbErrors than dbOperations/],
        [{ probes: 1, probesFailed: 2 }, /more probesFailed/],
        [{ cpu: "hot" }, /cpu is not per cent/],
        [{ strata: { a: { requests: 1, errors: 2, latency: [] } } }, /more errors than requests/],
        [{ strata: [] }, /strata are no object/],
      ] as [object, RegExp][]
    ).map(([more, why]): [string, RegExp] => {
      const canary = { requests: 25, errors: 0, latency: [], ...more };
      return [JSON.stringify({ t: 30, weight: 0.25, baseline: null, canary }), why];
    }),
  ];
  for (const [text, why] of broken) {
    const all = lines(120, good);
    all[150] = text;
    const { told, warnings } = judged(all);
    assert.equal(told.length, 24, text);
    assertKept(told, text);
    assert.equal(warnings.length, 1, text);
    assert.match(warnings[0] ?? "", why);
    assert.match(warnings[0] ?? "", /^Line 151 is let be/);
    assert.equal(told.at(-1)?.evidence?.["badLines"], 1);
  }
});

test("a stream of nothing but bad lines holds: no data proves nothing", () => {
  const all = lines(300, (t) => ({ ...good(), errors: 26 + t }));
  const { told } = judged(all);
  assert.deepEqual([...verdicts(told)], ["hold"]);
});

test("missing seconds and missing arms hold, and turn nothing back", () => {
  const gaps = lines(600, good).filter((_, index) => index < 200 || index % 7 < 3);
  const { told } = judged(gaps);
  assertKept(told, "gaps");
  assert.equal(told.length, 119, "a check whose second is missing is made all the same");
  const gone = judged(lines(300, (t) => (t < 100 ? good() : null))).told;
  assertKept(gone, "no canary");
  assert.equal(gone.at(-1)?.verdict, "hold");
  const alone = judged(lines(300, bad, (t) => (t < 0 ? arm(75) : null))).told;
  assertKept(alone, "no baseline");
  assert.match(alone.at(-1)?.reason ?? "", /nothing to compare with/);
});

test("no traffic holds and says so; neither errors nor silence come of it", () => {
  const idle = judged(lines(400, () => arm(0))).told;
  assert.deepEqual([...verdicts(idle)], ["hold"]);
  assert.match(idle.at(-1)?.reason ?? "", /no request for 5 min/);
  const both = judged(
    lines(
      400,
      () => arm(0),
      () => arm(0),
    ),
  ).told;
  assert.deepEqual([...verdicts(both)], ["hold"]);
});

test("a clock that leaps once, back or forth, is let be; one that goes on from there is believed", () => {
  for (const leap of [-1000, -3, 5000, 1e9]) {
    const once = lines(300, good);
    once[200] = JSON.stringify({ ...JSON.parse(once[200] ?? ""), t: 80 + leap });
    const { told, warnings } = judged(once);
    assertKept(told, `once ${leap}`);
    assert.ok(warnings.length >= 1);
    assert.equal(told.at(-1)?.verdict, "continue", `${leap} ${told.at(-1)?.reason}`);
    const forGood = lines(300, (t) => (t < 150 ? good() : bad(t))).map((line, index) => {
      const sample = JSON.parse(line);
      return index < 220 ? line : JSON.stringify({ ...sample, t: sample.t + leap });
    });
    const later = judged(forGood).told;
    assert.equal(later.at(-1)?.verdict, "rollback", `a fault after ${leap} is still found`);
  }
});

test("a stratum that comes or goes, or that one arm alone has, turns nothing back", () => {
  const part = (requests: number, errors = 0) => ({ requests, errors, latency: [] });
  const strata = (t: number, size: number): Record<string, Stratum> => {
    if (t < 60) return { a: part(size) };
    if (t < 120) return { a: part(size - 10), constructor: part(10), __proto__x: part(0) };
    return { b: part(size) };
  };
  const { told } = judged(
    lines(
      400,
      (t) => arm(25, 0, { strata: strata(t, 25) }),
      (t) => arm(75, t % 10 ? 0 : 1, t % 50 < 25 ? { strata: strata(t, 75) } : {}),
    ),
  );
  assertKept(told, "strata");
  const many = judged(lines(200, (t) => arm(25, 0, { strata: { [`kind ${t}`]: part(25) } }))).told;
  assertKept(many, "ever new strata");
});

test("whatever comes, the stream never breaks, and what was said is whole", () => {
  const field = fc.oneof(fc.integer({ min: -2, max: 50 }), fc.constantFrom(0.5, 1e300, null, "x"));
  const wild = fc.record({
    t: fc.oneof(fc.integer({ min: -20, max: 200 }), fc.double()),
    weight: fc.oneof(fc.double({ min: 0, max: 1 }), fc.integer()),
    baseline: fc.oneof(
      fc.constant(null),
      fc.record({ requests: field, errors: field, latency: fc.constant([]) }),
    ),
    canary: fc.oneof(
      fc.constant(null),
      fc.record({
        requests: fc.nat(50),
        errors: fc.nat(60),
        latency: fc.array(fc.tuple(fc.integer({ min: -5, max: 300 }), fc.nat(20)), {
          maxLength: 4,
        }),
        probes: field,
        cpu: field,
      }),
    ),
  });
  fc.assert(
    fc.property(
      fc.array(
        fc.oneof(
          { weight: 4, arbitrary: wild.map((one) => JSON.stringify(one)) },
          fc.json(),
          fc.string(),
        ),
        {
          maxLength: 60,
        },
      ),
      (texts) => {
        for (const { evidence } of judged(texts).told)
          for (const [name, value] of Object.entries(evidence ?? {}))
            assert.ok(typeof value === "string" || Number.isFinite(value), `${name} ${value}`);
      },
    ),
    { numRuns: 200 },
  );
});
