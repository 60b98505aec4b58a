import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { releaseLog } from "../../data/queries.ts";
import { tell } from "../../model/timeline.ts";
import { Asked } from "../../parts/asked.tsx";
import { Day, Times } from "../../parts/moment.tsx";

/** As many as are shown unless every entry is wanted. */
const LATEST = 40;

/** What happened, the latest first. */
export function Timeline({ release }: { release: string }) {
  const query = useQuery(releaseLog(release));
  const { data } = query;
  const [all, setAll] = useState(false);
  const told = (data ?? []).map(tell).filter(({ isNews }) => all || isNews);
  const latest = told.toReversed();
  const shown = all ? latest : latest.slice(0, LATEST);
  return (
    <section aria-labelledby="timeline" className="grid gap-3">
      <div className="flex items-center justify-between">
        <h2 id="timeline">Timeline</h2>
        <label className="flex items-center gap-2 text-sm">
          <input
            type="checkbox"
            checked={all}
            onChange={(event) => setAll(event.currentTarget.checked)}
          />
          every entry
        </label>
      </div>
      {data === undefined && (
        <Asked query={query} what="The timeline">
          {() => null}
        </Asked>
      )}
      <ol className="grid gap-2">
        {shown.map(({ position, at, by, text }, index) => (
          <li key={position} className="border-l-2 border-line pl-3 text-sm">
            <Day at={at} after={shown[index - 1]?.at} />
            {by && <strong>{by} </strong>}
            {text}
            <Times at={at} />
          </li>
        ))}
      </ol>
      {shown.length < told.length && (
        <p className="text-sm text-soft">
          {told.length - shown.length} older ones are among all entries.
        </p>
      )}
    </section>
  );
}
