import {
  account,
  CHAT_BURST_MAX,
  CHAT_HISTORY_MAX,
  chat,
  GLOBAL_CHANNEL,
  ok,
  PartyId,
  PlayerId,
  partyChannel,
  refuse,
  type Said,
  streams,
  whisperChannel,
} from "@underlode/contracts";
import { type Bus, MemoryBroker, Metrics, memoryBus } from "@underlode/runtime";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { until } from "../../../packages/runtime/test/until.ts";
import { start } from "../src/service.ts";

const ann = { player: PlayerId.parse("ann1"), name: "Ann" };
const bob = { player: PlayerId.parse("bob1"), name: "Bob" };
const party = partyChannel(PartyId.parse("x1"));
const done = { runs: 0, victories: 0, deaths: 0, deepestFloor: 0, oreBanked: 0, guest: false };

describe("the chat service", () => {
  let broker: MemoryBroker;
  let bus: Bus;
  let nowMs: number;
  let drains: (() => Promise<void> | void)[];
  let heard: Said[];

  const run = (): Promise<undefined> => {
    const own = memoryBus(broker);
    drains.push(() => own.drain());
    const scope = {
      bus: own,
      metrics: new Metrics("chat"),
      onDrain: (d: () => void) => drains.push(d),
    };
    return start(scope, () => nowMs);
  };
  const say = (text: string, from = ann, channel = GLOBAL_CHANNEL) =>
    bus.ask(chat.say, {}, { ...from, channel, text });
  const storedOn = async (channel = GLOBAL_CHANNEL): Promise<string[]> =>
    (await bus.read(chat.said, { channel })).map(({ body }) => body.text);
  /** Says more lines than the rate allows, by letting time pass. */
  const sayMany = async (count: number, channel = GLOBAL_CHANNEL): Promise<void> => {
    for (let n = 0; n < count; n += 1) {
      nowMs += 1_000;
      await say(`${n}`, ann, channel);
    }
  };

  beforeEach(async () => {
    broker = new MemoryBroker();
    bus = memoryBus(broker);
    await bus.ensureStreams(Object.values(streams));
    nowMs = 1_000_000;
    drains = [];
    heard = [];
    bus.hear(chat.said, {}, (said) => void heard.push(said));
    bus.serve(account.character, {}, async ({ name }) => {
      const found = [ann, bob].find((c) => c.name.toLowerCase() === name?.toLowerCase());
      return found ? ok({ ...found, ...done }) : refuse("not-found");
    });
    await run();
  });
  afterEach(async () => {
    await bus.drain();
    for (const drain of drains.reverse()) await drain();
  });

  it("C1: a line reaches those on the channel, clean, with who said it and when", async () => {
    const said = { channel: party, from: "Ann", player: ann.player, text: "hi all", at: nowMs };
    expect(await say("  hi\nall ", ann, party)).toEqual(ok(said));
    await until("it is heard", () => heard.length === 1);
    expect(heard).toEqual([said]);
  });

  it("C2: a text that breaks the rules is refused and reaches nobody", async () => {
    expect(await say("\u001b[2J")).toMatchObject({ error: { code: "bad-text" } });
    expect(await storedOn()).toEqual([]);
  });

  it("C3: who talks too fast is refused until time has passed", async () => {
    for (let n = 0; n < CHAT_BURST_MAX; n += 1) expect((await say(`${n}`)).ok).toBe(true);
    expect(await say("more")).toMatchObject({ error: { code: "rate-limited" } });
    expect((await say("hi", bob)).ok).toBe(true);
    nowMs += 1_000;
    expect((await say("more")).ok).toBe(true);
  });

  it("C4: nobody says a line on another's whispers or on what is no channel", async () => {
    for (const channel of [whisperChannel(bob.player), "elsewhere" as never])
      expect(await say("hi", ann, channel)).toMatchObject({ error: { code: "no-such-channel" } });
  });

  it("C5: the last hundred lines of a channel are there for who joins, oldest first", async () => {
    await sayMany(CHAT_HISTORY_MAX + 7);
    const last = Array.from({ length: CHAT_HISTORY_MAX }, (_, n) => `${n + 7}`);
    expect(await storedOn()).toEqual(last);
    expect(await storedOn(party)).toEqual([]);
  });

  it("C6: two copies share the calls, and a line that was taken outlives its copy", async () => {
    await run();
    await sayMany(5);
    for (const drain of drains.splice(0).reverse()) await drain();
    await run();
    await sayMany(3);
    expect(await storedOn()).toEqual(["0", "1", "2", "3", "4", "0", "1", "2"]);
  });

  it("C7: a line that could not be stored is not said to have been", async () => {
    broker.streams.delete(streams.chat.name);
    expect(await say("hi")).toMatchObject({ error: { code: "unavailable" } });
    const whisper = await bus.ask(chat.whisper, {}, { ...ann, to: "Bob", text: "psst" });
    expect(whisper).toMatchObject({ error: { code: "unavailable" } });
  });

  it("C8: a whisper reaches the one it is for and the one who whispers, and nobody else", async () => {
    const said = await bus.ask(chat.whisper, {}, { ...ann, to: "bOB", text: "psst" });
    expect(said).toMatchObject({ ok: true, value: { from: "Ann", to: "Bob", text: "psst" } });
    await until("both copies are heard", () => heard.length === 2);
    const channels = heard.map((s) => s.channel);
    expect(channels.toSorted()).toEqual([whisperChannel(ann.player), whisperChannel(bob.player)]);
    expect(await storedOn()).toEqual([]);
    expect(await storedOn(whisperChannel(bob.player))).toEqual(["psst"]);
  });

  it("C9: a whisper to oneself is one line", async () => {
    await bus.ask(chat.whisper, {}, { ...ann, to: "Ann", text: "note" });
    await until("it is heard", () => heard.length > 0);
    expect(await storedOn(whisperChannel(ann.player))).toEqual(["note"]);
  });

  it("C10: a whisper to nobody known is refused, whatever the name", async () => {
    for (const to of ["Nobody", "*", "", "a.b", "x'; drop table"])
      expect(await bus.ask(chat.whisper, {}, { ...ann, to, text: "hi" })).toMatchObject({
        error: { code: "no-such-player" },
      });
  });
});
