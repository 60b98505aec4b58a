// Stands for Slack and the pager: a real HTTP server that takes the messages that Holdpoint sends.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export interface Receiver {
  readonly url: string;
  /** Keys of the messages that came, each once however often it came. */
  readonly keys: ReadonlySet<string>;
  close(): void;
}

export async function startReceiver(): Promise<Receiver> {
  const keys = new Set<string>();
  const server = createServer((request, response) => {
    request.resume();
    request.on("end", () => {
      keys.add(String(request.headers["webhook-id"]));
      response.writeHead(204).end();
    });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, keys, close: () => server.close() };
}
