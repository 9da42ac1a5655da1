import type { Act, Self } from "@underlode/contracts";
import { describe, expect, it } from "vitest";
import { chanceOf } from "../src/chance.ts";
import { think } from "../src/mind/mind.ts";
import { newNotes, noteAct, noteArrival, noteRefusal } from "../src/mind/notes.ts";
import { sceneFor } from "../src/mind/scene.ts";
import { FAR } from "../src/mind/ways.ts";
import { draw, type Sketch, sceneOf } from "./drawing.ts";

const thought = (sketch: Sketch): Act | undefined => think(sceneOf(sketch));
const EAST = 2;
const WEST = 6;
const vitals = (over: object = {}): Self => ({
  vitals: {
    ...{ hp: 10, maxHp: 10, resource: 9, maxResource: 9, resourceName: "mana", level: 1, xp: 0 },
    ...{ attack: 1, defence: 1, gold: 0, floor: 1, x: 1, y: 1, thing: 1, state: "up" as const },
    ...over,
  },
});
const potion = (name: string) => ({
  ...{ id: 77, name, kind: "potion" as const, count: 1, equipped: false, note: "" },
});
const ability = (over: object = {}) => ({
  ...{ slot: 1, name: "Firebolt", cost: 3, cooldownMs: 1_000, readyAtMs: 0, range: 5, note: "" },
  ...{ target: "cell" as const, ...over },
});

