import type { Question } from "@underlode/client";
import type { Party, Result } from "@underlode/contracts";
import { nextQuestion, type Plan } from "./lobby.ts";

/** Wait before a question about the party is asked again that was refused or not yet heeded. */
const ASK_AGAIN_MS = 500;

/** Sees to it that a bot's party gets into its dungeon, one question at a time. */
export class Attendant {
  readonly #ask: (question: Question) => Promise<Result<void>>;
  #party: Party | undefined;
  #plan: Plan | undefined;
  #asking = false;
  #again: NodeJS.Timeout | undefined;

  constructor(plan: Plan | undefined, ask: (question: Question) => Promise<Result<void>>) {
    this.#plan = plan;
    this.#ask = ask;
  }

  get party(): Party | undefined {
    return this.#party;
  }

  hear(party: Party | null): void {
    this.#party = party ?? undefined;
    this.#attend();
  }

  /** Without a plan, the party stays where it is. */
  nextRun(plan: Plan | undefined): void {
    this.#plan = plan;
    this.#attend();
  }

  stop(): void {
    clearTimeout(this.#again);
    this.#asking = true;
  }

  #attend(): void {
    const question = this.#next();
    if (!question || this.#asking) return;
    this.#asking = true;
    // The changed party comes as a frame of its own, before or after the answer.
    const heeded = () => {
      this.#asking = false;
      this.#attend();
    };
    void this.#ask(question).then((answer) => {
      const early = answer.ok && this.#differs(question);
      if (early) heeded();
      else this.#again = setTimeout(heeded, ASK_AGAIN_MS);
    });
  }

  #differs(asked: Question): boolean {
    return this.#next()?.t !== asked.t;
  }

  #next(): Question | undefined {
    return this.#party && this.#plan && nextQuestion(this.#party, this.#plan);
  }
}
