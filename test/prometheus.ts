// A Prometheus server for one test file: its own folder, its own port, and what it scrapes under the test's hand.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { type AddressInfo, createServer as createSocket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { ensurePrometheus } from "../tools/prometheus.ts";

export interface TestPrometheus {
  readonly url: string;
  /** From now on this is scraped, each second; resolves once the server has taken it in. */
  show(exposition: string): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a fresh server on a free port of the loopback interface, scraping once a second. */
export async function startPrometheus(): Promise<TestPrometheus> {
  const program = ensurePrometheus();
  const folder = mkdtempSync(join(tmpdir(), "holdpoint-prometheus-"));
  let [shown, number] = ["", 0];
  const target = createServer((_, response) => {
    response.setHeader("content-type", "text/plain; version=0.0.4");
    response.end(`${shown}test_shown ${number}\n`);
  }).listen(0, "127.0.0.1");
  await once(target, "listening");
  const scraped = (target.address() as AddressInfo).port;
  const config = join(folder, "prometheus.yml");
  const job = `  - job_name: test\n    static_configs:\n      - targets: ["127.0.0.1:${scraped}"]\n`;
  writeFileSync(config, `global:\n  scrape_interval: 1s\nscrape_configs:\n${job}`);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const argv = [
    `--config.file=${config}`,
    `--storage.tsdb.path=${join(folder, "data")}`,
    `--web.listen-address=127.0.0.1:${port}`,
    "--log.level=error",
  ];
  const server = spawn(program, argv, { cwd: folder, stdio: ["ignore", "ignore", "ignore"] });
  const ended = once(server, "exit");
  const answers = async (query: string) => {
    const address = `${url}/api/v1/query?query=${encodeURIComponent(query)}`;
    const response = await fetch(address).catch(() => null);
    if (response?.ok !== true) return null;
    const { data } = (await response.json()) as { data: { result: { value: [number, string] }[] } };
    return Number(data.result[0]?.value[1] ?? -1);
  };
  const until = async (is: () => Promise<boolean>) => {
    for (let tries = 0; tries < 200; tries += 1) {
      if (server.exitCode !== null) throw new Error(`Prometheus ended with ${server.exitCode}`);
      if (await is()) return;
      await pause(100);
    }
    throw new Error("Prometheus did not take in what was shown within 20 s");
  };
  await until(async () => (await answers("vector(1)")) === 1);
  return {
    url,
    async show(exposition) {
      shown = exposition;
      number += 1;
      await until(async () => (await answers("test_shown")) === number);
    },
    async stop() {
      server.kill("SIGTERM");
      await ended;
      target.close();
      target.closeAllConnections();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const probe = createSocket().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, "close");
  return port;
}
