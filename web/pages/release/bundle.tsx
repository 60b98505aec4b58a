import type { StatusReport } from "#core/reports/status.ts";

/** What approvals bind to: a digest of each part. */
export function Bundle({ report: { bundle, commit } }: { report: StatusReport }) {
  return (
    <section
      aria-labelledby="bundle"
      className="grid gap-2 rounded-lg border border-line bg-card p-4"
    >
      <h2 id="bundle">Bundle</h2>
      <p className="text-sm text-soft">
        Approvals are for exactly this; when a part changes, those that rest on it are void.
      </p>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1 text-sm">
        {Object.entries({ ...bundle, commit }).map(([part, digest]) => (
          <div key={part} className="contents">
            <dt className="text-soft">{part}</dt>
            <dd className="truncate font-mono" title={digest}>
              {digest}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
