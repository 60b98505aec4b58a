import { type IncomingMessage, request as open } from "node:http";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { pathOf } from "./forward.ts";
import { endToEnd, forService } from "./headers.ts";
import type { LiveService } from "./live.ts";

/** Whether a request asks for the one protocol that is passed through: WebSocket. Others are answered in HTTP/1.1. */
export function isWebSocket({ headers }: IncomingMessage): boolean {
  return headers.upgrade?.toLowerCase() === "websocket";
}

/** Passes a WebSocket to the version whose turn it is; it stays there until one side closes it. */
export function passUpgrade(
  service: LiveService,
  request: IncomingMessage,
  { client, head }: { client: Duplex; head: Buffer },
): void {
  const path = pathOf(request.url);
  const upstream = path === null ? null : service.choose(null);
  client.on("error", () => client.destroy());
  if (upstream === null) {
    refuse(client, "503 Service Unavailable");
    return;
  }
  const [began, leave] = [performance.now(), upstream.enter()];
  const count = (failed: boolean) => upstream.counter.count(performance.now() - began, failed);
  const headers = [...forService(request), "connection", "Upgrade", "upgrade", "websocket"];
  const { port } = upstream;
  const asked = open({
    host: "127.0.0.1",
    port,
    path,
    headers,
    agent: false,
    method: request.method,
  });
  client.once("close", () => {
    asked.destroy();
    leave();
  });
  asked.on("upgrade", (answer, far, first) => {
    count(false);
    client.write(headOf(answer, ["connection", "Upgrade", "upgrade", "websocket"]));
    join(client, far, { head, first });
  });
  asked.on("response", (answer) => {
    count((answer.statusCode ?? 502) >= 500);
    client.write(headOf(answer, ["connection", "close"]));
    answer.on("error", () => client.destroy());
    answer.pipe(client);
  });
  asked.on("error", () => {
    if (client.destroyed) return;
    count(true);
    refuse(client, "502 Bad Gateway");
  });
  asked.end();
}

function join(client: Duplex, far: Socket, { head, first }: { head: Buffer; first: Buffer }): void {
  far.on("error", () => client.destroy());
  far.once("close", () => client.destroy());
  client.once("close", () => far.destroy());
  client.write(first);
  far.write(head);
  client.pipe(far).pipe(client);
}

function headOf(answer: IncomingMessage, more: readonly string[]): string {
  const list = [...endToEnd(answer.rawHeaders, answer.headers.connection), ...more];
  const lines = [`HTTP/1.1 ${answer.statusCode} ${answer.statusMessage}`];
  for (let i = 0; i + 1 < list.length; i += 2) lines.push(`${list[i]}: ${list[i + 1]}`);
  return `${lines.join("\r\n")}\r\n\r\n`;
}

function refuse(client: Duplex, status: string): void {
  client.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
}
