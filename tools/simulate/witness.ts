import type { Seen } from "@underlode/client";
import type { ChatLine, ServerFrame } from "@underlode/contracts";

export type HeardLine = { readonly mark: number; readonly line: ChatLine };

/** What one player was shown, and what of it was not as it should be. */
export class Witness {
  /** Where the first session began. */
  begin: { chat: number; mail: number } | undefined;
  readonly lines: HeardLine[] = [];
  /** Lines of a history, which may come again with a new session. */
  readonly old: HeardLine[] = [];
  readonly mail: number[] = [];
  readonly wrong: string[] = [];
  /** How often an older picture was shown by a copy that was cut off. */
  behind = 0;
  private readonly name: string;
  private readonly note: (line: string) => void;
  private session = "";
  private applied = 0;
  private readonly log = new Map<number, string>();

  constructor(name: string, note: (line: string) => void) {
    this.name = name;
    this.note = note;
  }

  private is(words: string): void {
    this.wrong.push(`${this.name}: ${words}`);
    this.note(`! ${this.name}: ${words}`);
  }

  hear(frame: ServerFrame, seen: Seen, isBehind: boolean): void {
    if (frame.t === "error") this.note(`${this.name} is refused: ${frame.code} ${frame.seq ?? ""}`);
    if (frame.t === "welcome") this.welcome(frame.session, frame.marks);
    else if (frame.t === "chat")
      (frame.line.old === true ? this.old : this.lines).push({
        mark: frame.mark,
        line: frame.line,
      });
    else if (frame.t === "picture" || frame.t === "tick") this.sight(seen, isBehind);
    else if ("mark" in frame && frame.mark !== undefined) this.mail.push(frame.mark);
  }

  private welcome(session: string, marks: { chat: number; mail: number }): void {
    this.begin ??= marks;
    if (session !== this.session) this.applied = 0;
    this.session = session;
  }

  private sight({ applied, log, stale }: Seen, isBehind: boolean): void {
    if (stale) return;
    // A copy that is cut off and has not noticed can only show what it knows: counted, not judged.
    if (applied < this.applied && isBehind) this.behind += 1;
    else if (applied < this.applied)
      this.is(`applied went back from ${this.applied} to ${applied}`);
    this.applied = applied;
    for (const { n, text } of log) {
      const before = this.log.get(n);
      if (before !== undefined && before !== text)
        this.is(`line ${n} was "${before}" and is "${text}"`);
      this.log.set(n, text);
    }
  }
}
