// What the public sees.
import { formatDuration } from "../../base/time.ts";
import { listed } from "../../base/words.ts";
import { type Block, type Section, text } from "./page.ts";
import type { Told } from "./told.ts";

export function publicSection({ policy }: Told): Section {
  const title = "What the public sees";
  const page = policy["status-page"];
  if (page === undefined) return { title, blocks: [] };
  const { areas, every, history, versions, maintenance, incidents } = page;
  const rows = Object.values(areas).map((area) => [
    `**${text(area.title)}**`,
    text(area.environment),
    text(area.about ?? ""),
  ]);
  const shown = versions ? "with its version" : "without its version";
  const announced = [...maintenance.types, ...maintenance.windows.map((name) => `window ${name}`)];
  const blocks: Block[] = [
    `The page “${text(page.title)}” at ${text(page.url)} tells of every release that works behind one of its areas, ${shown}: its begin, its share of the traffic, pauses, the way back and its end, at least every ${formatDuration(every)}. What is over stays for ${formatDuration(history)}.`,
    { head: ["area", "environment", "is"], rows },
    announced.length === 0
      ? "Nothing is announced as maintenance."
      : `Announced as maintenance, up to ${formatDuration(maintenance.ahead)} before: ${text(listed(announced))}.`,
    incidentLine(incidents),
  ];
  return { title, blocks };
}

function incidentLine({
  roles,
  automatic,
}: NonNullable<Told["policy"]["status-page"]>["incidents"]): string {
  const who = roles.length === 0 ? "Nobody" : text(listed(roles, "or"));
  const own = automatic
    ? " Holdpoint tells by itself of a rollback that it decided, of a release that stops half-way, and of an error budget that burns."
    : "";
  return `${who} may tell of incidents by hand.${own}`;
}
