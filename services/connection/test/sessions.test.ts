import { GLOBAL_CHANNEL, type Marks, party as parties, type RunEnd } from "@underlode/contracts";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Wire } from "./wire.ts";
import {
  type Copy,
  Corridor,
  delving,
  gathered,
  named,
  partyOf,
  playerOf,
  World,
  without,
} from "./world.ts";

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

const saved = (name: string, what: string): void => world.tellPlayer(name, { kind: "saved", what });
const notice = (name: string, text: string): void =>
  world.tellPlayer(name, { kind: "notice", text, tone: "info" });
const endOf = (instance: string): RunEnd => ({
  ...{ instance: instance as never, outcome: "victory", summary: { floor: 3 } },
});
const wordsOf = (wire: Wire): string[] =>
  wire.frames.flatMap((f) => {
    if (f.t === "saved") return [f.what];
    return f.t === "notice" ? [f.text] : [];
  });
const back = async (from: Wire, to: Copy, marks?: Marks): Promise<Wire> => {
  const wire = await world.wire(to);
  wire.resume(from, marks);
  await wire.frame("welcome");
  return wire;
};

describe("what must not be lost", () => {
  it("S1: is repeated after a reconnection as far as the client says it has not had it", async () => {
    const ann = await world.player(copy, "Ann");
    for (const words of ["one", "two", "three"]) saved("Ann", words);
    world.say({ channel: GLOBAL_CHANNEL, text: "line" });
    await ann.until("all are there", () => wordsOf(ann).length === 3 && ann.texts.length === 1);
    const second = await back(ann, copy, ann.welcome.marks);
    await second.until("all are there", () => wordsOf(second).length === 3);
    await second.until("the line too", () => second.texts.length === 1);
    const marked = (wire: Wire) => [wire.all("saved"), wire.all("chat")];
    expect(marked(second)).toEqual(marked(ann));
    expect(second.welcome.marks).toEqual(ann.welcome.marks);
    const mail = second.all("saved")[0]!.mark;
    const third = await back(second, copy, { ...second.marks, mail });
    await third.until("the rest", () => wordsOf(third).length === 2);
    const fourth = await back(third, copy);
    await fourth.settled();
    expect([wordsOf(third), third.texts]).toEqual([["two", "three"], []]);
    expect([wordsOf(fourth), fourth.texts]).toEqual([[], []]);
  });

  it("S2: what is said while nobody is there comes on the way back, here and on another copy", async () => {
    const other = await world.copy();
    const ann = await world.player(copy, "Ann");
    ann.cut();
    await ann.until("it is noticed", () => world.asked.some((ask) => !ask.online));
    saved("Ann", "away");
    const second = await back(ann, copy);
    await second.until("it comes", () => wordsOf(second).includes("away"));
    second.cut();
    await second.until(
      "it is noticed",
      () => world.asked.filter((ask) => !ask.online).length === 2,
    );
    saved("Ann", "away again");
    const third = await back(second, other);
    await third.until("it comes", () => wordsOf(third).includes("away again"));
    await third.settled();
    expect(wordsOf(third)).toEqual(["away again"]);
  });

  it("S3: a new session begins where the streams are: what was told before is not told again", async () => {
    saved("Ann", "long ago");
    const ann = await world.player(copy, "Ann");
    saved("Ann", "now");
    await ann.until("it comes", () => wordsOf(ann).length > 0);
    const again = await world.player(await world.copy(), "Ann");
    saved("Ann", "later");
    await again.until("it comes", () => wordsOf(again).length > 0);
    expect([wordsOf(ann), wordsOf(again)]).toEqual([["now"], ["later"]]);
    expect(again.welcome.marks.mail).toBe(ann.marks.mail);
  });

  it("S4: a client that claims to have had what was never said harms only itself", async () => {
    const [ann, bob] = [await world.player(copy, "Ann"), await world.player(copy, "Bob")];
    const far = await back(ann, copy, { chat: Number.MAX_SAFE_INTEGER, mail: 0xffffffff });
    for (const name of ["Ann", "Bob"]) saved(name, "words");
    world.say({ channel: GLOBAL_CHANNEL, text: "line" });
    await bob.until("Bob has it", () => wordsOf(bob).length === 1 && bob.texts.length === 1);
    await far.settled();
    expect([wordsOf(far), far.texts, far.closed]).toEqual([[], [], undefined]);
  });
});

