// Keeps the public status page true: follows the journal, has incidents opened for what Holdpoint sees itself, and writes
// the page's files when they would say something else.
//
//   an append, or 15 s       -> what is new in the journal is folded in; causes are looked at; the files are written
//   nothing new for 5 min    -> the page is written all the same, with the moment as of which it is true
//
// Any number of processes may do so: incidents are opened once for each cause, and what is written depends on the journal,
// the policy and the minute alone. What fails is tried again with the next round; the files of before stay as they are.
import { digestOf } from "#core/base/digest.ts";
import { type Instant, MINUTE, type Millis, SECOND } from "#core/base/time.ts";
import { INCIDENT_STREAM } from "#core/incidents/journal.ts";
import type { Policy } from "#core/policy/policy.ts";
import type { StatusPagePolicy } from "#core/policy/status-page.ts";
import { shownBy } from "#core/release/public.ts";
import { readEvent } from "#core/release/upcast.ts";
import { atomFeed } from "#core/status-page/atom.ts";
import { FILES, htmlPage } from "#core/status-page/html.ts";
import { statusPage } from "#core/status-page/model.ts";
import { type Burn, sight } from "#core/status-page/observe.ts";
import { type ToldRelease, tellOn } from "#core/status-page/told-release.ts";
import { burning } from "./burn-alerts.ts";
import type { IncidentHandler } from "./incidents.ts";
import type { PageFolder } from "./ports/page-folder.ts";
import type { BoardRow, Store } from "./ports/store.ts";

export interface PageKeeperParts {
  readonly store: Pick<Store, "read" | "readAll" | "rows" | "head" | "onAppend">;
  readonly incidents: IncidentHandler;
  readonly folder: PageFolder;
  /** The policy as its file says it now; null while it cannot be read. */
  readonly policy: () => Promise<Policy | null>;
  /** The error budgets that burn so fast that people are called. */
  readonly burns: (policy: Policy, now: Instant) => Promise<readonly Burn[]>;
  readonly clock: () => Instant;
  readonly report: (error: unknown) => void;
}

/** The keeper of a store's page, with the budgets that burn by its measures. */
export function keeperOf({
  store,
  write,
  ...parts
}: Pick<PageKeeperParts, "clock" | "policy" | "incidents" | "folder"> & {
  readonly store: Store;
  readonly write: (text: string) => void;
}): PageKeeper {
  return new PageKeeper({
    ...parts,
    store,
    burns: (policy, now) => burning(store.measures, policy, now),
    report: (error) => {
      const why = error instanceof Error ? error.message : String(error);
      write(`holdpoint: the status page: ${why}; it is tried again\n`);
    },
  });
}

const EVERY: Millis = 15 * SECOND;
/** Appends that come fast are taken together. */
const AT_MOST_EVERY: Millis = 500;
/** How long the policy and what was measured may be taken as known; longer where the policy has no page. */
const FRESH: Millis = 15 * SECOND;
const FRESH_WITHOUT: Millis = MINUTE;
/** The page says as of when it is true, in steps of this. */
const AS_OF: Millis = 5 * MINUTE;
/** So many releases that have ended are read when it begins: the page shows fewer. */
const MOST_ENDED = 300;
const PAGE_OF_ROWS = 500;
const PAGE_OF_ENTRIES = 5000;

/** Keeps the page until it is stopped. */
export class PageKeeper {
  private readonly parts: PageKeeperParts;
  private follower: Follower | null = null;
  private known: { at: Instant; policy: Policy | null; burns: readonly Burn[] | null } | null =
    null;
  private stopped = false;
  /** Something was appended since the round began. */
  private news = false;
  private wake: () => void = () => {};
  private unlisten: () => void = () => {};
  private running: Promise<void> = Promise.resolve();

  constructor(parts: PageKeeperParts) {
    this.parts = parts;
  }

  start(): void {
    this.unlisten = this.parts.store.onAppend(() => {
      this.news = true;
      this.wake();
    });
    this.running = this.loop();
  }

  /** Writes it once, for a process that does nothing else; what fails is told. */
  async write(): Promise<void> {
    await this.round().catch(this.parts.report);
  }

