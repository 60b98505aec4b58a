import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, Outlet } from "@tanstack/react-router";
import { act } from "../data/ask.ts";
import { useLine, useLive } from "../data/live.ts";
import { type Session, session } from "../data/queries.ts";
import icon from "../icon.svg";
import type { State } from "../model/line.ts";
import { Button } from "../parts/button.tsx";
import { Clock, useNow } from "../parts/moment.tsx";
import { Loading, Trouble } from "../parts/trouble.tsx";
import { SignIn } from "./sign-in.tsx";

/** What is around every page: where one can go, who looks, and whether what is shown is so now. */
export function Shell() {
  const { data, error, isPending, refetch } = useQuery(session);
  if (error) {
    return (
      <main className="mx-auto max-w-xl p-6">
        <Trouble error={error} again={() => void refetch()} />
      </main>
    );
  }
  if (isPending) {
    return (
      <main className="mx-auto max-w-xl p-6">
        <Loading what="The console" />
      </main>
    );
  }
  return data === null ? <SignIn /> : <SignedIn session={data} />;
}

function SignedIn({ session: who }: { session: Session }) {
  useLive();
  return (
    <div className="mx-auto grid min-h-dvh w-full max-w-7xl grid-cols-1 grid-rows-[auto_1fr] px-4 pb-12 sm:px-6">
      <a href="#page" className="sr-only focus:not-sr-only focus:absolute focus:bg-card focus:p-2">
        Skip to the page
      </a>
      <Head session={who} />
      <main id="page" tabIndex={-1} className="min-w-0 outline-none">
        <Outlet />
      </main>
    </div>
  );
}

const PAGES = [
  { to: "/", name: "Board" },
  { to: "/plan", name: "Plan" },
  { to: "/calendar", name: "Calendar" },
  { to: "/policy", name: "Policy" },
  { to: "/journal", name: "Journal" },
] as const;

function Head({ session: who }: { session: Session }) {
  const client = useQueryClient();
  const signOut = async () => {
    await act("/api/session/end", {});
    client.setQueryData(session.queryKey, null);
    // What one person saw is not kept for the next.
    client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== session.queryKey[0] });
  };
  return (
    <header className="mb-6 flex flex-wrap items-center gap-x-6 gap-y-2 border-b border-line py-3">
      <Link to="/" className="flex items-center gap-2 font-semibold text-ink no-underline">
        <img src={icon} alt="" className="size-7" />
        Holdpoint
      </Link>
      <nav aria-label="Pages" className="flex flex-wrap gap-1">
        {PAGES.map(({ to, name }) => (
          <Link
            key={to}
            to={to}
            activeOptions={{ exact: to === "/" }}
            className="rounded-md px-2.5 py-1.5 font-medium text-soft hover:text-ink"
            activeProps={{ className: "bg-sunk text-ink!", "aria-current": "page" }}
          >
            {name}
          </Link>
        ))}
      </nav>
      <div className="ml-auto flex flex-wrap items-center gap-3 text-sm">
        <LineMark />
        <span className="text-soft">
          {who.person}
          {who.may === "read" && " (may only look)"}
        </span>
        <Button onClick={() => void signOut()}>Sign out</Button>
      </div>
    </header>
  );
}

const SAID: Readonly<Record<State, { text: string; tone: string }>> = {
  joining: { text: "Joining …", tone: "text-soft" },
  live: { text: "Live", tone: "text-good" },
  "back soon": { text: "The server is away; asking again …", tone: "text-wait" },
  offline: { text: "No network; what you see may be old", tone: "text-bad" },
};

/** For so long it is said that the server was started anew. */
const NEWS_MS = 60_000;

function LineMark() {
  const { state, restartedAt } = useLine();
  const now = useNow(10_000);
  const { text, tone } = SAID[state];
  const isNews = state === "live" && restartedAt !== null && now - restartedAt < NEWS_MS;
  return (
    <span role="status" className="inline-flex flex-wrap items-center gap-x-2">
      <span className={`inline-flex items-center gap-1.5 font-semibold ${tone}`}>
        <span aria-hidden="true" className="size-2 rounded-full bg-current" />
        {text}
      </span>
      {isNews && (
        <span className="text-soft">
          the server was restarted at <Clock at={restartedAt} />
        </span>
      )}
    </span>
  );
}
