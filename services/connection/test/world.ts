import {
  AccountId,
  account,
  chat,
  HostId,
  type Identity,
  InstanceId,
  type InstanceView,
  instance as instanceSubjects,
  journal,
  type Mail,
  mail,
  OPTIONS_DEFAULT,
  ok,
  type Party,
  PartyId,
  type PartyMember,
  PlayerId,
  party as parties,
  type Result,
  refuse,
  type Said,
  type StampedAct,
  streams,
  type Tick,
  type TickMessage,
} from "@underlode/contracts";
import { type Bus, type Log, MemoryBroker, Metrics, memoryBus } from "@underlode/runtime";
import { until } from "../../../packages/runtime/test/until.ts";
import { type ConnectionOptions, startConnection } from "../src/service.ts";
import { Wire } from "./wire.ts";

export type Copy = {
  readonly ws: string;
  readonly http: string;
  readonly metrics: Metrics;
  drain(): Promise<void>;
  /** As `kill -9`: its sockets are cut, and nothing it does from then on reaches anybody. */
  kill(): void;
  readonly waits: Waits;
};
/** What a copy waits for before and after it reads from a stream, and before it takes what it follows. */
export type Waits = {
  beforeRead: () => Promise<void>;
  afterRead: (how: "read" | "last") => Promise<void>;
  beforeTaken: () => Promise<void>;
  /** The same, before it gets a key of a bucket. */
  beforeGet: (bucket: string) => Promise<void>;
};
type Presence = { player: PlayerId; name: string; online: boolean };

/** Everything around the connection service, as fakes that a test can bend, on one broker. */
export class World {
  readonly broker = new MemoryBroker();
  readonly bus: Bus = memoryBus(this.broker);
  /** What the copies logged as errors. */
  readonly faults: unknown[] = [];
  readonly identities = new Map<string, Identity>();
  readonly parties = new Map<PlayerId, Party>();
  readonly commands: { instance: string; player: string; act: StampedAct }[] = [];
  readonly presences: { player: string; presence: string }[] = [];
  readonly asked: { online: boolean; player: string }[] = [];
  readonly views = new Map<string, () => Result<InstanceView>>();
  /** Answers of the party service; a test puts its own in their place. */
  answerOf: (ask: Presence) => Promise<Result<Party | null>> = async ({ player }) =>
    ok(this.parties.get(player) ?? null);
  answerSay: (said: Said) => Promise<Result<Said>> = async (said) => {
    this.say(said);
    return ok(said);
  };
  private readonly copies: Copy[] = [];
  private readonly wires: { readonly wire: Wire; readonly copy: Copy }[] = [];
  private atMs = 1_000;

  static async make(): Promise<World> {
    const world = new World();
    await world.bus.ensureStreams(Object.values(streams));
    world.serveAccounts();
    world.serveParties();
    world.serveChat();
    world.serveInstances();
    return world;
  }

  async copy(options: Partial<ConnectionOptions> = {}): Promise<Copy> {
    const own = memoryBus(this.broker);
    const noWait = async (): Promise<void> => {};
    const waits: Waits = {
      ...{ beforeRead: noWait, afterRead: noWait, beforeTaken: noWait, beforeGet: noWait },
    };
    const { bus, die } = mortal(own, waits);
    const drains: (() => Promise<void> | void)[] = [];
    const metrics = new Metrics("connection");
    const quiet = () => {};
    const error = (fault: unknown) => this.faults.push(fault);
    const log = { info: quiet, warn: quiet, debug: quiet, error } as unknown as Log;
    const scope = { bus, log, metrics, onDrain: (step: () => Promise<void>) => drains.push(step) };
    const ready = await startConnection(scope, {
      ...{
        address: "127.0.0.1",
        port: 0,
        trustProxy: true,
        origins: [],
        moveMs: 50,
        build: "test",
      },
      ...options,
    });
    let drained: Promise<void> | undefined;
    const drain = (): Promise<void> => {
      drained ??= (async () => {
        for (const step of drains.reverse()) await step();
        await own.drain();
      })();
      return drained;
    };
    const kill = (): void => {
      die();
      for (const { wire, copy: at } of this.wires) if (at === copy) wire.cut();
    };
    const copy: Copy = { ws: ready.ws ?? "", http: ready.http ?? "", metrics, drain, kill, waits };
    this.copies.push(copy);
    return copy;
  }

