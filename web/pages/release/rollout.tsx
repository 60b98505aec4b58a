import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useMemo } from "react";
import type { StatusReport } from "#core/reports/status.ts";
import { releaseLog } from "../../data/queries.ts";
import { percent } from "../../model/rollout.ts";
import { type Point, seriesOf } from "../../model/rollout-series.ts";

const Chart = lazy(async () => ({ default: (await import("../../parts/chart.tsx")).Chart }));

/** What both versions make of their traffic, and what the judge says to it. */
export function Rollout({ report }: { report: StatusReport }) {
  const { traffic, version, previous } = report;
  if (traffic === null) return null;
  const { weight, verdict, reason, errorRate, requests, looks } = traffic;
  const rate = (value: number | null) => (value === null ? "none yet" : percent(value));
  const rows = [
    { name: `new (${version})`, weight, requests: requests.canary, errors: errorRate.canary },
    {
      name: `stable (${previous ?? "none"})`,
      weight: 10_000 - weight,
      requests: requests.stable,
      errors: errorRate.stable,
    },
  ];
  return (
    <section
      aria-labelledby="rollout"
      className="grid gap-3 rounded-lg border border-line bg-card p-4"
    >
      <h2 id="rollout">Rollout</h2>
      <progress
        value={weight}
        max={10_000}
        aria-label={`${percent(weight)} of the traffic goes to ${version}`}
        className="h-2 w-full"
      />
      <table className="w-full text-left text-sm [&_td]:py-1 [&_th]:py-1 [&_td]:text-right [&_th+th]:text-right">
        <caption className="sr-only">Traffic of both versions</caption>
        <thead className="text-soft">
          <tr>
            <th scope="col">Version</th>
            <th scope="col">Weight</th>
            <th scope="col">Requests</th>
            <th scope="col">Errors</th>
          </tr>
        </thead>
        <tbody className="tabular-nums">
          {rows.map((row) => (
            <tr key={row.name} className="border-t border-line">
              <th scope="row" className="font-medium">
                {row.name}
              </th>
              <td>{percent(row.weight)}</td>
              <td>{row.requests.toLocaleString("en-GB")}</td>
              <td>{rate(row.errors)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <Charts release={report.release} />
      <p className="text-sm">
        <strong>{verdict}</strong>: {reason} <span className="text-soft">({looks} looks)</span>
      </p>
    </section>
  );
}

/** Errors and latency of both versions from look to look; the latest of each stands in a table. */
function Charts({ release }: { release: string }) {
  const { data } = useQuery(releaseLog(release));
  const points = useMemo(() => seriesOf(data ?? []), [data]);
  const shown = useMemo(
    () => ({
      times: points.map(({ at }) => at),
      errors: linesOf(points, ({ errors }) => errors),
      p95: linesOf(points, ({ p95 }) => p95),
    }),
    [points],
  );
  if (points.length < 2) return null;
  return (
    <Suspense fallback={<div className="h-72" />}>
      <Chart label="Failed requests" unit="%" times={shown.times} lines={shown.errors} />
      <Chart label="95 of 100 answered within" unit="ms" times={shown.times} lines={shown.p95} />
      <details className="text-sm">
        <summary className="cursor-pointer text-soft">The same as a table</summary>
        <Looks points={points} />
      </details>
    </Suspense>
  );
}

/** As many of the latest looks as a reader may want to see one by one. */
const LATEST = 20;

function Looks({ points }: { points: readonly Point[] }) {
  const say = (value: number | null, unit: string) =>
    value === null ? "none" : `${Number(value.toFixed(2))} ${unit}`;
  return (
    <table className="mt-2 w-full text-right tabular-nums [&_td]:py-0.5 [&_th]:py-0.5 [&_th]:font-medium">
      <thead className="text-soft">
        <tr>
          <th scope="col" className="text-left">
            Look
          </th>
          <th scope="col">new fails</th>
          <th scope="col">stable fails</th>
          <th scope="col">new p95</th>
          <th scope="col">stable p95</th>
        </tr>
      </thead>
      <tbody>
        {points
          .slice(-LATEST)
          .toReversed()
          .map(({ at, errors, p95 }) => (
            <tr key={at} className="border-t border-line">
              <th scope="row" className="text-left">
                <time dateTime={new Date(at).toISOString()}>
                  {new Date(at).toLocaleTimeString("en-GB")}
                </time>
              </th>
              <td>{say(errors.canary, "%")}</td>
              <td>{say(errors.stable, "%")}</td>
              <td>{say(p95.canary, "ms")}</td>
              <td>{say(p95.stable, "ms")}</td>
            </tr>
          ))}
      </tbody>
    </table>
  );
}

function linesOf(
  points: readonly Point[],
  of: (point: Point) => { readonly canary: number | null; readonly stable: number | null },
) {
  return [
    { name: "new", tone: "wait", dashed: false, values: points.map((one) => of(one).canary) },
    { name: "stable", tone: "calm", dashed: true, values: points.map((one) => of(one).stable) },
  ] as const;
}
