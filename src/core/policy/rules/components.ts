import { listed, quoted } from "../../base/words.ts";
import { isLock } from "../../version-files/version-file.ts";
import type { Finding, Found, Rule } from "../finding.ts";
import type { Policy } from "../policy.ts";

/** Components are told apart: by what counts for them, and by the files that their versions are written into. */
export const components: Rule = (policy) => [
  ...pathsOf(policy),
  ...filesOf(policy),
  ...changelogsOf(policy),
  ...linksOf(policy),
];

type Path = Finding["path"];

const COMPONENTS = ["versioning", "components"] as const;

/** Of no two components does one have the folder, or a folder within the folder, of the other; each has some. */
function pathsOf({ versioning }: Policy): Found[] {
  const all = Object.entries(versioning.components);
  const owners = new Map<string, string>();
  for (const [name, { paths }] of all)
    for (const path of paths) owners.set(folderOf(path), owners.get(folderOf(path)) ?? name);
  return all.flatMap(([name, { paths }]) => {
    const at = [...COMPONENTS, name, "paths"];
    if (paths.length === 0) return [everything(name, at)];
    return paths.flatMap((path, index): Found[] => {
      const owner = above(folderOf(path))
        .map((folder) => owners.get(folder))
        .find((one) => one !== undefined && one !== name);
      return owner === undefined ? [] : [shared(path, { name, owner, at: [...at, index] })];
    });
  });
}

const folderOf = (path: string) => path.replace(/^\.?\/+/, "").replace(/\/+$/, "");

/** A folder and all that it lies in, the nearest first: `a/b`, `a`. */
function above(folder: string): readonly string[] {
  const parts = folder.split("/");
  return parts.map((_, index) => parts.slice(0, parts.length - index).join("/"));
}

function everything(name: string, path: Path): Found {
  return {
    severity: "warning",
    path,
    sentence: `component ${quoted(name)} has no paths, so every commit counts for it`,
    remedy: "Name its folders",
  };
}

function shared(
  path: string,
  { name, owner, at }: { name: string; owner: string; at: Path },
): Found {
  return {
    severity: "warning",
    path: at,
    sentence: `a commit in ${quoted(path)} counts for ${quoted(name)} and for ${quoted(owner)}`,
    remedy: "Make what they share a component of its own that both use, or keep their paths apart",
  };
}

/** No version file gets the versions of two lines; a lock has a place for each. */
function filesOf({ versioning }: Policy): Found[] {
  const places = Object.entries(versioning.components).flatMap(([name, { files }]) =>
    files.map((file, index) => ({ name, file, path: [...COMPONENTS, name, "files", index] })),
  );
  const whole = versioning.files.map((file) => ({ name: "the whole", file, path: [] as Path }));
  return twice(
    [...whole, ...places].filter(({ file }) => !isLock(file)),
    ({ file }) => `${file.path}\n${file.line ?? ""}`,
  ).map(([first, second]) => ({
    severity: "error",
    path: second.path,
    sentence: `${quoted(second.file.path)} would get the version of ${first.name} and that of ${second.name}`,
    remedy: "Name it once, or the `line` of each version in it",
  }));
}

/** No two lines keep their changelog in one file. */
function changelogsOf({ versioning, changelog }: Policy): Found[] {
  const places = Object.entries(versioning.components).flatMap(([name, { changelog: file }]) =>
    file === undefined ? [] : [{ name, file, path: [...COMPONENTS, name, "changelog"] as Path }],
  );
  const whole = { name: "the whole", file: changelog.file, path: [] as Path };
  return twice([whole, ...places], ({ file }) => file).map(([first, second]) => ({
    severity: "error",
    path: second.path,
    sentence: `${quoted(second.file)} would keep the changelog of ${first.name} and that of ${second.name}`,
    remedy: "Give each a file of its own, or leave the component's out",
  }));
}

/** Everything that has the key of something before it, with that. */
function twice<Place>(places: readonly Place[], keyOf: (place: Place) => string) {
  const first = new Map<string, Place>();
  return places.flatMap((place): [Place, Place][] => {
    const before = first.get(keyOf(place));
    if (before === undefined) first.set(keyOf(place), place);
    return before === undefined ? [] : [[before, place]];
  });
}

/** A linked group has two members at least. */
function linksOf({ versioning }: Policy): Found[] {
  const own: [string, string | undefined, Path][] = [
    ["", versioning.linked, ["versioning", "linked"]],
  ];
  const members = own.concat(
    Object.entries(versioning.components).map(([name, { linked }]) => [
      name,
      linked,
      [...COMPONENTS, name, "linked"],
    ]),
  );
  const groups = Map.groupBy(members, ([, group]) => group ?? "");
  return [...groups].flatMap(([group, [only, ...others]]): Found[] => {
    if (group === "" || only === undefined || others.length > 0) return [];
    const known = [...groups.keys()].filter((one) => one !== "" && one !== group);
    const choice = known.length > 0 ? `; there are ${listed(known)}` : "";
    return [
      {
        severity: "warning",
        path: only[2],
        sentence: `nothing else is linked by ${quoted(group)}`,
        remedy: `Link another by the same name, or leave it out${choice}`,
      },
    ];
  });
}