describe("a newer session of the same player", () => {
  it("S5: ends the older one by name, and the player is not told to be away", async () => {
    const old = await world.player(copy, "Ann");
    const young = await world.player(copy, "Ann");
    expect(await old.code()).toBe(4409);
    await young.settled();
    expect(world.asked.filter((ask) => !ask.online)).toEqual([]);
    const lost = await world.wire(copy);
    lost.resume(old);
    expect(await lost.code()).toBe(4404);
  });

  it("S6: ends the older one on another copy too", async () => {
    const other = await world.copy();
    const old = await world.player(copy, "Ann");
    const young = await world.player(other, "Ann");
    expect(await old.code()).toBe(4409);
    await young.settled();
    expect(world.asked.filter((ask) => !ask.online)).toEqual([]);
    saved("Ann", "hello");
    await young.until("it comes", () => wordsOf(young).includes("hello"));
    expect(wordsOf(old)).toEqual([]);
  });

  it("S7: the same session on another socket takes the place of the older socket", async () => {
    const first = await world.player(copy, "Ann");
    const second = await back(first, copy);
    expect(await first.code()).toBe(4409);
    await second.settled();
    expect(second.closed).toBeUndefined();
    expect(world.asked.filter((ask) => !ask.online)).toEqual([]);
  });

  it("S8: two sockets that resume at once on a copy that has not got the session: one stays", async () => {
    const other = await world.copy();
    const ann = await world.player(copy, "Ann");
    const both = [await world.wire(other), await world.wire(other)];
    for (const wire of both) wire.resume(ann);
    await both[0]!.until("one is closed", () => both.some((wire) => wire.closed !== undefined));
    const left = both.find((wire) => wire.closed === undefined)!;
    await left.settled();
    saved("Ann", "still here");
    await left.until("it comes", () => wordsOf(left).includes("still here"));
    const third = await back(left, copy);
    expect(third.welcome.resumed).toBe(true);
  });
});

describe("commands", () => {
  it("S9: go to the sender's own party's instance under the sender's own id", async () => {
    const [ann, eve] = [await world.player(copy, "Ann"), await world.player(copy, "Eve")];
    const one = new Corridor(world, "i1", [playerOf("Ann")]);
    const two = new Corridor(world, "i2", [playerOf("Eve")]);
    world.tellParty(delving(partyOf("p1", named("Ann")), one.instance));
    world.tellParty(delving(partyOf("p2", named("Eve")), two.instance));
    await Promise.all([ann.frame("picture"), eve.frame("picture")]);
    ann.send({ t: "act", seq: 1, act: { do: "step", dir: 2 } });
    eve.send({ t: "act", seq: 5, act: { do: "wait" } });
    await ann.until("both are there", () => world.commands.length === 2);
    expect(world.commands.map(({ instance, player }) => `${instance} ${player}`).sort()).toEqual([
      "i1 p-ann",
      "i2 p-eve",
    ]);
    expect(world.commands.find((c) => c.player === "p-ann")!.act.session).toBe(ann.welcome.session);
  });

  it("S10: are refused outside a delve and where their number does not grow", async () => {
    const ann = await world.player(copy, "Ann");
    ann.send({ t: "act", seq: 1, act: { do: "wait" } });
    expect(await ann.frame("error")).toMatchObject({ code: "not-delving", seq: 1 });
    const { instance } = new Corridor(world, "i1", [playerOf("Ann")]);
    world.tellParty(delving(partyOf("p1", named("Ann")), instance));
    await ann.frame("picture");
    for (const seq of [3, 3, 2]) ann.send({ t: "act", seq, act: { do: "wait" } });
    await ann.settled();
    expect(ann.errors).toEqual(["not-delving", "out-of-order", "out-of-order"]);
    expect(world.commands.map((c) => c.act.seq)).toEqual([3]);
    const again = await back(ann, copy);
    again.send({ t: "act", seq: 3, act: { do: "wait" } });
    expect(await again.frame("error")).toMatchObject({ code: "out-of-order", seq: 3 });
  });

  it("S11: do not wait for a party or chat service that is slow to answer", async () => {
    const ann = await world.player(copy, "Ann");
    const { instance } = new Corridor(world, "i1", [playerOf("Ann")]);
    world.tellParty(delving(partyOf("p1", named("Ann")), instance));
    await ann.frame("picture");
    let answer = () => {};
    world.answerSay = (said) =>
      new Promise((done) => (answer = () => done({ ok: true, value: said })));
    ann.send({ t: "chat", id: 9, channel: "global", text: "hi" });
    ann.send({ t: "act", seq: 1, act: { do: "wait" } });
    await ann.until("it is there", () => world.commands.length === 1);
    expect(ann.all("ok")).toEqual([]);
    answer();
    await ann.frame("ok", (f) => f.id === 9);
  });
});

