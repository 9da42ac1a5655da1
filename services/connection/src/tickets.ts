import { createHash } from "node:crypto";
import { buckets, type Identity } from "@underlode/contracts";
import { type Bucket, type Bus, newSecret } from "@underlode/runtime";

/** What is stored of a secret. */
export const hashOf = (secret: string): string => createHash("sha256").update(secret).digest("hex");

/**
 * Single-use tickets that carry a login from HTTP to a socket, whichever copy it reaches; they keep
 * tokens out of URLs and out of frames.
 */
export class Tickets {
  private readonly bucket: Bucket<Identity>;

  private constructor(bucket: Bucket<Identity>) {
    this.bucket = bucket;
  }

  static async open(bus: Bus): Promise<Tickets> {
    return new Tickets(await bus.bucket(buckets.tickets));
  }

  async grant(identity: Identity): Promise<string> {
    const ticket = newSecret();
    await this.bucket.put(hashOf(ticket), identity);
    return ticket;
  }

  /** Whose ticket it is, once; undefined for one unknown, used or expired. */
  async take(ticket: string): Promise<Identity | undefined> {
    const key = hashOf(ticket);
    const found = await this.bucket.get(key);
    if (found === undefined) return undefined;
    return (await this.bucket.delete(key, found.revision)) ? found.value : undefined;
  }
}
