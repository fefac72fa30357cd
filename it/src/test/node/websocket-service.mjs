// A WebSocket service as people write them with `ws`: sends back what it gets. Prints its port first, and then the code
// of every connection that is closed.
import { WebSocketServer } from 'ws';

const server = new WebSocketServer({
  host: '127.0.0.1',
  port: 0,
  perMessageDeflate: true,
  handleProtocols: (protocols) => (protocols.has('ticker') ? 'ticker' : false),
});
server.on('listening', () => console.log(`port ${server.address().port}`));
server.on('connection', (socket) => {
  socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary }));
  socket.on('close', (code, reason) => console.log(`closed ${code} ${reason}`));
  socket.on('error', (error) => console.log(`error ${error.message}`));
});
process.stdin.on('end', () => process.exit(0)).resume();
