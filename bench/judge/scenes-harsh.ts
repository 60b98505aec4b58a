// Healthy releases that look bad: what both versions do, what chance does, what the telemetry does.
import type { Given } from "./scenes.ts";

/** The share grows from a twentieth to a half. */
const growing = (t: number) => Math.min(0.5, 0.05 + (0.45 * t) / 3000);
const within = (t: number) => Math.max(0, Math.min(1, t / 3600));
const stepped = (t: number) => [0.01, 0.05, 0.25, 0.5][Math.min(3, Math.floor(t / 900))] ?? 0.5;

const STORMS = { size: [3, 20], spread: [0.5, 5], adds: true } as const;
const MEASURED = { database: 0.001, hits: 0.9, cpu: 45, memory: 50, probe: 0.02 };

export const HARSH: readonly { readonly row: string; readonly scene: Given }[] = [
  ...[10, 100, 1000].map((rate) => ({
    row: `${rate}/s, share from 5 to 50 %, while errors rise to four times and latency to 1.5 times`,
    scene: {
      ...{ rate, weight: growing, step: 5 },
      both: (t: number) => ({ errors: 0.001 * (1 + 3 * within(t)), scale: 1 + within(t) / 2 }),
    },
  })),
  ...[10, 100, 1000].map((rate) => ({
    row: `${rate}/s, share from 5 to 50 %, while the mix shifts to a kind with ten times the errors`,
    scene: {
      ...{ rate, weight: growing, step: 5, untimed: true },
      kinds: [
        { name: "browse", share: (t: number) => 0.95 - 0.55 * within(t), faulty: true },
        { name: "order", share: (t: number) => 0.05 + 0.55 * within(t), errors: 10, faulty: true },
      ],
    },
  })),
  {
    row: "100/s, share in four steps, errors four times as many for half of each quarter of an hour",
    scene: {
      ...{ rate: 100, weight: stepped, step: 5, untimed: true },
      both: (t) => (t % 900 < 450 ? {} : { errors: 0.004 }),
    },
  },
  {
    row: "100/s, 5 %, a day in an hour: traffic, errors and latency go up and down",
    scene: {
      ...{ rate: 100, weight: 0.05, step: 5 },
      both: (t) => ({
        traffic: 1 + 0.5 * Math.sin(t / 1100),
        scale: 1 + 0.3 * Math.sin(t / 900),
        errors: 0.001 * (1 + 0.8 * Math.sin(t / 700)),
      }),
    },
  },
  {
    row: "100/s, 25 %, a kind of request that comes and goes, with twenty times the errors",
    scene: {
      ...{ rate: 100, weight: 0.25, step: 5, untimed: true },
      kinds: [
        { name: "a", share: (t) => (t % 600 < 300 ? 0.5 : 1), faulty: true },
        { name: "b", share: (t) => (t % 600 < 300 ? 0.5 : 0), errors: 20, faulty: true },
      ],
    },
  },
  {
    row: "10/s, 5 %, total outages of 30 s that both share",
    scene: {
      ...{ rate: 10, weight: 0.05, untimed: true },
      both: (t) => (t > 0 && t % 600 > 500 && t % 600 < 530 ? { errors: 1 } : {}),
    },
  },
  {
    row: "100/s, 25 %, no history, retry storms",
    scene: { rate: 100, weight: 0.25, history: 0, untimed: true, clusters: STORMS },
  },
  {
    row: "10/s, 25 %, no history, retry storms",
    scene: { rate: 10, weight: 0.25, history: 0, untimed: true, clusters: STORMS },
  },
  {
    row: "100/s, 5 %, single machines that fail 30 % for 5 s",
    scene: {
      ...{ rate: 100, weight: 0.05, untimed: true },
      pauses: { every: 900, lasts: 5, errors: 0.3 },
    },
  },
  {
    row: "100/s, 5 %, single machines that are four times slower for 2 s",
    scene: { rate: 100, weight: 0.05, pauses: { every: 600, lasts: 2, scale: 4 } },
  },
  {
    row: "100/s, 5 %, no history",
    scene: { rate: 100, weight: 0.05, step: 5, history: 0 },
  },
  {
    row: "1/s, 50 %, 2 % errors",
    scene: { rate: 1, weight: 0.5, step: 5, both: () => ({ errors: 0.02 }) },
  },
  {
    row: "100/s, half of the hour at 50 %, then at 100 %, errors rise to twice as many",
    scene: {
      ...{ rate: 100, weight: (t) => (t < 1800 ? 0.5 : 1), step: 5, untimed: true },
      both: (t) => ({ errors: 0.001 * (1 + within(t)) }),
    },
  },
  {
    row: "100/s, 5 %, a fifth of the seconds lost, arms missing from another tenth",
    scene: {
      ...{ rate: 100, weight: 0.05, untimed: true },
      spoil: (sample, { next }) => {
        const luck = next();
        if (luck < 0.2) return null;
        return luck < 0.3 ? { ...sample, [luck < 0.25 ? "canary" : "baseline"]: null } : sample;
      },
    },
  },
  {
    row: "100/s, 5 %, a start with a cold cache, full CPU, memory that grows, 1.2 times slower at first; limits armed",
    scene: {
      ...{ rate: 100, weight: 0.05, step: 5, limits: true },
      both: () => MEASURED,
      canary: (t) => ({
        hits: Math.min(0.9, t / 130),
        cpu: t < 60 ? 99 : 50,
        memory: 50 + 30 * within(t),
        scale: 1 + 0.2 * Math.exp(-t / 20),
      }),
    },
  },
  {
    row: "1000/s, 25 %, the canary 4 % slower, with 4 % more errors",
    scene: {
      ...{ rate: 1000, weight: 0.25, step: 5 },
      canary: () => ({ scale: 1.04, errors: 0.00104 }),
    },
  },
];
