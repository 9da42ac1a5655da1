import type { TickMessage } from "@underlode/contracts";
import type { AppendOptions, Bus, BusState } from "@underlode/runtime";

type Answer = { ok: true; seq: number } | { ok: false; fault: "conflict" | "unavailable" };

/** One journal subject whose store answers, keeps silent or is out of reach, as a test says. */
export class ScriptedBus {
  state: BusState = "up";
  /**
   * `silent`: stores, but no answer comes back. `lost`: what is sent does not arrive. `slow`: it
   * arrives, in order, when the test says so.
   */
  store: "answers" | "silent" | "lost" | "slow" = "answers";
  readonly stored: { seq: number; body: TickMessage }[] = [];
  readonly posted: number[] = [];
  readonly asked: number[] = [];
  private readonly stateListeners: ((state: BusState) => void)[] = [];
  private readonly readers: ((body: TickMessage) => void)[] = [];
  private onTheWay: (() => void)[] = [];
  private unanswered: (() => void)[] = [];

  get bus(): Bus {
    return this as unknown as Bus;
  }

  post(_: unknown, __: unknown, body: TickMessage): boolean {
    if (this.state === "down") return false;
    this.posted.push(body.n);
    if (this.store === "slow") this.onTheWay.push(() => this.keep(body));
    else if (this.store !== "lost") this.keep(body);
    return true;
  }

  async append(
    _: unknown,
    __: unknown,
    body: TickMessage,
    { expectLast }: AppendOptions = {},
  ): Promise<Answer> {
    if (this.state === "down") return { ok: false, fault: "unavailable" };
    this.asked.push(body.n);
    if (this.store === "lost") return this.never();
    if (this.store === "slow")
      return new Promise((done) => this.onTheWay.push(() => done(this.judge(body, expectLast))));
    return this.judge(body, expectLast);
  }

  private judge(body: TickMessage, expectLast: number | undefined): Answer | Promise<Answer> {
    if (expectLast !== undefined && expectLast !== (this.stored.at(-1)?.seq ?? 0))
      return this.store === "silent" ? this.never() : { ok: false, fault: "conflict" };
    this.keep(body);
    return this.store === "silent" ? this.never() : { ok: true, seq: this.stored.length };
  }

  /** As a request that runs into its time limit. */
  private never(): Promise<Answer> {
    return new Promise((done) => {
      this.unanswered.push(() => done({ ok: false, fault: "unavailable" }));
    });
  }

  async last(): Promise<{ seq: number; body: TickMessage } | undefined> {
    if (this.state === "down" || this.store === "silent" || this.store === "lost")
      throw new Error("no answer");
    return this.stored.at(-1);
  }

  hear(_: unknown, __: unknown, handler: (body: TickMessage) => void) {
    this.readers.push(handler);
    return { stop: async () => {} };
  }

  onState(listener: (state: BusState) => void): void {
    this.stateListeners.push(listener);
  }

  become(state: BusState): void {
    this.state = state;
    for (const give of this.unanswered.splice(0)) give();
    for (const listener of this.stateListeners) listener(state);
  }

  arrive(): void {
    for (const act of this.onTheWay.splice(0)) act();
  }

  keep(body: TickMessage): void {
    this.stored.push({ seq: this.stored.length + 1, body });
    for (const reader of this.readers) reader(body);
  }

  get numbers(): number[] {
    return this.stored.map((s) => s.body.n);
  }
}
