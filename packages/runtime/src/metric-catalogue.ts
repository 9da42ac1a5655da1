type Spec = {
  readonly type: "counter" | "gauge" | "histogram";
  readonly help: string;
  readonly labels: readonly string[];
  readonly services: readonly string[];
  readonly buckets?: readonly number[];
};

const SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5];
const ALL = ["connection", "instance-manager", "game-instance", "persistence", "chat"];
const CONNECTION = ["connection"];
const MANAGER = ["instance-manager"];
const PERSISTENCE = ["persistence"];
const CHAT = ["chat"];

const counter = (
  services: readonly string[],
  help: string,
  labels: readonly string[] = [],
): Spec => ({ type: "counter", help, labels, services });
const gauge = (
  services: readonly string[],
  help: string,
  labels: readonly string[] = [],
): Spec => ({ type: "gauge", help, labels, services });
const seconds = (
  services: readonly string[],
  help: string,
  labels: readonly string[] = [],
): Spec => ({ type: "histogram", help, labels, services, buckets: SECONDS });

/** Every metric of ours; docs/operations.md lists them from here. No label holds an id. */
export const metricCatalogue = {
  underlode_bus_dropped_total: counter(
    ALL,
    "Messages dropped because the bus was away or the outbox full.",
    ["subject"],
  ),
  underlode_bus_bad_total: counter(
    ALL,
    "Messages refused because they do not fit their contract.",
    ["subject"],
  ),
  underlode_bus_faults_total: counter(ALL, "Handlers that threw.", ["subject"]),
  underlode_bus_outbox_messages: gauge(ALL, "Kept messages waiting to be stored."),
  underlode_bus_up: gauge(ALL, "1 while connected to NATS."),
  underlode_sockets: gauge(CONNECTION, "Open WebSockets."),
  underlode_sessions: gauge(CONNECTION, "Sessions held here, with or without a socket."),
  underlode_sockets_opened_total: counter(CONNECTION, "WebSockets accepted."),
  underlode_sockets_closed_total: counter(CONNECTION, "WebSockets closed by us, by reason.", [
    "reason",
  ]),
  underlode_upgrades_refused_total: counter(
    CONNECTION,
    "WebSocket handshakes refused, by reason.",
    ["reason"],
  ),
  underlode_frames_in_total: counter(CONNECTION, "Frames from clients, by kind.", ["frame"]),
  underlode_frames_out_total: counter(CONNECTION, "Frames to clients, by kind.", ["frame"]),
  underlode_bytes_out_total: counter(CONNECTION, "Payload bytes to clients."),
  underlode_refusals_total: counter(CONNECTION, "Frames and calls refused, by code.", ["code"]),
  underlode_pictures_total: counter(CONNECTION, "Whole pictures sent, by reason.", ["reason"]),
  underlode_resumes_total: counter(CONNECTION, "Sessions resumed, by where they came from.", [
    "from",
  ]),
  underlode_http_requests_total: counter(CONNECTION, "HTTP requests, by route and status.", [
    "route",
    "status",
  ]),
  underlode_parties: gauge(MANAGER, "Parties known."),
  underlode_instances: gauge(MANAGER, "Instance processes running."),
  underlode_instances_started_total: counter(MANAGER, "Instances started."),
  underlode_instances_ended_total: counter(MANAGER, "Instances ended, by how.", ["how"]),
  underlode_instance_start_seconds: seconds(
    MANAGER,
    "From the call to delve to the instance's first message.",
  ),
  underlode_recoveries_total: counter(
    MANAGER,
    "Runs taken up again after their process died, or from rest.",
  ),
  underlode_recovery_seconds: seconds(
    MANAGER,
    "From noticing a process's death to its run going on in another.",
  ),
  underlode_instance_pool: gauge(MANAGER, "Warm instance processes waiting."),
  underlode_playbacks: gauge(MANAGER, "Processes of this host that show a run to people."),
  underlode_ticks_total: counter(MANAGER, "Tick messages published by instances of this host."),
  underlode_commands_total: counter(MANAGER, "Commands applied by instances of this host."),
  underlode_commands_refused_total: counter(
    MANAGER,
    "Commands refused or dropped by instances of this host.",
  ),
  underlode_tick_cpu_seconds_total: counter(
    MANAGER,
    "Time spent in stepping and encoding by instances of this host.",
  ),
  underlode_clock_stops_total: counter(
    MANAGER,
    "Times an instance of this host stopped its clock because the journal did not answer.",
  ),
  underlode_world_faults_total: counter(
    MANAGER,
    "What did not hold of worlds of this host when they were looked at, every 10 s of game time.",
  ),
  underlode_facts_total: counter(PERSISTENCE, "Facts committed, by kind.", ["kind"]),
  underlode_facts_repeated_total: counter(PERSISTENCE, "Facts that had been committed before."),
  underlode_facts_stale_total: counter(PERSISTENCE, "Facts refused because their epoch is over."),
  underlode_facts_refused_total: counter(
    PERSISTENCE,
    "Facts put aside because no try can apply them, by kind.",
    ["kind"],
  ),
  underlode_facts_batch_seconds: seconds(PERSISTENCE, "Time to commit a batch of facts."),
  underlode_replays_total: counter(PERSISTENCE, "Ended runs archived as replays."),
  underlode_boards_judged_total: counter(
    PERSISTENCE,
    "Runs played again for the boards, by what came of it.",
    ["verdict"],
  ),
  underlode_saves_total: counter(PERSISTENCE, "Runs at rest copied into the database."),
  underlode_queries_seconds: seconds(PERSISTENCE, "Time of calls served, by call.", ["call"]),
  underlode_postgres_up: gauge(PERSISTENCE, "1 while Postgres answers."),
  underlode_chat_said_total: counter(CHAT, "Lines said, by kind of channel.", ["channel"]),
  underlode_chat_refused_total: counter(CHAT, "Lines refused, by code.", ["code"]),
} as const satisfies Record<string, Spec>;

export type MetricName = keyof typeof metricCatalogue;
