// MortgageMatch Pro's policy, fitted to the demo: the same types, phases, gates, holds and triggers, with the waits cut
// short, the calendar open today, and the commands of a service without Prisma. Everything that is changed is listed.
import { readFileSync } from "node:fs";
import { parseDocument } from "yaml";

export interface Fitted {
  readonly text: string;
  readonly changes: readonly string[];
}

/** The policy's text for the demo, and what was changed in it. */
export function fittedPolicy(parts: { modules: string; messages: string }): Fitted {
  const source = new URL("../policies/mortgagematch-pro/holdpoint.yaml", import.meta.url);
  const document = parseDocument(
    readFileSync(source, "utf8").replaceAll("http://127.0.0.1:8787", parts.messages),
  );
  const steps = (phase: string, kind: string, change: (at: (string | number)[]) => void) => {
    const list = document.toJS().phases[phase].steps as Record<string, unknown>[];
    list.forEach((step, index) => {
      if (step[kind] !== undefined) change(["phases", phase, "steps", index, kind]);
    });
  };
  const set = (path: (string | number)[], value: unknown) =>
    document.setIn(path, document.createNode(value));

  for (const window of ["patch-tuesday", "minor-friday", "major-friday"]) {
    set(["calendar", "windows", window], {
      rule: "FREQ=DAILY",
      from: "2026-01-01T00:00",
      for: "24 h",
    });
  }
  set(["calendar", "freezes"], {});
  // Every day is everybody's here, so a minor that gave way to the major would never go.
  set(["types", "minor", "yields"], []);
  set(["prepare"], [["ln", "-sfn", parts.modules, "node_modules"]]);
  set(["services", "web", "env"], ["DATABASE_FOLDER"]);
  set(["guard", "look"], [{ every: "1 s" }]);
  set(["rollback", "on", "objectives"], { for: "5 s" });
  // A soak of three seconds is far too short to prove that a version is no worse: the limits alone judge here.
  document.deleteIn(["rollback", "on", "worse"]);
  set(["rollback", "verify", 0, "verify", "over"], "2 s");
  set(["gates", "migrations-valid", "check", "run"], ["npm", "run", "migrate:check"]);
  for (const phase of ["preview", "production"]) {
    steps(phase, "migrate", (at) => {
      set([...at, "run"], ["npm", "run", "migrate"]);
      set([...at, "env"], ["DATABASE_FOLDER"]);
    });
  }
  // There is no forge and no remote to go to: the release is tagged, and no more.
  document.deleteIn(["forge"]);
  steps("finish", "tag", (at) => set(at, {}));
  for (const kind of ["publish", "write"])
    steps("finish", kind, (at) => document.deleteIn(at.slice(0, -1)));
  steps("production", "backup", (at) => set([...at, "env"], ["DATABASE_FOLDER"]));
  steps("production", "warm", (at) => set([...at, "every"], "1 s"));
  steps("production", "shift", (at) => set([...at, "soak"], "3 s"));
  steps("production", "verify", (at) => set([...at, "over"], "2 s"));
  steps("watch", "watch", (at) => set([...at, "for"], "4 s"));
  set(["gates", "no-drift", "check", "env"], ["DATABASE_FOLDER"]);
  return {
    text: document.toString(),
    changes: [
      "windows are open all day, freezes and precedence are left out, so that it runs today",
      "waits are cut: soak 2 min to 3 s, watch 30 min to 4 s, a look every second instead of every 5 s",
      "commands are those of the demo's service, which has SQLite instead of Prisma",
      "messages go to a receiver of the demo's own",
      "nothing is published, and the changelog is not written: there is no forge and no remote",
    ],
  };
}
