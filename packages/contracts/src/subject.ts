import type { z } from "zod";
import { type Placeholders, placeholders, TOKEN } from "./ids.ts";

/** What happens to a message when the other side is away. */
export type Delivery =
  /** Gone: the next one makes up for it. */
  | "lossy"
  /** The newest is sent when the other side is back. */
  | "latest"
  /** Stored, delivered at least once, and applied once by its key. */
  | "kept";

export type Role =
  | "connection"
  | "instance-manager"
  | "game-instance"
  | "persistence"
  | "chat"
  | "launcher";

type Names<P extends string> = P extends `${string}{${infer N}}${infer Rest}`
  ? N | Names<Rest>
  : never;
/** The ids that a pattern names, as an object. */
export type Ids<P extends string> = {
  [K in Names<P> & keyof Placeholders]: Placeholders[K];
};
/** As `Ids`; what is left out or "*" means any. */
export type SomeIds<P extends string> = { [K in keyof Ids<P>]?: Ids<P>[K] | "*" };

export type Event<P extends string = string, B extends z.ZodType = z.ZodType> = {
  readonly form: "event";
  readonly pattern: P;
  readonly body: B;
  readonly delivery: Delivery;
  readonly from: readonly Role[];
  readonly to: readonly Role[];
  readonly about: string;
};

export type Call<
  P extends string = string,
  Q extends z.ZodType = z.ZodType,
  A extends z.ZodType = z.ZodType,
> = {
  readonly form: "call";
  readonly pattern: P;
  readonly ask: Q;
  readonly answer: A;
  readonly timeoutMs: number;
  readonly from: readonly Role[];
  readonly to: readonly Role[];
  readonly about: string;
};

/** Declares a message that states what happened; nobody answers. */
export const event = <const P extends string, B extends z.ZodType>(
  pattern: P,
  rest: Omit<Event<P, B>, "form" | "pattern">,
): Event<P, B> => ({ form: "event", pattern, ...rest });

/** Declares a question that one server answers, with a value or a named refusal. */
export const call = <const P extends string, Q extends z.ZodType, A extends z.ZodType>(
  pattern: P,
  rest: Omit<Call<P, Q, A>, "form" | "pattern">,
): Call<P, Q, A> => ({ form: "call", pattern, ...rest });

const PLACEHOLDER = /\{(\w+)\}/g;

/** The subject for given ids. Throws on an id that is not one token: that is our own mistake. */
export const subjectOf = <P extends string>(contract: { pattern: P }, ids: Ids<P>): string =>
  contract.pattern.replace(PLACEHOLDER, (_, name: keyof Placeholders) => {
    const id = (ids as Partial<Placeholders>)[name];
    if (id === undefined || !TOKEN.test(id))
      throw new Error(`${contract.pattern}: bad ${name} "${id}"`);
    return id;
  });

/** The subject to subscribe to; ids left out or "*" become wildcards. */
export const filterOf = <P extends string>(
  contract: { pattern: P },
  ids: SomeIds<P> = {},
): string =>
  contract.pattern.replace(PLACEHOLDER, (_, name: keyof Placeholders) => {
    const id = (ids as Partial<Record<string, string>>)[name];
    if (id === undefined || id === "*") return "*";
    if (!TOKEN.test(id)) throw new Error(`${contract.pattern}: bad ${name} "${id}"`);
    return id;
  });

/** The ids in a subject, or undefined where it does not fit the pattern. */
export const idsOf = <P extends string>(
  contract: { pattern: P },
  subject: string,
): Ids<P> | undefined => {
  const want = contract.pattern.split(".");
  const got = subject.split(".");
  if (want.length !== got.length) return undefined;
  const ids: Record<string, string> = {};
  for (const [i, part] of want.entries()) {
    const token = got[i] ?? "";
    const name = /^\{(\w+)\}$/.exec(part)?.[1];
    if (name === undefined) {
      if (part !== token) return undefined;
    } else {
      if (!(name in placeholders) || !TOKEN.test(token)) return undefined;
      ids[name] = token;
    }
  }
  return ids as Ids<P>;
};
