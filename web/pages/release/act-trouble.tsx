import { Overtaken } from "../../data/acts.ts";
import { Moment } from "../../parts/moment.tsx";
import { Trouble } from "../../parts/trouble.tsx";

/** Why an act was not done; where somebody was faster, what they did. */
export function ActTrouble({ error }: { error: Error }) {
  if (!(error instanceof Overtaken)) return <Trouble error={error} />;
  return (
    <div role="alert" className="rounded-lg border border-wait/50 bg-sunk p-3 text-sm">
      <p className="font-semibold">{error.message}</p>
      <ul className="mt-1 grid gap-1">
        {error.meanwhile.map(({ position, at, by, text }) => (
          <li key={position}>
            {by} {text} <Moment at={at} seconds />
          </li>
        ))}
      </ul>
    </div>
  );
}
