import type { Derived } from "./derived.ts";

/** A value that its reader cannot change; the only writer of a world is `evolve`. */
export type Frozen<T> = T extends
  | Derived
  | Uint8Array
  | Uint16Array
  | Int32Array
  | ((...given: never[]) => unknown)
  ? T
  : T extends Map<infer K, infer V>
    ? ReadonlyMap<K, Frozen<V>>
    : T extends Set<infer V>
      ? ReadonlySet<V>
      : T extends object
        ? { readonly [P in keyof T]: Frozen<T[P]> }
        : T;
