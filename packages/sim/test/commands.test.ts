import { expect, test } from "vitest";
import { game } from "./play.ts";
import { ask, delver, floorOne, openSpot, pass, put, quietParty, reasons, spawn } from "./scene.ts";

test("R-TIME-2: one command waits while a delver is busy, a newer one replaces it, and it runs when ready", () => {
  const world = quietParty(1);
  const { x, y } = openSpot(world);
  put(world, "ana", x, y);
  pass(world, 1, ask("ana", { do: "step", dir: 2 }));
  pass(world, 1, ask("ana", { do: "step", dir: 0 }), ask("ana", { do: "step", dir: 6 }, 3));
  expect(game.nextDue(world)).toBe(6);
  pass(world, 4);
  expect(delver(world, "ana")).toMatchObject({ x, y, waiting: undefined });
  pass(world, 1, ask("ana", { do: "step", dir: 4 }));
  pass(world, 1, ask("ana", { do: "wait" }));
  pass(world, 20);
  expect(delver(world, "ana")).toMatchObject({ x, y });
});

test("R-TIME-5: at every rate of ticks things take the same time", () => {
  const players = [{ id: "ana", name: "Ana", class: "warrior" }];
  const walked = [10, 20, 50, 60].map((tickRate) => {
    const world = quietParty(1, 21, game.start({ seed: 21, tickRate, players, rules: {} }));
    const { x, y } = openSpot(world);
    put(world, "ana", x, y);
    pass(world, 1, ask("ana", { do: "step", dir: 2 }));
    const ana = delver(world, "ana");
    const stepMs = ((ana.readyAt - world.tick) * 1_000) / tickRate;
    pass(world, tickRate, ask("ana", { do: "search" }));
    const searchMs = ((ana.readyAt - world.tick) * 1_000) / tickRate;
    return [ana.x - x, stepMs, searchMs];
  });
  const { walkMs, searchMs } = game.start({ seed: 1, tickRate: 50, players }).book.content.rules;
  expect(walked).toEqual(walked.map(() => [1, walkMs, searchMs]));
});

test("R-TIME-2: a waiting command that turns out impossible comes back as a refusal with its number", () => {
  const world = quietParty(1);
  const { x, y } = openSpot(world);
  put(world, "ana", x, y);
  pass(world, 1, ask("ana", { do: "step", dir: 2 }));
  pass(world, 1, ask("ana", { do: "pickup" }, 77));
  const { refusals } = pass(world, 10);
  expect(refusals).toEqual([
    { player: "ana", seq: 77, reason: "There is nothing here to pick up." },
  ]);
});

test("what cannot be done is refused in words, costs no time and changes nothing", () => {
  const world = quietParty(2);
  const { x, y } = openSpot(world);
  put(world, "ana", x, y);
  const before = game.snapshot(world);
  const refusal = (player: string, command: Parameters<typeof ask>[1]) =>
    reasons(game.step(world, world.tick, [ask(player, command)]))[0];
  expect(refusal("nobody", { do: "wait" })).toBe("You are not part of this run.");
  expect(refusal("ana", { do: "use", item: 9999 })).toBe("You carry no such thing.");
  expect(refusal("ana", { do: "drop", item: 9999 })).toBe("You carry no such thing.");
  expect(refusal("ana", { do: "stairs" })).toBe("There are no stairs here.");
  expect(refusal("ana", { do: "mine", dir: 0 })).toBe("There is no ore vein there.");
  expect(refusal("ana", { do: "close", dir: 0 })).toBe("There is no open door there.");
  expect(refusal("ana", { do: "revive", dir: 0 })).toBe("There is nobody there to lift.");
  expect(refusal("ana", { do: "shoot", x, y })).toBe("You hold nothing to shoot with.");
  expect(refusal("bo", { do: "shoot", x: 250, y: 250 })).toBe(
    "That is beyond the dungeon's walls.",
  );
  expect(refusal("ana", { do: "ability", slot: 1 })).toBe("No enemy is close enough.");
  expect(refusal("ana", { do: "ability", slot: 5 })).toBe("You have no such ability.");
  expect(game.snapshot(world)).toEqual(before);
});

test("a step into a closed door opens it, and a closed door blocks sight", () => {
  const world = quietParty(1);
  const level = floorOne(world);
  const door = level.tiles.indexOf(world.book.roleTile("door"));
  const beside = [-1, -100].find((side) => level.walkable[door + side] === 1) ?? 0;
  const from = door + beside;
  put(world, "ana", from % 100, Math.floor(from / 100));
  const dir = beside === -1 ? 2 : 4;
  const behind = door - beside;
  const seen = () => ((game.see(world, 1).cells[behind] ?? 0) & 0x100) !== 0;
  expect(seen()).toBe(false);
  pass(world, 1, ask("ana", { do: "step", dir }));
  expect(seen()).toBe(true);
  pass(world, 20, ask("ana", { do: "close", dir }));
  expect(seen()).toBe(false);
});

test("members share sight: one sees what the other does, and a member gone leaves the dark", () => {
  const world = quietParty(2);
  const there = floorOne(world).exit;
  const cell = there.y * 100 + there.x;
  expect(game.see(world, 1).cells[cell]).toBe(0);
  put(world, "bo", there.x, there.y);
  expect((game.see(world, 1).cells[cell] ?? 0) & 0x100).toBe(0x100);
  pass(world, 1, { kind: "presence", player: "bo", presence: "left" });
  const after = game.see(world, 1).cells[cell] ?? 0;
  expect(after).toBeGreaterThan(0);
  expect(after & 0x100).toBe(0);
  expect(game.crew(world)[1]?.state).toBe("left");
  expect(game.floorOf(world, "bo")).toBeUndefined();
});

test("a member who is away is flagged and strikes back at what stands beside them", () => {
  const world = quietParty(1);
  const { x, y } = openSpot(world);
  put(world, "ana", x, y);
  pass(world, 1, { kind: "presence", player: "ana", presence: "away" });
  const foe = spawn(world, "rat", x + 1, y);
  pass(world, 60);
  expect(foe.hp).toBeLessThan(foe.maxHp);
  expect(game.crew(world)[0]?.state).toBe("away");
  const thing = game.see(world, 1).things.find(([id]) => id === delver(world, "ana").id);
  expect((thing?.[5] ?? 0) & 32).toBe(32);
});

test("when all have left the run is abandoned and nothing is ever due again", () => {
  const world = quietParty(2);
  for (const player of ["ana", "bo"]) {
    pass(world, 1, { kind: "presence", player, presence: "left" });
  }
  expect(game.ended(world)?.outcome).toBe("abandoned");
  expect(game.nextDue(world)).toBe(Number.POSITIVE_INFINITY);
  expect(reasons(pass(world, 1, ask("ana", { do: "wait" })))).toEqual(["The run is over."]);
});

test("stairs take one member to the next floor, and the floor left behind sleeps", () => {
  const world = quietParty(2);
  const { exit } = floorOne(world);
  put(world, "ana", exit.x, exit.y);
  pass(world, 1, ask("ana", { do: "stairs" }));
  expect(game.floors(world)).toEqual([1, 2]);
  expect(game.floorOf(world, "ana")).toBe(2);
  expect(game.see(world, 2).name).toBe("the Long Gallery");
  pass(world, 30, ask("ana", { do: "stairs" }));
  expect(game.floors(world)).toEqual([1]);
});
