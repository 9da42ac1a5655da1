import {
  ApiError,
  type Client,
  connect,
  dropOre,
  type Encoding,
  guest,
  httpOf,
  keep,
  login,
  logout,
  me,
  partyVault,
  register,
  replays,
  runsOn,
  type Seen,
  takeBack,
  vault,
  watchable,
  worldStats,
} from "@underlode/client";
import type { ErrorCode, Granted, PartyVault } from "@underlode/contracts";
import type { Effect } from "./effects.ts";
import type { Memory } from "./memory.ts";
import type { Event, Listed, Who } from "./model.ts";

export type SocketOptions = {
  readonly url: string;
  readonly name: string | undefined;
  readonly encoding: Encoding;
  readonly build: string;
  readonly seen: Seen;
  readonly memory: Memory;
  readonly tell: (event: Event) => void;
};

type Outside = Exclude<Effect, { do: "quit" | "redraw" | "write" }>;

/** The only place that talks to a server: does effects, and tells what came of them. */
export class Socket {
  readonly #options: SocketOptions;
  readonly #http: string;
  #client: Client | undefined;
  #token: string | undefined;

  constructor(options: SocketOptions) {
    this.#options = options;
    this.#http = httpOf(options.url);
  }

  do(effect: Outside): void {
    if (effect.do === "act") this.#client?.act(effect.act);
    else void this.#later(effect);
  }

  close(): void {
    this.#client?.close();
  }

  async #later(effect: Exclude<Outside, { do: "act" }>): Promise<void> {
    const { tell } = this.#options;
    try {
      await this.#perform(effect);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (effect.do === "list") tell({ on: "unlisted", what: effect.what, reason: error.reason });
      else if (effect.do === "vault" || effect.do === "board")
        tell({ on: "failed", reason: error.reason });
      else if (effect.do !== "stats") tell({ on: "unsigned", reason: error.reason });
    }
  }

  async #perform(effect: Exclude<Outside, { do: "act" }>): Promise<void> {
    const { tell, memory } = this.#options;
    switch (effect.do) {
      case "guest":
        return this.#signIn(await this.#remembered(), true);
      case "login":
      case "register": {
        const enter = effect.do === "login" ? login : register;
        return this.#signIn(await enter(this.#http, effect.name, effect.password), false);
      }
      case "keep": {
        const who = await keep(this.#http, this.#token ?? "", effect.name, effect.password);
        return tell({ on: "kept", who });
      }
      case "ask": {
        const { question } = effect;
        const result = await this.#client?.ask(question);
        if (!result) return;
        const refusal = result.ok ? {} : { code: result.error.code };
        const refused = result.ok ? undefined : result.error.reason;
        return tell({ on: "answer", to: question, refused, ...refusal });
      }
      case "logout": {
        const token = this.#token;
        this.#client?.close();
        memory.forget();
        tell({ on: "unsigned", reason: "Logged out." });
        if (token !== undefined) await logout(this.#http, token);
        return;
      }
      case "stats":
        return tell({ on: "stats", stats: await worldStats(this.#http) });
      case "list":
        return tell({ on: "listed", list: await this.#listed(effect.what), at: Date.now() });
      case "remind": {
        const { instance, inMs } = effect;
        setTimeout(() => tell({ on: "reminded", instance }), inMs).unref();
        return;
      }
      case "vault": {
        const token = this.#token ?? "";
        const { drop, back } = effect;
        const changed =
          drop !== undefined
            ? dropOre(this.#http, token, drop)
            : back !== undefined
              ? takeBack(this.#http, token, back)
              : vault(this.#http, token);
        const kept = await changed;
        return tell({ on: "vault", vault: kept, shared: await this.#shared(token) });
      }
      case "board": {
        const { wish } = effect;
        const rows = await runsOn(this.#http, wish);
        return tell({ on: "board", wish, rows, at: Date.now() });
      }
      case "favour":
        return memory.favour(effect.class);
    }
  }

  /** Undefined for whoever has no party that shares a vault. */
  async #shared(token: string): Promise<PartyVault | undefined> {
    try {
      return await partyVault(this.#http, token);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return undefined;
    }
  }

  async #listed(what: Listed["what"]): Promise<Listed> {
    if (what === "live") return { what, runs: await watchable(this.#http) };
    const token = what === "mine" ? (this.#token ?? "") : undefined;
    return { what, runs: await replays(this.#http, token) };
  }

  /** The guest of this machine, if the server still knows them; else a new one. */
  async #remembered(): Promise<{ token: string; identity: Who }> {
    const token = this.#options.memory.token();
    if (token !== undefined) {
      try {
        return { token, identity: await me(this.#http, token) };
      } catch (error) {
        if (!(error instanceof ApiError) || !GONE.has(error.code)) throw error;
      }
    }
    return guest(this.#http, this.#options.name);
  }

  #signIn(
    { token, identity }: Pick<Granted, "token"> & { identity: Who },
    remember: boolean,
  ): void {
    const { url, encoding, build, seen, tell, memory } = this.#options;
    this.#client?.close();
    this.#token = token;
    if (remember) memory.keep(token);
    const { player, name, guest: isGuest } = identity;
    tell({ on: "signed", who: { player, name, guest: isGuest } });
    const client = connect({
      ...{ url, token, encoding, build, seen },
      onFrame: (frame) => this.#client === client && tell({ on: "frame", frame }),
      onState: (state) => this.#client === client && tell({ on: "link", state }),
    });
    this.#client = client;
  }
}

const GONE: ReadonlySet<ErrorCode> = new Set<ErrorCode>(["unauthorised", "not-found"]);
