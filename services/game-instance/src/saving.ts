import {
  type FactBody,
  FactKind,
  type InstanceId,
  isLater,
  type PlayerId,
  SNAPSHOT_EVERY_MESSAGES,
  SNAPSHOT_EVERY_MS,
  type Snapshot,
  journal as subjects,
  type Tick,
} from "@underlode/contracts";
import type { Bus } from "@underlode/runtime";
import { planted } from "@underlode/runtime";
import type { Fact } from "@underlode/sim";

/** Tries to store the fact of a claim, and the pause between two, in ms. */
const CLAIMS_MAX = 20;
const CLAIM_RETRY_MS = 100;
/** Time for everything that was told to be stored, and the pause between two looks, in ms. */
const REST_MS_MAX = 3_000;
const REST_LOOK_MS = 50;

type Waiting<T> = { readonly n: number; readonly it: T };
/**
 * The stream drops a second message of one id. A stale owner's fact must not keep its successor's out,
 * so the id has the epoch in it; the key, by which the database takes a fact once, has not.
 */
const idOf = ({ key, epoch }: FactBody): string => `${key}@${epoch}`;

/** What a game tells, or its host: that a run is over without anybody having won or lost it. */
export type ToldFact = Omit<Fact, "kind"> & { readonly kind: Fact["kind"] | "run" };

type NamedFact = { readonly kind: FactKind; readonly body: FactBody };

/**
 * What goes out only when its tick is stored: facts, and behind them the snapshot that makes
 * replaying their ticks needless. So no fact is ever told of a tick that nobody will see again.
 */
export class Saving {
  private readonly bus: Bus;
  private readonly instance: InstanceId;
  private facts: Waiting<NamedFact>[] = [];
  private snapshot: Waiting<Snapshot> | undefined;
  private snapshotN = 0;
  private snapshotAtMs = 0;

  constructor(bus: Bus, instance: InstanceId, nowMs: number) {
    this.bus = bus;
    this.instance = instance;
    this.snapshotAtMs = nowMs;
  }

  /**
   * Tells the database of a new owner before anything else of it: from then on facts of an older
   * one are refused. Rejects where it cannot be stored.
   */
  async claim(epoch: number, n: number, owner: string): Promise<void> {
    const key = `${this.instance}-claim-${epoch}`;
    const body: FactBody = { key, epoch, tick: 0, n, at: Date.now(), data: { owner } };
    const ids = { kind: FactKind.parse("claim"), instance: this.instance };
    for (let tries = 1; ; tries++) {
      if ((await this.bus.append(subjects.fact, ids, body, { id: key })).ok) return;
      if (tries === CLAIMS_MAX) throw new Error("the journal does not take the claim's fact");
      await new Promise((done) => setTimeout(done, CLAIM_RETRY_MS));
    }
  }

  /** Facts of one tick; a replayed tick makes the same keys, so a receiver applies each once. */
  add(tick: Pick<Tick, "n" | "tick">, epoch: number, facts: readonly ToldFact[]): void {
    for (const [i, fact] of facts.entries()) {
      const body: FactBody = {
        key: `${planted("no-dedupe-key") ? Date.now() : ""}${this.instance}-${tick.tick}-${tick.n}-${i}`,
        epoch,
        tick: tick.tick,
        n: tick.n,
        at: Date.now(),
        ...(fact.player !== undefined && { player: fact.player as PlayerId }),
        data: { ...fact.data },
      };
      this.facts.push({ n: tick.n, it: { kind: FactKind.parse(fact.kind), body } });
    }
  }

  /** Takes a snapshot when one is due after message `n`. */
  maybe(n: number, nowMs: number, take: () => Snapshot): void {
    if (this.snapshot !== undefined) return;
    const many = n - this.snapshotN >= SNAPSHOT_EVERY_MESSAGES;
    const late = nowMs - this.snapshotAtMs >= SNAPSHOT_EVERY_MS && n > this.snapshotN;
    if (!many && !late) return;
    this.snapshotAtMs = nowMs;
    this.force(n, take());
  }

  force(n: number, snapshot: Snapshot): void {
    this.snapshotN = n;
    this.snapshot = { n, it: snapshot };
  }

  /** Everything up to message `n` is stored: what waited for it goes out, in order. */
  stored(n: number): void {
    const { bus, instance } = this;
    for (const { it } of this.facts.filter((f) => f.n <= n))
      bus.tell(subjects.fact, { kind: it.kind, instance }, it.body, { id: idOf(it.body) });
    this.facts = this.facts.filter((f) => f.n > n);
    if (this.snapshot === undefined || this.snapshot.n > n) return;
    bus.tell(subjects.snapshot, { instance }, this.snapshot.it);
    this.snapshot = undefined;
  }

  /**
   * Tells of a run that comes to rest, as of its last message. True when that is stored: then all
   * that was told before is stored, too, since what is kept goes out in its order.
   */
  async rest(snapshot: Snapshot): Promise<boolean> {
    const { bus, instance } = this;
    const { epoch, n } = snapshot;
    bus.tell(subjects.save, { instance }, snapshot, { id: `${instance}-${epoch}-${n}` });
    for (const until = performance.now() + REST_MS_MAX; performance.now() < until; ) {
      const stored = await bus.last(subjects.save, { instance }).catch(() => undefined);
      if (stored !== undefined && !isLater(snapshot, stored.body)) return true;
      await new Promise((done) => setTimeout(done, REST_LOOK_MS));
    }
    return false;
  }
}
