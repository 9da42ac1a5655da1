// A small disk for JetStream alone, which can be filled and freed. Only root may mount one.
import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const BYTES_MAX = 192 * 2 ** 20;
const CHUNK_BYTES = 2 ** 20;

export interface Disk {
  fill(): void;
  free(): void;
  unmount(): void;
}

/** Mounts a disk on a folder; undefined where this user or system cannot. */
export function mountDisk(folder: string): Disk | undefined {
  if (process.platform !== "linux" || process.getuid?.() !== 0) return undefined;
  mkdirSync(folder, { recursive: true });
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${BYTES_MAX}`, "underlode", folder], {
      stdio: "ignore",
    });
  } catch {
    return undefined;
  }
  const ballast = join(folder, "ballast");
  return {
    fill: () => {
      const chunk = Buffer.alloc(CHUNK_BYTES);
      // In ever smaller pieces: not a page is left.
      for (let bytes = CHUNK_BYTES; bytes >= 4096; bytes = bytes / 16) {
        try {
          for (;;) writeFileSync(ballast, chunk.subarray(0, bytes), { flag: "a" });
        } catch {
          // Full, for pieces of this size.
        }
      }
    },
    free: () => rmSync(ballast, { force: true }),
    unmount: () => {
      try {
        execFileSync("umount", ["-l", folder], { stdio: "ignore" });
      } catch {
        // Gone already.
      }
    },
  };
}
