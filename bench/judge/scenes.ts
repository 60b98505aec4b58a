import type { Scene } from "./traffic.ts";

/** A scene without its seed, by the row and the column of the table that it fills. */
export interface Cell {
  readonly table: "healthy" | "errors" | "late" | "latency";
  readonly row: string;
  readonly column: string;
  readonly runs: number;
  readonly scene: Omit<Scene, "seed">;
  /** Canary requests that Wald's two-sample bound asks for; for a fault. */
  readonly bound?: number;
  /** The rules of others are run on the first so many of the runs. */
  readonly peers: number;
}

export const TRAFFIC = [10, 100, 1000].flatMap((rate) =>
  [0.05, 0.25, 0.5].map((weight) => ({ rate, weight })),
);

/** The share grows from a twentieth to a half, while something else changes for both versions alike. */
const growing = (t: number) => Math.min(0.5, 0.05 + (0.45 * t) / 3000);
const within = (t: number) => Math.max(0, Math.min(1, t / 3600));

/** What may happen to a healthy release. */
const HEALTHY: readonly { row: string; scene: Partial<Scene>; peers?: boolean }[] = [
  { row: "nothing", scene: { step: 5 }, peers: true },
  {
    row: "errors x4, 1.5x slower, share from 5 to 50 %",
    scene: {
      step: 5,
      errors: (t) => 0.001 * (1 + 3 * within(t)),
      slow: (t) => 1 + Math.round(within(t) * 10) / 20,
    },
  },
  {
    row: "three outages of 60 s that both share",
    scene: {
      step: 5,
      slow: null,
      errors: (t) => (t > 0 && t % 1000 > 900 && t % 1000 < 960 ? 0.2 : 0.001),
    },
  },
  {
    row: "the mix shifts to a kind with ten times the errors",
    scene: { step: 5, slow: null, errors: () => 0.0005, mix: (t) => 0.05 + 0.55 * within(t) },
  },
  { row: "clusters of 2 errors", scene: { slow: null, cluster: 2 } },
  { row: "clusters of 5", scene: { slow: null, cluster: 5 } },
  { row: "clusters of 10", scene: { slow: null, cluster: 10 } },
  { row: "clusters of 5, clients told", scene: { slow: null, cluster: 5, clients: true } },
];

const GROWS = new Set([HEALTHY[1]?.row, HEALTHY[3]?.row]);

const ERRORS = [
  { rate: 10, weight: 0.05, errors: 0.05, bound: 38 },
  { rate: 100, weight: 0.05, errors: 0.01, bound: 340 },
  { rate: 100, weight: 0.25, errors: 0.005, bound: 1665 },
  { rate: 100, weight: 0.25, errors: 0.01, bound: 540 },
  { rate: 100, weight: 0.25, errors: 0.05, bound: 70 },
  { rate: 1000, weight: 0.05, errors: 0.002, bound: 11533 },
  { rate: 10, weight: 0.05, errors: 0.5, bound: 3 },
  { rate: 100, weight: 0.05, errors: 0.5, bound: 3 },
];

const SLOW = [
  { row: "all 1.05x", fault: { scale: 1.05 } },
  { row: "all 1.2x", fault: { scale: 1.2 } },
  { row: "all 2x", fault: { scale: 2 } },
  { row: "all 10x", fault: { scale: 10 } },
  { row: "slowest tenth 1.2x", fault: { tail: 1.2 } },
  { row: "slowest tenth 2x", fault: { tail: 2 } },
];

/** All cells; `runs` of the costly ones, fewer of the others. */
export function cells(runs: number): readonly Cell[] {
  const some = Math.ceil(runs / 3);
  const healthy = HEALTHY.flatMap(({ row, scene, peers }) =>
    TRAFFIC.map(({ rate, weight }): Cell => {
      const share = GROWS.has(row) ? growing : weight;
      const all = row === "nothing" ? runs : some;
      return {
        ...{ table: "healthy", row, column: sayTraffic(rate, weight), runs: all },
        scene: { rate, weight: share, ...scene },
        peers: peers ? Math.ceil(runs / 10) : 0,
      };
    }),
  );
  const errors = ERRORS.map(({ rate, weight, errors: bad, bound }): Cell => {
    const row = `${sayTraffic(rate, weight)}, ${bad * 100} %`;
    const scene = { rate, weight, step: 5, slow: null, fault: { errors: bad } };
    return { table: "errors", row, column: "", runs, scene, bound, peers: Math.ceil(runs / 10) };
  });
  const late: Cell = {
    ...{ table: "late", row: "100/s, 25 %, 1 % after 30 clean minutes", column: "", runs },
    scene: { rate: 100, weight: 0.25, step: 5, slow: null, fault: { errors: 0.01, from: 1800 } },
    bound: 540,
    peers: Math.ceil(runs / 10),
  };
  const latency = SLOW.map(({ row, fault }): Cell => {
    const scene = { rate: 100, weight: 0.05, step: 5, fault };
    return { table: "latency", row, column: "", runs: some, scene, peers: Math.ceil(runs / 20) };
  });
  return [...errors, late, ...latency, ...healthy];
}

export function sayTraffic(rate: number, weight: number): string {
  return `${rate}/s, ${weight * 100} %`;
}
