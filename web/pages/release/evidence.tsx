import { useMemo } from "react";
import type { Entry } from "#core/audit/entry.ts";
import {
  amount,
  evidenceOf,
  type Evidence as Known,
  sayEvidence,
  wayToThreshold,
} from "../../model/evidence.ts";
import { thinned } from "../../model/looks.ts";
import { MOST_POINTS } from "../../model/rollout-series.ts";
import { Clock } from "../../parts/moment.tsx";
import { Figures } from "../../parts/table.tsx";
import { Chart } from "./charts.tsx";

/** As many of the latest looks as a reader may want to see one by one. */
const LATEST = 20;

/** What speaks against the new version, growing towards the threshold at which it is turned back. */
export function Evidence({ entries }: { entries: readonly Entry[] }) {
  const all = useMemo(() => evidenceOf(entries), [entries]);
  const shown = useMemo(() => drawn(thinned(all, MOST_POINTS)), [all]);
  const last = all.at(-1);
  if (last === undefined) return null;
  return (
    <div className="grid grid-cols-1 gap-2">
      <p className="text-sm font-medium">{sayEvidence(last)}</p>
      <progress
        value={wayToThreshold(last)}
        max={1}
        aria-label="Evidence on its way to the threshold"
        className="h-2 w-full"
      />
      <Chart label="Evidence that it is worse" unit="" scale="log" {...shown} />
      <details className="text-sm">
        <summary className="cursor-pointer text-soft">The evidence as a table</summary>
        <div className="mt-2">
          <Figures
            caption="Evidence at the latest looks"
            head={["Look", "Evidence", "Threshold", "Requests", "Judge"]}
            rows={all
              .slice(-LATEST)
              .toReversed()
              .map(({ at, e, needed, requests, verdict }) => ({
                key: at,
                name: <Clock at={at} />,
                cells: [amount(e), amount(needed), requests.toLocaleString("en-GB"), verdict],
              }))}
          />
        </div>
      </details>
    </div>
  );
}

/** No power of ten is nothing: what is less than a hundredth is drawn as one. */
const LEAST = 0.01;

function drawn(points: readonly Known[]) {
  return {
    times: points.map(({ at }) => at),
    lines: [
      {
        name: "evidence",
        tone: "wait",
        dashed: false,
        values: points.map(({ e }) => Math.max(LEAST, e)),
      },
      {
        name: "turned back at",
        tone: "bad",
        dashed: true,
        values: points.map((one) => one.needed),
      },
    ],
  } as const;
}
