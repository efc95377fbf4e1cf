import type { S3Client } from '@aws-sdk/client-s3'

/** How to speak with a store of the S3 kind. */
export type S3Access = {
  /** null: Amazon's own, by the region. */
  endpoint: string | null
  region: string
  keyId: string
  secret: string
  /** The bucket's name stands in the path and not in the host's name, as most stores of one's own want it. */
  pathStyle: boolean
}

/** A request is tried so often in all, with a pause that grows; what lasts longer is for whoever asked. */
const TRIES = 3
const CONNECTING_MS = 5_000

type Library = typeof import('@aws-sdk/client-s3')

/** Its code takes 0.2 s and 33 MB: it is loaded when the first object is asked for, and never where objects lie in a folder. */
export function s3Library(access: S3Access, timeoutMs: number): () => Promise<{ s3: Library; client: S3Client }> {
  let loaded: Promise<{ s3: Library; client: S3Client }> | undefined
  return () => {
    loaded ??= import('@aws-sdk/client-s3').then((s3) => ({ s3, client: clientOf(s3, access, timeoutMs) }))
    return loaded
  }
}

const clientOf = (
  { S3Client: Client }: Library,
  { endpoint, region, keyId, secret, pathStyle }: S3Access,
  timeoutMs: number,
): S3Client =>
  new Client({
    ...(endpoint !== null && { endpoint }),
    region,
    forcePathStyle: pathStyle,
    credentials: { accessKeyId: keyId, secretAccessKey: secret },
    maxAttempts: TRIES,
    requestHandler: {
      connectionTimeout: CONNECTING_MS,
      requestTimeout: timeoutMs,
      throwOnRequestTimeout: true, // else it is only written to the console
    },
    // Every body is signed with its hash; the newer checksums are not known to every store.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  })
