import type { Act, Self } from "@underlode/contracts";
import { describe, expect, it } from "vitest";
import { think } from "../src/mind/mind.ts";
import { newNotes, noteAct, noteArrival } from "../src/mind/notes.ts";
import { type Sketch, sceneOf } from "./drawing.ts";

const EAST = 2;
const WEST = 6;

/** What a delver does who has just seen all that is drawn. */
const thought = (sketch: Sketch, notes = newNotes()): Act | undefined => {
  const scene = sceneOf(sketch, notes);
  noteArrival(notes, scene.seen, scene.cell, 1_000);
  return think(sceneOf(sketch, notes));
};
const thing = (over: object): NonNullable<Self["pack"]>[number] => ({
  ...{ id: 7, name: "vault key", kind: "key", count: 1, equipped: false, note: "" },
  ...over,
});
const offer = (kind: "treasure" | "shop", ...options: readonly object[]) => ({
  ...{ id: 50, kind, text: "" },
  options: options.map((one) => ({
    ...{ name: "", note: "", price: 0, refused: null as string | null },
    ...one,
  })),
});

describe("a delver at a vault", () => {
  const places = { T: "key altar", U: "locked door" };
  const rows = ["######", "#@T.U#", "#....#", "######"];

  it("takes the key where a lock is known, and leaves it where none is or somebody is hurt", () => {
    expect(thought({ rows, places })).toEqual({ do: "interact", dir: EAST });
    expect(thought({ rows, places: { T: "key altar", U: "statue" } })?.do).not.toBe("interact");
    expect(thought({ rows, places, hp: 6 })?.do).not.toBe("interact");
  });

  it("opens the lock with a key, and walks around what stands in the way", () => {
    const self = { pack: [thing({})] };
    expect(thought({ rows, places, self })).toMatchObject({ do: "travel", x: 3 });
    const beside = ["#####", "#.@U#", "#####"];
    expect(thought({ rows: beside, places, self })).toEqual({ do: "interact", dir: EAST });
  });

  it("pulls a lever, and then tries the altar again whose key was in a cage", () => {
    const notes = newNotes();
    const sketch = { rows: ["#######", "#V@T.U#", "#.....#", "#######"] };
    const all = { ...sketch, places: { ...places, V: "lever" } };
    expect(thought(all, notes)).toEqual({ do: "interact", dir: WEST });
    const { seen, cell } = sceneOf(all, notes);
    noteAct(notes, seen, cell, { do: "interact", dir: EAST }, 1_000);
    thought(all, notes);
    noteAct(notes, seen, cell, { do: "interact", dir: WEST }, 1_000);
    expect(thought(all, notes)).toEqual({ do: "interact", dir: EAST });
  });

  it("picks a lock without a key when it knows how", () => {
    const disarm = { slot: 3, name: "Disarm", cost: 0, cooldownMs: 1_000, readyAtMs: 0, range: 1 };
    const self = { ...vitals, abilities: [{ ...disarm, note: "", target: "cell" as const }] };
    const act = thought({ rows: ["####", "#@U#", "####"], places, self, class: "rogue" });
    expect(act).toEqual({ do: "ability", slot: 3, x: 2, y: 1 });
  });

  it("frees a captive", () => {
    const act = thought({ rows: ["####", "#@T#", "####"], places: { T: "captive ogre" } });
    expect(act).toEqual({ do: "interact", dir: EAST });
  });

  it("takes of a treasure what suits its class, once", () => {
    const notes = newNotes();
    const choices = [offer("treasure", { name: "storm staff" }, { name: "great sword" })];
    const sketch = { rows: ["####", "#@T#", "####"], places: { T: "treasure altar" } };
    const before = { ...sketch, self: { choices } };
    expect(thought(before, notes)).toEqual({ do: "choose", prompt: 50, option: 1 });
    expect(thought({ ...sketch, self: { choices: [] } }, notes)?.do).not.toBe("choose");
  });
});

