import { problem } from "#api/problems.ts";
import type { IncidentSaying } from "#app/incidents.ts";
import { ProblemError } from "#app/problem.ts";
import { IMPACTS, type Incident, STAGES } from "#core/incidents/incident.ts";
import { type AtHand, need, withDesk } from "../at-hand.ts";
import { EXIT } from "../exit-codes.ts";
import { printNext, printResult } from "../print.ts";
import { arg, type Call, type Run, said } from "../verb.ts";
import { incidentLines, incidentRows } from "../views/incident.ts";

export const run: Run = (call) => {
  switch (arg(call, "action")) {
    case "list":
      return withDesk(call, "reads", ({ desk }) => list(call, desk));
    case "open":
      return tell(call, ({ person }) => ({
        ...{ ask: "open", by: person, said: words(call), ...how(call) },
        title: said(call, "title") ?? wrong("Say its name on the page, with --title."),
        areas: said(call, "areas")
          ?.split(",")
          .map((area) => area.trim()),
      }));
    case "update":
      return tell(call, ({ person }) => ({
        ...{ ask: "update", by: person, incident: named(call), said: words(call), ...how(call) },
      }));
    case "resolve":
      return tell(call, ({ person }) => ({
        ...{ ask: "resolve", by: person, incident: named(call), said: words(call) },
      }));
    default:
      return wrong("Say `incident list`, `open`, `update INCIDENT` or `resolve INCIDENT`.");
  }
};

async function list(call: Call, desk: AtHand["desk"]): Promise<number> {
  const incidents = need(await desk.incidents());
  printResult(call, { incidents }, () => incidentRows(incidents));
  if (incidents.length === 0) call.world.terminal.err("No incident was ever told of.\n");
  return EXIT.ok;
}

function tell(call: Call, saying: (at: AtHand) => IncidentSaying): Promise<number> {
  return withDesk(call, "acts", async (at) => {
    const incident = need(await at.desk.tell(saying(at), { request: crypto.randomUUID() }));
    await at.holdpoint?.writePage();
    printResult(call, incident, () => incidentLines(incident));
    printNext(call, goesOn(incident));
    return EXIT.ok;
  });
}

function goesOn({ stage, incident }: Incident): readonly string[] {
  return stage === "resolved" ? [] : [`holdpoint incident resolve ${incident} --say TEXT`];
}

function named({ args }: Call): string {
  return args["incident"] ?? wrong("Say which incident: its name from `incident list`.");
}

function words(call: Call): string {
  return said(call, "say") ?? wrong("Say what the public shall read, with --say.");
}

function how(call: Call) {
  const [impact, stage] = [said(call, "impact"), said(call, "stage")];
  const open = STAGES.filter((one) => one !== "resolved");
  return {
    impact: oneOf(IMPACTS, impact, "--impact"),
    stage: oneOf(open, stage, "--stage"),
  };
}

function oneOf<Word extends string>(
  words: readonly Word[],
  text: string | undefined,
  option: string,
): Word | undefined {
  const known = words.find((word) => word === text);
  return text === undefined || known !== undefined
    ? known
    : wrong(`${option} is one of ${words.join(", ")}.`);
}

function wrong(sentence: string): never {
  throw new ProblemError(problem("usage", { sentence }));
}
