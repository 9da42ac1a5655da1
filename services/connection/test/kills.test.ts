import {
  type ChannelId,
  GLOBAL_CHANNEL,
  type Marks,
  partyChannel,
  type ServerFrame,
  whisperChannel,
} from "@underlode/contracts";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { marksOf, type Wire } from "./wire.ts";
import { type Copy, named, partyOf, playerOf, World } from "./world.ts";

const RUNS = 40;
let world: World;

beforeEach(async () => {
  world = await World.make();
});
afterEach(async () => {
  await world.close();
  expect(world.faults).toEqual([]);
});

const party = partyOf("p1", named("Ann"));
const channels: readonly ChannelId[] = [
  GLOBAL_CHANNEL,
  whisperChannel(playerOf("Ann")),
  partyChannel(party.party),
];

/** Says things of every kind, each with a number of its own, and knows what was said. */
class Speaker {
  readonly lines: string[] = [];
  readonly mail: string[] = [];
  private readonly world: World;

  constructor(of: World) {
    this.world = of;
  }

  say(): void {
    const n = this.lines.length;
    this.lines.push(`${n}`);
    this.world.say({ channel: channels[n % channels.length]!, text: `${n}` });
    // Not for her: it must neither reach her nor count as received.
    this.world.say({ channel: "party-p2" as never, text: "another's" });
  }

  tell(): void {
    const words = `${this.mail.length}`;
    this.mail.push(words);
    const kind = (["saved", "notice", "end"] as const)[this.mail.length % 3]!;
    if (kind === "saved") this.world.tellPlayer("Ann", { kind, what: words });
    else if (kind === "notice") this.world.tellPlayer("Ann", { kind, text: words, tone: "info" });
    else {
      const end = { instance: "i1" as never, outcome: "defeat" as const, summary: { words } };
      this.world.tellPlayer("Ann", { kind, end });
    }
    this.world.tellPlayer("Eve", { kind: "saved", what: "another's" });
  }
}

/** A client over all its sockets: it keeps what it was sent on each until it turned from it. */
class Returner {
  readonly before: ServerFrame[] = [];
  wire: Wire;
  private readonly world: World;
  private readonly pass: Pick<Wire["welcome"], "session" | "key">;

  constructor(of: World, wire: Wire) {
    this.world = of;
    this.wire = wire;
    this.pass = wire.welcome;
  }

  get frames(): readonly ServerFrame[] {
    return [...this.before, ...this.wire.frames];
  }

  get marks(): Marks {
    return marksOf(this.frames);
  }

  get lines(): string[] {
    return this.frames.flatMap((f) => (f.t === "chat" ? [f.line.text] : []));
  }

  get mail(): string[] {
    return this.frames.flatMap((f) => {
      if (f.t === "saved") return [f.what];
      if (f.t === "notice" && f.mark !== undefined) return [f.text];
      return f.t === "end" ? [String(f.end.summary.words)] : [];
    });
  }

  /** Leaves its socket, if it has not lost it, and says hello on a new one; does not wait. */
  async turnTo(copy: Copy): Promise<void> {
    this.before.push(...this.wire.frames);
    this.wire.cut();
    this.wire = await this.world.wire(copy);
    const { session, key } = this.pass;
    this.wire.hello({ resume: { session, key, marks: this.marks } });
  }

  async hasAll(speaker: Speaker): Promise<void> {
    await this.wire.frame("welcome");
    await this.wire.until("all has come", () => {
      return this.lines.length >= speaker.lines.length && this.mail.length >= speaker.mail.length;
    });
    await this.wire.settled();
    expect(this.lines).toEqual(speaker.lines);
    expect(this.mail).toEqual(speaker.mail);
  }
}

const begin = async (copy: Copy): Promise<{ ann: Returner; speaker: Speaker }> => {
  const wire = await world.player(copy, "Ann");
  world.tellParty(party);
  await wire.frame("party", (f) => f.party !== null);
  await wire.settled();
  return { ann: new Returner(world, wire), speaker: new Speaker(world) };
};

describe("a copy that dies without a word", () => {
  it("K1: loses nothing that was said before, while and after, and brings nothing twice", async () => {
    const [one, other] = [await world.copy(), await world.copy()];
    const { ann, speaker } = await begin(one);
    const speak = () => {
      speaker.say();
      speaker.tell();
    };
    for (let n = 0; n < 5; n++) speak();
    await ann.wire.until("some have come", () => ann.lines.length > 1 && ann.mail.length > 1);
    one.kill();
    for (let n = 0; n < 5; n++) speak();
    await ann.turnTo(other);
    for (let n = 0; n < 5; n++) speak();
    await ann.hasAll(speaker);
  });

  it("K2: leaves a session that goes on, with its party, on a copy that knows nothing of it", async () => {
    const one = await world.copy();
    const { ann } = await begin(one);
    one.kill();
    await ann.turnTo(await world.copy());
    expect(await ann.wire.frame("welcome")).toMatchObject({ resumed: true });
    expect((await ann.wire.frame("party")).party).toEqual(party);
  });

  it("K3: is none to a client that turns to two copies in quick succession", async () => {
    const copies = [await world.copy(), await world.copy(), await world.copy()];
    const { ann, speaker } = await begin(copies[0]!);
    for (let n = 0; n < 4; n++) speaker.say();
    copies[0]!.kill();
    for (let n = 0; n < 4; n++) speaker.tell();
    await ann.turnTo(copies[1]!);
    speaker.say();
    await ann.turnTo(copies[1]!);
    speaker.tell();
    await ann.turnTo(copies[2]!);
    await ann.turnTo(copies[1]!);
    speaker.say();
    await ann.hasAll(speaker);
  });
});

