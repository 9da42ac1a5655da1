import { type ClientFrame, pack } from "@underlode/contracts";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Wire } from "./wire.ts";
import { type Copy, World } from "./world.ts";

const RUNS = 120;
let world: World;
let copy: Copy;
let healthy: Wire;

beforeAll(async () => {
  world = await World.make();
  copy = await world.copy();
  healthy = await world.player(copy, "Healthy");
});
afterAll(async () => {
  await world.close();
});

const valid: fc.Arbitrary<ClientFrame> = fc.oneof(
  fc.record({ t: fc.constant("ping" as const), id: fc.nat() }),
  fc.record({ t: fc.constant("look" as const) }),
  fc.record({ t: fc.constant("party.create" as const), id: fc.nat() }),
  fc.record({ t: fc.constant("party.leave" as const), id: fc.nat() }),
  fc.record({
    t: fc.constant("party.join" as const),
    id: fc.nat(),
    code: fc.string({ minLength: 1, maxLength: 12 }),
  }),
  fc.record({
    t: fc.constant("whisper" as const),
    id: fc.nat(),
    to: fc.string({ maxLength: 16 }),
    text: fc.string(),
  }),
  fc.record({
    t: fc.constant("chat" as const),
    id: fc.nat(),
    channel: fc.constantFrom("party" as const, "global" as const),
    text: fc.string(),
  }),
  fc.record({
    t: fc.constant("act" as const),
    seq: fc.nat(),
    act: fc.record({ do: fc.constant("step" as const), dir: fc.nat(7) }),
  }),
);
/** A valid frame of which some bytes were changed, cut off or added. */
const mutated = fc
  .tuple(
    valid,
    fc.array(fc.tuple(fc.nat(400), fc.nat(255)), { maxLength: 4 }),
    fc.nat(60),
    fc.uint8Array({ maxLength: 8 }),
  )
  .map(([frame, changes, keep, tail]) => {
    const bytes = Buffer.from(pack(frame));
    for (const [at, byte] of changes) bytes[at % bytes.length] = byte;
    return Buffer.concat([keep > 40 ? bytes.subarray(0, keep) : bytes, tail]);
  });
const anyFrame = fc.oneof(
  { weight: 3, arbitrary: mutated },
  { weight: 2, arbitrary: fc.uint8Array({ maxLength: 300 }).map((b) => Buffer.from(b)) },
  { weight: 1, arbitrary: fc.anything().map((value) => Buffer.from(packed(value))) },
  { weight: 1, arbitrary: valid.map((frame) => Buffer.from(pack(frame))) },
);
const packed = (value: unknown): Uint8Array => {
  try {
    return pack(value);
  } catch {
    return new Uint8Array([0xc1]);
  }
};

it("Z1: no bytes from one client crash the service or disturb another client", async () => {
  let round = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyFrame, { minLength: 1, maxLength: 12 }),
      fc.boolean(),
      async (frames, greeted) => {
        round += 1;
        const wire = greeted
          ? await world.player(copy, `Fuzz${round % 7}`)
          : await world.wire(copy);
        for (const frame of frames) wire.raw(frame);
        const id = round;
        healthy.send({ t: "ping", id });
        await healthy.frame("pong", (f) => f.id === id);
        await wire.until(
          "it is dealt with",
          () => wire.closed !== undefined || wire.frames.length >= 0,
        );
        wire.cut();
        expect(healthy.closed).toBeUndefined();
        expect(world.faults).toEqual([]);
      },
    ),
    { numRuns: RUNS },
  );
});
