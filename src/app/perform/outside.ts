import { join } from "node:path";
import type { Instant } from "#core/base/time.ts";
import type { Terms } from "#core/release/plan.ts";
import type { Release } from "#core/release/state.ts";
import type { Channel, Forge, Platform, Repository, Runner } from "../ports/outside.ts";
import type { Store } from "../ports/store.ts";

/** The doors to the outside, joined in src/main.ts. */
export interface Outside {
  readonly store: Store;
  readonly repository: Repository;
  readonly runner: Runner;
  readonly clock: () => Instant;
  /** The releases of the store but one, under way and ended, the latest planned first. */
  readonly others: (than: string) => Promise<readonly Release[]>;
  /** Folder for work trees, jobs and the local platform. */
  readonly dataDir: string;
  /** The environment variables that commands may be given by name. */
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly platform: (environment: string, terms: Pick<Terms, "environments">) => Platform;
  readonly channel: (name: string, terms: Pick<Terms, "channels">) => Channel;
  readonly forge: (terms: Pick<Terms, "forge">) => Forge;
}

/** Where the work tree of a commit lies. */
export function workTree({ dataDir }: Outside, commit: string): string {
  return join(dataDir, "work", commit);
}

/** The variables that every command may see, and those named, as far as the source has them. */
export function environmentFor(
  names: readonly string[],
  source: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const known = ["PATH", "HOME", "LANG", "TZ", ...names].flatMap((name) => {
    const value = Object.hasOwn(source, name) ? source[name] : undefined;
    return value === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries(known);
}

const SECRET_NAME =
  /SECRET|TOKEN|PASSWORD|PASSWD|CREDENTIAL|PRIVATE|API_?KEY|_KEY$|DATABASE_URL|DSN/i;
const SHORTEST_SECRET = 6;

/** The values of variables whose names say that they are secret: nothing that Holdpoint keeps or shows may contain them. */
export function secretsIn(
  variables: Readonly<Record<string, string | undefined>>,
): readonly string[] {
  return Object.entries(variables)
    .filter(([name]) => SECRET_NAME.test(name) && !name.endsWith("_FILE"))
    .map(([, value]) => value ?? "")
    .filter((value) => value.length >= SHORTEST_SECRET);
}