describe("a delver", () => {
  it("strikes the monster beside it", () => {
    expect(thought({ rows: ["#####", "#@m.#", "#####"] })).toEqual({ do: "step", dir: EAST });
  });

  it("goes towards a monster in sight", () => {
    expect(thought({ rows: ["######", "#@..m#", "######"] })).toEqual({ do: "step", dir: EAST });
  });

  it("drinks what heals when hurt, even beside a monster", () => {
    const self = { ...vitals(), pack: [potion("healing potion")] };
    const rows = ["#####", "#@m.#", "#####"];
    expect(thought({ rows, self, hp: 3 })).toEqual({ do: "use", item: 77 });
    expect(thought({ rows, self, hp: 9 })).toEqual({ do: "step", dir: EAST });
  });

  it("casts at what it can hit, and not through a wall", () => {
    const self = { ...vitals(), abilities: [ability()] };
    const open = thought({ rows: ["######", "#@..m#", "######"], self });
    expect(open).toEqual({ do: "ability", slot: 1, x: 4, y: 1 });
    const walled = thought({ rows: ["######", "#@#m.#", "#....#", "######"], self });
    expect(walled?.do).toBe("step");
  });

  it("throws fire at who is far from everybody, and does not drink it", () => {
    const self = { ...vitals(), pack: [potion("potion of liquid fire")] };
    const far = thought({ rows: ["########", "#@....m#", "########"], self, hp: 5 });
    expect(far).toEqual({ do: "throw", item: 77, x: 6, y: 1 });
    expect(thought({ rows: ["########", "#@.m...#", "########"], self, hp: 5 })?.do).toBe("step");
  });

  it("keeps an ability that is not ready or too dear", () => {
    const rows = ["######", "#@..m#", "######"];
    const cooling = { ...vitals(), abilities: [ability({ readyAtMs: 5_000 })] };
    expect(thought({ rows, self: cooling })?.do).toBe("step");
    const dear = { ...vitals({ resource: 2 }), abilities: [ability()] };
    expect(thought({ rows, self: dear })?.do).toBe("step");
  });

  it("who heals mends the hurt, itself too", () => {
    const self = { ...vitals(), abilities: [ability({ name: "Mend" })] };
    const act = thought({ rows: ["#####", "#@.A#", "#####"], self, class: "healer", hp: 5 });
    expect(act).toEqual({ do: "ability", slot: 1, x: 1, y: 1 });
  });

  it("lifts a downed member beside it, and goes to one farther off", () => {
    const states = { A: "down" as const };
    expect(thought({ rows: ["#####", "#@A.#", "#####"], states })).toEqual({
      ...{ do: "revive", dir: EAST },
    });
    expect(thought({ rows: ["######", "#@..A#", "######"], states })).toEqual({
      ...{ do: "step", dir: EAST },
    });
  });

  it("takes up what lies in its way", () => {
    const scene = sceneOf({ rows: ["#####", "#@.!#", "#####"] });
    expect(think(scene)).toEqual({ do: "travel", x: 3, y: 1 });
  });

  it("explores by itself, and lets that go on", () => {
    const rows = ["##### ", "#@.+  ", "##### "];
    expect(thought({ rows })).toEqual({ do: "explore" });
    expect(thought({ rows, self: { intent: { is: "explore" } } })).toBeUndefined();
  });

  it("with all known goes to the stairs and takes them", () => {
    const notes = newNotes();
    const scene = sceneOf({ rows: ["#####", "#@.>#", "#####"] }, notes);
    noteArrival(notes, scene.seen, scene.cell, 1_000);
    expect(think(scene)).toEqual({ do: "explore" });
    noteRefusal(notes, scene.seen, { do: "explore" }, 1_000);
    expect(think(scene)).toEqual({ do: "travel", x: 3, y: 1 });
  });

  it("goes after members who are deeper, explored or not", () => {
    const act = thought({ rows: ["#####", ".@.>#", "#####"], elsewhere: [2] });
    expect(act).toEqual({ do: "travel", x: 3, y: 1 });
  });

  it("stays with who leads", () => {
    const rows = ["###########", " @.......A#", "###########"];
    const act = thought({ rows, class: "healer", classes: { A: "warrior" } });
    expect(act).toEqual({ do: "travel", x: 8, y: 1 });
  });

  it("gives up exploring that only goes to and fro", () => {
    const rows = ["##### ", "#@.+  ", "##### "];
    const notes = newNotes();
    const at = (nowMs: number) =>
      think(sceneOf({ rows, self: { intent: { is: "explore" } } }, notes, nowMs));
    expect([at(1_000), at(30_000)]).toEqual([undefined, undefined]);
    expect(at(50_000)).toEqual({ do: "wait" });
    expect(think(sceneOf({ rows }, notes, 51_000))?.do).not.toBe("explore");
  });

  it("fights no ally", () => {
    expect(thought({ rows: ["#####", "#@a.#", "#####"] })).toEqual({ do: "explore" });
  });

  it("waits at the stairs for who is behind", () => {
    const rows = ["##########", "#@.....A.#", "##########"];
    const scene = sceneOf({ rows, classes: { A: "mage" } });
    const onStairs = { ...scene, nowMs: 2_000 };
    scene.seen.cells[scene.cell] = 4 | 0x100;
    scene.notes.refused.set("explore", 9_000);
    expect(think(onStairs)).toBeUndefined();
    expect(think({ ...onStairs, nowMs: 60_000 })?.do).toBe("explore");
    scene.notes.refused.set("explore", 99_000);
    expect(think({ ...onStairs, nowMs: 60_000 })).toEqual({ do: "stairs" });
  });

  it("with nothing left to explore goes for the boss that sleeps", () => {
    const rows = ["##################", "#@..............Z#", "##################"];
    const notes = newNotes();
    const scene = sceneOf({ rows }, notes);
    noteArrival(notes, scene.seen, scene.cell, 1_000);
    expect(think(scene)).toEqual({ do: "explore" });
    noteRefusal(notes, scene.seen, { do: "explore" }, 1_000);
    expect(think(scene)).toEqual({ do: "step", dir: EAST });
  });

  it("leaves a fight that is lost up the stairs", () => {
    const rows = ["#########", "#<.@.mm.#", "#########"];
    const lost = (hp: number) => thought({ rows, hp, floor: 2 });
    expect(lost(3)).toEqual({ do: "step", dir: WEST });
    expect(lost(9)).toEqual({ do: "step", dir: EAST });
  });

  it("does not kneel by the fallen beside an enemy that nobody holds", () => {
    const states = { A: "down" as const };
    const act = thought({ rows: ["######", "#@Am.#", "######"], states });
    expect(act?.do).not.toBe("revive");
  });

  it("takes fire out of sight for burnt out", () => {
    const rows = ["######", "#@^.>#", "######"];
    const scene = sceneOf({ rows });
    const fire = scene.cell + 1;
    expect(sceneOf({ rows }).ways.steps[fire]).toBe(FAR);
    scene.seen.cells[fire] = scene.seen.cells[fire]! & 0xff;
    expect(scene.ways.steps[fire]).toBe(1);
  });

  it("gives way to a raised hammer", () => {
    const rows = ["######", "#.@m.#", "######"];
    const notes = newNotes();
    notes.loomUntilMs = 2_000;
    const boss = sceneOf({ rows }, notes);
    const [foe] = boss.threats;
    const named = { ...boss, threats: [{ ...foe!, name: "Copper Foreman" }] };
    expect(think(named)).toEqual({ do: "step", dir: WEST });
  });

  it("surveys a vein, then mines it, and lets the work go on", () => {
    // The vein's cell and the delver's id are such that this delver cares for it.
    const rows = ["#####", "#@%##", "#####"];
    const notes = newNotes();
    const scene = sceneOf({ rows }, notes);
    const cares = (7 + scene.body.id) % 3 === 0;
    const moved = { ...scene, body: { ...scene.body, id: cares ? scene.body.id : 2 } };
    const survey = think(moved);
    expect(survey).toEqual({ do: "survey", dir: EAST });
    noteAct(notes, scene.seen, scene.cell, survey!, 1_000);
    expect(think(moved)).toEqual({ do: "mine", dir: EAST });
    const self = { busy: { what: "mining", fromMs: 0, untilMs: 9_000 } };
    expect(thought({ rows, self })).toBeUndefined();
  });
});

