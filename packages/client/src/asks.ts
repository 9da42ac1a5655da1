import { type ClientFrame, ok, type Result, refuse, type ServerFrame } from "@underlode/contracts";

/** Milliseconds a question may take; starting a dungeon is the slowest. */
export const ASK_TIMEOUT_MS = 15_000;
const ID_MAX = 0xffffffff;

type WithoutId<F> = F extends { id: number } ? Omit<F, "id"> : never;
/** A frame that is answered, without the number that the answer is known by. */
export type Question = WithoutId<ClientFrame>;

/** Questions on their way, by number. */
export type Asks = {
  ask(question: Question): Promise<Result<void>>;
  hear(frame: ServerFrame): void;
  /** Answers all with `unavailable`: the socket they went out on is gone. */
  refuseAll(): void;
};

type Waiting = { settle: (result: Result<void>) => void; timer: NodeJS.Timeout };

export const newAsks = (
  send: (frame: ClientFrame) => boolean,
  timeoutMs: number = ASK_TIMEOUT_MS,
): Asks => {
  const waiting = new Map<number, Waiting>();
  let lastId = 0;

  const settle = (id: number, result: Result<void>): void => {
    const one = waiting.get(id);
    if (!one) return;
    waiting.delete(id);
    clearTimeout(one.timer);
    one.settle(result);
  };

  return {
    ask: (question) =>
      new Promise((resolve) => {
        lastId = lastId === ID_MAX ? 1 : lastId + 1;
        const id = lastId;
        if (!send({ ...question, id } as ClientFrame))
          return resolve(refuse("unavailable", "Not connected to the server."));
        const late = refuse("unavailable", "The server did not answer in time.");
        waiting.set(id, { settle: resolve, timer: setTimeout(() => settle(id, late), timeoutMs) });
      }),
    hear: (frame) => {
      if (frame.t === "ok" || frame.t === "pong") settle(frame.id, ok(undefined));
      else if (frame.t === "error" && frame.id !== undefined)
        settle(frame.id, refuse(frame.code, frame.reason));
    },
    refuseAll: () => {
      const gone = refuse("unavailable", "The connection was lost before the answer came.");
      for (const id of [...waiting.keys()]) settle(id, gone);
    },
  };
};