describe("a copy that is slow", () => {
  const hold = () => {
    const { promise, resolve: release } = Promise.withResolvers<void>();
    const wait = (): Promise<void> => {
      gate.asked += 1;
      return promise;
    };
    const gate = { asked: 0, release, wait };
    return gate;
  };

  it("K5: to read from the store brings what is told meanwhile after what it read", async () => {
    const [one, other] = [await world.copy(), await world.copy()];
    const { ann, speaker } = await begin(one);
    const gate = hold();
    other.waits.afterRead = async (how) => (how === "read" ? gate.wait() : undefined);
    speaker.tell();
    one.kill();
    speaker.say();
    speaker.tell();
    await ann.turnTo(other);
    await ann.wire.until("both streams are read", () => gate.asked >= 2);
    const watch = await world.player(await world.copy(), "Eve");
    speaker.tell();
    speaker.say();
    await watch.frame("saved");
    await ann.wire.settled();
    gate.release();
    await ann.hasAll(speaker);
  });

  it("K6: to hear of what its client has had from another brings nothing of it again", async () => {
    const [one, other] = [await world.copy(), await world.copy()];
    const { ann, speaker } = await begin(one);
    const gate = hold();
    other.waits.beforeTaken = gate.wait;
    for (let n = 0; n < 6; n++) speaker.say();
    for (let n = 0; n < 3; n++) speaker.tell();
    await ann.hasAll(speaker);
    await ann.turnTo(other);
    await ann.wire.frame("party");
    speaker.say();
    speaker.tell();
    gate.release();
    await ann.hasAll(speaker);
  });

  it("K7: to read a party's lines sends none of a party that was left meanwhile", async () => {
    const copy = await world.copy();
    const wire = await world.player(copy, "Ann");
    await wire.frame("party");
    await wire.settled();
    const gate = hold();
    copy.waits.afterRead = gate.wait;
    const next = partyOf("p3", named("Ann"));
    world.say({ channel: partyChannel(party.party), text: "of the first" });
    world.say({ channel: partyChannel(next.party), text: "of the second" });
    world.say({ channel: GLOBAL_CHANNEL, text: "for all" });
    await wire.until("it is followed", () => wire.texts.includes("for all"));
    world.tellParty(party);
    await wire.until("it is read", () => gate.asked > 0);
    world.tellParty({ ...party, members: [], version: 2 }, [playerOf("Ann")]);
    world.tellParty(next);
    await wire.frame("party", (f) => f.party?.party === next.party);
    gate.release();
    await wire.until("its line", () => wire.texts.includes("of the second"));
    await wire.settled();
    expect(wire.texts).toEqual(["for all", "of the second"]);
  });
});

const deed = fc.constantFrom("say", "say", "tell", "tell", "pause", "turn", "kill", "drain");

it("K4: whatever dies or moves when, all that is said comes once and in order", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(deed, { minLength: 10, maxLength: 60 }),
      fc.nat(4),
      async (deeds, slow) => {
        world = await World.make();
        let waits = 0;
        const wait = async (): Promise<void> => {
          waits += 1;
          if (waits % 5 < slow) await new Promise((done) => setTimeout(done, waits % 3));
        };

        const slowCopy = async (): Promise<Copy> => {
          const copy = await world.copy({ moveMs: 0 });
          Object.assign(copy.waits, { beforeRead: wait, afterRead: wait, beforeTaken: wait });
          return copy;
        };
        let copies = [await slowCopy(), await slowCopy()];
        const { ann, speaker } = await begin(copies[0]!);
        for (const [i, one] of deeds.entries()) {
          if (one === "say") speaker.say();
          else if (one === "tell") speaker.tell();
          else if (one === "pause") await new Promise((done) => setTimeout(done, i % 4));
          else if (one === "turn") await ann.turnTo(copies[i % 2]!);
          else {
            const [old, ...others] = copies;
            if (one === "kill") old!.kill();
            else await old!.drain();
            copies = [...others, await slowCopy()];
            await ann.turnTo(copies[i % 2]!);
          }
        }
        await ann.turnTo(copies[0]!);
        await ann.hasAll(speaker);
        expect(world.faults).toEqual([]);
        await world.close();
      },
    ),
    { numRuns: RUNS },
  );
  world = await World.make();
}, 60_000);
