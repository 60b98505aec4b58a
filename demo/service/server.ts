// A small mortgage service: it answers with rates and takes applications, in a database of its own.
import { createServer, type ServerResponse } from "node:http";
import { openDatabase } from "./database.ts";
import { rateFor } from "./rates.ts";

const database = openDatabase();
const count = { calls: 0, errors: 0 };

/** Runs one statement and counts it for /api/metrics. */
function ask<Value>(statement: () => Value): Value {
  count.calls += 1;
  try {
    return statement();
  } catch (error) {
    count.errors += 1;
    throw error;
  }
}

function answer(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

const server = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? "/", "http://service");
  try {
    if (pathname === "/") {
      answer(response, 200, { service: "mortgage rates" });
    } else if (pathname === "/api/health") {
      ask(() => database.prepare("SELECT 1").get());
      answer(response, 200, { well: true });
    } else if (pathname === "/api/rates") {
      const years = Number(searchParams.get("years") ?? 30);
      answer(response, 200, { years, rate: rateFor(years) });
    } else if (pathname === "/api/applications" && request.method === "POST") {
      ask(() => database.prepare("INSERT INTO applications (amount) VALUES (?)").run(250_000));
      answer(response, 201, { taken: true });
    } else if (pathname === "/api/metrics") {
      response.end(`db_calls_total ${count.calls}\ndb_errors_total ${count.errors}\n`);
    } else {
      answer(response, 404, { error: "no such page" });
    }
  } catch (error) {
    answer(response, 500, { error: String(error) });
  }
});
server.listen(Number(process.env.PORT), "127.0.0.1");
process.on("SIGTERM", () => {
  server.close(() => process.exit(0));
  server.closeIdleConnections();
});
