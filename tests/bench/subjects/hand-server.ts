import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { type HandQuery, openHandIndex } from '../harness/hand-index';

/** Answers searches of an index by hand over HTTP, by the least code that does it, and prints its port. Its argument is the index's file. */
const [file = ''] = process.argv.slice(2);
const index = openHandIndex({ file });
const server = createServer((request, response) => {
  void json(request).then((query) => {
    const found = JSON.stringify(index.search(query as HandQuery));
    response.writeHead(200, { 'Content-Type': 'application/json' }).end(found);
  });
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');
process.stdout.write(`${(server.address() as AddressInfo).port}\n`);
