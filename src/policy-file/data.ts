import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
} from "yaml";
import type { Json } from "#core/base/canonical.ts";
import { quoted } from "#core/base/words.ts";
import { type Lines, placeAt } from "./lines.ts";
import { MAX_NODES } from "./parse.ts";
import { type Mark, pathName } from "./positions.ts";
import { type Fault, type Path, type Place, sayPath } from "./problem.ts";

/** How often aliases may be followed in one file. */
const MAX_ALIASES = 20;

/** Keys that mean something to JavaScript objects themselves. */
const FORBIDDEN: readonly string[] = ["__proto__", "constructor", "prototype"];

/** A YAML tree as plain data, where each value of it stands, and what was wrong with keys and aliases. */
export interface Data {
  readonly data: Json;
  readonly positions: ReadonlyMap<string, Mark>;
  readonly faults: readonly Fault[];
}

interface Walk {
  readonly lines: Lines;
  readonly positions: Map<string, Mark>;
  readonly faults: Fault[];
  /** The latest node of each anchor, read so far. */
  readonly anchors: Map<string, Node>;
  /** What each alias stands for: settled where the alias stands in the text, not where it is repeated. */
  readonly targets: Map<Alias, Node | undefined>;
  repeating: boolean;
  nodes: number;
  aliases: number;
}

/** Where a value is in the policy and in the file. */
interface Spot {
  readonly path: Path;
  readonly key: Place | null;
}

/**
 * Turns a tree into plain data: every key a text, once, and none that JavaScript would mistake. Aliases are followed
 * at most `MAX_ALIASES` times and never into themselves, and what they repeat counts as values again.
 */
export function dataOf(document: Document.Parsed, lines: Lines): Data {
  const walk: Walk = {
    lines,
    positions: new Map(),
    faults: [],
    anchors: new Map(),
    targets: new Map(),
    repeating: false,
    nodes: 0,
    aliases: 0,
  };
  const data = jsonOf(document.contents, { path: [], key: null }, walk);
  return { data, positions: walk.positions, faults: walk.faults };
}

function jsonOf(node: Node | null, spot: Spot, walk: Walk): Json {
  const place = placeOfNode(node, walk) ?? spot.key ?? placeAt(walk.lines, 0);
  // What an alias repeats keeps the place of the alias for itself, and its own places for what is in it.
  const name = pathName(spot.path);
  if (!walk.positions.has(name)) walk.positions.set(name, { key: spot.key, value: place });
  walk.nodes += 1;
  if (walk.nodes === MAX_NODES + 1) walk.faults.push(tooLarge(spot.path, place));
  if (node === null || walk.nodes > MAX_NODES) return null;
  if (isAlias(node)) return repeated(node, { ...spot, place }, walk);
  if (!walk.repeating && (isMap(node) || isSeq(node) || isScalar(node))) {
    if (node.anchor !== undefined) walk.anchors.set(node.anchor, node);
  }
  if (isMap(node)) return recordOf(node.items as MapItem[], spot.path, walk);
  if (isSeq(node))
    return (node.items as (Node | null)[]).map((item, index) =>
      jsonOf(item, { path: [...spot.path, index], key: null }, walk),
    );
  return isScalar(node) ? scalarOf(node.value) : null;
}

function tooLarge(path: Path, place: Place): Fault {
  return {
    ...place,
    code: "too-large",
    where: sayPath(path),
    sentence: `with all that aliases repeat, the file holds more than ${MAX_NODES} values`,
    remedy: "Repeat less; a gate or a phase is shared by its name",
  };
}

function repeated(alias: Alias, spot: Spot & { place: Place }, walk: Walk): Json {
  const fault = (sentence: string, remedy: string) => {
    const where = sayPath(spot.path);
    walk.faults.push({ ...spot.place, code: "alias", where, sentence, remedy });
    return null;
  };
  walk.aliases += 1;
  if (walk.aliases > MAX_ALIASES + 1) return null;
  if (walk.aliases > MAX_ALIASES)
    return fault(
      `aliases repeat more than ${MAX_ALIASES} values`,
      "Write the values out; a gate or a phase is shared by its name",
    );
  if (!walk.targets.has(alias)) walk.targets.set(alias, walk.anchors.get(alias.source));
  const node = walk.targets.get(alias);
  if (node === undefined)
    return fault(
      `no anchor ${quoted(`&${alias.source}`)} stands before this alias`,
      "Put the anchor at the value to repeat, above the alias",
    );
  if (holds(node, alias))
    return fault("an alias stands inside the very value it repeats", "Write the value out");
  const outer = walk.repeating;
  walk.repeating = true;
  const value = jsonOf(node, spot, walk);
  walk.repeating = outer;
  return value;
}

/** Whether a node's own text contains an alias of it: it would repeat itself without end. */
function holds(node: Node, alias: Alias): boolean {
  const [from, , to] = node.range ?? [0, 0, 0];
  const at = alias.range?.[0] ?? -1;
  return from <= at && at < to;
}

type MapItem = Pair<Node, Node | null>;

function recordOf(items: readonly MapItem[], path: Path, walk: Walk): Json {
  const record: Record<string, Json> = {};
  const seen = new Map<string, Place>();
  for (const { key, value } of items) {
    const place = placeOfNode(key, walk) ?? placeAt(walk.lines, 0);
    const fault = (code: string, sentence: string, remedy: string) =>
      walk.faults.push({ ...place, code, where: sayPath(path), sentence, remedy });
    const name = isScalar(key) ? key.value : undefined;
    if (typeof name !== "string") {
      fault(
        "key",
        "a key must be text",
        "Put the key in quotes, or look for a missing space after a colon",
      );
      continue;
    }
    const first = seen.get(name);
    if (first !== undefined) {
      fault(
        "duplicate-key",
        `the key ${quoted(name)} stands here twice; first in line ${first.line}`,
        "Keep one of them",
      );
      continue;
    }
    seen.set(name, place);
    if (FORBIDDEN.includes(name)) {
      fault("key", `the key ${quoted(name)} is not allowed`, "Use another name");
      continue;
    }
    record[name] = jsonOf(value, { path: [...path, name], key: place }, walk);
  }
  return record;
}

function scalarOf(value: unknown): Json {
  if (typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number") return Number.isFinite(value) ? value : String(value);
  return null;
}

function placeOfNode(node: Node | null | undefined, { lines }: Walk): Place | null {
  const range = node?.range;
  return range ? placeAt(lines, range[0], range[1]) : null;
}