describe("moving to another copy", () => {
  it("S12: all sockets are told to resume, and find their session, party and picture there", async () => {
    const other = await world.copy();
    const [ann, bob] = [await world.player(copy, "Ann"), await world.player(copy, "Bob", "json")];
    const corridor = new Corridor(world, "i1", [playerOf("Ann"), playerOf("Bob")]);
    world.tellParty(delving(partyOf("p1", named("Ann", "Bob")), corridor.instance));
    await Promise.all([ann.frame("picture"), bob.frame("picture")]);
    corridor.step();
    ann.send({ t: "act", seq: 4, act: { do: "wait" } });
    await ann.settled();
    await copy.drain();
    expect([await ann.code(), await bob.code()]).toEqual([1012, 1012]);
    for (const wire of [ann, bob]) expect(wire.frames.at(-1)).toMatchObject({ t: "moving" });
    corridor.step();
    const there = await back(ann, other);
    expect(there.welcome).toMatchObject({ resumed: true, marks: ann.marks });
    expect(await there.frame("picture")).toMatchObject({ n: corridor.view.n, party: "p1" });
    expect((await there.frame("party")).party?.party).toBe("p1");
    expect([...there.seen.cells]).toEqual(corridor.cells);
    expect(world.asked.filter((ask) => !ask.online)).toEqual([]);
  });

  it("S13: whatever is said while they move arrives, once and in order", async () => {
    const other = await world.copy();
    const ann = await world.player(copy, "Ann");
    const expected: string[] = [];
    const speak = (): void => {
      const words = `word ${expected.length}`;
      expected.push(words);
      if (expected.length % 2 === 0) saved("Ann", words);
      else notice("Ann", words);
      world.say({ channel: GLOBAL_CHANNEL, text: words });
    };
    speak();
    const drained = copy.drain();
    let wire: Wire | undefined;
    const coming = (async () => {
      await ann.code();
      wire = await back(ann, other);
    })();
    while (wire === undefined) {
      speak();
      await new Promise((done) => setTimeout(done, 1));
    }
    await Promise.all([drained, coming]);
    speak();
    const got = () => [...wordsOf(ann), ...wordsOf(wire!)];
    await wire!.until("all words are there", () => got().length >= expected.length);
    await wire!.settled();
    await wire!.until("all lines are there", () => wire!.texts.at(-1) === expected.at(-1));
    expect(got()).toEqual(expected);
    expect([...ann.texts, ...wire!.texts]).toEqual(expected);
  });

  it("S14: the end of a run that comes between the copies is not lost", async () => {
    const other = await world.copy();
    const ann = await world.player(copy, "Ann");
    const corridor = new Corridor(world, "i1", [playerOf("Ann")]);
    const party = world.tellParty(delving(partyOf("p1", named("Ann")), corridor.instance));
    await ann.frame("picture");
    const moved = ann.code().then(async () => {
      world.tellPlayer("Ann", { kind: "end", end: endOf(corridor.instance) });
      world.tellParty(gathered(party));
      return back(ann, other);
    });
    const drained = copy.drain();
    const there = await moved;
    await drained;
    expect((await there.frame("end")).end.outcome).toBe("victory");
    await there.settled();
    expect(there.all("end")).toHaveLength(1);
    expect(there.all("party").map((f) => f.party?.at.phase)).toEqual(["gathering"]);
    expect(there.seen.n).toBe(-1);
  });

  it("S15: a copy that drains takes no new sockets and answers no request", async () => {
    const ann = await world.player(copy, "Ann");
    await ann.settled();
    const drained = copy.drain();
    const answer = await fetch(`${copy.http}/api/status`).catch(() => undefined);
    if (answer !== undefined) {
      expect(answer.status).toBe(503);
      expect(await answer.json()).toMatchObject({ error: { code: "moving" } });
    }
    await drained;
  });

  it("S16: a socket that has not said hello is told to go elsewhere too", async () => {
    const silent = await world.wire(copy);
    await copy.drain();
    expect(await silent.code()).toBe(1012);
  });
});

