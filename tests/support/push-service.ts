import { createDecipheriv, createECDH, createHash, type ECDH, hkdfSync, randomBytes } from 'node:crypto'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { decodeProtectedHeader, importJWK, jwtVerify } from 'jose'

export type Pushed = { title: string; body: string; path: string; tag: string }
type Request = { path: string; headers: IncomingHttpHeaders; body: Buffer }

export type TestBrowser = ReturnType<Awaited<ReturnType<typeof startPushService>>['browser']>

/** What stands behind a browser: an address for each, and an answer as a test wants it to be. It cannot read what it is handed. */
export async function startPushService() {
  const taken: Request[] = []
  let statusOf: (one: Request) => number = () => 201
  const server = createServer(async (request, response) => {
    const one = { path: request.url ?? '', headers: request.headers, body: await buffer(request) }
    taken.push(one)
    response.writeHead(statusOf(one))
    response.end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  let made = 0
  return {
    url,
    answers(how: (one: Request) => number) {
      statusOf = how
    },
    /** A browser with keys of its own, which reads what came for it. */
    browser(name = 'My phone') {
      const keys = createECDH('prime256v1')
      keys.generateKeys()
      const auth = randomBytes(16)
      const path = `/push/${++made}`
      const endpoint = url + path
      const requests = () => taken.filter((one) => one.path === path)
      return {
        path,
        /** What its page sends. */
        fields: { name, endpoint, p256dh: keys.getPublicKey().toString('base64url'), auth: auth.toString('base64url') },
        hash: createHash('sha256').update(endpoint).digest('base64url'),
        requests,
        shown: (): Pushed[] => requests().map(({ body }) => JSON.parse(readPush(body, keys, auth))),
      }
    },
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  }
}

/** As a browser reads a message of content coding aes128gcm. */
export function readPush(body: Buffer, keys: ECDH, auth: Buffer): string {
  const [salt, length] = [body.subarray(0, 16), body.readUInt8(20)]
  const sender = body.subarray(21, 21 + length)
  const record = body.subarray(21 + length)
  const derive = (from: Buffer, before: Buffer, info: string | Buffer, bytes: number) =>
    Buffer.from(hkdfSync('sha256', from, before, info, bytes))
  const who = Buffer.concat([Buffer.from('WebPush: info\0'), keys.getPublicKey(), sender])
  const secret = derive(keys.computeSecret(sender), auth, who, 32)
  const key = derive(secret, salt, 'Content-Encoding: aes128gcm\0', 16)
  const decipher = createDecipheriv('aes-128-gcm', key, derive(secret, salt, 'Content-Encoding: nonce\0', 12))
  decipher.setAuthTag(record.subarray(-16))
  const padded = Buffer.concat([decipher.update(record.subarray(0, -16)), decipher.final()])
  return padded.subarray(0, padded.lastIndexOf(2)).toString('utf8')
}

/** Checks who sent a request as a push service does. @returns what the signature says, and the key that it is of */
export async function senderOf({ headers }: Pick<Request, 'headers'>, at: Date) {
  const [, token = '', k = ''] = /^vapid t=([^,]+), k=([\w-]+)$/.exec(headers.authorization ?? '') ?? []
  const point = Buffer.from(k, 'base64url')
  const [x, y] = [point.subarray(1, 33).toString('base64url'), point.subarray(33).toString('base64url')]
  const key = await importJWK({ kty: 'EC', crv: 'P-256', x, y }, 'ES256')
  const { payload } = await jwtVerify(token, key, { currentDate: at })
  return { ...payload, alg: decodeProtectedHeader(token).alg, key: k }
}
