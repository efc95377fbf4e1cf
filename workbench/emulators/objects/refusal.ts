const STATUS = {
  AccessDenied: 403,
  BadDigest: 400,
  EntityTooSmall: 400,
  InternalError: 500,
  InvalidAccessKeyId: 403,
  InvalidArgument: 400,
  InvalidPart: 400,
  InvalidRange: 416,
  MalformedXML: 400,
  NoSuchBucket: 404,
  NoSuchKey: 404,
  NoSuchUpload: 404,
  NotImplemented: 501,
  PreconditionFailed: 412,
  RequestTimeTooSkewed: 403,
  SignatureDoesNotMatch: 403,
  SlowDown: 503,
  XAmzContentSHA256Mismatch: 400,
  XMinioStorageFull: 507,
} as const

export type Code = keyof typeof STATUS

/** An answer of the store that is not good, by the name that S3 gives it. */
export class Refusal extends Error {
  override name = 'Refusal'
  readonly code: Code

  constructor(code: Code, message: string = code) {
    super(message)
    this.code = code
  }

  get status(): number {
    return STATUS[this.code]
  }
}
