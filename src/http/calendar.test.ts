import assert from "node:assert/strict";
import { test } from "node:test";
import { codeOf, RELEASE, startServer } from "./server.fixture.ts";

const { secrets, get, post } = await startServer();

test("the calendar is told as an agenda and as a feed of the same entries", async () => {
  const agenda = (await (await get("/api/calendar")).json()) as { entries: { uid: string }[] };
  assert.ok(agenda.entries.some(({ uid }) => uid.startsWith("window-daily-")));
  const feed = await get("/api/calendar.ics");
  assert.equal(feed.headers.get("content-type"), "text/calendar; charset=utf-8");
  const text = await feed.text();
  assert.equal(text.match(/^BEGIN:VEVENT\r$/gm)?.length, agenda.entries.length);
  for (const { uid } of agenda.entries)
    assert.ok(text.replaceAll("\r\n ", "").includes(`UID:${uid}@`));
});

test("a day that is none is a bad request, for both", async () => {
  for (const path of ["/api/calendar", "/api/calendar.ics"])
    assert.equal((await get(`${path}?from=2026-02-30`)).status, 400, path);
});

test("a waiver is listed as a debt until someone whose it is settles it, with a link", async () => {
  const gate = { gate: "go-no-go", reason: "the night shift agreed" };
  assert.equal((await post(`/api/releases/${RELEASE}/waive`, gate)).status, 200);
  const open = async () =>
    ((await (await get("/api/debts")).json()) as { debts: { debt: string }[] }).debts;
  assert.deepEqual(
    (await open()).map(({ debt }) => debt),
    ["waiver-go-no-go"],
  );
  const path = `/api/releases/${RELEASE}/discharge`;
  const body = { debt: "waiver-go-no-go", link: "https://example.test/minutes" };
  assert.equal(await codeOf(await post(path, body, { token: secrets.qa })), "not-allowed");
  assert.equal(await codeOf(await post(path, { ...body, debt: "other" })), "no-debt");
  assert.equal((await post(path, body)).status, 200);
  assert.deepEqual(await open(), []);
});
