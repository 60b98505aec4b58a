// For tests: what a strict XML parser makes of a document.
import { SaxesParser } from "saxes";

export interface Node {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Node[];
  text: string;
}

/**
 * The document's one element, with its namespaces resolved.
 * @throws {Error} where it is not well-formed, or uses a prefix that it does not declare
 */
export function readXml(document: string): Node {
  const parser = new SaxesParser({ xmlns: true });
  const root: Node = { name: "", attributes: {}, children: [], text: "" };
  const path = [root];
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", ({ local, uri, attributes }) => {
    const said = Object.values(attributes).map(({ name, value }) => [name, value]);
    const name = uri === "" ? local : `${uri} ${local}`;
    const node: Node = { name, attributes: Object.fromEntries(said), children: [], text: "" };
    path.at(-1)?.children.push(node);
    path.push(node);
  });
  parser.on("text", (text) => {
    for (const node of path) node.text += text;
  });
  parser.on("closetag", () => path.pop());
  parser.write(document).close();
  const [only] = root.children;
  if (only === undefined) throw new Error("the document is empty");
  return only;
}

/** All elements of a name below one, in order. */
export function all(node: Node, name: string): readonly Node[] {
  return node.children.flatMap((child) => [
    ...(child.name.split(" ").at(-1) === name ? [child] : []),
    ...all(child, name),
  ]);
}