describe("parties", () => {
  const told = (wire: Wire) =>
    wire.all("party").map((f) => f.party && [f.party.party, f.party.version]);

  it("P1: answers and events that come late do not undo what came before them", async () => {
    const ann = await world.player(copy, "Ann");
    const first = world.tellParty(partyOf("p1", named("Ann", "Bob")));
    await ann.frame("party", (f) => f.party !== null);
    const gone = without({ ...first, version: 4 }, playerOf("Ann"));
    const late = [
      { ...first, version: 3 },
      { ...first, version: 2 },
    ];
    world.tellParty(gone, [playerOf("Ann")]);
    for (const party of late)
      world.bus.tell(parties.changed, { party: party.party }, { party, gone: [] });
    await ann.settled();
    expect(told(ann)).toEqual([null, ["p1", 1], null]);
    const rejoined = { ...first, version: 6 };
    world.tellParty(rejoined);
    world.bus.tell(
      parties.changed,
      { party: gone.party },
      { party: gone, gone: [playerOf("Ann")] },
    );
    await ann.settled();
    expect(told(ann)).toEqual([null, ["p1", 1], null, ["p1", 6]]);
  });

  it("P2: who joined while the arrival was still asked about stays in the party", async () => {
    let answer = () => {};
    world.answerOf = () => new Promise((done) => (answer = () => done({ ok: true, value: null })));
    const ann = await world.player(copy, "Ann");
    ann.send({ t: "party.create", id: 1 });
    await ann.frame("ok");
    answer();
    await ann.settled();
    expect(told(ann)).toEqual([["of-p-ann", 1]]);
    world.answerOf = async () => ({ ok: true, value: null });
  });

  it("P3: the party is told before the answer, and once", async () => {
    const ann = await world.player(copy, "Ann");
    ann.send({ t: "party.create", id: 1 });
    await ann.frame("ok");
    const order = ann.frames.map((f) => f.t).filter((t) => t === "ok" || t === "party");
    ann.send({ t: "party.leave", id: 2 });
    await ann.frame("ok", (f) => f.id === 2);
    await ann.settled();
    expect(order).toEqual(["party", "party", "ok"]);
    expect(told(ann)).toEqual([null, ["of-p-ann", 1], null]);
  });

  it("P4: a party that takes a player who is here for away is told otherwise", async () => {
    const ann = await world.player(copy, "Ann");
    const party = world.tellParty(partyOf("p1", named("Ann", "Bob")));
    await ann.frame("party", (f) => f.party !== null);
    const asks = world.asked.length;
    const members = party.members.map((m) => ({ ...m, online: m.name !== "Ann" }));
    world.tellParty({ ...party, members, version: 2 });
    await ann.until("it is told", () => world.asked.length > asks);
    expect(world.asked.at(-1)).toEqual({ online: true, player: "p-ann" });
  });

  it("P5: while the party service does not answer a player is told, and it is tried again", async () => {
    let up = false;
    const { instance } = new Corridor(world, "i1", [playerOf("Ann")]);
    const party = delving(partyOf("p1", named("Ann")), instance);
    world.answerOf = async () =>
      up ? { ok: true, value: party } : { ok: false, error: { code: "unavailable", reason: "" } };
    const ann = await world.player(copy, "Ann");
    expect((await ann.frame("notice")).tone).toBe("warning");
    up = true;
    expect((await ann.frame("party")).party?.party).toBe("p1");
    await ann.frame("picture");
    expect(ann.all("notice")).toHaveLength(1);
    expect(world.presences.at(-1)).toEqual({ player: "p-ann", presence: "online" });
  });

  it("P8: while neither the party service nor what it stores answers, it is tried again", async () => {
    let up = false;
    const party = partyOf("p1", named("Ann"));
    let gets = 0;
    copy.waits.beforeGet = async (bucket) => {
      if (bucket !== "members") return;
      gets += 1;
      throw new Error("away");
    };
    world.answerOf = async () =>
      up ? { ok: true, value: party } : { ok: false, error: { code: "unavailable", reason: "" } };
    const ann = await world.player(copy, "Ann");
    await ann.until("it is tried again", () => gets > 1);
    up = true;
    expect((await ann.frame("party")).party?.party).toBe("p1");
  });

  it("P6: a party hears nothing of another's", async () => {
    const [ann, eve] = [await world.player(copy, "Ann"), await world.player(copy, "Eve")];
    world.tellParty(partyOf("p1", named("Ann")));
    world.tellParty(partyOf("p2", named("Eve")));
    notice("Ann", "for Ann");
    saved("Ann", "saved for Ann");
    world.say({ channel: "party-p1" as never, text: "line for Ann" });
    await ann.until("all is there", () => wordsOf(ann).length === 2 && ann.texts.length === 1);
    await eve.settled();
    expect([...wordsOf(eve), ...eve.texts]).toEqual([]);
  });

  it("P7: comings and goings are told to the party and its dungeon", async () => {
    const { instance } = new Corridor(world, "i1", [playerOf("Ann")]);
    world.tellParty(delving(partyOf("p1", named("Ann")), instance));
    const ann = await world.player(copy, "Ann");
    await ann.frame("picture");
    ann.cut();
    await ann.until("away is told", () => world.presences.at(-1)?.presence === "away");
    await back(ann, copy);
    await ann.until("online is told", () => world.presences.at(-1)?.presence === "online");
    expect(world.presences.map((p) => p.presence)).toEqual(["online", "away", "online"]);
  });
});
