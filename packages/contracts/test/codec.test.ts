import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pack, unpack } from "../src/codec.ts";

/** What JSON can say, which is what our bodies are made of; M6 is about the one key left out. */
const body = fc
  .jsonValue({ maxDepth: 4 })
  .map((value) => JSON.stringify(value))
  .filter((text) => !text.includes("__proto__"))
  .map((text) => JSON.parse(text));

describe("the codec", () => {
  it("M1: what is packed comes back", () => {
    fc.assert(
      fc.property(body, (value) => {
        expect(unpack(pack(value))).toEqual(value);
      }),
    );
  });

  it("M2: numbers of every size come back as numbers", () => {
    // Zero has no sign on the wire.
    const doubles = fc.double({ noNaN: true }).map((n) => n + 0);
    const numbers = fc.oneof(fc.integer(), fc.maxSafeInteger(), doubles);
    fc.assert(
      fc.property(numbers, (n) => {
        expect(unpack(pack(n))).toBe(n);
      }),
    );
  });

  it("M3: what is packed is plain MessagePack, with nothing of one library only", () => {
    const bytes = pack({ a: 1, b: [true, null, "x"] });
    const plain = [0x82, 0xa1, 0x61, 1, 0xa1, 0x62, 0x93, 0xc3, 0xc0, 0xa1, 0x78];
    expect([...bytes]).toEqual(plain);
  });

  it("M4: bytes that are no message are a value or an error, and never hurt", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        try {
          unpack(bytes);
        } catch (fault) {
          expect(fault).toBeInstanceOf(Error);
        }
      }),
    );
    expect(Object.getOwnPropertyNames(Object.prototype)).not.toContain("polluted");
  });

  it("M5: half a message is an error", () => {
    const bytes = pack({ a: "a longer text", b: [1, 2, 3] });
    for (let end = 1; end < bytes.length; end += 1)
      expect(() => unpack(bytes.subarray(0, end)), `${end}`).toThrow();
  });

  it("M6: a key that would change every object changes none", () => {
    const bytes = Uint8Array.from([0x81, 0xa9, ...Buffer.from("__proto__"), 0x81, 0xa1, 0x78, 1]);
    unpack(bytes);
    expect(({} as { x?: number }).x).toBeUndefined();
  });
});
