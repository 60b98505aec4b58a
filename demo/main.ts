// `npm run demo`: the main job on real input. A team's repository and service are made, the service gets real traffic from
// a process of its own, and two releases run under MortgageMatch Pro's policy: a good one, and a bad one that Holdpoint
// notices and rolls back by itself.
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { addressesOf, stopEnvironment } from "#adapters/platform/local.ts";
import type { Holdpoint } from "#app/holdpoint.ts";
import { follow } from "#cli/follow.ts";
import { realWorld, type World } from "#cli/world.ts";
import { openHoldpoint } from "../src/main.ts";
import { serveFirst } from "./first.ts";
import { playPeople } from "./people.ts";
import { fittedPolicy } from "./policy.ts";
import { type Receiver, startReceiver } from "./receiver.ts";
import { TeamRepository } from "./repository.ts";
import { type Figures, figuresOf, type Seen, summary } from "./summary.ts";

const RATE = 100;
const ENVIRONMENTS = ["preview", "production"];
const modules = new URL("../node_modules", import.meta.url).pathname;

const folder = mkdtempSync(join(tmpdir(), "holdpoint-demo-"));
const { world, leave } = realWorld();
const say = (line = "") => world.terminal.err(`${line}\n`);

process.exitCode = await demo().finally(leave);

async function demo(): Promise<number> {
  const databases = join(folder, "databases");
  mkdirSync(databases);
  process.env["DATABASE_FOLDER"] = databases;
  // The service is written for the Node that runs this demo, whatever the machine has.
  process.env["PATH"] = `${join(modules, ".bin")}:${process.env["PATH"]}`;
  const receiver = await startReceiver();
  const policy = fittedPolicy({ modules, messages: receiver.url });
  const team = new TeamRepository(join(folder, "team"), policy.text);
  say("Holdpoint demo: two releases of a real service under MortgageMatch Pro's policy.");
  say("The policy is policies/mortgagematch-pro/holdpoint.yaml, fitted to a demo:");
  for (const change of policy.changes) say(`  - ${change}`);
  const dataDir = join(folder, "data");
  const policyFile = join(team.root, "holdpoint.yaml");
  const place = { policyFile, root: team.root, dataDir, databaseUrl: null };
  const opened = await openHoldpoint(place, { write: (text) => world.terminal.err(text) });
  if (!opened.ok) throw new Error(opened.error[0]?.sentence);
  try {
    for (const environment of ENVIRONMENTS) team.migrate(environment);
    await serveFirst({ team, dataDir, environments: ENVIRONMENTS, version: "1.0.0" });
    return await twoReleases(opened.value, { team, dataDir, receiver });
  } finally {
    await stopEnvironment(dataDir);
    await opened.value.close();
    receiver.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The good release and the bad one, under traffic; then what was measured. */
async function twoReleases(
  holdpoint: Holdpoint,
  { team, dataDir, receiver }: { team: TeamRepository; dataDir: string; receiver: Receiver },
): Promise<number> {
  const port = new URL(addressesOf(dataDir, "production")["web"] ?? "").port;
  say(`\nVersion 1.0.0 serves on port ${port}; a process of its own sends ${RATE} requests/s.\n`);
  const stats = join(folder, "traffic.json");
  const script = new URL("traffic.ts", import.meta.url).pathname;
  const traffic = spawn(process.execPath, [script, port, String(RATE), stats], {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const worker = await holdpoint.startWorker();
  try {
    team.addTerm();
    const good = await release(holdpoint, "a feature with an expand migration", stats);
    team.addFault();
    const bad = await release(holdpoint, "passes every test, fails a third of its requests", stats);
    const proof = await holdpoint.desk.verify();
    const figures = {
      good,
      bad,
      messages: receiver.keys.size,
      proof: proof.ok ? proof.value : null,
    };
    say(summary(figures).join("\n"));
    return good.ok && bad.ok && proof.ok && proof.value.sound ? 0 : 1;
  } finally {
    await worker.stop();
    traffic.kill();
  }
}

/** Plans a release, plays its people, shows it until it ends, and reads the figures off its journal and the traffic. */
async function release({ desk }: Holdpoint, title: string, stats: string): Promise<Figures> {
  say(`--- ${title} ---\n`);
  const ask = { by: "product@example.test" };
  const planned = await desk.plan(ask);
  if (!planned.ok)
    throw new Error(
      planned.error.map(({ sentence, where }) => `${where ?? ""} ${sentence}`).join("\n"),
    );
  const { version, type, reasons, rollback } = planned.value;
  say(`${type} ${version}, because ${reasons[0]}`);
  say(
    `the way back takes at most ${rollback.bound / 1000} s, promised are ${rollback.target / 1000} s\n`,
  );
  const before = seenIn(stats);
  const begun = await desk.release(ask);
  if (!begun.ok) throw new Error(begun.error[0]?.sentence);
  const stop = playPeople(desk, begun.value.release, say);
  await untilEnd(desk, begun.value.release, world);
  stop();
  const log = await desk.log({ release: begun.value.release, after: 0, limit: 10_000 });
  await new Promise((settled) => setTimeout(settled, 500));
  return figuresOf(log.ok ? log.value : [], { before, after: seenIn(stats) });
}

async function untilEnd(desk: Holdpoint["desk"], id: string, shown: World): Promise<void> {
  const followed = await follow(desk, id, shown, { patient: true });
  if (!followed.ok) throw new Error(followed.error[0]?.sentence);
  const { report, why } = followed.value;
  if (report.end === null) throw new Error(why === "interrupted" ? why : report.why);
}

function seenIn(file: string): Seen {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Seen;
  } catch {
    return { sent: 0, answered: 0, failed: 0, lost: 0 };
  }
}
