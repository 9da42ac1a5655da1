import { hashOf } from "./dice.ts";

/** Lines of a trace that a report shows. */
const TAIL_LINES_MAX = 60;

/** What happened, in order: a check value of all of it, and the last notable lines. */
export class Trace {
  private one = 0x811c9dc5;
  private other = 0x01234567;
  private readonly lines: string[] = [];
  private readonly now: () => number;
  /** Called with every line, for following a run as it goes. */
  onLine: ((line: string) => void) | undefined;

  constructor(now: () => number) {
    this.now = now;
  }

  mix(text: string, value: number): void {
    this.one = hashOf(text, this.one ^ (value | 0));
    this.other = Math.imul(this.other ^ this.one ^ (value * 1024), 0x9e3779b1) >>> 0;
  }

  note(text: string): void {
    const line = `${this.now().toFixed(1).padStart(9)} ${text}`;
    this.mix(line, 0);
    this.lines.push(line);
    if (this.lines.length > TAIL_LINES_MAX) this.lines.shift();
    this.onLine?.(line);
  }

  get hash(): string {
    return [this.one, this.other].map((n) => n.toString(16).padStart(8, "0")).join("");
  }

  get tail(): readonly string[] {
    return this.lines;
  }
}
