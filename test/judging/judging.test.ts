// What the judge rests on, from end to end: a real Prometheus and the push endpoint, a real server with its meter, a gate on
// the error budget, alerts and reports that are sent, and a way back that is measured, and late.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import type { Problem } from "#app/problem.ts";
import type { Result } from "#core/base/result.ts";
import type { StatusReport } from "#core/reports/status.ts";
import { startPrometheus } from "../prometheus.ts";
import { openShop, until } from "./shop.ts";

const prometheus = await startPrometheus();
const counted = (version: string, good: number, bad: number) =>
  `http_requests_total{version="${version}",code="200"} ${good}\n` +
  `http_requests_total{version="${version}",code="500"} ${bad}\n`;
await prometheus.show(counted("1.0.0", 1000, 0));
const shop = await openShop(prometheus.url);
const { desk, told } = shop;
after(async () => {
  await shop.end();
  await prometheus.stop();
});

const need = <Value>(result: Result<Value, readonly Problem[]>): Value => {
  assert.ok(result.ok, JSON.stringify(!result.ok && result.error));
  return result.value;
};
const status = async (release: string) => need(await desk.status(release));
const reaches = (release: string, what: string, is: (report: StatusReport) => boolean) =>
  until(what, async () => is(await status(release)));
const begin = async (type: string) => {
  const wish = { by: "lead@example.test", type, bump: type as "patch" | "minor" };
  return need(await desk.release(wish, { request: randomUUID() })).release;
};
const events = async (release: string) => need(await desk.log({ release, after: 0, limit: 1000 }));

test("MM-21 AM-21 AM-06: Prometheus is metered, a burning budget is alerted and holds a release, until a person waives it", async () => {
  // The first reading of the meter says where counting begins; what is shown from now on is counted.
  await pause(1500);
  await prometheus.show(counted("1.0.0", 3000, 500));
  const release = await begin("patch");
  await until("the burn is alerted", () => told("pager").length > 0);
  assert.equal(told("pager")[0]?.title, "critical: budget-burns raised");
  assert.match(
    told("pager")[0]?.body ?? "",
    /^success: .* error budget is left, and it burns 200 times too fast/,
  );
  const isBurning = ({ holds }: StatusReport) => holds[0]?.reason.includes("burns") === true;
  await reaches(release, "the budget holds the release", isBurning);
  const say = { ask: "waive", by: "lead@example.test", gate: "budget" } as const;
  need(await desk.say(release, { ...say, reason: "it mends what burns" }));
  await reaches(release, "its traffic is shifted", ({ traffic }) => traffic?.weight === 5000);
  // A report tells what was counted since the first look.
  await until("it is looked at", async () =>
    (await events(release)).some(({ type }) => type === "TrafficLooked"),
  );
  await prometheus.show(counted("1.0.0", 3200, 500) + counted("1.0.1", 200, 0));
  await until("the watch reports", () => told("mail").length > 0);
  assert.match(
    told("mail")[0]?.body ?? "",
    /^first 1: \d+ requests, 0 % of them failed; success 100 %; 1 objectives are kept; to be ticked: calm$/,
  );
  const tick = { ask: "tick", by: "lead@example.test", gate: "first", item: "calm" } as const;
  need(await desk.say(release, tick));
  await reaches(release, "it is stable", ({ end }) => end !== null);
  assert.equal((await status(release)).end?.how, "stable");
  const traffic = (await events(release)).find(
    ({ type, data }) => type === "StepAnswered" && JSON.stringify(data).includes("rate"),
  );
  assert.ok(traffic, "the lengths of its weights rest on the traffic that the meter had counted");
  assert.equal(told("pager").length, 1, "one alert for one cause");
});

test("MM-12 MM-14: pushed samples turn a release back by themselves; its clock is journalled, and it is late", async () => {
  const release = await begin("minor");
  const push = async (arm: string, errors: number) => {
    const response = await fetch(`${shop.url}/api/environments/shop-floor/samples`, {
      method: "POST",
      headers: { authorization: `Bearer ${shop.pusher}`, "content-type": "application/json" },
      body: JSON.stringify({
        samples: [{ arm, at: Date.now(), requests: 100, errors, latency: [] }],
      }),
    });
    assert.equal(response.status, 200);
  };
  await reaches(release, "its traffic is shifted", ({ traffic }) => traffic?.weight === 5000);
  let failing = 0;
  const isBack = async () => {
    await push("baseline", 0);
    await push("canary", failing);
    const { end, traffic } = await status(release);
    // Only what was good before can go bad.
    if ((traffic?.requests.canary ?? 0) > 100) failing = 40;
    return end !== null;
  };
  await until("it has turned back", isBack);
  const { end, rollback } = await status(release);
  assert.equal(end?.how, "rolled-back");
  assert.match(end?.reason ?? "", /of its requests fail \(stable: 0 %\)/);
  assert.deepEqual(Object.keys(rollback.took), ["weight-0", "drained"]);
  assert.ok((rollback.took["weight-0"] ?? 0) >= 2500 && rollback.late);
  const types = (await events(release)).map(({ type }) => type);
  assert.equal(types.filter((type) => type === "RollbackMeasured").length, 2);
  assert.ok(types.indexOf("RollbackLate") > types.indexOf("RollbackDecided"));
  const titles = () => told("pager").map(({ title }) => title);
  await until("all is said", () => titles().includes("critical: rollback-late resolved"));
  for (const cause of ["rollback", "rollback-late"])
    for (const state of ["raised", "resolved"])
      assert.equal(titles().filter((title) => title === `critical: ${cause} ${state}`).length, 1);
});
