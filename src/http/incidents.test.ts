import assert from "node:assert/strict";
import { test } from "node:test";
import { codeOf, startServer } from "./server.fixture.ts";

const { secrets, get, post } = await startServer();
const opening = { title: "Checkout is slow", said: "We are looking into it." };
type Told = { incident: string; stage: string; updates: readonly unknown[] };

test("SS-28: whom the policy names opens, updates and resolves an incident; others are refused", async () => {
  const refused = await post("/api/incidents", opening, { token: secrets.qa });
  assert.equal(refused.status, 403);
  assert.equal(await codeOf(refused), "not-allowed");
  const opened = await post("/api/incidents", opening);
  assert.equal(opened.status, 201);
  const { incident } = (await opened.json()) as Told;
  const to = (act: string) => `/api/incidents/${incident}/${act}`;
  await post(to("update"), { stage: "identified", said: "A cache is full." });
  const resolved = (await (await post(to("resolve"), { said: "All is well." })).json()) as Told;
  assert.equal(resolved.stage, "resolved");
  assert.equal(resolved.updates.length, 3);
  assert.equal(await codeOf(await post(to("update"), { said: "x" })), "incident-resolved");
  const page = (await (await get("/api/incidents")).json()) as { incidents: Told[] };
  assert.deepEqual(
    page.incidents.map((one) => one.incident),
    [incident],
  );
});

test("the same word under the same key is recorded once, and answered with where the incident stands", async () => {
  const headers = { "idempotency-key": "incident-once" };
  const [one, two] = (await Promise.all([
    (await post("/api/incidents", opening, { headers })).json(),
    (await post("/api/incidents", opening, { headers })).json(),
  ])) as [Told, Told];
  assert.equal(one.incident, two.incident);
  assert.equal(two.updates.length, 1);
});

test("an incident that is not there, an area that is not shown and empty words are refused with what to do", async () => {
  const codes = await Promise.all([
    post("/api/incidents/incident-99/update", { said: "x" }).then(codeOf),
    post("/api/incidents/x/update", { said: "x" }).then(codeOf),
    post("/api/incidents", { ...opening, areas: ["shed"] }).then(codeOf),
    post("/api/incidents", { ...opening, said: "   " }).then(codeOf),
    post("/api/incidents", { title: "no words" }).then(codeOf),
    post("/api/incidents", opening, { token: secrets.reader }).then(codeOf),
  ]);
  assert.deepEqual(codes, [
    ...["no-incident", "no-incident", "no-area", "nothing-said", "bad-request", "not-permitted"],
  ]);
});
