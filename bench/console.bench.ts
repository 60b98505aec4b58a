import { type Board, openBoard, scriptsOf, seenAt, watchFor } from "./console/board.ts";
import { type Bench, type Figures, type Prepared, percentile } from "./harness.ts";

const UNDER_WAY = 60;
const ALL = 10_000;
/** Approvals in one run; each of another release, which it moves once. */
const ACTS = 8;
const ROWS = ["li[aria-posinset='1'] a", "#under-way ~ div li a"];

export const consoleBench: Bench = {
  name: "console",
  title: "The console",
  about: `A board of ${ALL.toLocaleString("en")} releases, ${UNDER_WAY} of them under way, from a server with the embedded store, in a real Chromium
that has never seen it: from the beginning of the navigation to the first frame with releases under way and ended ones.
Then its list is scrolled down by 50 px a frame for 300 frames, while further pages come. Then somebody approves: from
before the request is sent to the change on the page of another who looks on. The floor is the console before signing
in: the same programs, and no release.`,
  cases: [
    {
      what: "board, cold",
      targets: [
        { figure: "seen ms", atMost: 1000 },
        { figure: "JavaScript kB", atMost: 180 },
      ],
      setUp: () => onBoard(opened),
    },
    { what: "floor: signing in, cold", setUp: () => onBoard(floor) },
    {
      what: "scrolling",
      targets: [{ figure: "p95 frame ms", atMost: 34 }],
      setUp: () => onBoard(scrolled),
    },
    {
      what: "an approval, seen by another",
      targets: [{ figure: "slowest ms", atMost: 500 }],
      setUp: () => onBoard(live),
    },
  ],
};

let board: Promise<Board> | undefined;
let users = 0;

/** All cases look at one board; whoever is the last to leave ends it. */
async function onBoard(measure: (board: Board) => Promise<Figures>): Promise<Prepared> {
  users += 1;
  board ??= openBoard(ALL - UNDER_WAY, UNDER_WAY);
  const opened = await board;
  return {
    run: () => measure(opened),
    async tearDown() {
      users -= 1;
      if (users === 0) await opened.end();
    },
  };
}

async function opened(board: Board): Promise<Figures> {
  return await cold(board, true, ROWS);
}

async function floor(board: Board): Promise<Figures> {
  return await cold(board, false, ["input[name='token']"]);
}

async function cold(
  { url, fresh }: Board,
  signedIn: boolean,
  wanted: readonly string[],
): Promise<Figures> {
  const context = await fresh(signedIn);
  const page = await context.newPage();
  await watchFor(page, wanted);
  await page.goto(url);
  const seen = await seenAt(page);
  const scripts = await scriptsOf(page);
  await context.close();
  return { "seen ms": seen, "JavaScript kB": scripts };
}

async function scrolled({ url, fresh }: Board): Promise<Figures> {
  const context = await fresh(true);
  const page = await context.newPage();
  await watchFor(page, ROWS);
  await page.goto(url);
  await seenAt(page);
  const frames = (await page.evaluate(`new Promise((done) => {
    const frames = [];
    let last = performance.now();
    const step = (now) => {
      frames.push(now - last);
      last = now;
      if (frames.length > 300) return done(frames.slice(1));
      scrollBy(0, 50);
      requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
  })`)) as number[];
  const drawn = Number(await page.locator("li[aria-posinset]").count());
  await context.close();
  return {
    "p50 frame ms": percentile(frames, 0.5),
    "p95 frame ms": percentile(frames, 0.95),
    "longest frame ms": Math.max(...frames),
    "rows drawn": drawn,
  };
}

let next = 0;

async function live({ url, fresh, names, token }: Board): Promise<Figures> {
  const context = await fresh(true);
  const page = await context.newPage();
  await watchFor(page, ROWS);
  await page.goto(url);
  await seenAt(page);
  await page.getByText("Live", { exact: true }).waitFor();
  const took: number[] = [];
  for (let act = 0; act < ACTS; act += 1, next += 1) {
    const release = names[names.length - 1 - next] ?? "";
    const card = page
      .getByRole("listitem")
      .filter({ has: page.locator(`a[href="/releases/${release}"]`) });
    await card.scrollIntoViewIfNeeded();
    await card.getByText(/lead approves/).waitFor();
    const changed = page.evaluate(`new Promise((done) => {
      const card = document.querySelector('a[href="/releases/${release}"]').closest("li");
      new MutationObserver((_, watch) => {
        if (card.textContent.includes("lead approves")) return;
        watch.disconnect();
        done(Date.now());
      }).observe(card, { subtree: true, childList: true, characterData: true });
    })`);
    const from = Date.now();
    await approve(`${url}/api/releases/${release}/approve`, token);
    took.push(Number(await changed) - from);
  }
  await context.close();
  return { "p50 ms": percentile(took, 0.5), "slowest ms": Math.max(...took) };
}

async function approve(url: string, token: string): Promise<void> {
  const response = await fetch(url, {
    method: "POST",
    headers: {
      authorization: `Bearer ${token}`,
      "content-type": "application/json",
      "idempotency-key": crypto.randomUUID(),
    },
    body: JSON.stringify({ gate: "go" }),
  });
  if (!response.ok) throw new Error(await response.text());
}
