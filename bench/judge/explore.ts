import { runJudge } from "./run.ts";
import type { Scene } from "./traffic.ts";

const N = Number(process.argv[2] ?? 100);
const which = process.argv[3] ?? "err,lat,fa";
const q = (a: number[], p: number) => a[Math.min(a.length - 1, Math.floor(p * a.length))];
function delays(scene: Omit<Scene, "seed">, from = 0) {
  const d: number[] = [];
  const go: number[] = [];
  const m: Record<string, number> = {};
  let ms = 0,
    checks = 0;
  for (let s = 0; s < N; s++) {
    const o = runJudge({ ...scene, seed: s * 7919 + 13 });
    ms += o.millis;
    checks += o.checks;
    d.push(o.rollback === null ? Infinity : o.rollback - from);
    if (o.metric) m[o.metric] = (m[o.metric] ?? 0) + 1;
    go.push(o.goesOn ?? Infinity);
  }
  d.sort((a, b) => a - b);
  go.sort((a, b) => a - b);
  return `${q(d, 0.5)}/${q(d, 0.95)} found ${((100 * d.filter(Number.isFinite).length) / N).toFixed(1)}% go ${q(go, 0.5)}/${q(go, 0.9)} ${((1000 * ms) / checks).toFixed(0)}us ${JSON.stringify(m)}`;
}
const step = 5;
if (which.includes("err")) {
  for (const [rate, weight, errors] of [
    [10, 0.05, 0.05],
    [100, 0.05, 0.01],
    [100, 0.25, 0.005],
    [100, 0.25, 0.01],
    [100, 0.25, 0.05],
    [1000, 0.05, 0.002],
    [100, 0.05, 0.5],
    [10, 0.05, 0.5],
  ] as const)
    console.log(
      rate,
      weight,
      errors,
      delays({ rate, weight, step, slow: null, seconds: 2400, fault: { errors } }),
    );
  console.log(
    "late",
    delays(
      { rate: 100, weight: 0.25, step, slow: null, fault: { errors: 0.01, from: 1800 } },
      1800,
    ),
  );
}
if (which.includes("lat"))
  for (const f of [
    { scale: 1.05 },
    { scale: 1.2 },
    { scale: 2 },
    { scale: 10 },
    { tail: 1.2 },
    { tail: 2 },
  ])
    console.log(
      JSON.stringify(f),
      delays({ rate: 100, weight: 0.05, step, seconds: 2400, fault: f }),
    );
if (which.includes("fa"))
  for (const rate of [10, 100, 1000])
    for (const weight of [0.05, 0.25, 0.5])
      console.log("FA", rate, weight, delays({ rate, weight, step }));
