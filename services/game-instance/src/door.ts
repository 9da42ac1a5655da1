import {
  type Applied,
  COMMANDS_WAITING_MAX,
  type JournalInput,
  type PlayerId,
  type StampedAct,
} from "@underlode/contracts";
import { planted } from "@underlode/runtime";

/** Why a command never reached the game. */
export type Dropped = "repeated" | "flooded";

/**
 * The one door through which the outside enters: commands and comings and goings wait here for the
 * next tick. No callback of a socket or subject touches the world.
 */
export class Door {
  private waiting: JournalInput[] = [];
  private readonly count = new Map<PlayerId, number>();
  private readonly last: Applied = {};

  get empty(): boolean {
    return this.waiting.length === 0;
  }

  /** Queues a command; a repeated number or too many at once is dropped. */
  command(player: PlayerId, { session, seq, act }: StampedAct): Dropped | undefined {
    const last = this.last[player];
    if (last !== undefined && last[0] === session && seq <= last[1]) return "repeated";
    const count = this.count.get(player) ?? 0;
    if (count >= COMMANDS_WAITING_MAX) return "flooded";
    this.count.set(player, count + 1);
    this.last[player] = [session, seq];
    this.waiting.push({ kind: "command", player, seq, command: act });
    return undefined;
  }

  /** Notes commands that an owner before this one has taken, so that none is taken twice. */
  taken(applied: Applied): void {
    if (!planted("door-forgets")) Object.assign(this.last, applied);
  }

  presence(player: PlayerId, presence: "online" | "away" | "left"): void {
    this.waiting.push({ kind: "presence", player, presence });
  }

  /** Empties the queue for a tick. `applied` holds the players who had commands in it. */
  take(): { inputs: JournalInput[]; applied: Applied } {
    const inputs = this.waiting;
    const applied: Applied = {};
    for (const player of this.count.keys()) {
      const last = this.last[player];
      if (last !== undefined) applied[player] = last;
    }
    this.waiting = [];
    this.count.clear();
    return { inputs, applied };
  }
}
