import { describe, expect, it } from "vitest";
import { ErrorCode, errors, ok, refuse } from "../src/errors.ts";
import * as limits from "../src/limits.ts";

describe("the catalogue of refusals", () => {
  it("E1: each close code belongs to one error, and is one a server may send", () => {
    const codes = Object.values(errors).flatMap((e) => (e.close === undefined ? [] : [e.close]));
    expect(new Set(codes).size).toBe(codes.length);
    // Of RFC 6455's own, these are what they say; from 4000 they are ours.
    for (const code of codes) expect([1009, 1012].includes(code) || code >= 4000).toBe(true);
    for (const code of codes) expect(code).toBeLessThan(5000);
  });

  it.each(Object.entries(errors))("E2: %s is a name with words for people", (code, { about }) => {
    expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(about).toMatch(/^[A-Z].*[.]$/);
    expect(ErrorCode.parse(code)).toBe(code);
  });

  it("E3: a refusal has the catalogue's words, or more exact ones", () => {
    expect(refuse("not-found").error.reason).toBe(errors["not-found"].about);
    expect(refuse("not-found", "no such ore").error.reason).toBe("no such ore");
    expect(ok(5)).toEqual({ ok: true, value: 5 });
  });
});

describe("limits", () => {
  it.each(Object.entries(limits).filter(([, v]) => typeof v === "number"))(
    "E4: %s is a whole number above zero",
    (_, value) => {
      expect(Number.isInteger(value)).toBe(true);
      expect(value).toBeGreaterThan(0);
    },
  );

  it("E5: what is at least is not above what is at most", () => {
    expect(limits.PROTOCOL_MIN).toBeLessThanOrEqual(limits.PROTOCOL);
    expect(limits.NAME_CHARS_MIN).toBeLessThan(limits.NAME_CHARS_MAX);
    expect(limits.PASSWORD_CHARS_MIN).toBeLessThan(limits.PASSWORD_CHARS_MAX);
    expect(limits.TICK_RATE_MIN).toBeLessThanOrEqual(limits.TICK_RATE_DEFAULT);
    expect(limits.TICK_RATE_DEFAULT).toBeLessThanOrEqual(limits.TICK_RATE_MAX);
    expect(limits.SOCKET_BACKLOG_BYTES_MAX).toBeLessThan(limits.SOCKET_DEAD_BYTES_MAX);
    expect(limits.ACK_EVERY_MESSAGES).toBeLessThan(limits.TICKS_UNACKED_MAX);
    expect(limits.ACK_EVERY_MS).toBeLessThan(limits.ACK_TIMEOUT_MS);
  });

  it("E6: the longest text, password and name fit a frame and an HTTP body", () => {
    const bytesPerChar = 4;
    const longest = bytesPerChar * (limits.TEXT_CHARS_MAX + limits.NAME_CHARS_MAX);
    expect(longest).toBeLessThan(limits.FRAME_BYTES_MAX);
    const login = bytesPerChar * (limits.PASSWORD_CHARS_MAX + limits.NAME_CHARS_MAX);
    expect(login).toBeLessThan(limits.HTTP_BODY_BYTES_MAX);
  });

  it("E7: an invite code has no letters that read like others", () => {
    expect(limits.CODE_ALPHABET).not.toMatch(/[ILOU01]/);
    expect(new Set(limits.CODE_ALPHABET).size).toBe(limits.CODE_ALPHABET.length);
  });
});
