// A team with a version of its to release, a server, and two people who have signed in from a browser each.
import { after } from "node:test";
import { makeTeam } from "../crash/team.ts";
import { signIn } from "./browser.ts";
import { makeConsole } from "./server.ts";

export interface DayParts {
  /** The file of the policy, beside the test. */
  readonly policy: string;
  /** Whether the version that waits to be released is a bad one. */
  readonly isBad: boolean;
}

/** Opens the day, which ends with the test file; `begin` has the release planned, started and let go by both. */
export async function openDay({ policy, isBad }: DayParts) {
  const team = await makeTeam(isBad, null, new URL(policy, import.meta.url));
  const server = await makeConsole(team.place, team.folder);
  after(async () => {
    await server.stop();
    await team.end();
  });
  await server.start();
  const lead = await signIn(server.url, server.token("lead@example.test"));
  const qa = await signIn(server.url, server.token("qa@example.test"));
  const { page } = lead;
  const begin = async () => {
    await page.getByRole("link", { name: "Plan", exact: true }).click();
    await page.getByRole("button", { name: "Look" }).click();
    await page.getByRole("button", { name: "Start this release" }).click();
    await page.getByRole("button", { name: "Approve as lead" }).click();
    await qa.page.goto(page.url());
    await qa.page.getByRole("button", { name: "Approve as qa" }).click();
  };
  return { team, lead, qa, page, begin };
}
