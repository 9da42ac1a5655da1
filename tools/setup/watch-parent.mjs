// A program that npm started should not outlive it; npm killed outright cannot pass a signal on.
import { readFileSync } from "node:fs";
import process from "node:process";

const CHECK_MS = 250;

/** Set for the program that a set-up hands over to: whose end is also its own. */
export const PARENT_VARIABLE = "UNDERLODE_PARENT";

/** Calls `onGone` once when npm, which started this process through a shell, is gone. */
export function watchNpm(onGone) {
  if (!process.env.npm_lifecycle_event) return () => {};
  const shell = process.ppid;
  const npm = parentOf(shell);
  return watch(() => process.ppid === shell && parentOf(shell) === npm, onGone);
}

/** Calls `onGone` once when the set-up that handed over to this process is gone. */
export function watchSetUp(onGone) {
  const parent = setUpPid();
  return parent ? watch(() => process.ppid === parent, onGone) : () => {};
}

/** The pid of the set-up that handed over to this process, if one did. */
export function setUpPid() {
  const parent = Number(process.env[PARENT_VARIABLE]);
  return parent === process.ppid ? parent : undefined;
}

function watch(isThere, onGone) {
  const timer = setInterval(() => {
    if (isThere()) return;
    clearInterval(timer);
    onGone();
  }, CHECK_MS);
  timer.unref();
  return () => clearInterval(timer);
}

/** Only Linux tells without running a program; elsewhere the shell is watched alone. */
function parentOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
  } catch {
    return undefined;
  }
}