const vitals: Self = {
  vitals: {
    ...{ hp: 10, maxHp: 10, resource: 9, maxResource: 9, resourceName: "focus", level: 1, xp: 0 },
    ...{ attack: 5, defence: 1, gold: 60, floor: 1, x: 1, y: 1, thing: 1, state: "up" },
  },
};

describe("a delver who saw something lie there", () => {
  it("goes back for it when it is out of sight, until it is seen to be gone", () => {
    const notes = newNotes();
    const there = { cell: 8 + 5, name: "Heartlode" };
    const far = { rows: ["########", "#@.....#", "########"] };
    notes.floor = 1;
    notes.lying.set(99, there);
    expect(think(sceneOf(far, notes))).toEqual({ do: "travel", x: 5, y: 1 });
    expect(thought(far, notes)?.do).toBe("explore");
  });
});

describe("a delver at a trader's", () => {
  const rows = ["####", "#@T#", "####"];
  const places = { T: "deep trader" };

  it("buys what heals, and nothing that it cannot pay or use", () => {
    const shop = (refused: string | null) => [
      offer("shop", { name: "storm staff" }, { name: "potion of healing", price: 30, refused }),
    ];
    const act = thought({ rows, places, self: { choices: shop(null) } });
    expect(act).toEqual({ do: "choose", prompt: 50, option: 1 });
    const poor = thought({ rows, places, self: { choices: shop("That costs 30 gold.") } });
    expect(poor?.do).not.toBe("choose");
  });

  it("sells the worse of two swords", () => {
    const sword = { kind: "weapon", name: "sword" };
    const worn = thing({ ...sword, id: 8, equipped: true, note: "Adds 9 damage." });
    const spare = thing({ ...sword, id: 9, note: "Adds 4 damage." });
    const sale = (id: number) => ({ ...offer("shop", { price: 5 }), id, kind: "sell" as const });
    const self = { ...vitals, pack: [worn, spare], choices: [sale(8), sale(9)] };
    expect(thought({ rows, places, self })).toEqual({ do: "choose", prompt: 9, option: 0 });
  });
});

describe("a ranger without a forge", () => {
  const kit = { slot: 4, name: "Field kit", cost: 0, cooldownMs: 1, readyAtMs: 0, range: 1 };
  const bow = { id: "hunting-bow", name: "hunting bow", makes: "hunting bow", grade: 1 };
  const schematic = {
    ...{ ...bow, legendary: false, lines: [], bonusPercent: 0 },
    needs: [{ ores: ["iron"], amount: 2 }],
  };
  const recipe = { ...bow, amount: 2, ores: ["iron"], kit: true };
  const ore = (malleability: number) => ({
    ...{ id: 3, name: "x", kind: "iron", amount: 4 },
    values: { purity: 9, hardness: 9, malleability, conductivity: 9, density: 9 },
  });
  const selfWith = (malleability: number, recipes: NonNullable<Self["recipes"]>): Self => ({
    ...vitals,
    ...{ abilities: [{ ...kit, note: "", target: "self" }], ore: [ore(malleability)] },
    ...{ schematics: [schematic], recipes },
  });
  const rows = ["####", "#@.#", "####"];

  it("lays out its kit for soft ore, and makes something with it", () => {
    const laid = thought({ rows, class: "ranger", self: selfWith(70, []) });
    expect(laid).toEqual({ do: "ability", slot: 4 });
    const made = thought({ rows, class: "ranger", self: selfWith(70, [recipe]) });
    const parts = [{ stack: 3, amount: 2 }];
    expect(made).toEqual({ do: "craft", schematic: "hunting-bow", ore: parts, kit: true });
  });

  it("does not for ore that a kit cannot work", () => {
    expect(thought({ rows, class: "ranger", self: selfWith(40, []) })?.do).not.toBe("ability");
  });
});
