import {
  CHAT_HISTORY_MAX,
  GLOBAL_CHANNEL,
  MAIL_KEPT_MAX,
  ok,
  partyChannel,
  type Said,
  whisperChannel,
} from "@underlode/contracts";
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
  const { promise: held, resolve: release } = Promise.withResolvers<void>();
  let asked = false;
  copy.waits.beforeRead = () => {
    asked = true;
    return held;
  };
  const ann = await world.player(copy, "Ann");
  await ann.until("it is asked for", () => asked);
  world.say(global("three"));
  world.say(global("four"));
  await ann.settled();
  expect(ann.texts).toEqual([]);
  release();
  await ann.until("all", () => ann.texts.length >= 4);
  world.say(global("five"));
  await ann.until("all", () => ann.texts.length >= 5);
  expect(ann.texts).toEqual(["one", "two", "three", "four", "five"]);
  expect(ann.all("chat").map((f) => f.line.old === true)).toEqual([
    ...[true, true],
    ...[false, false, false],
  ]);
});

it("H3: a store that cannot be read is asked again, and nothing is lost meanwhile", async () => {
  world.say(global("before"));
  let tries = 0;
  copy.waits.beforeRead = async () => {
    tries += 1;
    if (tries <= 3) throw new Error("away");
  };
  const ann = await world.player(copy, "Ann");
  world.say(global("hello"));
  await ann.until("it comes", () => ann.texts.includes("hello"));
  expect(ann.texts).toEqual(["before", "hello"]);
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

it("H5: a line that was told twice comes once", async () => {
  const ann = await world.player(copy, "Ann");
  await ann.settled();
  for (const text of ["once", "once", "end"]) world.say(global(text), `id of ${text}`);
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

it("H10: a line is sent with its number, and lines of all channels in the order of their numbers", async () => {
  const ann = await world.player(copy, "Ann");
  const party = world.tellParty(partyOf("p1", named("Ann")));
  await ann.frame("party", (f) => f.party !== null);
  await ann.settled();
  const channels = [GLOBAL_CHANNEL, whisperChannel(playerOf("Ann")), partyChannel(party.party)];
  for (let n = 0; n < 30; n++) world.say({ channel: channels[n % 3]!, text: `${n}` });
  await ann.until("all", () => ann.texts.length === 30);
  const marks = ann.all("chat").map((f) => f.mark);
  expect(marks).toEqual(marks.toSorted((a, b) => a - b));
  expect(ann.texts).toEqual(Array.from({ length: 30 }, (_, n) => `${n}`));
});

it("H11: who joins gets the party's history as old and what is said from then on once", async () => {
  const ann = await world.player(copy, "Ann");
  await ann.frame("party");
  const party = partyOf("p1", named("Ann"));
  const say = (text: string) => world.say({ channel: partyChannel(party.party), text });
  for (const text of ["one", "two"]) say(text);
  world.say(global("for all"));
  await ann.until("it is followed", () => ann.texts.includes("for all"));
  const { promise: held, resolve: release } = Promise.withResolvers<void>();
  let asked = false;
  copy.waits.beforeRead = () => {
    asked = true;
    return held;
  };
  world.tellParty(party);
  await ann.until("it is read", () => asked);
  for (const text of ["three", "four"]) say(text);
  world.say(global("for all too"));
  await ann.settled();
  release();
  await ann.until("all", () => ann.texts.length >= 6);
  await ann.settled();
  expect(ann.all("chat").map(({ line }) => [line.text, line.old === true])).toEqual([
    ["for all", false],
    ["one", true],
    ["two", true],
    ["three", false],
    ["four", false],
    ["for all too", false],
  ]);
});

it("H12: after more was missed than is kept, it says so and goes on with what there is", async () => {
  const [ann, bob] = [await world.player(copy, "Ann"), await world.player(copy, "Bob")];
  await ann.frame("party");
  ann.cut();
  for (let n = 0; n < CHAT_HISTORY_MAX + 20; n++) world.say(global(`${n}`));
  for (let n = 0; n < MAIL_KEPT_MAX + 20; n++)
    world.tellPlayer("Ann", { kind: "saved", what: `${n}` });
  world.tellPlayer("Bob", { kind: "saved", what: "the last" });
  await bob.until("all is followed", () => bob.texts.length === CHAT_HISTORY_MAX + 20);
  await bob.frame("saved");
  const back = await world.wire(copy);
  back.resume(ann);
  await back.until("the newest are there", () => back.texts.at(-1) === `${CHAT_HISTORY_MAX + 19}`);
  await back.until("the mail is there", () => back.all("saved").length === MAIL_KEPT_MAX);
  expect(back.texts).toHaveLength(CHAT_HISTORY_MAX);
  expect(back.all("notice").map((f) => [f.text, f.mark])).toEqual([
    ["Older messages are no longer kept.", undefined],
    ["Older messages are no longer kept.", undefined],
  ]);
  expect(back.all("saved")[0]!.what).toBe("20");
});
