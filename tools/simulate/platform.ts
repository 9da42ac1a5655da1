import crypto from "node:crypto";
import { syncBuiltinESMExports } from "node:module";

/** What a process takes from its platform and a simulation decides instead. */
export type Platform = {
  /** Monotonic milliseconds. */
  now(): number;
  /** Milliseconds since 1970. */
  date(): number;
  random(): number;
  bytes(count: number): Uint8Array;
  /** Calls back after a while, or every while; the result is what the timer functions return. */
  timer(callback: () => void, ms: number, repeats: boolean): VirtualTimer;
  soon(callback: () => void): VirtualTimer;
};
export type VirtualTimer = {
  cancel(): void;
  unref(): VirtualTimer;
  ref(): VirtualTimer;
  refresh(): VirtualTimer;
  hasRef(): boolean;
};

/** The platform's own, for the simulation itself. */
export const real = {
  now: performance.now.bind(performance),
  setImmediate: globalThis.setImmediate,
};

let platform: Platform | undefined;
const given = (): Platform => {
  if (platform === undefined) throw new Error("no simulation is running");
  return platform;
};

/** From now on everything in this process takes time and chance from here. */
export const simulateOn = (simulated: Platform): void => {
  platform = simulated;
};

type Callback = (...args: unknown[]) => void;
const bind = (callback: Callback, args: unknown[]) =>
  args.length === 0 ? () => callback() : () => callback(...args);
const cancel = (timer: unknown): void => (timer as VirtualTimer | undefined)?.cancel?.();

/**
 * Puts virtual time and chance in place of the platform's. Production code takes them from the
 * globals, so this module must be the first that the simulating process imports.
 */
const install = (): void => {
  const globals = {
    setTimeout: (callback: Callback, ms = 0, ...args: unknown[]) =>
      given().timer(bind(callback, args), ms, false),
    setInterval: (callback: Callback, ms = 0, ...args: unknown[]) =>
      given().timer(bind(callback, args), ms, true),
    setImmediate: (callback: Callback, ...args: unknown[]) => given().soon(bind(callback, args)),
    clearTimeout: cancel,
    clearInterval: cancel,
    clearImmediate: cancel,
  };
  Object.assign(globalThis, globals);
  Object.defineProperty(performance, "now", { value: () => platform?.now() ?? real.now() });
  const date = Date.now;
  Date.now = () => platform?.date() ?? date();
  const random = Math.random;
  Math.random = () => platform?.random() ?? random();
  const bytes = crypto.randomBytes;
  const randomBytes = (count: number) =>
    platform === undefined ? bytes(count) : Buffer.from(platform.bytes(count));
  Object.assign(crypto, { randomBytes });
  // Owners name themselves by it.
  Object.defineProperty(process, "pid", { value: 1 });
  syncBuiltinESMExports();
};
install();
