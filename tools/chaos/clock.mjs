// Preloaded into a service: its wall clock is wrong by as many ms as a file says. Monotonic clocks are not touched.
import { readFileSync } from "node:fs";
import process from "node:process";

const LOOK_MS = 200;
const file = process.env.UNDERLODE_CHAOS_CLOCK;
const RealDate = Date;
const realNow = Date.now.bind(Date);
let aheadMs = 0;

const look = () => {
  try {
    aheadMs = Number(readFileSync(file, "utf8")) || 0;
  } catch {
    aheadMs = 0;
  }
};

if (file) {
  look();
  setInterval(look, LOOK_MS).unref();
  const now = () => realNow() + aheadMs;
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, given, fresh) =>
      Reflect.construct(target, given.length === 0 ? [now()] : given, fresh),
    apply: () => new RealDate(now()).toString(),
    get: (target, key) => (key === "now" ? now : Reflect.get(target, key)),
  });
}
