// `make mock`, or `npm start` here: answers every operation of the merged contract from its examples. Needs Node alone.
import { spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";

const { values } = parseArgs({
  options: {
    port: { type: "string", default: "4010" },
    host: { type: "string", default: "127.0.0.1" },
    dynamic: { type: "boolean", default: false },
  },
});

const contract = JSON.parse(await readFile(new URL("../../shared/contracts/openapi.json", import.meta.url)));
for (const operation of Object.values(contract.paths).flatMap(Object.values)) {
  for (const [status, answer] of Object.entries(operation.responses ?? {})) {
    for (const content of Object.values(answer.content ?? {})) content.examples &&= asked(status, content.examples);
  }
}

/** Examples as they can be asked for: the first is what is answered unasked. */
function asked(status, examples) {
  const [first] = Object.values(examples);
  // what is the same in every language has one example: it answers to `example=en` and `example=ko` too
  if (status.startsWith("2")) return { ...examples, en: examples.en ?? first, ko: examples.ko ?? first };
  // Prism refuses a missing token with the first example of 401
  return "token-missing" in examples ? { "token-missing": examples["token-missing"], ...examples } : examples;
}

const folder = await mkdtemp(join(tmpdir(), "kcity-mock-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
const served = join(folder, "openapi.json");
await writeFile(served, JSON.stringify(contract));

const prism = createRequire(import.meta.url).resolve("@stoplight/prism-cli/dist/index.js");
const modes = values.dynamic ? ["--dynamic"] : [];
const server = spawn(
  process.execPath,
  [prism, "mock", served, "--host", values.host, "--port", values.port, "--errors", ...modes],
  { stdio: ["ignore", "pipe", "inherit"] },
);

const APPLICATION = "01946d2a-8c00-7000-8000-000000000002";
const origin = `http://${values.host}:${values.port}`;
const welcome = `
The mock of the K-City Network answers at ${origin} (Ctrl-C ends it)

  curl '${origin}/intake/v1/applications/${APPLICATION}' -H 'Authorization: Bearer any' -H 'Prefer: example=ko'
  curl -X POST '${origin}/intake/v1/applications/${APPLICATION}/submission' -H 'Authorization: Bearer any' \\
       -H 'Idempotency-Key: mine' -H 'Prefer: code=409, example=window-closed'

Requests are checked by the contract. Any token will do. \`Prefer\` chooses the answer: \`code=\`, \`example=\`${
  values.dynamic ? "" : ", `dynamic=true`"
}.
`;

let listening = false;
let ending = false;
for (const signal of ["SIGINT", "SIGTERM"]) {
  process.on(signal, () => {
    ending = true;
    server.kill("SIGTERM");
  });
}
server.on("exit", (code) => process.exit(ending ? 0 : (code ?? 1) || 1));
for await (const line of createInterface({ input: server.stdout })) {
  if (listening || /error|fatal/i.test(line)) console.log(line);
  if (!listening && line.includes("is listening")) {
    listening = true;
    console.log(welcome);
  }
}
