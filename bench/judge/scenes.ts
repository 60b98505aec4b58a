import { BAD_SCENES } from "./scenes-bad.ts";
import { HARSH } from "./scenes-harsh.ts";
import type { Scene } from "./traffic.ts";

export type Given = Omit<Scene, "seed">;

/** A scene without its seed, by the row and the column of the table that it fills. */
export interface Cell {
  readonly table: "healthy" | "harsh" | "errors" | "latency" | "others";
  readonly row: string;
  readonly column: string;
  readonly runs: number;
  readonly scene: Given;
  /** Canary requests that Wald's two-sample bound asks for; for a fault. */
  readonly bound?: number;
  /** The rules of others are run on the first so many of the runs. */
  readonly peers: number;
}

export const TRAFFIC = [10, 100, 1000].flatMap((rate) =>
  [0.05, 0.25, 0.5].map((weight) => ({ rate, weight })),
);

/** Clients that try again three to twenty times, for half a second to five. */
const STORMS = { size: [3, 20], spread: [0.5, 5], adds: true } as const;

/** What may happen to a healthy release, at any traffic and share. */
const HEALTHY: readonly { row: string; scene: Partial<Given>; peers?: boolean }[] = [
  { row: "nothing", scene: { step: 5 }, peers: true },
  {
    row: "three outages of 60 s that both share",
    scene: {
      step: 5,
      untimed: true,
      both: (t) => (t > 0 && t % 1000 > 900 && t % 1000 < 960 ? { errors: 0.2 } : {}),
    },
  },
  { row: "errors in clusters of 5", scene: { untimed: true, clusters: { size: 5 } } },
  { row: "retry storms", scene: { untimed: true, clusters: STORMS } },
  {
    row: "retry storms, clients told",
    scene: { untimed: true, clusters: { ...STORMS, clients: true } },
  },
];

/** Runs of a bad release, and of the rules of others. */
export const [SOME, FEW] = [300, 30];

/** All cells: `runs` of each healthy one. */
export function cells(runs: number): readonly Cell[] {
  const [some, few] = [Math.min(runs, SOME), Math.min(runs, FEW)];
  const healthy = HEALTHY.flatMap(({ row, scene, peers }) =>
    TRAFFIC.map(({ rate, weight }): Cell => {
      const column = sayTraffic(rate, weight);
      const given = { rate, weight, ...scene };
      return { table: "healthy", row, column, runs, scene: given, peers: peers ? few : 0 };
    }),
  );
  const harsh = HARSH.map(
    ({ row, scene }): Cell => ({ table: "harsh", row, column: "", runs, scene, peers: 0 }),
  );
  const bad = BAD_SCENES.map(
    (one): Cell => ({ ...one, column: "", runs: some, peers: one.table === "others" ? 0 : few }),
  );
  return [...bad, ...harsh, ...healthy];
}

export function sayTraffic(rate: number, weight: number): string {
  return `${rate}/s, ${weight * 100} %`;
}
