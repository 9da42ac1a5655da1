import { type Act, COMMANDS_WAITING_MAX, PlayerId, SessionId } from "@underlode/contracts";
import { expect, it } from "vitest";
import { Door } from "../src/door.ts";

const [ann, bob] = [PlayerId.parse("ann"), PlayerId.parse("bob")];
const [one, two] = [SessionId.parse("s1"), SessionId.parse("s2")];
const act: Act = { do: "wait" };
const stamped = (seq: number, session = one) => ({ session, seq, act });

it("D1: what comes in goes out in its order, once", () => {
  const door = new Door();
  door.command(ann, stamped(1));
  door.presence(bob, "away");
  door.command(bob, stamped(7, two));
  expect(door.empty).toBe(false);
  const { inputs, applied } = door.take();
  expect(inputs.map((i) => [i.kind, i.player])).toEqual([
    ["command", ann],
    ["presence", bob],
    ["command", bob],
  ]);
  expect(applied).toEqual({ [ann]: [one, 1], [bob]: [two, 7] });
  expect(door.empty).toBe(true);
  expect(door.take()).toEqual({ inputs: [], applied: {} });
});

it("D2: a number that is repeated or comes out of order is dropped, a gap is not", () => {
  const door = new Door();
  expect([5, 5, 4, 9, 6].map((seq) => door.command(ann, stamped(seq)))).toEqual([
    undefined,
    "repeated",
    "repeated",
    undefined,
    "repeated",
  ]);
  door.take();
  expect(door.command(ann, stamped(9))).toBe("repeated");
  expect(door.take().applied).toEqual({});
});

it("D3: a new session counts anew", () => {
  const door = new Door();
  door.command(ann, stamped(40));
  expect(door.command(ann, stamped(1, two))).toBeUndefined();
  expect(door.take().applied).toEqual({ [ann]: [two, 1] });
});

it("D4: a flood of one player is dropped and costs no other player a command", () => {
  const door = new Door();
  for (let seq = 1; seq <= COMMANDS_WAITING_MAX; seq++)
    expect(door.command(ann, stamped(seq))).toBeUndefined();
  expect(door.command(ann, stamped(99))).toBe("flooded");
  expect(door.command(bob, stamped(1))).toBeUndefined();
  expect(door.take().applied).toEqual({ [ann]: [one, COMMANDS_WAITING_MAX], [bob]: [one, 1] });
  expect(door.command(ann, stamped(99))).toBeUndefined();
});

it("D5: what an owner before has taken is not taken again", () => {
  const door = new Door();
  door.taken({ [ann]: [one, 12] });
  expect(door.command(ann, stamped(12))).toBe("repeated");
  expect(door.command(ann, stamped(13))).toBeUndefined();
  expect(door.command(ann, stamped(1, two))).toBeUndefined();
});

it("D6: players with names that mean something to a machine are players like others", () => {
  const door = new Door();
  for (const name of ["constructor", "valueof"]) {
    const player = PlayerId.parse(name);
    expect(door.command(player, stamped(1))).toBeUndefined();
    expect(door.command(player, stamped(1))).toBe("repeated");
  }
  expect(Object.keys(door.take().applied)).toHaveLength(2);
});