  /** A socket that has been greeted as a player of this name. */
  async player(copy: Copy, name: string, encoding: "msgpack" | "json" = "msgpack"): Promise<Wire> {
    const wire = await this.wire(copy, encoding);
    wire.hello({ ticket: await this.ticket(copy, name) });
    await wire.frame("welcome");
    return wire;
  }

  async wire(copy: Copy, encoding: "msgpack" | "json" = "msgpack"): Promise<Wire> {
    const wire = await Wire.open(copy.ws, encoding);
    this.wires.push({ wire, copy });
    return wire;
  }

  async ticket(copy: Copy, name: string): Promise<string> {
    this.identities.set(`token-${name}`, identityOf(name));
    const headers = { authorization: `Bearer token-${name}` };
    const answer = await fetch(`${copy.http}/api/ticket`, { method: "POST", headers });
    return ((await answer.json()) as { ticket: string }).ticket;
  }

  async close(): Promise<void> {
    for (const { wire } of this.wires) wire.cut();
    for (const copy of this.copies)
      await until("all sockets are gone", async () => (await socketsOf(copy)) === 0);
    await Promise.all(this.copies.map((copy) => copy.drain()));
    await this.bus.drain();
  }

  /** Makes it the party of its members and tells all copies. */
  tellParty(party: Party, gone: PlayerId[] = []): Party {
    for (const { player } of party.members) this.parties.set(player, party);
    for (const player of gone) this.parties.delete(player);
    this.bus.tell(parties.changed, { party: party.party }, { party, gone });
    return party;
  }

  /** Says a line as the chat service does: stored, and told to all copies. */
  say(line: Pick<Said, "channel" | "text"> & Partial<Said>, id?: string): void {
    this.atMs += 10;
    const said = { from: "Eve", player: PlayerId.parse("p-eve"), at: this.atMs, ...line };
    this.bus.tell(chat.said, { channel: said.channel }, said, id === undefined ? {} : { id });
  }

  /** Tells a player what must not be missed. */
  tellPlayer(name: string, body: Mail): void {
    this.bus.tell(mail.told, { player: playerOf(name) }, body);
  }

  private serveAccounts(): void {
    const { bus, identities } = this;
    const granted = (name: string) => {
      const identity = identityOf(name);
      identities.set(`token-${name}`, identity);
      return ok({ token: `token-${name}`, identity });
    };
    const verified = (token: string): Result<Identity> => {
      const identity = identities.get(token);
      return identity === undefined ? refuse("unauthorised") : ok(identity);
    };
    bus.serve(account.register, {}, async ({ name, password }) =>
      password.length < 8 ? refuse("bad-password") : granted(name),
    );
    bus.serve(account.login, {}, async ({ name, password }) =>
      password === "password" ? granted(name) : refuse("wrong-login"),
    );
    bus.serve(account.guest, {}, async ({ name }) => granted(name ?? "Guest"));
    bus.serve(account.keep, {}, async ({ token }) => verified(token));
    bus.serve(account.verify, {}, async ({ token }) => verified(token));
    bus.serve(account.revoke, {}, async ({ token }) =>
      identities.delete(token) ? ok({}) : refuse("unauthorised"),
    );
    bus.serve(account.character, {}, async ({ player }) => {
      const [name] = [...identities.values()].filter((i) => i.player === player);
      if (name === undefined) return refuse("not-found");
      const counts = { runs: 0, victories: 0, deaths: 0, deepestFloor: 0, oreBanked: 0 };
      return ok({ player: name.player, name: name.name, guest: name.guest, ...counts });
    });
  }

