import type { Line } from "../../simulation.ts";
import type { DungeonEvent } from "../events.ts";
import type { Scene } from "../world.ts";
import { cap, find, who } from "./says.ts";

/** A longer line begins anew: this much is two rows of the narrowest log. */
const JOINED_CHARS_MAX = 150;

/** An ability as the log tells it: what it does at once is added to the line that names it. */
type Deed = {
  readonly actor: number;
  readonly tick: number;
  /** The line as it stands, the last of the log. */
  readonly line: Line;
  /** Whom the last words were about. */
  readonly about: number;
  readonly begun: boolean;
};

/** Something that came of a deed, as a part of its sentence. */
type Clause = { readonly text: string; readonly about: number; readonly byDoer: boolean };

/**
 * Adds lines to a log, so that one ability is one line: "Ana uses Cleave: cleaves the jackal for 7,
 * it dies; cleaves the bat for 3." What the ability brings about by itself, such as a synergy, has a
 * line of its own and ends that.
 */
export function joiningLog(world: Scene, lines: Line[]) {
  let deed: Deed | undefined;
  return (event: DungeonEvent, line: Line | undefined): void => {
    if (line === undefined) return;
    if (event.kind === "abilityUsed") {
      const { actor } = event;
      deed = { actor, tick: world.tick, line, about: actor, begun: false };
      lines.push(line);
      return;
    }
    const isLast = deed !== undefined && deed.line === lines.at(-1) && deed.tick === world.tick;
    deed = isLast && deed !== undefined ? joined(world, deed, event, line) : undefined;
    if (deed === undefined) lines.push(line);
    else lines[lines.length - 1] = deed.line;
  };
}

function joined(world: Scene, deed: Deed, event: DungeonEvent, line: Line): Deed | undefined {
  const clause = line.to === undefined ? clauseOf(world, deed, event, line.text) : undefined;
  if (clause === undefined) return undefined;
  const link = deed.begun ? (clause.byDoer ? ";" : ",") : ":";
  const text = `${deed.line.text.slice(0, -1)}${link} ${clause.text}`;
  if (text.length > JOINED_CHARS_MAX) return undefined;
  const tone = line.tone === "plain" ? deed.line.tone : line.tone;
  return { ...deed, line: { text, tone }, about: clause.about, begun: true };
}

/** What an event adds to a deed's sentence; undefined for what has a line of its own. */
function clauseOf(world: Scene, deed: Deed, event: DungeonEvent, text: string): Clause | undefined {
  const { actor } = deed;
  if (event.kind === "effectBegan") {
    if (event.effect.by !== actor) return undefined;
    const about = event.actor;
    if (about === actor) return { text: withoutName(world, actor, text), about, byDoer: true };
    const byDoer = deed.about !== about;
    return { text: pronounced(world, deed, about, text), about, byDoer };
  }
  if (event.kind === "slain") {
    const about = event.monster;
    if (event.actor !== actor) return undefined;
    const dies = `${cap(who(world, about))} dies.`;
    return { text: pronounced(world, deed, about, dies), about, byDoer: deed.about !== about };
  }
  const isDone = event.kind === "hit" || event.kind === "missed" || event.kind === "healed";
  if (!isDone || event.actor !== actor || !text.startsWith(named(world, actor))) return undefined;
  return { text: withoutName(world, actor, text), about: event.target, byDoer: true };
}

/** Of a monster that the words before were about, "it". */
function pronounced(world: Scene, deed: Deed, about: number, text: string): string {
  if (find(world, about)?.is !== "monster") return text;
  const rest = withoutName(world, about, text);
  return deed.about === about ? `it ${rest}` : `${who(world, about)} ${rest}`;
}

function withoutName(world: Scene, actor: number, text: string): string {
  const name = named(world, actor);
  return text.startsWith(name) ? text.slice(name.length) : text;
}

function named(world: Scene, actor: number): string {
  return `${cap(who(world, actor))} `;
}
