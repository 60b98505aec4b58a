// One Chromium for a test file; each person has a session of their own in it.
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after } from "node:test";
import { type BrowserContext, chromium, type Page } from "playwright-core";
import { ensureChromium } from "../../tools/chromium.ts";

const browser = await chromium.launch({
  executablePath: ensureChromium(),
  // Chromium refuses to build its sandbox for root, as whom containers run.
  args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
});
after(() => browser.close());

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
/** Where pictures of the pages go. */
const PICTURES = new URL("../../dist/pictures", import.meta.url).pathname;

export interface Session {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What the page complained of: errors of its scripts, and things that its security policy refused. */
  readonly complaints: string[];
}

interface Look {
  readonly scheme?: "light" | "dark";
  readonly width?: number;
  /** What time it is for the page; the real time where it is left out. */
  readonly now?: number;
  /** False for a browser that runs none. */
  readonly scripts?: boolean;
}

/** Opens a page that anybody may see. */
export async function visit(url: string, look: Look = {}): Promise<Session> {
  const { scheme = "light", width = 1280, now, scripts = true } = look;
  const context = await browser.newContext({
    colorScheme: scheme,
    viewport: { width, height: 900 },
    timezoneId: "Europe/Berlin",
    javaScriptEnabled: scripts,
  });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  if (now !== undefined) await page.clock.install({ time: now });
  const complaints: string[] = [];
  page.on("pageerror", ({ message }) => complaints.push(message));
  page.on("console", (message) => {
    // What was refused or lost is looked at below, with its address.
    const isAnswer = /Failed to load resource/.test(message.text());
    if (message.type() === "error" && !isAnswer) complaints.push(message.text());
  });
  page.on("response", (response) => {
    const status = response.status();
    // Before signing in, who looks is asked and nobody is known; what an act is refused for is shown on the page.
    const isAnswer = status < 400 || status === 401 || response.request().method() === "POST";
    if (!isAnswer || status >= 500) complaints.push(`${status} ${response.url()}`);
  });
  await page.goto(url);
  return { page, context, complaints };
}

/** Signs a person in with a token, as people do. */
export async function signIn(url: string, token: string, look: Look = {}): Promise<Session> {
  const session = await visit(url, look);
  const { page } = session;
  await page.getByLabel("Token").fill(token);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("button", { name: "Sign out" }).waitFor();
  return session;
}

/** What axe finds serious or critical on the page as it stands. */
export async function axe(page: Page): Promise<readonly string[]> {
  // Through the debugger, so that the page's own policy need not let it in.
  const found = (await page.evaluate(
    `${AXE}; axe.run(document, { resultTypes: ["violations"] })`,
  )) as { violations: { id: string; impact: string; nodes: { html: string }[] }[] };
  return found.violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`);
}

/** What is wider than the window, unless it scrolls by itself. */
export async function sticksOut(page: Page): Promise<readonly string[]> {
  const script = `(() => {
    const most = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= most) return [];
    return [...document.querySelectorAll("body *")]
      .filter((one) => one.getBoundingClientRect().right > most + 1)
      .map((one) => one.outerHTML.slice(0, 160));
  })()`;
  return (await page.evaluate(script)) as string[];
}

/** @param whole the whole page, else what the window shows */
export async function picture(page: Page, name: string, whole = true): Promise<void> {
  mkdirSync(PICTURES, { recursive: true });
  await page.screenshot({ path: join(PICTURES, `${name}.png`), fullPage: whole });
}
