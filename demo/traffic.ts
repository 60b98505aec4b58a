// Real traffic from a process of its own: `node traffic.ts PORT RATE STATS-FILE`. Asks at a steady rate over kept-alive
// connections until it is ended, and writes what it saw every 200 ms. A request is lost when it gets no answer at all, or
// one that the router had to give itself.
import { renameSync, writeFileSync } from "node:fs";
import { Agent, request } from "node:http";

const [port, rate, file] = [
  Number(process.argv[2]),
  Number(process.argv[3]),
  process.argv[4] ?? "",
];
const agent = new Agent({ keepAlive: true, maxSockets: 50 });
const seen = { sent: 0, answered: 0, failed: 0, lost: 0, latencies: [] as number[] };

function ask(): void {
  const started = performance.now();
  seen.sent += 1;
  const post = seen.sent % 5 === 0;
  const path = post ? "/api/applications" : `/api/rates?years=${seen.sent % 2 === 0 ? 15 : 30}`;
  const sent = request(
    { host: "127.0.0.1", port, path, agent, method: post ? "POST" : "GET", timeout: 10_000 },
    (response) => {
      response.resume();
      response.on("end", () => {
        seen.answered += 1;
        seen.latencies.push(performance.now() - started);
        if (response.statusCode === 502 || response.statusCode === 503) seen.lost += 1;
        else if ((response.statusCode ?? 0) >= 400) seen.failed += 1;
      });
      response.on("error", lost);
    },
  );
  sent.on("error", lost);
  sent.on("timeout", () => sent.destroy(new Error("no answer")));
  sent.end();
}

function lost(): void {
  seen.lost += 1;
}

function write(): void {
  const { latencies, ...counts } = seen;
  const sorted = latencies.splice(0).sort((one, other) => one - other);
  const p95 = sorted[Math.floor(sorted.length * 0.95)] ?? 0;
  writeFileSync(`${file}.new`, JSON.stringify({ ...counts, p95 }));
  renameSync(`${file}.new`, file);
}

const start = performance.now();
let due = 0;
setInterval(() => {
  for (due = Math.floor(((performance.now() - start) * rate) / 1000); seen.sent < due; ) ask();
}, 5);
setInterval(write, 200);
process.on("SIGTERM", () => {
  write();
  process.exit(0);
});
process.on("disconnect", () => process.exit(0));
