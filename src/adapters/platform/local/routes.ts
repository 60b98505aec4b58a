import type { Routes, ServiceRoutes, VersionRoute } from "#processes/router/routes.ts";
import { type Deployed, type EnvironmentState, WHOLE } from "../environment.ts";

/** Where a version's service listens; 0 while nobody knows. */
export type PortOf = (version: string, service: string) => number;

/** The routes that a state means. `first` is where the router listens for the first service; 0: anywhere. */
export function routesOf(state: EnvironmentState, portOf: PortOf, first: number): Routes {
  const services = state.order.map((service, index): [string, ServiceRoutes] => [
    service,
    { listen: first === 0 ? 0 : first + index, versions: versionsOf(state, service, portOf) },
  ]);
  const used = services.filter(([, { versions }]) => versions.length > 0);
  return { services: Object.fromEntries(used) };
}

/**
 * A service that only one of the two versions has can be answered by that one alone: it gets all of the service's
 * traffic, the canary from its first basis point on.
 */
function versionsOf(
  { stable, canary, weight }: EnvironmentState,
  service: string,
  portOf: PortOf,
): VersionRoute[] {
  const route = (one: Deployed | null): VersionRoute | null => {
    if (one === null || !Object.hasOwn(one.services, service)) return null;
    const port = portOf(one.name, service);
    return port === 0 ? null : { version: one.name, port, weight: 0 };
  };
  const [old, fresh] = [route(stable), route(canary)];
  if (old !== null && fresh !== null) {
    return [
      { ...old, weight: WHOLE - weight },
      { ...fresh, weight },
    ];
  }
  if (old !== null) return [{ ...old, weight: WHOLE }];
  return fresh === null ? [] : [{ ...fresh, weight: weight > 0 ? WHOLE : 0 }];
}
