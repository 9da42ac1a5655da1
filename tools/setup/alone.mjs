// Two set-ups at once would undo each other's work: the second waits for the first.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import process from "node:process";
import { setTimeout as wait } from "node:timers/promises";
import { cacheDir, root } from "./repo.mjs";
import { say } from "./say.mjs";

/** Runs `work` while no other process of this user does the same for this clone. */
export async function alone(name, work) {
  const clone = createHash("sha256").update(root).digest("hex").slice(0, 12);
  const file = cacheDir("locks", `${name}-${clone}`);
  await take(file, name);
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

async function take(file, name) {
  mkdirSync(cacheDir("locks"), { recursive: true });
  for (let said = false; ; await wait(200)) {
    try {
      writeFileSync(file, String(process.pid), { flag: "wx" });
      return;
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
    }
    const holder = Number(readOrEmpty(file));
    if (holder && !isAlive(holder)) rmSync(file, { force: true });
    else if (!said) {
      said = true;
      say(`  waiting for another set-up (${name}, process ${holder || "unknown"})`);
    }
  }
}

function readOrEmpty(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}
