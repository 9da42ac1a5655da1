import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, type RequestListener, request } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import {
  nginxArgs,
  ONE_MACHINE,
  renderTemplate,
  startNginx,
  writeConfig,
} from "../tools/deploy/nginx.ts";
import { findProgram } from "../tools/deploy/programs.ts";
import { freePort } from "../tools/launch/ports.ts";

const root = join(import.meta.dirname, "..");

const tempDir = (): string => {
  const dir = mkdtempSync(join(tmpdir(), "underlode-nginx-"));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
};

/** What `nginx -t` says of a configuration, with a prefix of its own. */
const judge = async (dir: string, config: string): Promise<string> => {
  const { status, stderr } = spawnSync(await findProgram("nginx"), [
    "-t",
    ...nginxArgs(dir, config),
  ]);
  return status === 0 ? "accepted" : stderr.toString();
};

test("nginx accepts the configuration as it lies in the repository", async () => {
  const dir = tempDir();
  expect(await judge(dir, join(root, "deploy/nginx/nginx.conf"))).toBe("accepted");
});

test("nginx accepts the configuration rendered for other places", async () => {
  const dir = tempDir();
  const places = {
    UNDERLODE_LISTEN: "[::1]:8081",
    UNDERLODE_SLOT_A: "192.0.2.1:7780",
    UNDERLODE_SLOT_B: "192.0.2.2:7780",
  };
  expect(await judge(dir, writeConfig(dir, places))).toBe("accepted");
});

test("nginx accepts the configuration with TLS", async () => {
  const dir = tempDir();
  const key = join(dir, "key.pem");
  const certificate = join(dir, "certificate.pem");
  const made = spawnSync("openssl", [
    ...["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"],
    ...["-subj", "/CN=localhost", "-days", "1", "-keyout", key, "-out", certificate],
  ]);
  expect(made.status, "openssl makes a certificate").toBe(0);
  const places = {
    ...ONE_MACHINE,
    UNDERLODE_LISTEN_TLS: "8443",
    UNDERLODE_TLS_CERTIFICATE: certificate,
    UNDERLODE_TLS_KEY: key,
  };
  expect(await judge(dir, writeConfig(dir, places))).toBe("accepted");
});

test("the places of one machine in the repository are what the template gives", () => {
  const written = readFileSync(join(root, "deploy/nginx/conf.d/underlode.conf"), "utf8");
  expect(written).toBe(renderTemplate("underlode", ONE_MACHINE));
});

/** Stands in for a connection copy: answers as told, and every upgrade with 101. */
const copy = async (answer: RequestListener): Promise<number> => {
  const server = createServer(answer);
  server.on("upgrade", (req, stream) => {
    stream.on("error", () => {});
    stream.write(
      "HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: websocket\r\n" +
        `x-heard-from: ${req.headers["x-forwarded-for"]}\r\n\r\n`,
    );
    stream.on("data", (chunk) => stream.write(chunk));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
};

const front = async (dir: string, slots: [number, number]): Promise<string> => {
  const nginx = await startNginx({ dir, port: await freePort(), slots });
  onTestFinished(() => nginx.stop());
  return nginx.url;
};

const drains: RequestListener = (req, res) => {
  req.resume();
  res.writeHead(503).end("moving");
};
const works: RequestListener = async (req, res) => {
  const chunks: Buffer[] = [];
  for await (const chunk of req as AsyncIterable<Buffer>) chunks.push(chunk);
  res.end(`${req.method} ${req.url} ${req.headers["x-forwarded-for"]} ${Buffer.concat(chunks)}`);
};

test("a copy that drains and a copy that is gone cost no request, not even one with a body", async () => {
  const dir = tempDir();
  for (const other of [await copy(drains), await freePort()]) {
    const url = await front(join(dir, String(other)), [other, await copy(works)]);
    for (let i = 0; i < 8; i++) {
      const answer = await fetch(`${url}/api/guest`, { method: "POST", body: `{"i":${i}}` });
      expect([answer.status, await answer.text()]).toEqual([
        200,
        `POST /api/guest 127.0.0.1 {"i":${i}}`,
      ]);
    }
  }
});

test("an upgrade goes through, with the address that nginx saw and not the one that was claimed", async () => {
  const dir = tempDir();
  const url = await front(dir, [await copy(works), await copy(works)]);
  const asked = request(`${url}/ws`, {
    headers: { connection: "upgrade", upgrade: "websocket", "x-forwarded-for": "192.0.2.66" },
  }).end();
  const [answer, stream] = (await once(asked, "upgrade")) as [
    IncomingMessage,
    NodeJS.ReadWriteStream,
  ];
  expect(answer.headers["x-heard-from"]).toBe("127.0.0.1");
  stream.write("to and fro");
  expect(String((await once(stream, "data"))[0])).toBe("to and fro");
  stream.end();
});

test("metrics, readiness and whatever else is not for players cannot be reached", async () => {
  const dir = tempDir();
  const url = await front(dir, [await copy(works), await copy(works)]);
  for (const path of ["/metrics", "/readyz", "/api/../metrics", "/ws/metrics", "/"])
    expect([path, (await fetch(url + path)).status]).toEqual([path, 404]);
  expect((await fetch(`${url}/livez`)).status).toBe(200);
});

test("a body larger than any request of ours is refused before it is read", async () => {
  const dir = tempDir();
  const url = await front(dir, [await copy(works), await copy(works)]);
  const answer = await fetch(`${url}/api/auth`, { method: "POST", body: "x".repeat(9_000) });
  expect(answer.status).toBe(413);
});
