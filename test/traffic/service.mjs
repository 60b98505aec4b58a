// A small service for tests. It takes its behaviour from `behaviour.json` in its folder and answers its version in the
// header `x-version`. It does nothing about SIGTERM: whoever stops it must first have taken the traffic away.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";

const { version, errors, ill, boot, dies, databaseErrors, latency } = {
  ...{ version: "?", errors: 0, ill: false, boot: 0, dies: false, databaseErrors: 0, latency: 0 },
  ...JSON.parse(readFileSync("behaviour.json", "utf8")),
};
if (dies) {
  process.stderr.write(`cannot start with ${process.env.SECRET ?? "nothing"}\n`);
  process.exit(7);
}
let [requests, failures, owed] = [0, 0, 0];

createServer((asked, answer) => {
  answer.setHeader("x-version", version);
  if (asked.url === "/health") answer.writeHead(ill || performance.now() < boot ? 500 : 200).end();
  else if (asked.url === "/pid") answer.end(String(process.pid));
  else if (asked.url === "/env") answer.end(JSON.stringify(process.env));
  else if (asked.url === "/metrics") {
    answer.end(`db_calls_total{kind="a}b c"} ${requests}\ndb_errors_total ${failures}\n`);
  } else if (latency > 0) setTimeout(() => serve(asked, answer), latency);
  else serve(asked, answer);
}).listen(process.env.PORT, "127.0.0.1");

function serve(asked, answer) {
  requests++;
  if (requests * databaseErrors >= (failures + 1) * 10_000) failures++;
  owed += errors;
  const bad = owed >= 10_000;
  if (bad) owed -= 10_000;
  answer.writeHead(bad ? 500 : 200);
  asked.pipe(answer);
}
