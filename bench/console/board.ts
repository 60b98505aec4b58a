// A server with many releases, and a Chromium that looks at its board.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BrowserContext, chromium, type Page } from "playwright-core";
import { openStore } from "#store/open.ts";
import { makeConsole } from "../../test/console/server.ts";
import { ensureChromium } from "../../tools/chromium.ts";
import { recordMany } from "./many-releases.ts";

export interface Board {
  readonly url: string;
  /** Of somebody who leads; who looks is another. */
  readonly token: string;
  /** Releases under way. */
  readonly names: readonly string[];
  /** A browser that has never seen the console, signed in or not. */
  fresh(signedIn: boolean): Promise<BrowserContext>;
  end(): Promise<void>;
}

export async function openBoard(ended: number, underWay: number): Promise<Board> {
  const folder = mkdtempSync(join(tmpdir(), "holdpoint-bench-"));
  const [root, dataDir] = [join(folder, "team"), join(folder, "data")];
  repositoryIn(root);
  const store = await openStore({ dataDir });
  if (!store.ok) throw store.error;
  const names = await recordMany(store.value, { ended, underWay, now: Date.now() });
  await store.value.close();
  const policyFile = join(root, "holdpoint.yaml");
  const server = await makeConsole({ root, dataDir, policyFile, databaseUrl: null }, folder);
  const [token, reader] = [server.token("lead@example.test"), server.token("reader@example.test")];
  await server.start();
  const browser = await chromium.launch({
    executablePath: ensureChromium(),
    args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
  });
  const viewport = { width: 1280, height: 900 };
  const first = await browser.newContext({ viewport });
  await first.request.post(`${server.url}/api/session`, {
    headers: { origin: server.url, "sec-fetch-site": "same-origin" },
    data: { token: reader },
  });
  const storageState = await first.storageState();
  await first.close();
  return {
    ...{ url: server.url, token, names },
    fresh: async (signedIn) =>
      await browser.newContext({ viewport, ...(signedIn && { storageState }) }),
    async end() {
      await browser.close();
      await server.stop();
      rmSync(folder, { recursive: true });
    },
  };
}

/** A repository as small as a server takes one. */
function repositoryIn(root: string): void {
  const who = ["-c", "user.name=Dev", "-c", "user.email=dev@example.test"];
  const git = (...argv: string[]) => execFileSync("git", ["-C", root, ...who, ...argv]);
  execFileSync("git", ["init", "--quiet", root]);
  writeFileSync(join(root, "holdpoint.yaml"), "holdpoint: 1\n");
  git("add", "--all");
  git("commit", "--quiet", "--message", "feat: begin");
}

/** Notes when the first frame is drawn in which all of these are on the page: ms since the navigation began. */
export async function watchFor(page: Page, selectors: readonly string[]): Promise<void> {
  await page.addInitScript(`window.seen = new Promise((done) => {
    const wanted = ${JSON.stringify(selectors)};
    const look = () => {
      if (!wanted.every((one) => document.querySelector(one))) return requestAnimationFrame(look);
      requestAnimationFrame(() => done(performance.now()));
    };
    requestAnimationFrame(look);
  })`);
}

export async function seenAt(page: Page): Promise<number> {
  return Number(await page.evaluate("window.seen"));
}

/** JavaScript that came so far, as it came over the network, in kB. */
export async function scriptsOf(page: Page): Promise<number> {
  const bytes = await page.evaluate(
    `performance.getEntriesByType("resource").filter(({ name }) => name.endsWith(".js")).reduce((sum, one) => sum + one.encodedBodySize, 0)`,
  );
  return Number(bytes) / 1000;
}
