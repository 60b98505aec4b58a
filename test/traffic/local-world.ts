// A local platform with the test service on it, in a folder of its own.
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { copyFile, mkdir } from "node:fs/promises";
import { Agent, request } from "node:http";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { stateOf } from "#adapters/platform/local/kept.ts";
import { environmentsIn, placesOf } from "#adapters/platform/local/places.ts";
import {
  addressesOf,
  type LocalNeeds,
  makeLocal,
  stopEnvironment,
} from "#adapters/platform/local.ts";
import type { Behaviour, SuiteWorld } from "#adapters/platform/platform.suite.ts";
import { makeRunner } from "#adapters/runner.ts";
import type { Target } from "#app/ports/outside.ts";
import type { LocalPlatform } from "#core/policy/outside.ts";
import { isAlive } from "#processes/identity.ts";

export const SERVICE = join(import.meta.dirname, "service.mjs");
/** Where tests keep code that Node has compiled. */
export const CODE = join(tmpdir(), `holdpoint-test-code-${userInfo().uid}`);

/** More than the suite needs: versions that die at once or are slow, and what else a service may say. */
interface LocalBehaviour extends Behaviour {
  readonly dies?: boolean;
  readonly latency?: number;
}

export interface LocalWorld extends SuiteWorld {
  readonly folder: string;
  readonly needs: LocalNeeds;
  target(
    version: string,
    behaviour?: LocalBehaviour,
    services?: Partial<Target["services"]>,
  ): Target;
  url(service?: string): string;
}

export const WEB: Target["services"][string] = {
  start: [process.execPath, SERVICE],
  folder: ".",
  health: "/health",
  metrics: "/metrics",
  env: ["SECRET"],
};

export function openLocal(
  config: Partial<LocalPlatform> = {},
  more: Partial<LocalNeeds> & { folder?: string } = {},
): LocalWorld {
  const folder = more.folder ?? makeFolder();
  const needs: LocalNeeds = {
    folder,
    runner: makeRunner({ folder: join(folder, "jobs"), cache: CODE }),
    repository: { checkOut: async (commit, tree) => checkOut(folder, commit, tree) },
    source: { PATH: process.env["PATH"], SECRET: "correct-horse" },
    secrets: ["correct-horse"],
    now: () => Date.now(),
    ...more,
  };
  const platform = makeLocal({ port: 0, drain: 1000, ...config }, needs);

  function target(
    version: string,
    behaviour: LocalBehaviour = {},
    services: Partial<Target["services"]> = { web: WEB },
  ): Target {
    const commit = Buffer.from(version).toString("hex");
    mkdirSync(join(folder, "commits"), { recursive: true });
    writeFileSync(join(folder, "commits", commit), JSON.stringify({ version, ...behaviour }));
    const all = services as Target["services"];
    return { environment: "production", release: `r-${version}`, version, commit, services: all };
  }

  const url = (service = "web") => addressesOf(folder, "production")[service] ?? "";
  return {
    folder,
    needs,
    platform,
    target,
    url,
    traffic: (requests) => traffic(url(), requests),
    running: async () => runningIn(folder).map((one) => one.version),
    async close() {
      await stopEnvironment(folder, 500);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A data folder whose compiled code is shared with other tests, so that processes start sooner. */
function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "local-"));
  mkdirSync(CODE, { recursive: true });
  symlinkSync(CODE, join(folder, "code"));
  return folder;
}

/** Every service process that a data folder knows of and that lives. */
export function runningIn(folder: string): { version: string; service: string; pid: number }[] {
  const all = readdirSync(environmentsIn(folder)).flatMap((environment) => {
    const { versions } = placesOf(folder, environment);
    return list(versions).flatMap((name) =>
      list(join(versions, name)).flatMap((service) => {
        const { child } = stateOf(join(versions, name, service));
        const alive = child !== null && isAlive(child);
        return alive ? [{ version: name.split("@")[0] ?? "", service, pid: child.pid }] : [];
      }),
    );
  });
  return all.sort((a, b) => a.version.localeCompare(b.version));
}

/** Sends requests on a few kept connections; how many each version answered. */
export async function traffic(url: string, requests: number): Promise<Record<string, number>> {
  const versions: Record<string, number> = {};
  let left = requests;
  const client = async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    while (left-- > 0) {
      const version = await versionAt(url, agent);
      versions[version] = (versions[version] ?? 0) + 1;
    }
    agent.destroy();
  };
  await Promise.all(Array.from({ length: 8 }, client));
  return versions;
}

function versionAt(url: string, agent: Agent): Promise<string> {
  return new Promise((resolve, reject) => {
    request(url, { agent }, (answer) => {
      answer.resume();
      answer.on("end", () => resolve(String(answer.headers["x-version"] ?? answer.statusCode)));
      answer.on("error", reject);
    })
      .on("error", reject)
      .end();
  });
}

async function checkOut(folder: string, commit: string, tree: string): Promise<void> {
  await mkdir(tree, { recursive: true });
  await copyFile(join(folder, "commits", commit), join(tree, "behaviour.json"));
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
