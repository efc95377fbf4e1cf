import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { type Fault, type Faults, faultsOf } from './faults.ts'
import { type Answer, OPERATIONS, type Operation, operationOf } from './operations.ts'
import { Refusal } from './refusal.ts'
import { checkSignature, type Key } from './signature.ts'
import { type Store, storeOf } from './store.ts'
import { xml } from './xml.ts'

export interface ObjectsOptions {
  port?: number
  region?: string
  key?: Key
  /** Entries that a page of a list has at most; 1,000. */
  pageSize?: number
}

export type ObjectStorage = Awaited<ReturnType<typeof startObjects>>

/**
 * Object storage of the S3 kind on loopback with one bucket, `desk`, in the path: what is signed is checked, down to the bytes. In memory.
 * workbench/differences.md says what it leaves out.
 */
export async function startObjects(options: ObjectsOptions = {}) {
  const key = options.key ?? { id: 'desk-key-id', secret: 'desk-key-secret' }
  const bucket = storeOf()
  const ground: Ground = {
    key,
    region: options.region ?? 'us-east-1',
    pageSize: options.pageSize ?? 1_000,
    buckets: new Map([['desk', bucket]]),
    faults: faultsOf(),
    calls: [],
  }
  const server = createServer((request, response) => {
    serve(ground, request, response).catch(() => response.destroy())
  })
  const listen = (port: number) =>
    new Promise<number>((resolve, reject) => {
      server.once('error', reject)
      server.listen(port, '127.0.0.1', () => resolve((server.address() as { port: number }).port))
    })
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  const port = await listen(options.port ?? 0)
  const url = `http://127.0.0.1:${port}`
  const access = { S3_ENDPOINT: url, S3_KEY_ID: key.id, S3_SECRET: key.secret }
  return {
    url,
    key,
    faults: ground.faults,
    /** How a desk speaks with it, and how it keeps its objects here. */
    access,
    env: () => ({ ...access, OBJECTS: 's3://desk/objects', OBJECTS_DIR: '' }),
    /** Keys in the bucket, in order. */
    keys: () => [...bucket.objects.keys()].sort(),
    /** What the bucket holds, to be looked at and changed past every signature. */
    bucket: () => bucket,
    /** How often an operation was asked for, failed or not. */
    asked: (operation: Operation) => ground.calls.filter((one) => one === operation).length,
    /** It cannot be reached any more; `start` brings it back where it was, with all that it held, if it is not there. */
    stop,
    start: () => (server.listening ? Promise.resolve() : listen(port).then(() => undefined)),
    close: () => (server.listening ? stop() : Promise.resolve()),
  }
}

interface Ground {
  key: Key
  region: string
  pageSize: number
  buckets: Map<string, Store>
  faults: Faults
  calls: Operation[]
}

async function serve(ground: Ground, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://localhost')
  const [, bucket = '', ...rest] = url.pathname.split('/')
  const key = decodeURIComponent(rest.join('/'))
  const method = request.method ?? 'GET'
  let fault: Fault | undefined
  let answer: Answer
  try {
    const operation = operationOf(method, key, url.searchParams)
    ground.calls.push(operation)
    fault = ground.faults.take(operation, key)
    if (fault?.kind === 'closed') return void request.socket.destroy()
    if (fault?.kind === 'silent') return
    if (fault?.kind === 'slow') await pause(fault.ms ?? 1_000)
    if (fault?.kind === 'cut' && method !== 'GET') return void cutOff(request)
    const body = await bodyOf(request)
    checkSignature({ method, url, headers: request.headers, body }, ground)
    if (isRefusal(fault?.kind)) throw new Refusal(fault.kind)
    const { pageSize } = ground
    const asked = { key, query: url.searchParams, headers: request.headers, body, bucket, pageSize }
    answer = OPERATIONS[operation]({ ...asked, store: storeIn(ground, bucket) })
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    answer = refused(error, key)
  }
  if (fault?.kind === 'lost-reply') return void request.socket.destroy()
  send(response, answer, { isHead: method === 'HEAD', isCut: fault?.kind === 'cut' })
}

const isRefusal = (kind: Fault['kind'] | undefined) =>
  kind === 'SlowDown' || kind === 'InternalError' || kind === 'AccessDenied' || kind === 'XMinioStorageFull'

function storeIn({ buckets }: Pick<Ground, 'buckets'>, name: string): Store {
  const store = buckets.get(name)
  if (!store) throw new Refusal('NoSuchBucket')
  return store
}

/** After the first bytes; of a request that has none, at its end. */
function cutOff(request: IncomingMessage): void {
  for (const moment of ['data', 'end']) request.once(moment, () => request.socket.destroy())
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts)
}

const refused = ({ code, status, message }: Refusal, Key: string): Answer => ({
  status,
  body: xml('Error', { Code: code, Message: message, Key }),
})

/** Half of the bytes of an answer that is cut, and then nothing more. */
function send(
  response: ServerResponse,
  { status = 200, headers, body = '' }: Answer,
  how: { isHead: boolean; isCut: boolean },
) {
  const bytes = Buffer.from(body)
  const type = typeof body === 'string' ? 'application/xml' : 'binary/octet-stream'
  const length = status === 204 ? {} : { 'content-length': String(bytes.length), 'content-type': type }
  response.writeHead(status, { ...length, ...headers })
  if (how.isHead) return void response.end()
  if (!how.isCut) return void response.end(bytes)
  response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => response.destroy())
}
