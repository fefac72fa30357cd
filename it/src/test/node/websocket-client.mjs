// A WebSocket client as people write them with `ws`. Says hello in three sizes, checks what comes back, and then does
// what it is told: `close` with 1000, or `wait` to be closed. Prints what it saw.
import { randomBytes } from 'node:crypto';
import WebSocket from 'ws';

const [url, then] = process.argv.slice(2);
const socket = new WebSocket(url, ['admin', 'ticker'], { perMessageDeflate: true });
const sent = [Buffer.from('hello'), randomBytes(70_000), Buffer.from('x'.repeat(200_000))];
let back = 0;
socket.on('open', () => {
  console.log(`open ${socket.protocol} ${socket.extensions}`);
  sent.forEach((message) => socket.send(message));
});
socket.on('message', (data) => {
  if (!sent[back].equals(data)) {
    console.log(`another message than the one that was sent: ${data.length}`);
    process.exit(1);
  }
  if (++back === sent.length) {
    console.log('echoed');
    socket.ping();
  }
});
socket.on('pong', () => {
  console.log('pong');
  if (then === 'close') {
    socket.close(1000, 'enough');
  }
});
socket.on('close', (code, reason) => {
  console.log(`closed ${code} ${reason}`);
  process.exit(0);
});
socket.on('error', (error) => {
  console.log(`error ${error.message}`);
  process.exit(1);
});
