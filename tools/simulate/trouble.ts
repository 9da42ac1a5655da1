import type { Broken } from "./checks.ts";

/** Promises that failed with nobody to hear it: in a real process that is its end. */
export class Trouble {
  private readonly found: Broken[] = [];

  constructor() {
    process.on("unhandledRejection", (fault) =>
      this.found.push({ rule: "fault", words: `unhandled: ${(fault as Error)?.stack ?? fault}` }),
    );
  }

  taken(): Broken[] {
    return this.found.splice(0);
  }
}
