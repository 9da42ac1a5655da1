import type { Content } from "@underlode/sim";

/** Runs after which whatever was never met cannot be met at all. */
const RUNS_FOR_ALL = 1_000;

/**
 * What a page of figures leaves out, and what it says that no run met, where it tells of enough of
 * them: each as `list: id`.
 */
export const unmetOf = (page: string, content: Content): string[] => {
  const runs = Number(/^What (\d+) headless runs/m.exec(page)?.[1] ?? 0);
  const { monsters, items, runics, schematics, abilities, synergies } = content;
  const ids = (list: readonly { readonly id: string }[]) => list.map(({ id }) => id);
  const all = {
    Monsters: ids(monsters),
    "Things held": ids(items),
    "Runics held": ids(runics),
    "Schematics known": ids(schematics),
    "Abilities used": ids(abilities),
  };
  const missing = (list: string, names: readonly string[], counts: ReadonlyMap<string, number>) =>
    names
      .filter((name) => !counts.has(name) || (runs >= RUNS_FOR_ALL && counts.get(name) === 0))
      .map((name) => `${list}: ${name}`);
  return [
    ...Object.entries(all).flatMap(([list, some]) => missing(list, some, listed(page, list))),
    ...missing(
      "Synergies",
      synergies.map(({ name }) => name),
      synergiesOn(page),
    ),
  ];
};

/** The counts of a line like "Monsters: `rat` 15, `bat` 13". */
const listed = (page: string, list: string): ReadonlyMap<string, number> => {
  const line = page.split("\n").find((one) => one.startsWith(`${list}: `)) ?? "";
  return new Map([...line.matchAll(/`([^`]+)` (\d+)/g)].map(([, id = "", n]) => [id, Number(n)]));
};

/** Times a run by name, from the table of synergies. */
const synergiesOn = (page: string): ReadonlyMap<string, number> => {
  const [, part = ""] = page.split("## What synergies add");
  const rows = (part.split("\n## ")[0] ?? "").matchAll(/^\| ([^|]+) \| ([\d.]+) \|/gm);
  return new Map([...rows].map(([, name = "", times]) => [name, Number(times)]));
};
