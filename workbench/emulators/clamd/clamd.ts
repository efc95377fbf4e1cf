import { createServer, type Socket } from 'node:net'

/** What every scanner calls malware and nobody is harmed by; written in two parts, so that no scanner removes this file. */
export const EICAR = `X5O!P%@AP[4\\PZX54(P^)7CC)7}$${'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'}`

export type Clamd = Awaited<ReturnType<typeof startClamd>>

/**
 * ClamAV's daemon as far as we speak with it: zPING and zINSTREAM over TCP, one command a connection, the framing checked, EICAR found,
 * StreamMaxLength kept. See workbench/differences.md.
 * @param options.streamMaxLength bytes, as in clamd.conf
 */
export async function startClamd(options: { streamMaxLength?: number; port?: number } = {}) {
  const state = { most: options.streamMaxLength ?? 26_214_400, fault: null as Fault }
  const sizes: number[] = []
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => socket.destroy())
    serve(socket, state, sizes)
  })
  const listen = (port: number) =>
    new Promise<number>((resolve, reject) => {
      server.once('error', reject)
      server.listen(port, '127.0.0.1', () => resolve((server.address() as { port: number }).port))
    })
  const stop = () =>
    new Promise<void>((resolve) => {
      for (const socket of sockets) socket.destroy()
      server.close(() => resolve())
    })
  const port = await listen(options.port ?? 0)
  return {
    port,
    address: `127.0.0.1:${port}`,
    /** Sizes of what was scanned to its end, in order. */
    scanned: sizes,
    setFault: (fault: Fault) => {
      state.fault = fault
    },
    /** The daemon is gone; `start` brings it back at the same port. */
    stop,
    start: () => listen(port).then(() => undefined),
    close: () => (server.listening ? stop() : Promise.resolve()),
  }
}

/** `cut`: too large a file ends the connection at once, and the answer is lost with what was still on its way. */
type Fault = 'hang-up' | 'silent' | 'garbage' | 'cut' | null

type State = { most: number; fault: Fault }

function serve(socket: Socket, state: State, sizes: number[]): void {
  let held = Buffer.alloc(0)
  let isStreaming = false
  const content: Buffer[] = []
  let size = 0
  const answer = (text: string) => socket.end(`${text}\0`)
  socket.on('data', (part: Buffer) => {
    held = Buffer.concat([held, part])
    if (!isStreaming) {
      const end = held.indexOf(0)
      if (end < 0) return
      const command = held.toString('latin1', 0, end)
      held = held.subarray(end + 1)
      if (command === 'zPING') return void answer('PONG')
      if (command !== 'zINSTREAM') return void answer('UNKNOWN COMMAND')
      isStreaming = true
    }
    while (held.length >= 4) {
      const length = held.readUInt32BE(0)
      if (length === 0) {
        if (state.fault === 'hang-up') return void socket.destroy() // all of it was read: the connection ends and is not reset
        if (state.fault === 'silent') return
        if (state.fault === 'garbage') return void answer('stream: what is this')
        sizes.push(size)
        const isFound = Buffer.concat(content).includes(EICAR)
        return void answer(isFound ? 'stream: Eicar-Test-Signature FOUND' : 'stream: OK')
      }
      if (size + length > state.most && state.fault === 'cut') return void socket.resetAndDestroy()
      if (size + length > state.most) return void answer('INSTREAM size limit exceeded. ERROR')
      if (held.length < 4 + length) return
      content.push(held.subarray(4, 4 + length))
      size += length
      held = held.subarray(4 + length)
    }
  })
}
