// Stands in for every service in the tests of the launcher: keeps its side of the contract and nothing more.
import { createServer } from "node:http";

const port = Number(process.env.UNDERLODE_HTTP_PORT ?? 0);
const failure = process.env.FAKE_FAILURE;

const server = createServer((request, response) => {
  if (request.url === "/crash") process.exit(9);
  response.end(
    JSON.stringify({ pid: process.pid, hasDatabase: Boolean(process.env.UNDERLODE_POSTGRES_URL) }),
  );
});

const leave = () => {
  // FAKE_STUBBORN: a service that has lost its senses.
  if (process.env.FAKE_STUBBORN) return;
  server.close();
  server.closeAllConnections();
  process.exit(0);
};
process.on("SIGTERM", leave);
process.once("disconnect", leave);

if (failure) {
  process.send?.({ failed: failure }, () => process.exit(1));
} else {
  server.listen(port, "127.0.0.1", () => {
    const address = server.address();
    const base = `http://127.0.0.1:${typeof address === "object" ? address?.port : port}`;
    process.send?.({ ready: true, metrics: `${base}/metrics`, http: base });
  });
}