describe("notes", () => {
  it("a way that was refused is not tried again at once", () => {
    const seen = draw({ rows: ["#######", "# @.+ #", "#######"] });
    const notes = newNotes();
    const sceneAt = (nowMs: number) => sceneFor(seen, "p-@", notes, nowMs, chanceOf(1))!;
    const scene = sceneAt(1_000);
    const act = { do: "step", dir: EAST } as const;
    noteArrival(notes, seen, scene.cell, 1_000);
    noteAct(notes, seen, scene.cell, act, 1_000);
    noteRefusal(notes, seen, act, 1_000);
    expect(notes.avoid.get(scene.cell + 1)).toBeGreaterThan(1_100);
    expect(sceneAt(1_100).ways.steps[scene.cell + 1]).toBe(FAR);
    expect(sceneAt(9_000).ways.steps[scene.cell + 1]).toBe(1);
  });

  it("what the log says of conditions is used while it lasts", () => {
    const rows = ["########", "#@...mm#", "########"];
    const [bolt, chain] = [ability(), ability({ slot: 3, name: "Chain lightning" })];
    const self = { ...vitals(), abilities: [bolt, chain] };
    const seen = draw({ rows, self, class: "mage" });
    const notes = newNotes();
    const doneAt = (nowMs: number) => think(sceneFor(seen, "p-@", notes, nowMs, chanceOf(1))!);
    expect(doneAt(1_000)).toMatchObject({ do: "ability", slot: 1 });
    seen.log = [
      { n: 1, text: "The m is drenched.", tone: "plain" },
      {
        n: 2,
        text: "Bo uses Venom: envenoms the bat for 8, it has venom in the blood.",
        tone: "plain",
      },
      { n: 3, text: "Bo uses Shield wall: raises a wall of shields.", tone: "plain" },
    ];
    noteArrival(notes, seen, sceneFor(seen, "p-@", notes, 1_000, chanceOf(1))!.cell, 1_000);
    expect([...notes.told.keys()].toSorted()).toEqual(["bat envenomed", "bo walled", "m wet"]);
    expect(doneAt(1_100)).toMatchObject({ do: "ability", slot: 3 });
    expect(doneAt(20_000)).toMatchObject({ do: "ability", slot: 1 });
  });

  it("mana is kept for a nova that is ready soon", () => {
    const doneWith = (readyAtMs: number) => {
      const nova = ability({ slot: 2, name: "Frost nova", cost: 9, range: 3, readyAtMs });
      const self = { ...vitals(), abilities: [ability(), nova] };
      return thought({ rows: ["########", "#@....m#", "########"], self, class: "mage" });
    };
    expect(doneWith(0)?.do).not.toBe("ability");
    expect(doneWith(9_000)).toMatchObject({ do: "ability", slot: 1 });
  });

  it("who is down, or has no picture, does nothing", () => {
    const seen = draw({ rows: ["###", "#@#", "###"], states: { "@": "down" } });
    expect(sceneFor(seen, "p-@", newNotes(), 0, chanceOf(1))).toBeUndefined();
    expect(sceneFor(draw({ rows: ["#.#"] }), "p-@", newNotes(), 0, chanceOf(1))).toBeUndefined();
  });
});
