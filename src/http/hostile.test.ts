import assert from "node:assert/strict";
import { connect } from "node:net";
import { test } from "node:test";
import { codeOf, startServer } from "./server.fixture.ts";

const { server, secrets, post } = await startServer();

const HOSTILE: readonly (readonly [name: string, body: string, status: number, code: string])[] = [
  ["a depth bomb of arrays", "[".repeat(100_000), 400, "too-deep"],
  ["a depth bomb of objects", '{"a":'.repeat(2000), 400, "too-deep"],
  ["brackets in a string are no depth", `{"incident":"${"[".repeat(150)}"}`, 200, ""],
  ["__proto__ in a body", '{"__proto__":{"type":"patch"}}', 400, "bad-request"],
  ["constructor in a body", '{"constructor":{"prototype":{"x":1}}}', 400, "bad-request"],
  ["a body above the limit", `{"incident":"${"x".repeat(300_000)}"}`, 413, "too-large"],
  ["no JSON", "{", 400, "bad-json"],
  ["an array", "[]", 400, "bad-json"],
  ["nothing", "", 400, "bad-json"],
  ["null", "null", 400, "bad-json"],
  ["an unknown field", '{"typo":1}', 400, "bad-request"],
  ["a ref that would be an option of git", '{"ref":"--upload-pack=x"}', 400, "bad-request"],
  ["control characters", '{"incident":"a\\u001b[2J"}', 400, "bad-request"],
  ["a time beyond all time", '{"at":1e300}', 400, "bad-request"],
];
for (const [name, body, status, code] of HOSTILE) {
  test(`hostile body: ${name}`, async () => {
    const response = await post("/api/plan", body);
    assert.equal(response.status, status);
    if (code !== "") assert.equal(await codeOf(response), code);
    assert.equal((await fetch(`${server.url}/healthz`)).status, 200);
  });
}

test("an error never says back what was sent", async () => {
  const response = await post("/api/plan", '{"M4RKED":"M4RKED","type":"M4RKED\\u0000"}');
  assert.equal(response.status, 400);
  assert.doesNotMatch(await response.text(), /M4RKED/);
});

test("only the exact media type is taken", async () => {
  for (const type of [
    "text/plain",
    "application/json;a",
    "application/json, text/plain",
    "application/x-www-form-urlencoded",
    "application/jsonx",
  ]) {
    const response = await post("/api/plan", "{}", { headers: { "content-type": type } });
    assert.equal(response.status, 415, type);
  }
  const zipped = await post("/api/plan", "{}", { headers: { "content-encoding": "gzip" } });
  assert.equal(zipped.status, 415);
  const utf8 = { "content-type": "application/json; charset=utf-8" };
  assert.equal((await post("/api/plan", "{}", { headers: utf8 })).status, 200);
});

/** A request as it is written, without a client that tidies its address. */
function raw(text: string): Promise<string> {
  const { hostname, port } = new URL(server.url);
  return new Promise((done, failed) => {
    let answer = "";
    const socket = connect(Number(port), hostname, () => socket.end(text));
    socket.on("data", (part) => {
      answer += part;
    });
    socket.on("close", () => done(answer));
    socket.on("error", failed);
  });
}

test("tricks with addresses lead nowhere, whatever token comes with them", async () => {
  const tricks = [
    "//api/releases",
    "/api//releases",
    "/./api/releases",
    "/api/./releases",
    "/x/../api/releases",
    "/x/%2e%2e/api/releases",
    "/api%2freleases",
    "/api/releases;x=1",
    "/api/releases/",
    "/api/releases/..",
    "/api/releases/%00",
    "/api/releases\\x",
    "/API/releases",
    "/api/releases/a%20b",
    `http://127.0.0.1/api/releases`,
    "*",
  ];
  for (const path of tricks) {
    const answer = await raw(
      `GET ${path} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${secrets.lead}\r\nconnection: close\r\n\r\n`,
    );
    assert.match(answer, /^HTTP\/1\.1 40[04] /, path);
  }
});

test("what is no HTTP does not bring the server down", async () => {
  for (const text of [
    "\0\0\0",
    "GET / HTTP/9.9\r\n\r\n",
    `GET / HTTP/1.1\r\nx: ${"y".repeat(40_000)}\r\n\r\n`,
    "GET /api/releases HTTP/1.1\r\n\r\n",
    "POST /api/plan HTTP/1.1\r\nhost: x\r\ncontent-length: -1\r\n\r\n",
  ]) {
    await raw(text).catch(() => {});
  }
  assert.equal((await fetch(`${server.url}/healthz`)).status, 200);
});
