// Writes down what one client does and is told.
import type { Seen } from "@underlode/client";
import type { Act, Frame, Party, Result, ServerFrame } from "@underlode/contracts";
import type { CommandOp, Outcome, RunRecord } from "./record.ts";
import { hashOfPicture, hashOfSeen, hashOfTick } from "./sight-hash.ts";

/** Commands remembered so that one can be sent once more. */
const RECENT_MAX = 4;

export class Recorder {
  readonly record: RunRecord;
  readonly player: string;
  readonly name: string;
  /** Looks up how many facts the database has of this player. */
  readonly #stored: (player: string) => Promise<number | undefined>;
  readonly #clock: () => number;
  #session = "";
  #life = 0;
  #told = 0;
  #open: CommandOp[] = [];
  #recent: { op: CommandOp; act: Act }[] = [];
  #party: Party | undefined;
  /** Of the newest picture. */
  #instance = "";

  constructor(
    record: RunRecord,
    who: { player: string; name: string },
    clock: () => number,
    stored: (player: string) => Promise<number | undefined>,
  ) {
    this.record = record;
    this.player = who.player;
    this.name = who.name;
    this.#clock = clock;
    this.#stored = stored;
  }

  get party(): Party | undefined {
    return this.#party;
  }

  get instance(): string {
    return this.#instance;
  }

  sent(seq: number, act: Act): CommandOp {
    const op: CommandOp = {
      ...{ player: this.player, session: this.#session, seq, instance: this.#instance },
      ...{ sentMs: this.#clock(), outcome: "unknown", again: 0 },
    };
    this.record.commands.push(op);
    this.#open.push(op);
    this.#recent = [...this.#recent.slice(1 - RECENT_MAX), { op, act }];
    return op;
  }

  /** A command of this session to send once more, as a client does that had no answer. */
  again(): { seq: number; act: Act } | undefined {
    const one = this.#recent.at(-1);
    if (one === undefined || one.op.session !== this.#session) return undefined;
    if (one.op.outcome === "failed") return undefined;
    one.op.again += 1;
    return { seq: one.op.seq, act: one.act };
  }

  async says(text: string, party: string, ask: () => Promise<Result<void>>): Promise<void> {
    const { player, name } = this;
    const op = { player, name, party, text, sentMs: this.#clock(), outcome: "unknown" as Outcome };
    this.record.chat.push(op);
    Object.assign(op, this.#outcome(await ask()));
  }

  async changes(
    what: "class" | "ready",
    value: string,
    ask: () => Promise<Result<void>>,
  ): Promise<void> {
    const { player } = this;
    const op = { player, what, value, sentMs: this.#clock(), outcome: "unknown" as Outcome };
    this.record.partyOps.push(op);
    Object.assign(op, this.#outcome(await ask()));
  }

  #outcome(answer: Result<void>): { doneMs: number; outcome: Outcome } {
    const isOpen = !answer.ok && ["unavailable", "internal"].includes(answer.error.code);
    return { doneMs: this.#clock(), outcome: answer.ok ? "ok" : isOpen ? "unknown" : "failed" };
  }

  hear(frame: ServerFrame): void {
    if (frame.t === "welcome") this.#welcomed(frame);
    else if (frame.t === "party") this.#partyTold(frame.party);
    else if (frame.t === "chat") this.#lineHeard(frame);
    else if (frame.t === "saved") void this.#savedTold(frame.what);
    else if (frame.t === "picture") this.#picture(frame);
    else if (frame.t === "tick") this.#tick(frame);
    else if (frame.t === "error" && frame.code === "not-delving") this.#refused(frame.seq);
  }

  #refused(seq: number | undefined): void {
    const op = this.#open.find((one) => one.seq === seq);
    if (op !== undefined && op.again === 0) op.outcome = "failed";
  }

  #welcomed(frame: Frame<"welcome">): void {
    if (frame.session === this.#session) return;
    this.#session = frame.session;
    this.#life += 1;
    this.#open = [];
  }

  #partyTold(party: Party | null): void {
    this.#party = party ?? undefined;
    if (party === null) return;
    const { player } = this;
    const { party: id, version } = party;
    const me = party.members.find((member) => member.player === player);
    const seen = { player, life: this.#life, party: id, version, atMs: this.#clock() };
    this.record.parties.push({ ...seen, class: me?.class ?? undefined, ready: me?.ready });
  }

  #lineHeard({ line }: Frame<"chat">): void {
    if (line.channel !== "party") return;
    const { from, text, old = false } = line;
    const { player } = this;
    this.record.heard.push({ player, life: this.#life, from, text, old, atMs: this.#clock() });
  }

  async #savedTold(what: string): Promise<void> {
    this.#told += 1;
    const { player } = this;
    const told = { player, life: this.#life, what, atMs: this.#clock(), told: this.#told };
    const one = { ...told, stored: undefined as number | undefined };
    this.record.saved.push(one);
    one.stored = await this.#stored(player);
  }

  #picture(frame: Frame<"picture">): void {
    const at = this.#party?.at;
    if (at !== undefined && at.phase !== "gathering") this.#instance = at.instance;
    this.#show(frame, { kind: "picture", of: frame.n, sight: hashOfPicture(frame) });
  }

  #tick(frame: Frame<"tick">): void {
    this.#show(frame, { kind: "tick", of: frame.of, sight: hashOfTick(frame) });
  }

  #show(
    frame: Frame<"picture"> | Frame<"tick">,
    how: { kind: "picture" | "tick"; of: number; sight: number },
  ): void {
    const { n, timeMs, applied } = frame;
    const lines = (frame.log ?? []).map(({ n, text }) => ({ n, text }));
    const { player } = this;
    this.record.shown.push({
      ...{ player, session: this.#session, instance: this.#instance, ...how },
      ...{ n, timeMs, applied, lines, atMs: this.#clock() },
    });
    if (applied !== undefined) this.#applied(applied);
  }

  /** The number named was applied; one below it may have been lost on its way, as commands may. */
  #applied(seq: number): void {
    for (const op of this.#open) {
      if (op.seq !== seq) continue;
      op.outcome = "ok";
      op.doneMs = this.#clock();
    }
    this.#open = this.#open.filter((op) => op.seq > seq);
  }
}

/** What a client sees now, for the comparison with the journal. */
export const lastOf = (
  seen: Seen,
  instance: string,
): { instance: string; n: number; sight: number } | undefined =>
  seen.n < 0 || seen.stale ? undefined : { instance, n: seen.n, sight: hashOfSeen(seen) };
