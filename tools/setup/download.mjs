import { createHash } from "node:crypto";

const CONNECT_MS = 5_000;
const WHOLE_MS = 120_000;

/** Fetches a file over https and checks its SHA-256; throws an Error with the reason. */
export async function download(url, sha256) {
  const stop = new AbortController();
  const connect = setTimeout(
    () => stop.abort(new Error(`no answer within ${CONNECT_MS / 1000} s`)),
    CONNECT_MS,
  );
  const whole = setTimeout(() => stop.abort(new Error("the download took too long")), WHOLE_MS);
  try {
    const answer = await fetch(url, { signal: stop.signal });
    clearTimeout(connect);
    if (!answer.ok) throw new Error(`${new URL(url).host} answered ${answer.status}`);
    const bytes = Buffer.from(await answer.arrayBuffer());
    const found = createHash("sha256").update(bytes).digest("hex");
    if (found !== sha256) throw new Error(`its SHA-256 is ${found}, not the ${sha256} expected`);
    return bytes;
  } catch (error) {
    const cause = error.cause?.code ?? error.cause?.message;
    throw new Error(cause ? `${new URL(url).host}: ${cause}` : error.message);
  } finally {
    clearTimeout(connect);
    clearTimeout(whole);
  }
}
