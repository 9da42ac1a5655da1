import { GLOBAL_CHANNEL, ok, partyChannel, type Said, whisperChannel } from "@underlode/contracts";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type Copy, named, partyOf, playerOf, World } from "./world.ts";

let world: World;
let copy: Copy;

beforeEach(async () => {
  world = await World.make();
  copy = await world.copy();
});
afterEach(async () => {
  await world.close();
  expect(world.faults).toEqual([]);
});

const global = (text: string, rest: Partial<Said> = {}) => ({
  channel: GLOBAL_CHANNEL,
  text,
  ...rest,
});

it("H1: the last lines of a channel come first and marked as old, then what is said", async () => {
  world.say(global("before"));
  const ann = await world.player(copy, "Ann");
  await ann.until("history", () => ann.texts.length === 1);
  world.say(global("after"));
  await ann.until("both", () => ann.texts.length === 2);
  expect(ann.all("chat").map((f) => [f.line.text, f.line.old === true])).toEqual([
    ["before", true],
    ["after", false],
  ]);
});

it("H2: a line said while the history is on its way neither hides the older ones nor comes twice", async () => {
  for (const text of ["one", "two"]) world.say(global(text));
  let answer: (() => void) | undefined;
  world.answerHistory = (lines) =>
    lines.length === 0
      ? Promise.resolve(ok([]))
      : new Promise((done) => (answer ??= () => done(ok([...world.said]))));
  const ann = await world.player(copy, "Ann");
  await ann.until("it is asked for", () => answer !== undefined);
  world.say(global("three"));
  world.say(global("four"));
  await ann.settled();
  expect(ann.texts).toEqual([]);
  answer?.();
  await ann.until("all", () => ann.texts.length >= 4);
  world.say(global("five"));
  await ann.until("all", () => ann.texts.length >= 5);
  expect(ann.texts).toEqual(["one", "two", "three", "four", "five"]);
});

it("H3: without a history what is said comes nevertheless", async () => {
  world.answerHistory = async () => ({ ok: false, error: { code: "unavailable", reason: "" } });
  const ann = await world.player(copy, "Ann");
  world.say(global("hello"));
  await ann.until("it comes", () => ann.texts.includes("hello"));
});

it("H4: two lines of one moment from two copies of the chat service are two lines", async () => {
  const ann = await world.player(copy, "Ann");
  await ann.settled();
  world.say(global("one", { at: 5_000 }));
  world.say(global("two", { at: 5_000 }));
  world.say(global("late", { at: 4_999 }));
  await ann.until("all", () => ann.texts.length === 3);
  expect(ann.texts).toEqual(["one", "two", "late"]);
});

it("H5: a line that the store told of twice comes once", async () => {
  const ann = await world.player(copy, "Ann");
  await ann.settled();
  const line = world.say(global("once"));
  world.say(line);
  world.say(global("end"));
  await ann.until("all", () => ann.texts.includes("end"));
  expect(ann.texts).toEqual(["once", "end"]);
});

it("H6: on joining a party its last lines come, and those of the one before no more", async () => {
  const one = partyOf("p1", named("Ann"));
  const two = partyOf("p2", named("Ann"));
  world.say({ channel: partyChannel(one.party), text: "old one" });
  world.say({ channel: partyChannel(two.party), text: "old two" });
  const ann = await world.player(copy, "Ann");
  world.tellParty(one);
  await ann.until("its lines", () => ann.texts.includes("old one"));
  world.tellParty({ ...one, members: [], version: 2 }, [playerOf("Ann")]);
  world.tellParty(two);
  await ann.until("its lines", () => ann.texts.includes("old two"));
  world.say({ channel: partyChannel(one.party), text: "not for Ann" });
  world.say({ channel: partyChannel(two.party), text: "for Ann" });
  await ann.until("the line", () => ann.texts.includes("for Ann"));
  expect(ann.texts).toEqual(["old one", "old two", "for Ann"]);
});

it("H7: a whisper reaches the one it is for, on whichever copy", async () => {
  const other = await world.copy();
  const [ann, bob] = [await world.player(copy, "Ann"), await world.player(other, "Bob")];
  await Promise.all([ann.settled(), bob.settled()]);
  world.say({ channel: whisperChannel(playerOf("Bob")), text: "psst", to: "Bob" });
  const line = (await bob.frame("chat")).line;
  expect(line).toMatchObject({ channel: "whisper", from: "Eve", to: "Bob", text: "psst" });
  await ann.settled();
  expect(ann.texts).toEqual([]);
});

it("H8: a line on the party's channel without a party is refused, as is a whisper to a wildcard", async () => {
  const ann = await world.player(copy, "Ann");
  ann.send({ t: "chat", id: 1, channel: "party", text: "hi" });
  ann.send({ t: "whisper", id: 2, to: "a*", text: "hi" });
  ann.send({ t: "whisper", id: 3, to: "p.>", text: "hi" });
  await ann.until("all are answered", () => ann.errors.length === 3);
  expect(ann.errors).toEqual(["not-in-party", "bad-name", "bad-name"]);
});

it("H9: too many questions at once are cut off while none is answered", async () => {
  const answers: (() => void)[] = [];
  world.answerSay = (said) => new Promise((done) => answers.push(() => done(ok(said))));
  const [ann, bob] = [await world.player(copy, "Ann"), await world.player(copy, "Bob")];
  for (let id = 0; id < 80; id++) ann.send({ t: "chat", id, channel: "global", text: "hi" });
  expect(await ann.code()).toBe(4429);
  await bob.settled();
  for (const answer of answers) answer();
});
