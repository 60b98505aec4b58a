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
const routes = root.addChildren([
  createRoute({
    ...at("/"),
    component: lazyRouteComponent(() => import("./pages/board.tsx"), "Board"),
  }),
  createRoute({
    ...at("/releases/$release"),
    component: lazyRouteComponent(() => import("./pages/release.tsx"), "Release"),
  }),
  createRoute({
    ...at("/plan"),
    component: lazyRouteComponent(() => import("./pages/plan.tsx"), "Plan"),
  }),
  createRoute({
    ...at("/calendar"),
    component: lazyRouteComponent(() => import("./pages/calendar.tsx"), "Calendar"),
  }),
  createRoute({
    ...at("/policy"),
    component: lazyRouteComponent(() => import("./pages/policy.tsx"), "Policy"),
  }),
  createRoute({
    ...at("/journal"),
    component: lazyRouteComponent(() => import("./pages/journal.tsx"), "Journal"),
  }),
]);

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
