import { z } from "zod";

/**
 * Everything that can be refused, by name. `close` is the WebSocket close code where it ends the
 * socket; codes from 4000 are ours. docs/protocol.md lists them from here.
 */
export const errors = {
  malformed: {
    close: undefined,
    about: "The frame is not valid in this encoding or not of the form that its `t` asks for.",
  },
  "frame-too-large": { close: 1009, about: "The frame is larger than 4,096 bytes." },
  "too-many-bad-frames": { close: 4400, about: "Five malformed frames on one socket." },
  "hello-expected": { close: 4401, about: "The first frame must be `hello`, and only the first." },
  "hello-late": { close: 4408, about: "No `hello` within five seconds of opening." },
  "client-too-old": {
    close: 4426,
    about: "The server no longer speaks the client's protocol version: update the client.",
  },
  "client-too-new": {
    close: 4427,
    about:
      "The server does not speak the client's protocol version yet: use an older client or ask its operator to update.",
  },
  "bad-ticket": {
    close: 4403,
    about: "The ticket is unknown, used or older than 30 s: get a new one.",
  },
  "bad-resume": {
    close: 4404,
    about: "The session is gone or the key is wrong: log in with a new ticket.",
  },
  "rate-limited": { close: 4429, about: "Too much at once: slow down." },
  replaced: {
    close: 4409,
    about: "The same character came in from elsewhere; this socket is the older one.",
  },
  "too-slow": { close: 4413, about: "The client does not read what it is sent." },
  moving: { close: 1012, about: "This copy of the server is being replaced: resume at once." },
  "out-of-order": {
    close: undefined,
    about: "A command's `seq` must be greater than the one before.",
  },
  "not-in-party": { close: undefined, about: "The character is in no party." },
  "already-in-party": {
    close: undefined,
    about: "The character is in a party already: leave it first.",
  },
  "no-such-party": { close: undefined, about: "No party has this invite code." },
  "party-full": { close: undefined, about: "The party has eight members." },
  "not-leader": { close: undefined, about: "Only the leader may do this." },
  "not-ready": { close: undefined, about: "Every member must have a class and be ready." },
  "already-delving": { close: undefined, about: "The party is in a dungeon." },
  "not-delving": { close: undefined, about: "The party is not in a dungeon." },
  "no-such-member": { close: undefined, about: "Nobody of that name is in the party." },
  "no-such-player": { close: undefined, about: "Nobody of that name is known." },
  "no-such-channel": { close: undefined, about: "There is no such channel, or it is not yours." },
  "host-full": { close: undefined, about: "All hosts are full: try again in a while." },
  "not-watching": { close: undefined, about: "Nothing is being shown: open a run first." },
  "not-watchable": {
    close: undefined,
    about: "The party does not let anybody watch, or is in no dungeon.",
  },
  "not-for-live": {
    close: undefined,
    about: "A run that goes on is shown as it is played: no seeking, pausing or other speed.",
  },
  "bad-name": {
    close: undefined,
    about: "A name has 2 to 16 letters, digits, - or _, and begins with a letter.",
  },
  "name-taken": { close: undefined, about: "Somebody has this name." },
  "bad-password": { close: undefined, about: "A password has 8 to 128 characters." },
  "wrong-login": { close: undefined, about: "Name or password is wrong." },
  "not-a-guest": { close: undefined, about: "The account is registered already." },
  unauthorised: { close: undefined, about: "The token is missing, unknown or expired: log in." },
  "bad-text": { close: undefined, about: "A text has 1 to 280 printable characters." },
  "not-found": { close: undefined, about: "There is no such thing here." },
  "vault-full": {
    close: undefined,
    about: "All places of the party's vault are taken: take something along, or back.",
  },
  "party-vault-shut": {
    close: undefined,
    about: "A party has a vault from two members on.",
  },
  unavailable: {
    close: undefined,
    about: "A part of the server does not answer: try again in a moment.",
  },
  internal: { close: undefined, about: "A fault of the server; it is logged." },
} as const;

export type ErrorCode = keyof typeof errors;
export const ErrorCode = z.enum(Object.keys(errors) as [ErrorCode, ...ErrorCode[]]);

/** A refusal: what, why in words, and what to do next. */
export const Refusal = z.object({ code: ErrorCode, reason: z.string() });
export type Refusal = z.infer<typeof Refusal>;
export type Result<T> = { ok: true; value: T } | { ok: false; error: Refusal };

export const ok = <T>(value: T): Result<T> => ({ ok: true, value });
/** A refusal with the catalogue's words, or more exact ones. */
export const refuse = (code: ErrorCode, reason?: string): { ok: false; error: Refusal } => ({
  ok: false,
  error: { code, reason: reason ?? errors[code].about },
});
