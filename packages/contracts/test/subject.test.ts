import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InstanceId, type PlayerId, TOKEN } from "../src/ids.ts";
import { chat, instance, journal } from "../src/registry.ts";
import { filterOf, idsOf, subjectOf } from "../src/subject.ts";

const id = fc.stringMatching(TOKEN);
/** Anything that is no id; what would be a wildcard or several tokens often. */
const noId = fc
  .oneof(
    fc.constantFrom("", "*", ">", ".", "a.b", "a*", "*.*", "A", "é", "a b", "a\n", "x".repeat(41)),
    fc.string(),
    fc.string({ unit: fc.constantFrom("a", ".", "*", ">", " ", "\0") }),
  )
  .filter((s) => !TOKEN.test(s));

describe("subjects", () => {
  it("S1: an id stands in its place", () => {
    const ids = { instance: InstanceId.parse("i-1"), player: "p_2" as PlayerId };
    expect(subjectOf(instance.command, ids)).toBe("instance.i-1.command.p_2");
  });

  it("S2: what goes in as ids comes out as ids", () => {
    fc.assert(
      fc.property(id, id, (i, p) => {
        const ids = { instance: i as InstanceId, player: p as PlayerId };
        const subject = subjectOf(instance.command, ids);
        expect(subject.split(".")).toHaveLength(4);
        expect(idsOf(instance.command, subject)).toEqual(ids);
      }),
    );
  });

  it("S3: what is no id never becomes part of a subject", () => {
    fc.assert(
      fc.property(noId, (bad) => {
        const ids = { instance: bad as InstanceId, player: "p" as PlayerId };
        expect(() => subjectOf(instance.command, ids)).toThrow("bad instance");
      }),
    );
  });

  it("S4: in a filter only a star, or nothing, means any", () => {
    expect(filterOf(instance.command)).toBe("instance.*.command.*");
    expect(filterOf(instance.command, { player: "*" })).toBe("instance.*.command.*");
    expect(filterOf(instance.command, { player: "p" as PlayerId })).toBe("instance.*.command.p");
    fc.assert(
      fc.property(
        noId.filter((s) => s !== "*"),
        (bad) => {
          const ids = { instance: bad as InstanceId };
          expect(() => filterOf(instance.command, ids)).toThrow("bad instance");
        },
      ),
    );
  });

  it("S5: a subject that does not fit has no ids, whatever it holds", () => {
    const others = [
      "chat.say",
      "chat..said",
      "chat.*.said",
      "chat.>",
      "chat.A.said",
      "chat.a.said.b",
    ];
    for (const subject of others) expect(idsOf(chat.said, subject)).toBeUndefined();
    fc.assert(
      fc.property(fc.string(), (text) => {
        const ids = idsOf(journal.tick, text);
        if (ids !== undefined) expect(subjectOf(journal.tick, ids)).toBe(text);
      }),
    );
  });
});
