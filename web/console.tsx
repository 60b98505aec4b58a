// The parts list of the console: what it asks through, which page is where.
import { CSPProvider } from "@base-ui/react/csp-provider";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  RouterProvider,
} from "@tanstack/react-router";
import { Refusal } from "./data/ask.ts";
import { NotFound } from "./pages/not-found.tsx";
import { Shell } from "./pages/shell.tsx";
import { Trouble } from "./parts/trouble.tsx";

const client = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5000,
      // What was refused stays refused; a server that is away is asked again, ever more slowly.
      retry: (failures, error) => !(error instanceof Refusal) && failures < 5,
      retryDelay: (failures) => Math.min(500 * 2 ** failures, 8000),
      networkMode: "always",
    },
    mutations: { networkMode: "always" },
  },
});

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound });
const at = <Path extends string>(path: Path) => ({ getParentRoute: () => root, path });

/** Each page is a program of its own, loaded when it is gone to. */
const PAGES = {
  board: () => import("./pages/board.tsx"),
  release: () => import("./pages/release.tsx"),
  plan: () => import("./pages/plan.tsx"),
  calendar: () => import("./pages/calendar.tsx"),
  policy: () => import("./pages/policy.tsx"),
  journal: () => import("./pages/journal.tsx"),
};
const routes = root.addChildren([
  createRoute({ ...at("/"), component: lazyRouteComponent(PAGES.board, "Board") }),
  createRoute({
    ...at("/releases/$release"),
    component: lazyRouteComponent(PAGES.release, "Release"),
  }),
  createRoute({ ...at("/plan"), component: lazyRouteComponent(PAGES.plan, "Plan") }),
  createRoute({ ...at("/calendar"), component: lazyRouteComponent(PAGES.calendar, "Calendar") }),
  createRoute({ ...at("/policy"), component: lazyRouteComponent(PAGES.policy, "Policy") }),
  createRoute({ ...at("/journal"), component: lazyRouteComponent(PAGES.journal, "Journal") }),
]);

/** Once the first page stands, the others are fetched, so that they can be gone to without a network, too. */
function fetchAhead(): void {
  for (const page of Object.values(PAGES)) void page().catch(() => {});
}
window.addEventListener("load", () => setTimeout(fetchAhead, 2000), { once: true });

const router = createRouter({
  routeTree: routes,
  defaultPreload: "intent",
  defaultErrorComponent: ({ error }: { error: unknown }) => (
    <Trouble error={error instanceof Error ? error : new Error(String(error))} />
  ),
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}

export function Console() {
  return (
    <CSPProvider disableStyleElements>
      <QueryClientProvider client={client}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </CSPProvider>
  );
}
