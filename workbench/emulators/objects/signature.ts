import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { Refusal } from './refusal.ts'

export interface Key {
  id: string
  secret: string
}

export interface Signed {
  method: string
  url: URL
  headers: IncomingHttpHeaders
  body: Buffer
}

const SKEW_MS = 15 * 60_000
const AUTHORIZATION =
  /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/

/** Signature version 4 in the header: who asks, when, for what, and with which bytes. @throws Refusal */
export function checkSignature({ method, url, headers, body }: Signed, { key, region }: { key: Key; region: string }) {
  const [, id, day, scope, names = '', given = ''] = AUTHORIZATION.exec(headers.authorization ?? '') ?? []
  if (id === undefined || day === undefined) throw new Refusal('AccessDenied', 'Access Denied.')
  if (id !== key.id) throw new Refusal('InvalidAccessKeyId', 'The key id does not exist in our records.')
  if (scope !== region) throw new Refusal('AccessDenied', `The region is ${region}.`)
  const at = `${headers['x-amz-date']}`
  if (Math.abs(timeOf(at) - Date.now()) > SKEW_MS) throw new Refusal('RequestTimeTooSkewed')
  const hash = `${headers['x-amz-content-sha256']}`
  if (hash !== sha256(body)) throw new Refusal('XAmzContentSHA256Mismatch')
  const signed = names.split(';')
  if (!signed.includes('host')) throw new Refusal('AccessDenied', 'The host must be signed.')
  const request = [
    method,
    url.pathname,
    canonicalQuery(url.searchParams),
    ...signed.map((name) => `${name}:${String(headers[name]).trim().replaceAll(/\s+/g, ' ')}`),
    '',
    names,
    hash,
  ].join('\n')
  const text = ['AWS4-HMAC-SHA256', at, `${day}/${region}/s3/aws4_request`, sha256(request)].join('\n')
  const signing = [day, region, 's3', 'aws4_request'].reduce<Buffer | string>(hmac, `AWS4${key.secret}`)
  if (!timingSafeEqual(hmac(signing, text), Buffer.from(given, 'hex'))) throw new Refusal('SignatureDoesNotMatch')
}

const sha256 = (of: string | Buffer) => createHash('sha256').update(of).digest('hex')

const hmac = (key: Buffer | string, text: string) => createHmac('sha256', key).update(text).digest()

const timeOf = (stamp: string) =>
  Date.parse(stamp.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'))

const canonicalQuery = (query: URLSearchParams) =>
  [...query]
    .map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
    .sort()
    .join('&')

const encoded = (text: string) =>
  encodeURIComponent(text).replaceAll(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