  private serveParties(): void {
    const { bus } = this;
    bus.serve(parties.of, {}, (ask) => {
      this.asked.push({ online: ask.online, player: ask.player });
      return this.answerOf(ask);
    });
    bus.serve(parties.create, {}, async ({ player, name }) =>
      this.parties.has(player)
        ? refuse("already-in-party")
        : ok(this.tellParty(partyOf(`of-${player}`, [[player, name]]))),
    );
    bus.serve(parties.join, {}, async ({ code, player, name }) => {
      const found = [...this.parties.values()].find((p) => p.code === code);
      if (found === undefined) return refuse("no-such-party");
      const members = [...found.members, memberOf(player, name)];
      return ok(this.tellParty({ ...found, members, version: found.version + 1 }));
    });
    bus.serve(parties.leave, {}, async ({ player }) => {
      const party = this.parties.get(player);
      if (party === undefined) return refuse("not-in-party");
      this.tellParty(without(party, player), [player]);
      return ok(null);
    });
  }

  private serveChat(): void {
    this.bus.serve(chat.say, {}, ({ player, name, channel, text }) => {
      this.atMs += 10;
      return this.answerSay({ channel, from: name, player, text, at: this.atMs });
    });
  }

  private serveInstances(): void {
    this.bus.hear(instanceSubjects.command, {}, (act, { instance, player }) => {
      this.commands.push({ instance, player, act });
    });
    this.bus.hear(instanceSubjects.presence, {}, ({ presence }, { player }) => {
      this.presences.push({ player, presence });
    });
    this.bus.serve(
      instanceSubjects.view,
      {},
      async (_, { instance }) => this.views.get(instance)?.() ?? refuse("unavailable"),
    );
  }
}

/** A bus that can die: from then on it says nothing, hears nothing and answers nothing. */
const mortal = (own: Bus, waits: Waits): { bus: Bus; die: () => void } => {
  let isDead = false;
  const never = new Promise<never>(() => {});
  type Work = (...args: unknown[]) => unknown;
  const guarded = <T extends object>(inner: T): T =>
    new Proxy(inner, {
      get: (target, key) => {
        const work: unknown = Reflect.get(target, key);
        if (typeof work !== "function" || key === "drain") return work;
        return (...args: unknown[]) => (isDead ? never : called(target, key, work as Work, args));
      },
    });
  const opened = async (bucket: ReturnType<Bus["bucket"]>, [spec]: unknown[]): Promise<unknown> => {
    const keys = await bucket;
    const get = async (key: string): Promise<unknown> => {
      await waits.beforeGet((spec as { name: string }).name);
      return keys.get(key);
    };
    return guarded({ ...keys, get });
  };
  const read = async (how: "read" | "last", work: () => unknown): Promise<unknown> => {
    await waits.beforeRead();
    const found = await (isDead ? never : work());
    await waits.afterRead(how);
    return isDead ? never : found;
  };
  const called = (target: object, key: string | symbol, work: Work, args: unknown[]): unknown => {
    if (key === "bucket")
      return opened(work.apply(target, args) as ReturnType<Bus["bucket"]>, args);
    if (key === "read" || key === "last") return read(key, () => work.apply(target, args));
    if (key !== "hear" && key !== "follow") return work.apply(target, args);
    const [event, ids, handler, ...rest] = args;
    const heard: Work = async (...told) => {
      if (key === "follow") await waits.beforeTaken();
      if (!isDead) await (handler as Work)(...told);
    };
    return work.apply(target, [event, ids, heard, ...rest]);
  };
  return {
    bus: guarded(own),
    die: () => {
      isDead = true;
    },
  };
};

const socketsOf = async (copy: Copy): Promise<number> => {
  const answer = await fetch(`${copy.http}/api/status`).catch(() => undefined);
  if (answer?.status !== 200) return 0;
  return ((await answer.json()) as { sockets: number }).sockets;
};

