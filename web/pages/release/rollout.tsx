import type { StatusReport } from "#core/reports/status.ts";
import { percent } from "../../model/rollout.ts";

/** What both versions make of their traffic, and what the judge says to it. */
export function Rollout({ report: { traffic, version, previous } }: { report: StatusReport }) {
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
      <table className="w-full text-left text-sm [&_td]:py-1 [&_th]:py-1 [&_td+td]:text-right [&_th+th]:text-right">
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
      <p className="text-sm">
        <strong>{verdict}</strong>: {reason} <span className="text-soft">({looks} looks)</span>
      </p>
    </section>
  );
}
