import {
  type InstanceId,
  ok,
  type Party,
  type PartyId,
  PLAYBACKS_MAX,
  PlaybackId,
  type Result,
  refuse,
  WATCHABLE_LISTED_MAX,
  type Watchable,
} from "@underlode/contracts";
import { type Log, type Metrics, newId } from "@underlode/runtime";
import type { Parties } from "./parties.ts";
import { instanceOf } from "./party-rules.ts";
import type { Processes } from "./processes.ts";

export type PlaybackParts = {
  readonly log: Log;
  readonly metrics: Metrics;
  readonly parties: Pick<Parties, "get" | "all">;
  readonly processes: Pick<Processes, "show" | "showings">;
};

type Live = { readonly party: PartyId; readonly delayMs: number };
type Opened = Result<{ playback: PlaybackId }>;

/** Reading all parties is not for every key that somebody presses, in ms. */
const LIST_KEPT_MS = 1_000;

/** Shows runs to those who watch: what is over to each by a process, what goes on by one to all. */
export class Playbacks {
  private readonly p: PlaybackParts;
  private readonly live = new Map<InstanceId, Promise<Opened>>();
  private listed: { readonly atMs: number; readonly list: Promise<Watchable[]> } | undefined;

  constructor(parts: PlaybackParts) {
    this.p = parts;
  }

  async open(instance: InstanceId, party?: PartyId): Promise<Opened> {
    if (party === undefined) return this.show(instance);
    const found = await this.p.parties.get(party);
    const delayMs = found && delayOf(found, instance);
    if (delayMs === undefined) return refuse("not-watchable");
    return this.live.get(instance) ?? this.showLive(instance, { party, delayMs });
  }

  /** Noted for as long as there is such a showing: what was refused, or has ended, is begun anew. */
  private async showLive(instance: InstanceId, live: Live): Promise<Opened> {
    const forget = (): void => {
      if (this.live.get(instance) === opening) this.live.delete(instance);
    };
    const opening = this.show(instance, live, forget);
    this.live.set(instance, opening);
    const opened = await opening;
    if (!opened.ok) forget();
    return opened;
  }

  private async show(
    instance: InstanceId,
    live?: Live,
    onGone: () => void = () => {},
  ): Promise<Opened> {
    const { processes, log, metrics } = this.p;
    if (processes.showings >= PLAYBACKS_MAX) return refuse("host-full");
    const playback = PlaybackId.parse(newId());
    const count = () => metrics.set("underlode_playbacks", processes.showings);
    try {
      const order = { order: "show", playback, instance, ...(live && { live }) } as const;
      await processes.show(order, () => {
        onGone();
        count();
      });
      return ok({ playback });
    } catch (err) {
      log.error({ err, instance }, "a run could not be shown");
      return refuse("unavailable");
    } finally {
      count();
    }
  }

  /** Runs that go on and may be watched. */
  async watchable(nowMs: number): Promise<Watchable[]> {
    if (this.listed === undefined || nowMs - this.listed.atMs > LIST_KEPT_MS)
      this.listed = { atMs: nowMs, list: this.list() };
    return this.listed.list;
  }

  private async list(): Promise<Watchable[]> {
    const all = await this.p.parties.all();
    return all.flatMap((party) => watchableOf(party) ?? []).slice(0, WATCHABLE_LISTED_MAX);
  }
}

/** Undefined where nobody may watch a party in this run. */
const delayOf = (party: Party, instance: InstanceId): number | undefined =>
  watchableOf(party)?.instance === instance ? (party.watchDelayMs ?? undefined) : undefined;

const watchableOf = (party: Party): Watchable | undefined => {
  const { phase } = party.at;
  const instance = instanceOf(party);
  const goesOn = phase === "delving" || phase === "recovering";
  if (!goesOn || instance === undefined || party.watchDelayMs === null) return undefined;
  return {
    party: party.party,
    instance,
    names: party.members.map((m) => m.name),
    classes: party.members.map((m) => m.class ?? "warrior"),
    delayMs: party.watchDelayMs,
  };
};
