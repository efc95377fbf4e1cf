import { connect, type Socket } from 'node:net'

/** `too_large`: clamd takes no more than its StreamMaxLength. */
export type Verdict = { kind: 'clean' } | { kind: 'infected'; finding: string } | { kind: 'too_large' }

export type Scanner = {
  /** @throws ScannerAway when there is no answer, or none that is known, and whatever reading the content throws */
  scan(content: AsyncIterable<Uint8Array>): Promise<Verdict>
}

/** clamd cannot be reached, ended early, or does not know an answer: the file is as unknown as before. */
export class ScannerAway extends Error {
  override name = 'ScannerAway'
}

export type ScannerSettings = {
  host: string
  port: number
  /** Milliseconds without a word from clamd; reading a large archive takes it a while. */
  timeoutMs?: number
}

/** ClamAV's daemon over TCP, by INSTREAM (clamd(8)): a length before every piece, a length of zero at the end, one line as the answer. */
export const createScanner = ({ host, port, timeoutMs = 60_000 }: ScannerSettings): Scanner => ({
  async scan(content) {
    const socket = connect({ host, port })
    socket.setTimeout(timeoutMs, () => socket.destroy(new Error('clamd does not answer')))
    const answer = answerOf(socket)
    answer.catch(() => undefined) // told below
    let isWhole = false
    try {
      isWhole = await send(socket, ours(content), answer)
      return verdictOf(await answer)
    } catch (error) {
      if (error instanceof ContentFailed) throw error.cause // clamd was told a part of it, which says nothing of the file
      // clamd closes right behind its «size limit exceeded», and what is still on its way to it can make that answer unreadable
      const isUnread = !isWhole || isReset(error)
      if (isUnread && !(error instanceof ScannerAway) && (await isThere({ host, port, timeoutMs })))
        return { kind: 'too_large' }
      throw error instanceof ScannerAway
        ? error
        : new ScannerAway('The virus scanner cannot be reached.', { cause: error })
    } finally {
      socket.destroy()
    }
  },
})

/** What was to be scanned could not be read to its end. */
class ContentFailed extends Error {}

async function* ours(content: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  try {
    yield* content
  } catch (cause) {
    throw new ContentFailed('The content could not be read', { cause })
  }
}

/** A system resets a connection that was closed with bytes in it that nobody had read; what hangs up after reading only ends it. */
const isReset = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ECONNRESET' || error.code === 'EPIPE')

const PIECE = 131_072

/** Whether clamd is at work and answers, whatever it made of a file. */
async function isThere({ host, port, timeoutMs }: Required<ScannerSettings>): Promise<boolean> {
  const socket = connect({ host, port })
  socket.setTimeout(timeoutMs, () => socket.destroy(new Error('clamd does not answer')))
  try {
    const answer = answerOf(socket)
    socket.write('zPING\0')
    return (await answer) === 'PONG'
  } catch {
    return false // then it is away, which is told for the file
  } finally {
    socket.destroy()
  }
}

/** Stops when clamd has answered before the end, as it does when it will take no more. @returns whether everything was sent */
async function send(socket: Socket, content: AsyncIterable<Uint8Array>, answer: Promise<string>): Promise<boolean> {
  let hasAnswered = false
  const answered = answer.then(
    () => {
      hasAnswered = true
    },
    () => {
      hasAnswered = true
    },
  )
  const write = (bytes: Uint8Array) =>
    new Promise<void>((resolve) => {
      if (hasAnswered || socket.write(bytes)) resolve()
      else void Promise.race([new Promise<void>((drained) => socket.once('drain', drained)), answered]).then(resolve)
    })
  await write(Buffer.from('zINSTREAM\0'))
  for await (const part of content) {
    if (hasAnswered) return false
    for (let at = 0; at < part.length; at += PIECE) {
      const piece = part.subarray(at, at + PIECE)
      const length = Buffer.alloc(4)
      length.writeUInt32BE(piece.length)
      await write(length)
      await write(piece)
    }
  }
  if (hasAnswered) return false
  await write(Buffer.alloc(4))
  return true
}

const LONGEST_ANSWER = 10_000

const answerOf = (socket: Socket): Promise<string> =>
  new Promise((resolve, reject) => {
    let text = ''
    socket.setEncoding('utf8')
    socket.on('data', (part: string) => {
      text += part
      const end = text.indexOf('\0')
      if (end >= 0) resolve(text.slice(0, end))
      else if (text.length > LONGEST_ANSWER) reject(new Error('clamd says too much'))
    })
    socket.once('error', reject)
    socket.once('close', () => reject(new Error('clamd hung up')))
  })

function verdictOf(answer: string): Verdict {
  if (answer === 'stream: OK') return { kind: 'clean' }
  const [, finding] = /^stream: (.+) FOUND$/.exec(answer) ?? []
  if (finding) return { kind: 'infected', finding }
  if (answer.startsWith('INSTREAM size limit exceeded')) return { kind: 'too_large' }
  throw new ScannerAway(`The virus scanner gave an answer that is not known: ${answer.slice(0, 100)}`)
}
