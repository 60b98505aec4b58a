import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { Entry } from "#core/audit/entry.ts";
import type { StatusReport } from "#core/reports/status.ts";
import { releaseLog } from "../../data/queries.ts";
import { percent } from "../../model/rollout.ts";
import { type Point, seriesOf } from "../../model/rollout-series.ts";
import { Clock } from "../../parts/moment.tsx";
import { Panel } from "../../parts/panel.tsx";
import { Figures } from "../../parts/table.tsx";
import { Chart } from "./charts.tsx";
import { Evidence } from "./evidence.tsx";

const NOTHING: readonly Entry[] = [];

/** What both versions make of their traffic, and what the judge says to it. */
export function Rollout({ report }: { report: StatusReport }) {
  const { traffic, version, previous } = report;
  const { data } = useQuery(releaseLog(report.release));
  if (traffic === null) return null;
  const { weight, verdict, reason, errorRate, requests, looks } = traffic;
  const rows = [
    row(`new (${version})`, weight, requests.canary, errorRate.canary),
    row(`stable (${previous ?? "none"})`, 10_000 - weight, requests.stable, errorRate.stable),
  ];
  return (
    <Panel id="rollout" title="Rollout">
      <progress
        value={weight}
        max={10_000}
        aria-label={`${percent(weight)} of the traffic goes to ${version}`}
        className="h-2 w-full"
      />
      <Figures
        caption="Traffic of both versions"
        head={["Version", "Weight", "Requests", "Errors"]}
        rows={rows}
      />
      <p className="text-sm">
        <strong>{verdict}</strong>: {reason} <span className="text-soft">({looks} looks)</span>
      </p>
      <Evidence entries={data ?? NOTHING} />
      <Charts entries={data ?? NOTHING} />
    </Panel>
  );
}

function row(name: string, weight: number, requests: number, errors: number | null) {
  const cells = [
    percent(weight),
    requests.toLocaleString("en-GB"),
    errors === null ? "none yet" : percent(errors),
  ];
  return { key: name, name, cells };
}

/** Errors and latency of both versions from look to look; the latest of each stands in a table. */
function Charts({ entries }: { entries: readonly Entry[] }) {
  const points = useMemo(() => seriesOf(entries), [entries]);
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
    <>
      <Chart label="Failed requests" unit="%" times={shown.times} lines={shown.errors} />
      <Chart label="95 of 100 answered within" unit="ms" times={shown.times} lines={shown.p95} />
      <details className="text-sm">
        <summary className="cursor-pointer text-soft">The same as a table</summary>
        <Looks points={points} />
      </details>
    </>
  );
}

/** As many of the latest looks as a reader may want to see one by one. */
const LATEST = 20;

function Looks({ points }: { points: readonly Point[] }) {
  const say = (value: number | null, unit: string) =>
    value === null ? "none" : `${Number(value.toFixed(2))} ${unit}`;
  return (
    <Figures
      caption="The latest looks"
      head={["Look", "new fails", "stable fails", "new p95", "stable p95"]}
      rows={points
        .slice(-LATEST)
        .toReversed()
        .map(({ at, errors, p95 }) => ({
          key: at,
          name: <Clock at={at} />,
          cells: [
            say(errors.canary, "%"),
            say(errors.stable, "%"),
            say(p95.canary, "ms"),
            say(p95.stable, "ms"),
          ],
        }))}
    />
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
