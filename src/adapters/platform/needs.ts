import type { Repository } from "#app/ports/outside.ts";
import type { Instant } from "#core/base/time.ts";
import type { LocalRunner } from "../runner.ts";

/** What every kind of platform may use of the machine it is run from. */
export interface PlatformNeeds {
  /** Holdpoint's data folder on this machine. */
  readonly folder: string;
  readonly repository: Pick<Repository, "root" | "checkOut">;
  readonly runner: LocalRunner;
  /** The environment variables that policies may name. */
  readonly source: Readonly<Record<string, string | undefined>>;
  /** Values that nothing said may show. */
  readonly secrets: readonly string[];
  readonly now: () => Instant;
}