export const playerOf = (name: string): PlayerId => PlayerId.parse(`p-${name.toLowerCase()}`);
export const identityOf = (name: string): Identity => ({
  account: AccountId.parse(`a-${name.toLowerCase()}`),
  player: playerOf(name),
  name,
  guest: false,
});

export const memberOf = (player: PlayerId, name: string): PartyMember => ({
  ...{ player, name, class: "warrior", ready: true, online: true },
});

/** A party of players given by id and name; the first one leads. */
export const partyOf = (id: string, players: readonly (readonly [PlayerId, string])[]): Party => ({
  party: PartyId.parse(id),
  code: `CODE${id}`.slice(0, 12),
  leader: players[0]![0],
  members: players.map(([player, name]) => memberOf(player, name)),
  at: { phase: "gathering" },
  watchDelayMs: 30_000,
  options: OPTIONS_DEFAULT,
  version: 1,
});

export const named = (...names: string[]): (readonly [PlayerId, string])[] =>
  names.map((name) => [playerOf(name), name] as const);

export const without = (party: Party, player: PlayerId): Party => ({
  ...party,
  members: party.members.filter((m) => m.player !== player),
  version: party.version + 1,
});

export const delving = (party: Party, instance: string): Party => ({
  ...party,
  at: { phase: "delving", instance: InstanceId.parse(instance), host: HostId.parse("h1") },
  version: party.version + 1,
});

export const gathered = (party: Party): Party => ({
  ...party,
  at: { phase: "gathering" },
  version: party.version + 1,
});

/** A little instance that shows a corridor of ten cells and says what a test wants it to. */
export class Corridor {
  readonly instance: InstanceId;
  view: InstanceView;
  private readonly world: World;

  constructor(world: World, instance: string, players: readonly PlayerId[]) {
    this.world = world;
    this.instance = InstanceId.parse(instance);
    this.view = {
      ...{ epoch: 1, n: 2, timeMs: 0, crew: [], applied: {}, log: [] },
      legend: { content: "test", tiles: [], kinds: [] },
      floors: [{ floor: 1, name: "Corridor", width: 10, height: 1, cells: [10, 1], things: [] }],
      self: Object.fromEntries(players.map((player) => [player, {}])),
      floorOf: Object.fromEntries(players.map((player) => [player, 1])),
    };
    world.views.set(instance, () => ok(this.view));
  }

  /** The next tick: one more cell is lit, by its number. */
  tick(rest: Partial<Tick> = {}): Tick {
    const n = this.view.n + 1;
    const tick: Tick = {
      ...{ kind: "tick", epoch: this.view.epoch, n, tick: n, timeMs: n * 20, check: 0 },
      floors: [{ floor: 1, cells: [n % 10, n] }],
      ...rest,
    };
    this.view = { ...this.view, epoch: tick.epoch, n: tick.n, timeMs: tick.timeMs };
    Object.assign(this.view.applied, tick.applied);
    const floor = this.view.floors[0]!;
    const cells = [...expand(floor.cells)];
    for (const delta of tick.floors ?? [])
      for (let i = 0; i < (delta.cells?.length ?? 0); i += 2)
        cells[delta.cells![i]!] = delta.cells![i + 1]!;
    this.view.floors = [{ ...floor, cells: cells.flatMap((cell) => [1, cell]) }];
    return tick;
  }

  send(message: TickMessage): void {
    this.world.bus.post(journal.tick, { instance: this.instance }, message);
  }

  /** Runs a tick and tells of it. */
  step(rest: Partial<Tick> = {}): Tick {
    const tick = this.tick(rest);
    this.send(tick);
    return tick;
  }

  get cells(): number[] {
    return [...expand(this.view.floors[0]!.cells)];
  }
}

function* expand(runs: readonly number[]): Generator<number> {
  for (let i = 0; i + 1 < runs.length; i += 2)
    for (let count = 0; count < runs[i]!; count++) yield runs[i + 1]!;
}
