import { describe, expect, it } from "vitest";
import { placeholders } from "../src/ids.ts";
import { registry } from "../src/registry.ts";
import { buckets, type StreamSpec, streams } from "../src/storage.ts";
import { type Call, type Event, filterOf } from "../src/subject.ts";

const contracts = Object.values(registry).flatMap(
  (group): (Event | Call)[] => Object.values(group) as (Event | Call)[],
);
const allStreams: StreamSpec[] = Object.values(streams);
const partsOf = (filter: string): string[] => filter.split(".");

/** Whether some subject fits both. */
const overlap = (one: string, other: string): boolean => {
  const [a, b] = [partsOf(one), partsOf(other)];
  return a.length === b.length && a.every((x, i) => x === b[i] || x === "*" || b[i] === "*");
};
/** Whether every subject of the second fits the first. */
const covers = (wide: string, narrow: string): boolean => {
  const [a, b] = [partsOf(wide), partsOf(narrow)];
  return a.length === b.length && a.every((x, i) => x === "*" || x === b[i]);
};

describe("the registry", () => {
  it("G1: no subject belongs to two contracts", () => {
    for (const [i, one] of contracts.entries())
      for (const other of contracts.slice(i + 1))
        expect(overlap(filterOf(one), filterOf(other)), `${one.pattern} ${other.pattern}`).toBe(
          false,
        );
  });

  it.each(contracts.map((c) => [c.pattern, c] as const))(
    "G2: %s is made of words and known ids",
    (pattern) => {
      const found = [...pattern.matchAll(/\{(\w+)\}/g)].map((m) => m[1] ?? "");
      for (const name of found) expect(Object.keys(placeholders)).toContain(name);
      for (const part of pattern.split(".")) expect(part).toMatch(/^([a-z-]+|\{[a-z]+\})$/);
      expect(new Set(found).size).toBe(found.length);
    },
  );

  it.each(contracts.map((c) => [c.pattern, c] as const))(
    "G3: %s says who says it to whom, and what about",
    (_, contract) => {
      expect(contract.from.length).toBeGreaterThan(0);
      expect(contract.to.length).toBeGreaterThan(0);
      expect(contract.about).toMatch(/^[A-Z].*\.$/);
      if (contract.form === "call") {
        expect(contract.to).toHaveLength(1);
        expect(contract.timeoutMs).toBeGreaterThanOrEqual(100);
        expect(contract.timeoutMs).toBeLessThanOrEqual(10_000);
      }
    },
  );

  it("G4: what is kept is captured by one stream, and no call is captured", () => {
    for (const contract of contracts) {
      const filter = filterOf(contract);
      const found = allStreams.filter((s) => s.subjects.some((x) => overlap(x, filter)));
      if (contract.form === "call") expect(found, contract.pattern).toEqual([]);
      else if (contract.delivery === "kept") expect(found, contract.pattern).toHaveLength(1);
      else expect(found.length, contract.pattern).toBeLessThanOrEqual(1);
      for (const { subjects } of found)
        expect(
          subjects.some((x) => covers(x, filter)),
          contract.pattern,
        ).toBe(true);
    }
  });

  it("G5: a stream captures nothing that is not in the registry", () => {
    for (const { subjects } of allStreams)
      for (const subject of subjects) expect(contracts.map((c) => filterOf(c))).toContain(subject);
  });

  it("G6: a stream is found by the first word of its subjects", () => {
    const words = allStreams.flatMap((s) => s.subjects.map((x) => partsOf(x)[0]));
    expect(new Set(words).size).toBe(words.length);
  });

  it("G7: streams and buckets have names of their own, and an end to what they hold", () => {
    const names = [...allStreams, ...Object.values(buckets)].map((s) => s.name);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^[A-Za-z0-9_-]+$/);
    for (const { maxAgeMs } of allStreams) expect(maxAgeMs).toBeGreaterThan(0);
  });
});
