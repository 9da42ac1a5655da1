import { randomBytes } from "node:crypto";
import { hash, verify } from "@node-rs/argon2";
import { ok, type Result, refuse } from "@underlode/contracts";

/** Argon2id as OWASP advises: 19 MiB, two passes; about 43 ms of one core. */
const OPTIONS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
/** Passwords hashed at once, and those that may wait for it: 24 take about half a second. */
export const HASHES_MAX = 2;
export const HASHES_WAITING_MAX = 24;

/** Hashes and checks passwords, few at a time; beyond its queue it refuses with `rate-limited`. */
export type Hasher = {
  hash(password: string): Promise<Result<string>>;
  /** Takes the same time for a stored hash of undefined, and says no. */
  verify(stored: string | undefined, password: string): Promise<Result<boolean>>;
};

export const makeHasher = async (): Promise<Hasher> => {
  const inTurn = takingTurns(HASHES_MAX, HASHES_WAITING_MAX);
  // Of a password that nobody knows, so that an unknown name costs what a known one does.
  const nobody = await hash(randomBytes(32), OPTIONS);
  return {
    hash: (password) => inTurn(() => hash(canonical(password), OPTIONS)),
    verify: (stored, password) =>
      inTurn(async () => {
        const right = await verify(stored ?? nobody, canonical(password));
        return right && stored !== undefined;
      }),
  };
};

/** The same characters typed on another keyboard are the same password. */
const canonical = (password: string): string => password.normalize("NFKC");

type InTurn = <T>(work: () => Promise<T>) => Promise<Result<T>>;

/** Runs few at once, lets a bounded number wait, refuses the rest. */
export const takingTurns = (runningMax: number, waitingMax: number): InTurn => {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (running >= runningMax) {
      if (waiting.length >= waitingMax)
        return refuse("rate-limited", "Too many are logging in: try again in a moment.");
      // Whoever ends hands its place over, so that nobody new slips in between.
      await new Promise<void>((go) => waiting.push(go));
    } else running += 1;
    try {
      return ok(await work());
    } finally {
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
};