  /** Writes what there is to write once more, so that the last word of a release is on the page. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.wake();
    this.unlisten();
    await this.running;
    await this.write();
  }

  private async loop(): Promise<void> {
    while (!this.stopped) {
      const begun = performance.now();
      this.news = false;
      await this.round().catch(this.parts.report);
      await this.sleep(Math.max(0, AT_MOST_EVERY - (performance.now() - begun)), false);
      await this.sleep(EVERY, true);
    }
  }

  /** One look at the journal, the calendar and what is measured; the page says so afterwards. */
  async round(): Promise<void> {
    const { incidents, folder, clock } = this.parts;
    const now = clock();
    const { policy, burns } = await this.today(now);
    const page = policy?.["status-page"];
    if (policy === null || page === undefined) return;
    const releases = await this.follow(page, now);
    const seen = sight(page, { releases, incidents: await incidents.load(), burns, now });
    if (seen.seen.length > 0 || seen.over.length > 0) {
      const told = await incidents.handle(
        { ask: "observe", by: "holdpoint", ...seen },
        { now, policy },
      );
      if (!told.ok) throw new Error(told.error.sentence);
    }
    const made = statusPage(policy, { releases, incidents: await incidents.load(), now });
    if (made === null) return;
    const asOf = Math.floor(now / AS_OF) * AS_OF;
    await folder.put({ [FILES.feed]: atomFeed(made), [FILES.page]: htmlPage(made, asOf) });
  }

  private async today(now: Instant): Promise<NonNullable<PageKeeper["known"]>> {
    const isKept = this.known?.policy?.["status-page"] !== undefined;
    const fresh = isKept ? FRESH : FRESH_WITHOUT;
    if (this.known !== null && Math.abs(now - this.known.at) < fresh) return this.known;
    const { policy: read, burns: measured, report } = this.parts;
    const policy = await read();
    const wanted = policy?.["status-page"]?.incidents.automatic === true;
    const burns =
      policy !== null && wanted
        ? await measured(policy, now).catch((error: unknown) => {
            report(error);
            return null;
          })
        : null;
    this.known = { at: now, policy, burns };
    return this.known;
  }

  private async follow(page: StatusPagePolicy, now: Instant): Promise<readonly ToldRelease[]> {
    if (this.follower?.areas !== digestOf(page.areas))
      this.follower = new Follower(this.parts.store, page);
    return await this.follower.releases(now - page.history);
  }

  private sleep(length: Millis, canWake: boolean): Promise<void> {
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer);
        this.wake = () => {};
        resolve();
      };
      const timer = setTimeout(end, length);
      if (canWake) this.wake = end;
      if (this.stopped || (canWake && this.news)) end();
    });
  }
}

/** What the public was told of each release, as far as the journal was read. */
class Follower {
  readonly areas: string;
  private readonly store: PageKeeperParts["store"];
  private readonly shown: ReadonlySet<string>;
  private readonly told = new Map<string, ToldRelease & { readonly seq: number }>();
  private position: number | null = null;

  constructor(store: PageKeeperParts["store"], page: StatusPagePolicy) {
    this.store = store;
    this.areas = digestOf(page.areas);
    this.shown = shownBy(page);
  }

  /** Releases that have not ended, or not before a moment. */
  async releases(since: Instant): Promise<readonly ToldRelease[]> {
    if (this.position === null) await this.begin(since);
    else await this.goOn(this.position);
    for (const [name, { ended }] of this.told)
      if (ended !== null && ended < since) this.told.delete(name);
    return [...this.told.values()];
  }

  /** From the board's rows: what has ended long ago is never read. */
  private async begin(since: Instant): Promise<void> {
    const { position } = await this.store.head();
    let before: BoardRow | undefined;
    let over = 0;
    do {
      const rows = await this.store.rows({ limit: PAGE_OF_ROWS, ...(before && { before }) });
      for (const { release, ended, updatedAt } of rows) {
        if (ended && (updatedAt < since || over >= MOST_ENDED)) continue;
        over += Number(ended);
        await this.read(release);
        // A long journal is read beside everything else.
        await new Promise(setImmediate);
      }
      before = rows.length === PAGE_OF_ROWS ? rows.at(-1) : undefined;
    } while (before !== undefined);
    this.position = position;
  }

  private async goOn(after: number): Promise<void> {
    const entries = await this.store.readAll(after, PAGE_OF_ENTRIES);
    const streams = new Set(entries.map(({ stream }) => stream));
    streams.delete(INCIDENT_STREAM);
    for (const stream of streams) await this.read(stream);
    const last = entries.at(-1)?.position ?? after;
    this.position = last;
    if (entries.length === PAGE_OF_ENTRIES) await this.goOn(last);
  }

  private async read(stream: string): Promise<void> {
    let told = this.told.get(stream) ?? null;
    for (const entry of await this.store.read(stream, told?.seq ?? 0)) {
      const { at, by, hash, seq } = entry;
      told = { ...tellOn(told, { at, by, hash, event: readEvent(entry) }, this.shown), seq };
    }
    if (told !== null) this.told.set(stream, told);
  }
}
