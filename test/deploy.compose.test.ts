import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BaseConfig } from "@underlode/runtime";
import { expect, test } from "vitest";
import { findNatsServer, isOlder } from "../tools/setup/nats-server.mjs";

const root = join(import.meta.dirname, "..");
const read = (file: string): string => readFileSync(join(root, file), "utf8");
const compose = read("docker-compose.yml");

/** The text below a key at the left edge, or below one of `services`. */
const below = (key: string, text: string, indent = ""): string =>
  new RegExp(`^${indent}${key}:.*\\n((?:${indent} .*\\n|\\n|${indent} *#.*\\n)*)`, "m").exec(
    text,
  )?.[1] ?? "";
const service = (name: string): string => below(name, below("services", compose), "  ");
const variables = (text: string): string[] => [
  ...new Set([...text.matchAll(/^\s+(UNDERLODE_[A-Z_]+):/gm)].map((m) => m[1] ?? "")),
];
const copies = ["connection-a", "connection-b"];
const ours = [...copies, "instance-manager", "persistence", "chat"];
const folderOf = (name: string): string => (copies.includes(name) ? "connection" : name);

test("everything that a system is made of is there", () => {
  const names = [...below("services", compose).matchAll(/^ {2}([a-z-]+):$/gm)].map((m) => m[1]);
  expect(names.sort()).toEqual([...ours, "nats", "postgres", "nginx", "prometheus"].sort());
});

test("docker compose understands the file", () => {
  const config = ["--env-file", "deploy/.env.example", "-f", "docker-compose.yml", "config", "-q"];
  const tools = [["docker", "compose"], ["docker-compose"]].filter(
    ([file, ...rest]) => spawnSync(file ?? "", [...rest, "version"]).status === 0,
  );
  for (const [file, ...rest] of tools) {
    const { status, stderr } = spawnSync(file ?? "", [...rest, ...config], { cwd: root });
    expect([status, stderr.toString()]).toEqual([0, ""]);
  }
});

test("a service is given only settings that it knows", () => {
  for (const name of ours) {
    const sources = join("services", folderOf(name), "src");
    const own = readdirSync(join(root, sources)).filter((file) => file.endsWith(".ts"));
    const known = new Set([
      ...Object.keys(BaseConfig.shape),
      ...own.flatMap((file) => variables(read(join(sources, file)))),
    ]);
    const given = below("x-environment", compose) + service(name);
    const all = copies.includes(name) ? given + below("x-connection", compose) : given;
    expect(variables(all).filter((variable) => !known.has(variable))).toEqual([]);
    expect(variables(all)).toContain("UNDERLODE_NATS_URL");
  }
});

test("the slots of nginx are the fixed addresses of the two copies", () => {
  const port = /UNDERLODE_HTTP_PORT: "(\d+)"/.exec(compose)?.[1];
  const addresses = copies.map((name) => /ipv4_address: ([\d.]+)/.exec(service(name))?.[1]);
  const slots = ["A", "B"].map(
    (slot) => new RegExp(`UNDERLODE_SLOT_${slot}: (\\S+)`).exec(service("nginx"))?.[1],
  );
  expect(slots).toEqual(addresses.map((address) => `${address}:${port}`));
  const template = read("deploy/nginx/underlode.conf.template");
  const wanted = [...template.matchAll(/\$\{([A-Z_]+)\}/g)].map((m) => m[1]);
  expect(variables(service("nginx")).sort()).toEqual(wanted.sort());
});

test("Prometheus scrapes every copy of every service, at the port that the image says", () => {
  const port = /UNDERLODE_METRICS_PORT=(\d+)/.exec(read("Dockerfile"))?.[1];
  const config = read("deploy/prometheus/prometheus.yml");
  const targets = [...config.matchAll(/"([a-z-]+:\d+)"/g)].map((m) => m[1]);
  expect(targets.sort()).toEqual(ours.map((name) => `${name}:${port}`).sort());
  expect(compose).toContain(`UNDERLODE_METRICS_PORT: "${port}"`);
});

test("every image has a version", () => {
  const images = [...compose.matchAll(/image: (\S+)/g)].map((m) => m[1] ?? "");
  const node = /NODE_IMAGE=(\S+)/.exec(read("Dockerfile"))?.[1] ?? "";
  for (const image of [...images, node]) expect(image).toMatch(/^[^:]+:(?!latest)\S+$/);
});

test("a service has more time to end than it takes for a drain", () => {
  const graceS = Number(/stop_grace_period: (\d+)s/.exec(below("x-service", compose))?.[1]);
  expect(graceS * 1_000).toBeGreaterThan(BaseConfig.parse({}).UNDERLODE_DRAIN_MS_MAX);
});

test("secrets have no default, stand in no command, and are not in the repository", () => {
  const example = read("deploy/.env.example");
  const secrets = [...example.matchAll(/^(\w+)=change-me$/gm)].map((m) => m[1] ?? "");
  expect(secrets.sort()).toEqual(["POSTGRES_PASSWORD", "UNDERLODE_NATS_PASSWORD"]);
  for (const secret of secrets) {
    const uses = [...compose.matchAll(new RegExp(`\\$\\{${secret}(.)`, "g"))].map((m) => m[1]);
    expect(new Set(uses)).toEqual(new Set([":"]));
    expect(compose).not.toMatch(new RegExp(`\\$\\{${secret}:-`));
    expect(compose).not.toMatch(new RegExp(`(command|test):.*${secret}`));
  }
  expect(existsSync(join(root, "deploy/.gitignore"))).toBe(true);
});

test("what the file takes from deploy/.env is in the example, and nothing else is", () => {
  const taken = new Set([...compose.matchAll(/\$\{(\w+)/g)].map((m) => m[1]));
  const shown = [...read("deploy/.env.example").matchAll(/^(\w+)=/gm)].map((m) => m[1]);
  expect([...taken].sort()).toEqual(shown.sort());
});

test("what is mounted and what is copied into the image exists, and is not kept out of it", () => {
  const mounted = [...compose.matchAll(/- \.\/([^:\s]+):/g)].map((m) => m[1] ?? "");
  const copied = [...read("Dockerfile").matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap((m) =>
    (m[1] ?? "").split(" "),
  );
  for (const file of [...mounted, ...copied])
    expect([file, existsSync(join(root, file))]).toEqual([file, true]);
  const ignore = read(".dockerignore");
  for (const file of copied) expect(ignore).toContain(`!${file}`);
});

test("nats-server accepts its configuration", async () => {
  const { path, version } = await findNatsServer();
  const dir = mkdtempSync(join(tmpdir(), "underlode-nats-config-"));
  const config = join(dir, "nats-server.conf");
  const text = read("deploy/nats/nats-server.conf");
  // 2.9 refuses the setting; production has a newer one.
  writeFileSync(
    config,
    isOlder(version, "2.10.0") ? text.replace(/^\s*sync_interval.*$/m, "") : text,
  );
  const login = { UNDERLODE_NATS_USER: "underlode", UNDERLODE_NATS_PASSWORD: "u0123abc" };
  const { status, stderr } = spawnSync(path, ["-t", "-c", config], {
    env: { ...process.env, ...login },
  });
  rmSync(dir, { recursive: true });
  expect([status, status === 0 ? "" : stderr.toString()]).toEqual([0, ""]);
});
