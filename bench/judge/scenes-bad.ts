// Releases that are worse: what should be found, and how soon.
import type { Cell } from "./scenes.ts";
import type { Moment } from "./traffic.ts";

/** Traffic, share, errors, and Wald's two-sample bound. */
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

const SLOW: Readonly<Record<string, Partial<Moment>>> = {
  "all 1.05x": { scale: 1.05 },
  "all 1.2x": { scale: 1.2 },
  "all 2x": { scale: 2 },
  "all 10x": { scale: 10 },
  "slowest tenth 1.2x": { tail: 1.2 },
  "slowest tenth 2x": { tail: 2 },
};

type Bad = Pick<Cell, "table" | "row" | "scene" | "bound">;

const errors = ERRORS.map(
  ({ rate, weight, errors: bad, bound }): Bad => ({
    table: "errors",
    row: `${rate}/s, ${weight * 100} %, ${bad * 100} %`,
    scene: { rate, weight, from: 0, untimed: true, canary: () => ({ errors: bad }) },
    bound,
  }),
);

const latency = Object.entries(SLOW).map(
  ([row, slower]): Bad => ({
    table: "latency",
    row,
    scene: { rate: 100, weight: 0.05, from: 0, canary: () => slower },
  }),
);

const untimed = { rate: 100, weight: 0.25, untimed: true } as const;
const measured = { database: 0.001, hits: 0.9 } as const;

const others: readonly Bad[] = [
  {
    table: "others",
    row: "100/s, 25 %, a kind with a tenth of the traffic fails by 5 %",
    scene: {
      ...{ ...untimed, from: 0 },
      kinds: [
        { name: "a", share: () => 0.9 },
        { name: "b", share: () => 0.1, faulty: true },
      ],
      canary: () => ({ errors: 0.05 }),
    },
  },
  {
    table: "others",
    row: "100/s, 25 %, errors rise to 2 % within 10 min",
    scene: {
      ...{ ...untimed, from: 0 },
      canary: (t) => ({ errors: 0.001 + 0.019 * Math.min(1, t / 600) }),
    },
  },
  {
    table: "others",
    row: "100/s, 25 %, 50 % after 30 clean minutes",
    scene: { ...untimed, from: 1800, canary: (t) => (t < 1800 ? {} : { errors: 0.5 }) },
  },
  {
    table: "others",
    row: "100/s, 25 %, 1 % after an outage of 60 s that both share",
    scene: {
      ...{ ...untimed, from: 600 },
      both: (t) => (t >= 300 && t < 360 ? { errors: 0.2 } : {}),
      canary: (t) => (t < 600 ? {} : { errors: 0.01 }),
    },
  },
  {
    table: "others",
    row: "100/s, 100 % from minute 10 on, and only then 1 %",
    scene: {
      ...{ ...untimed, from: 600, weight: (t: number) => (t < 600 ? 0.5 : 1) },
      canary: (t) => (t < 600 ? {} : { errors: 0.01 }),
    },
  },
  {
    table: "others",
    row: "100/s, 25 %, retry storms as usual, and 1 % besides",
    scene: {
      ...{ ...untimed, from: 0, clusters: { size: [3, 20], spread: [0.5, 5], adds: true } },
      canary: () => ({ errors: 0.01 }),
    },
  },
  {
    table: "others",
    row: "100/s, 25 %, 2 % of the database calls fail; limits armed",
    scene: {
      ...{ ...untimed, from: 0, limits: true },
      both: () => measured,
      canary: () => ({ database: 0.02 }),
    },
  },
  {
    table: "others",
    row: "100/s, 25 %, 60 % of the database calls fail; limits armed",
    scene: {
      ...{ ...untimed, from: 0, limits: true },
      both: () => measured,
      canary: () => ({ database: 0.6 }),
    },
  },
  {
    table: "others",
    row: "100/s, 5 %, its health probe fails; limits armed",
    scene: {
      ...{ ...untimed, weight: 0.05, from: 0, limits: true },
      both: () => ({ probe: 0.01 }),
      canary: () => ({ probe: 1 }),
    },
  },
];

export const BAD_SCENES: readonly Bad[] = [
  ...errors,
  {
    table: "errors",
    row: "100/s, 25 %, 1 % after 30 clean minutes",
    scene: { ...untimed, from: 1800, canary: (t) => (t < 1800 ? {} : { errors: 0.01 }) },
    bound: 540,
  },
  ...latency,
  ...others,
];
