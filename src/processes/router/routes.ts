/** Where the traffic of an environment goes: all of it, so that setting it again changes nothing. */
export interface Routes {
  readonly services: Readonly<Record<string, ServiceRoutes>>;
}

export interface ServiceRoutes {
  /** Where the router listens for the service; 0: a free port, the same one from then on. */
  readonly listen: number;
  readonly versions: readonly VersionRoute[];
}

export interface VersionRoute {
  readonly version: string;
  /** Where the version listens. */
  readonly port: number;
  /** Basis points. Those of a service are together 10,000, or all 0: then it has no one to answer. */
  readonly weight: number;
}

const MOST = 100;

/** Reads routes from JSON; a sentence where they are none. Written by hand: this process loads no library. */
export function readRoutes(value: unknown): Routes | string {
  const services = record(record(value)?.["services"]);
  if (services === null) return "There must be an object `services`.";
  const entries = Object.entries(services);
  if (entries.length > MOST) return `There are more than ${MOST} services.`;
  const read: Record<string, ServiceRoutes> = {};
  for (const [name, service] of entries) {
    if (!/^[a-z][a-z0-9-]{0,63}$/.test(name)) return "A service has no good name.";
    const routes = readService(service);
    if (typeof routes === "string") return `${name}: ${routes}`;
    read[name] = routes;
  }
  return { services: read };
}

function readService(value: unknown): ServiceRoutes | string {
  const service = record(value);
  const listen = service?.["listen"];
  const list = service?.["versions"];
  if (!isPort(listen, 0)) return "`listen` must be a port, or 0.";
  if (!Array.isArray(list) || list.length > MOST) return "`versions` must be a short list.";
  const versions: VersionRoute[] = [];
  for (const one of list) {
    const { version, port, weight } = record(one) ?? {};
    if (typeof version !== "string" || !/^[\w.+@-]{1,200}$/.test(version))
      return "`version` must be a name.";
    if (!isPort(port, 1)) return "`port` must be a port.";
    if (!isBetween(weight, 0, 10_000)) return "`weight` must be basis points, 0 to 10,000.";
    versions.push({ version, port, weight });
  }
  if (new Set(versions.map(({ version }) => version)).size < versions.length) {
    return "A version is there twice.";
  }
  const sum = versions.reduce((sum, { weight }) => sum + weight, 0);
  if (sum !== 0 && sum !== 10_000) return "The weights must be together 10,000, or all 0.";
  return { listen, versions };
}

function record(value: unknown): Record<string, unknown> | null {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
  return value as Record<string, unknown>;
}

function isPort(value: unknown, least: number): value is number {
  return isBetween(value, least, 65_535);
}

function isBetween(value: unknown, least: number, most: number): value is number {
  return Number.isInteger(value) && Number(value) >= least && Number(value) <= most;
}
