import { DeskError } from '../../platform/errors.ts'

/** Why a store did not do what it was asked. All but `odd` pass, or end when an operator does something. */
export type Why = 'unreachable' | 'denied' | 'clock' | 'no_bucket' | 'elsewhere' | 'full' | 'busy' | 'failing' | 'odd'

/** Object storage did nothing that counts: what was to be written is not there, what was to be read may be asked for again. */
export class ObjectsAway extends DeskError {
  override name = 'ObjectsAway'
  readonly why: Why

  constructor(why: Why, options?: ErrorOptions) {
    super('unavailable', IN_WORDS[why], options)
    this.why = why
  }
}

const IN_WORDS: Record<Why, string> = {
  unreachable: 'Object storage cannot be reached. Nothing is lost; it is tried again.',
  denied:
    'Object storage refuses the key of this desk: its id, its secret or its rights on the bucket are not right (any more).',
  clock: "Object storage refuses this machine's clock: turn on time synchronisation (NTP).",
  no_bucket: 'Object storage has no such bucket.',
  elsewhere: 'The bucket lies in another region, or behind another endpoint, than the configuration says.',
  full: 'Object storage takes nothing more: its quota or its disk is full.',
  busy: 'Object storage asks to slow down. Nothing is lost; it is tried again.',
  failing: 'Object storage fails at the moment. Nothing is lost; it is tried again.',
  odd: 'Object storage gave an answer that is not known.',
}

/** Another writer was there first: what a conditional put compared with is not there any more. */
export class ObjectChanged extends Error {
  override name = 'ObjectChanged'
}

/** An upload in pieces that the store does not know: it was given up, or it is whole already. */
export class UploadUnknown extends Error {
  override name = 'UploadUnknown'
}

/** There is nothing under this key. */
export class KeyUnknown extends Error {
  override name = 'KeyUnknown'
}

/** Asked for a stretch that begins behind the end. */
export class BeyondTheEnd extends Error {
  override name = 'BeyondTheEnd'
}

type Told = { name?: unknown; message?: unknown; code?: unknown; $metadata?: { httpStatusCode?: number } }

/** What an error of the library stands for. Its own fields, which may hold the key's id, are left behind. */
export function sortS3(error: unknown): Error {
  const { name, message, code, $metadata } = (error ?? {}) as Told
  const status = $metadata?.httpStatusCode
  const cause = new Error([status, code ?? name, message].filter(Boolean).join(' '))
  if (status === undefined) return new ObjectsAway('unreachable', { cause })
  const known = typeof name === 'string' ? NAMED[name] : undefined
  if (known) return new ObjectsAway(known, { cause })
  if (name === 'NoSuchUpload') return new UploadUnknown('The store does not know this upload', { cause })
  if (status === 404) return new KeyUnknown('The store has nothing there', { cause })
  if (status === 412 || status === 409) return new ObjectChanged('Something else is there by now', { cause })
  if (status === 416) return new BeyondTheEnd('The object ends before', { cause })
  return new ObjectsAway(byStatus(status), { cause })
}

const NAMED: Record<string, Why> = {
  NoSuchBucket: 'no_bucket',
  PermanentRedirect: 'elsewhere',
  AuthorizationHeaderMalformed: 'elsewhere',
  RequestTimeTooSkewed: 'clock',
  QuotaExceeded: 'full',
  XMinioStorageFull: 'full',
  XMinioAdminBucketQuotaExceeded: 'full',
  SlowDown: 'busy',
  TooManyRequests: 'busy',
}

function byStatus(status: number): Why {
  if (status === 401 || status === 403) return 'denied'
  if (status === 301 || status === 307) return 'elsewhere'
  if (status === 429 || status === 503) return 'busy'
  if (status === 507) return 'full'
  return status >= 500 ? 'failing' : 'odd'
}

/** What the operating system says of a disk that is full, fails, is read-only or is not ours to write to. */
const DISK = new Set(['ENOSPC', 'EDQUOT', 'EIO', 'EROFS', 'EACCES', 'EPERM', 'EMFILE', 'ENFILE', 'ESTALE', 'ENOTCONN'])

/** Whether a failure is the store's, wherever that is, and would be the same with anything else: it passes, or ends when an operator does something. */
export function isStoreAway(error: unknown): boolean {
  if (error instanceof ObjectsAway) return error.why !== 'odd'
  if (!(error instanceof Error)) return false
  const { code } = error as NodeJS.ErrnoException
  return (code !== undefined && DISK.has(code)) || isStoreAway(error.cause)
}
