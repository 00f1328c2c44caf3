// A real HTTP server that answers as a test wrote down, and keeps what it was asked.
import { createServer } from "node:http";
import { once } from "node:events";

/** The connection ends, after the request was read and before anything is said. */
export const LOST = { lost: true };

export function answer(status, body, headers = {}) {
  return { status, body: JSON.stringify(body), headers: { "Content-Type": "application/json", ...headers } };
}

export function problem(status, slug, facts = {}, headers = {}) {
  const body = { type: `https://k-city.example/problems/${slug}`, title: slug, status, ...facts };
  return answer(status, body, { "Content-Type": "application/problem+json", ...headers });
}

export function page(status, body, headers = {}) {
  return { status, body, headers: { "Content-Type": "text/html", ...headers } };
}

/** Serve the answers in order, the last one for good, while `act(script)` runs. */
export async function scripted(says, act) {
  const script = { asked: [], origin: "" };
  const server = createServer(async (request, response) => {
    const pieces = [];
    for await (const piece of request) pieces.push(piece);
    script.asked.push({ method: request.method, path: request.url, headers: request.headers, body: Buffer.concat(pieces) });
    const said = says.length > 1 ? says.shift() : says[0];
    if (said.lost) return request.socket.destroy();
    response.writeHead(said.status, said.headers).end(said.body);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  script.origin = `http://127.0.0.1:${server.address().port}`;
  try {
    return await act(script);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}
