import { Agent } from "node:http";
import { type Deck, makeDeck } from "./deck.ts";
import type { ServiceRoutes, VersionRoute } from "./routes.ts";
import { type Counter, makeCounter, type Tally } from "./tally.ts";

/**
 * Milliseconds that a connection to a service may be idle before the router closes it. Servers close theirs after 2 s or
 * more; the router has to be first, or a request may meet a connection that is just being closed.
 */
const IDLE = 1500;

/** A version of a service while requests may go to it. */
export interface Upstream {
  readonly version: string;
  readonly port: number;
  readonly agent: Agent;
  readonly counter: Counter;
  /** Counts a request in; the answer counts it out, once. */
  enter(): () => void;
}

export interface UpstreamState extends VersionRoute {
  /** Requests under way. */
  readonly active: number;
  /** No longer in the routes, and kept until the requests under way are answered. */
  readonly leaving: boolean;
  readonly tally: Tally;
}

/** The versions of one service, and who gets the next request. */
export interface LiveService {
  set(routes: ServiceRoutes): void;
  /** Who gets a request; null where nobody can. A request that was refused goes only to whoever has most of the traffic. */
  choose(refusedBy: Upstream | null): Upstream | null;
  state(): readonly UpstreamState[];
  upstreams(): readonly Upstream[];
}

interface Member {
  route: VersionRoute;
  upstream: Upstream;
  active: number;
  leaving: boolean;
}

export function makeLiveService(): LiveService {
  let members: Member[] = [];
  let order: readonly Member[] = [];
  let deck: Deck | null = null;

  function set({ versions }: ServiceRoutes): void {
    if (JSON.stringify(order.map(({ route }) => route)) === JSON.stringify(versions)) return;
    order = versions.map(member);
    const gone = members.filter((one) => !order.includes(one));
    members = [...order, ...gone];
    for (const one of gone) {
      one.leaving = true;
      if (one.active === 0) dismiss(one);
    }
    const weights = versions.map(({ weight }) => weight);
    deck = weights.some((weight) => weight > 0) ? makeDeck(weights) : null;
  }

  /** The member for a route: the same as before where it listens where it did. A new port has new connections. */
  function member(route: VersionRoute): Member {
    const old = members.findLast((one) => one.route.version === route.version);
    if (old?.route.port === route.port) return Object.assign(old, { route, leaving: false });
    const agent = new Agent({ keepAlive: true, timeout: IDLE, maxFreeSockets: 256 });
    const counter = old?.upstream.counter ?? makeCounter();
    const { version, port } = route;
    const upstream: Upstream = { version, port, agent, counter, enter: () => enter(made) };
    const made: Member = { route, upstream, active: 0, leaving: false };
    return made;
  }

  function enter(one: Member): () => void {
    let open = true;
    one.active++;
    return () => {
      if (!open) return;
      open = false;
      one.active--;
      if (one.leaving && one.active === 0) dismiss(one);
    };
  }

  function dismiss(one: Member): void {
    members = members.filter((other) => other !== one);
    one.upstream.agent.destroy();
  }

  function choose(refusedBy: Upstream | null): Upstream | null {
    if (deck === null) return null;
    if (refusedBy === null) return order[deck()]?.upstream ?? null;
    const most = order.reduce((a, b) => (b.route.weight > a.route.weight ? b : a));
    return most.upstream === refusedBy ? null : most.upstream;
  }

  const state = () =>
    members.map(({ route, active, leaving, upstream }) => ({
      ...route,
      weight: leaving ? 0 : route.weight,
      active,
      leaving,
      tally: upstream.counter.tally(),
    }));

  return { set, choose, state, upstreams: () => order.map(({ upstream }) => upstream) };
}
