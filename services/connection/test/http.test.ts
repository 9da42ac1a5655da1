import { connect } from "node:net";
import { AUTH_PER_MINUTE_MAX, HTTP_BODY_BYTES_MAX } from "@underlode/contracts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Copy, World } from "./world.ts";

let world: World;
let copy: Copy;
let addresses = 0;

beforeAll(async () => {
  world = await World.make();
  copy = await world.copy();
});
afterAll(async () => {
  await world.close();
  expect(world.faults).toEqual([]);
});

type Answer = { status: number; code?: string; reason?: string; body: Record<string, unknown> };
type Asked = { body?: string; token?: string; method?: string; from?: string };

/** Asks from an address of its own unless told otherwise, so that limits stay apart. */
const ask = async (path: string, { body, token, method, from }: Asked = {}): Promise<Answer> => {
  addresses += 1;
  const answer = await fetch(`${copy.http}${path}`, {
    method: method ?? (body === undefined ? "GET" : "POST"),
    headers: {
      "x-forwarded-for": from ?? `10.0.0.${addresses}`,
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    ...(body !== undefined && { body }),
  });
  const json = (await answer.json()) as Record<string, unknown>;
  const error = json.error as { code: string; reason: string } | undefined;
  return { status: answer.status, body: json, ...error };
};
const login = JSON.stringify({ name: "Ann", password: "password" });

describe("the HTTP API", () => {
  it("A1: a guest gets a token, and with it a ticket and its own page", async () => {
    const guest = await ask("/api/guest", { body: JSON.stringify({ name: "Gus" }) });
    const token = String(guest.body.token);
    const ticket = await ask("/api/ticket", { method: "POST", token });
    expect(ticket.body).toMatchObject({ ticket: expect.any(String), expiresInMs: 30_000 });
    expect((await ask("/api/me", { token })).body).toMatchObject({ name: "Gus" });
    expect((await ask("/api/logout", { method: "POST", token })).status).toBe(200);
    expect(await ask("/api/me", { token })).toMatchObject({ status: 401, code: "unauthorised" });
  });

  it.each([
    ["no JSON", "/api/auth", "{not json", 400, "malformed"],
    ["no object", "/api/auth", "[1]", 400, "malformed"],
    ["nothing", "/api/auth", "", 400, "malformed"],
    ["a missing field", "/api/auth", `{"name":"Ann"}`, 400, "malformed"],
    ["a field of another type", "/api/auth", `{"name":1,"password":"password"}`, 400, "malformed"],
    ["an unknown field", "/api/guest", `{"name":"Ann","admin":true}`, 400, "malformed"],
    ["a wrong password", "/api/auth", `{"name":"Ann","password":"guess"}`, 401, "wrong-login"],
    ["a short password", "/api/register", `{"name":"Ann","password":"x"}`, 400, "bad-password"],
    [
      "a body that is too large",
      "/api/auth",
      `"${"x".repeat(HTTP_BODY_BYTES_MAX)}"`,
      413,
      "frame-too-large",
    ],
    ["a huge body", "/api/auth", `"${"x".repeat(3_000_000)}"`, 413, "frame-too-large"],
  ])("A2: %s is refused by name and status", async (_, path, body, status, code) => {
    expect(await ask(path, { body })).toMatchObject({ status, code, reason: expect.any(String) });
  });

  it.each([
    ["GET", "/"],
    ["GET", "/api/nothing"],
    ["GET", "/api/auth"],
    ["POST", "/api/status"],
    ["DELETE", "/api/me"],
    ["GET", "/api/../me"],
    ["GET", "/constructor"],
    ["GET", "//evil.example/api/me"],
  ])("A3: %s %s is not found", async (method, path) => {
    expect(await ask(path, { method })).toMatchObject({ status: 404, code: "not-found" });
  });

  it.each(["/api/ticket", "/api/logout"])("A4: %s wants a token that is known", async (path) => {
    const missing = await ask(path, { method: "POST" });
    expect(missing).toMatchObject({ status: 401, code: "unauthorised" });
    expect(await ask(path, { method: "POST", token: "made-up" })).toMatchObject({ status: 401 });
    expect(await ask(path, { method: "POST", token: "x".repeat(300) })).toMatchObject({
      status: 401,
    });
  });

  it("A5: too many tries from one address are refused, and others may go on", async () => {
    const from = "192.0.2.1";
    for (let n = 0; n < AUTH_PER_MINUTE_MAX; n++)
      expect((await ask("/api/auth", { body: login, from })).status).toBe(200);
    const over = await ask("/api/auth", { body: login, from });
    expect(over).toMatchObject({ status: 429, code: "rate-limited" });
    const spoofed = await ask("/api/auth", { body: login, from: `203.0.113.9, ${from}` });
    expect(spoofed.status).toBe(429);
    expect((await ask("/api/auth", { body: login, from: "192.0.2.2" })).status).toBe(200);
  });

  it("A6: what is no HTTP at all does not disturb the others", async () => {
    const { hostname, port } = new URL(copy.http);
    const socket = connect(Number(port), hostname);
    socket.on("error", () => {});
    socket.resume();
    socket.write("\u0000\u0001 nonsense\r\n\r\n");
    await new Promise((done) => socket.on("close", done));
    expect((await ask("/api/status")).body).toMatchObject({ ready: true });
    expect((await ask("/livez")).status).toBe(200);
  });
});
