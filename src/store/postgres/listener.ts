import type pg from "pg";
import type { Connections } from "./connection.ts";

/** How long it waits before it connects again: longer after each failure. */
const FIRST_RETRY_MS = 100;
const LAST_RETRY_MS = 5_000;

/**
 * Hears what other processes notify, on a connection of its own that comes back by itself:
 * connecting -> listening -> (broken) waiting -> connecting ... until it is stopped. After every connecting it rings
 * once, because nobody knows what was said meanwhile.
 */
export class Listener {
  readonly #to: Connections;
  readonly #channel: string;
  readonly #heard: (payload: string | undefined) => void;
  #client: pg.Client | undefined;
  #timer: NodeJS.Timeout | undefined;
  #retryMs = FIRST_RETRY_MS;
  #stopped = false;

  /** @param heard gets the payload of each notification; `undefined` after a connecting. */
  constructor(to: Connections, channel: string, heard: (payload: string | undefined) => void) {
    this.#to = to;
    this.#channel = channel;
    this.#heard = heard;
    void this.#connect();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#client?.end().catch(() => {});
  }

  async #connect(): Promise<void> {
    const client = this.#to.lone();
    this.#client = client;
    client.on("error", () => {});
    client.on("notification", ({ payload }) => this.#heard(payload));
    client.once("end", () => this.#retry());
    try {
      await client.connect();
      await client.query(`LISTEN "${this.#channel}"`);
    } catch {
      await client.end().catch(() => {});
      this.#retry();
      return;
    }
    this.#retryMs = FIRST_RETRY_MS;
    if (!this.#stopped) this.#heard(undefined);
  }

  #retry(): void {
    clearTimeout(this.#timer);
    if (this.#stopped) return;
    this.#timer = setTimeout(() => void this.#connect(), this.#retryMs);
    this.#retryMs = Math.min(2 * this.#retryMs, LAST_RETRY_MS);
  }
}
