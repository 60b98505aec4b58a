import type { Desk } from "#app/desk.ts";
import type { Store } from "#app/ports/store.ts";
import { ENDINGS, STATUSES } from "#core/release/state.ts";
import { SAFE_HEADERS } from "./answer.ts";

export interface Counts {
  /** Counts an answer by the class of its status. */
  answered(status: number): void;
  text(now: { streams: number }): Promise<Response>;
}

const ENDED: readonly string[] = ENDINGS;
const UNDER_WAY = STATUSES.filter((status) => !ENDED.includes(status));
const CLASSES = ["2xx", "3xx", "4xx", "5xx"] as const;

/** Prometheus text. Labels are few and fixed: never a release, a person or an address. */
export function openCounts(parts: {
  desk: Pick<Desk, "releases">;
  store: Pick<Store, "head">;
}): Counts {
  const answers = new Map<string, number>(CLASSES.map((name) => [name, 0]));
  return {
    answered(status) {
      const name = `${Math.floor(status / 100)}xx`;
      answers.set(name, (answers.get(name) ?? 0) + 1);
    },
    async text({ streams }) {
      const rows = await parts.desk.releases({ ended: false, limit: 5000 });
      const byStatus = Map.groupBy(rows.ok ? rows.value : [], ({ status }) => status);
      const { position } = await parts.store.head();
      const lines = [
        ...metric("holdpoint_releases", "gauge", "Releases under way by status."),
        ...UNDER_WAY.map((status) => {
          return `holdpoint_releases{status="${status}"} ${byStatus.get(status)?.length ?? 0}`;
        }),
        ...metric("holdpoint_http_answers_total", "counter", "Answers by class of their status."),
        ...CLASSES.map(
          (name) => `holdpoint_http_answers_total{class="${name}"} ${answers.get(name) ?? 0}`,
        ),
        ...metric("holdpoint_event_streams", "gauge", "Streams of server-sent events."),
        `holdpoint_event_streams ${streams}`,
        ...metric("holdpoint_journal_position", "gauge", "Position of the journal's last entry."),
        `holdpoint_journal_position ${position}`,
        ...metric("process_resident_memory_bytes", "gauge", "Memory of the process."),
        `process_resident_memory_bytes ${process.memoryUsage.rss()}`,
      ];
      return new Response(`${lines.join("\n")}\n`, {
        headers: { ...SAFE_HEADERS, "content-type": "text/plain; version=0.0.4; charset=utf-8" },
      });
    },
  };
}

function metric(name: string, type: "gauge" | "counter", help: string): string[] {
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`];
}
