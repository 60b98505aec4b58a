import { join } from "node:path";

/** Where the files of one environment lie. */
export interface Places {
  /** Which versions there are and what they get. */
  readonly state: string;
  readonly lock: string;
  readonly router: string;
  readonly versions: string;
  /** Work trees, one per commit, shared by all environments. */
  readonly trees: string;
  /** Marks of what has been built in the work trees. */
  readonly built: string;
  /** Code that Node has compiled before. */
  readonly cache: string;
}

export function placesOf(folder: string, environment: string): Places {
  const own = join(environmentsIn(folder), environment);
  return {
    state: join(own, "state.json"),
    lock: join(own, "lock"),
    router: join(own, "router"),
    versions: join(own, "versions"),
    trees: join(folder, "trees"),
    built: join(folder, "built"),
    cache: join(folder, "code"),
  };
}

/** The folder that holds a folder for every environment. */
export function environmentsIn(folder: string): string {
  return join(folder, "environments");
}
