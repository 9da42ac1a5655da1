import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ApiError, guest, httpOf, keep, login, logout, me, register, ticket } from "../src/http.ts";
import { type Asked, type FakeServer, fakeServer } from "./fake-server.ts";

const identity = { account: "a1", player: "p1", name: "Ann", guest: false };
const granted = { token: "tok", identity };

let server: FakeServer;
const asked: Asked[] = [];
beforeEach(async () => {
  asked.length = 0;
  server = await fakeServer();
});
afterEach(() => server.stop());

const answers = (path: string, json: unknown, status = 200) => {
  server.api[path] = (question) => {
    asked.push(question);
    return { status, json };
  };
};

describe("the HTTP API", () => {
  it("grants a token to who registers, logs in or comes as a guest", async () => {
    for (const path of ["register", "auth", "guest"]) answers(`POST /api/${path}`, granted);
    expect(await register(server.http, "Ann", "secret-word")).toEqual(granted);
    expect(await login(server.http, "Ann", "secret-word")).toEqual(granted);
    expect(await guest(server.http)).toEqual(granted);
    const both = { name: "Ann", password: "secret-word" };
    expect(asked.map((question) => question.body)).toEqual([both, both, {}]);
  });

  it("is asked with the token where it is about somebody", async () => {
    answers("POST /api/keep", { identity });
    answers("POST /api/ticket", { ticket: "t", expiresInMs: 30_000 });
    answers("POST /api/logout", {});
    const character = { player: "p1", name: "Ann", guest: false, runs: 1, victories: 0 };
    answers("GET /api/me", { ...character, deaths: 1, deepestFloor: 2, oreBanked: 3 });
    expect(await keep(server.http, "tok", "Ann", "secret-word")).toEqual(identity);
    expect(await ticket(server.http, "tok")).toEqual({ ticket: "t", expiresInMs: 30_000 });
    await logout(server.http, "tok");
    expect(await me(server.http, "tok")).toMatchObject({ deepestFloor: 2 });
    expect(asked.map((question) => question.token)).toEqual(Array(4).fill("tok"));
  });

  it("refuses by code and reason", async () => {
    answers("POST /api/auth", { error: { code: "wrong-login", reason: "No." } }, 401);
    const refused = await login(server.http, "Ann", "x").catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(ApiError);
    expect(refused).toMatchObject({ code: "wrong-login", reason: "No.", status: 401 });
  });

  it.each([
    ["an error without a form", "oops", 502],
    ["an answer of an unknown form", { nothing: 1 }, 200],
  ])("that gives %s is unavailable", async (_, json, status) => {
    answers("POST /api/guest", json, status);
    await expect(guest(server.http)).rejects.toMatchObject({ code: "unavailable" });
  });

  it("that cannot be reached is unavailable", async () => {
    await expect(guest("http://127.0.0.1:1")).rejects.toMatchObject({ code: "unavailable" });
  });

  it("has its address beside the socket's", () => {
    expect(httpOf("ws://h:1/ws")).toBe("http://h:1");
    expect(httpOf("wss://h/game/ws")).toBe("https://h/game");
  });
});
