import { z } from 'zod'

const MasterKey = z
  .base64()
  .refine((text) => Buffer.from(text, 'base64').length === 32, 'must be 32 bytes as base64: openssl rand -base64 32')
const List = z.string().transform((text) =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean),
)

const TrustedProxy = z.union(
  [z.enum(['loopback', 'linklocal', 'uniquelocal']), z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()],
  'must be addresses, subnets, loopback, linklocal or uniquelocal',
)

/** A bucket, and a folder in it that may be left out. */
const S3Place = z
  .string()
  .regex(/^s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](\/[\w.-]+)*\/?$/i, 'must look like s3://bucket/folder')
  .transform((text) => {
    const [bucket = '', ...folders] = text.slice('s3://'.length).split('/').filter(Boolean)
    return { bucket, prefix: folders.join('/') }
  })

type InBucket = z.infer<typeof S3Place>

const areNested = (one: InBucket, other: InBucket): boolean => {
  const [first, second] = [one, other].map(({ bucket, prefix }) => `${[bucket, prefix].filter(Boolean).join('/')}/`)
  return first === undefined || second === undefined || first.startsWith(second) || second.startsWith(first)
}

const bytesOf = (size: string): number => Number.parseInt(size, 10) * (size.endsWith('GB') ? 1e9 : 1e6)

const Env = z
  .object({
    /** Login in the group role desk_app. */
    DATABASE_URL: z.url(),
    /** Login in desk_jobs; workers only. */
    JOBS_DATABASE_URL: z.url(),
    /** Login in desk_lake; the lake only. */
    LAKE_DATABASE_URL: z.url(),
    DATABASE_CONNECTIONS: z.coerce.number().int().min(2).max(200).default(10),
    /** Seconds for which a request waits for one of them. */
    DATABASE_WAIT: z.coerce.number().int().min(1).max(120).default(5),
    PORT: z.coerce.number().int().min(0).max(65535).default(3000),
    HOST: z.string().default('0.0.0.0'),
    /** Proxies whose X-Forwarded-For counts, comma-separated: addresses, subnets, loopback, linklocal, uniquelocal. */
    TRUSTED_PROXIES: List.pipe(z.array(TrustedProxy)).default([]),
    /** Where Google, the add-on and browsers reach us. */
    PUBLIC_URL: z.url(),
    /** Where browsers reach the signed-in pages, if not at PUBLIC_URL; the demo only. */
    PAGES_URL: z.url().optional(),
    MASTER_KEY: MasterKey,
    /** Earlier master keys, comma-separated, until everything is rewrapped. */
    MASTER_KEYS_BEFORE: List.pipe(z.array(MasterKey)).default([]),
    /** Folder of large mails and attachments; or OBJECTS. */
    OBJECTS_DIR: z.string().min(1).optional(),
    /** s3://bucket/prefix: they lie in object storage instead. */
    OBJECTS: S3Place.optional(),
    /** An object storage of one's own; without it Amazon's, by the region. */
    S3_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
    S3_REGION: z.string().min(1).default('us-east-1'),
    S3_KEY_ID: z.string().optional(),
    S3_SECRET: z.string().optional(),
    /** Whether a bucket's name stands in the path; else in the name of the host. Left out: in the path of an S3_ENDPOINT. */
    S3_PATH_STYLE: z.stringbool().optional(),
    /** Folder of the lake: whoever reads figures and whoever writes them see the same one. Everything in it can be made again. */
    LAKE_DIR: z.string().min(1),
    /** s3://bucket/prefix: the lake lies in object storage, and LAKE_DIR is what this machine holds of it. */
    LAKE: S3Place.optional(),
    /** What that may take of the disk. */
    LAKE_CACHE: z
      .string()
      .regex(/^[1-9]\d*(MB|GB)$/, 'must look like 500MB or 10GB')
      .default('10GB'),
    /** What the process that writes the lake may use altogether. */
    LAKE_MEMORY: z
      .string()
      .regex(/^[1-9]\d*(MB|GB)$/, 'must look like 768MB or 2GB')
      .default('768MB'),
    /** Threads of its engine. Two on two processors take a third more of them, for they spin while they wait. */
    LAKE_THREADS: z.coerce.number().int().min(1).max(64).default(1),
    /** Seconds between two looks at what changed: figures are that old, and what a look takes. */
    LAKE_SECONDS: z.coerce.number().min(0.1).max(3_600).default(2),
    /** host:port of ClamAV's clamd, which scans what mails bring; without it files are kept unscanned. */
    CLAMD: z
      .string()
      .regex(/^[^\s:]+:\d{1,5}$/, 'must be host:port')
      .optional(),
    LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
    /** OAuth client ids whose identity tokens the add-on may present. */
    ADDON_AUDIENCES: List.pipe(z.array(z.string()).min(1)),
    /** Oldest bundle that still works with this backend. */
    ADDON_MIN_VERSION: z
      .string()
      .regex(/^\d+\.\d+\.\d+$/)
      .default('0.1.0'),
    GOOGLE_ISSUERS: List.default(['https://accounts.google.com', 'accounts.google.com']),
    GOOGLE_CERTS_URL: z.url().default('https://www.googleapis.com/oauth2/v3/certs'),
    GOOGLE_AUTH_URL: z.url().default('https://accounts.google.com/o/oauth2/v2/auth'),
    GOOGLE_TOKEN_URL: z.url().default('https://oauth2.googleapis.com/token'),
    GMAIL_URL: z.url().default('https://gmail.googleapis.com'),
    SHEETS_URL: z.url().default('https://sheets.googleapis.com'),
    /** OAuth client that mailboxes are connected with. */
    GOOGLE_CLIENT_ID: z.string().min(1),
    GOOGLE_CLIENT_SECRET: z.string().min(1),
    /** OAuth client (web application) that people sign in to pages with; the one of the mailboxes when left out. */
    SIGN_IN_CLIENT_ID: z.string().optional(),
    SIGN_IN_CLIENT_SECRET: z.string().optional(),
    /** An emulator of Shopify; without it every shop is reached at its own host. */
    SHOPIFY_BASE_URL: z.url().optional(),
    /** The desk's own app, for shops of other organisations; an own shop brings its own. */
    SHOPIFY_CLIENT_ID: z.string().optional(),
    SHOPIFY_CLIENT_SECRET: z.string().optional(),
    /** Earlier secrets of that app, comma-separated: Shopify signs with the oldest one that is not revoked. */
    SHOPIFY_CLIENT_SECRETS_BEFORE: List.default([]),
    /** Minutes within which an order is known here whose webhook was lost. */
    SHOP_SWEEP_MINUTES: z.coerce.number().min(2).max(1_440).default(5),
    /** Minutes that a sweep looks back behind the last one: longer than Shopify's search lags behind its orders. */
    SHOP_SWEEP_OVERLAP_MINUTES: z.coerce.number().min(0).max(1_440).default(5),
    /** projects/…/topics/…; without it mailboxes are polled only. */
    PUBSUB_TOPIC: z.string().optional(),
    PUBSUB_AUDIENCE: z.string().optional(),
    PUBSUB_ACCOUNT: z.email().optional(),
    /** Days of earlier mail that a newly connected mailbox brings in as history. */
    FIRST_SYNC_DAYS: z.coerce.number().int().min(0).max(3650).default(0),
    /** Units of Gmail's quota that one account may use in a minute, unless its mailbox says otherwise; the console of the project shows it. */
    GMAIL_UNITS_PER_MINUTE: z.coerce.number().int().min(600).default(6_000),
    /** Milliseconds between two readings of a mailbox that pushes wake: what comes meanwhile is read and filed together. */
    PUSH_PAUSE_MS: z.coerce.number().int().min(0).max(1_000).default(100),
    PARSER_PROCESSES: z.coerce.number().int().min(1).max(16).default(2),
    JOB_CONCURRENCY: z.coerce.number().int().min(1).max(100).default(8),
    /** true stops every write to another system until it is taken away. */
    EFFECTS_PAUSED: z.stringbool().default(false),
    /** true lets webhooks and pushes go to plain http and to addresses that are not public; tests and the demo only. */
    WEBHOOKS_TO_PRIVATE: z.stringbool().default(false),
    /** Requests per second. */
    RATE_ACTOR: z.coerce.number().int().min(1).default(20),
    RATE_WORKSPACE: z.coerce.number().int().min(1).default(500),
    RATE_ADDRESS: z.coerce.number().int().min(1).default(500),
    /** A file of milliseconds that all processes add to the real time; tests and the demo only. */
    CLOCK_OFFSET_FILE: z.string().optional(),
  })
  // Without the account every push would be refused.
  .refine(({ PUBSUB_TOPIC, PUBSUB_ACCOUNT }) => !PUBSUB_TOPIC || PUBSUB_ACCOUNT, {
    path: ['PUBSUB_ACCOUNT'],
    message: 'is needed with PUBSUB_TOPIC',
    when: () => true,
  })
  .refine((env) => !env.OBJECTS !== !env.OBJECTS_DIR, {
    path: ['OBJECTS_DIR'],
    message: 'or OBJECTS is needed, and not both',
    when: () => true,
  })
  .refine((env) => !env.LAKE || !env.OBJECTS || !areNested(env.LAKE, env.OBJECTS), {
    path: ['LAKE'],
    message: 'and OBJECTS must be folders beside each other: the lake sweeps its own',
    when: () => true,
  })
  .refine((env) => !(env.OBJECTS || env.LAKE) || (env.S3_KEY_ID && env.S3_SECRET), {
    path: ['S3_SECRET'],
    message: 'and S3_KEY_ID are needed with s3://',
    when: () => true,
  })
  .refine((env) => !env.SIGN_IN_CLIENT_ID === !env.SIGN_IN_CLIENT_SECRET, {
    path: ['SIGN_IN_CLIENT_SECRET'],
    message: 'and SIGN_IN_CLIENT_ID are needed together',
    when: () => true,
  })
  .refine((env) => !env.SHOPIFY_CLIENT_ID === !env.SHOPIFY_CLIENT_SECRET, {
    path: ['SHOPIFY_CLIENT_SECRET'],
    message: 'and SHOPIFY_CLIENT_ID are needed together',
    when: () => true,
  })

export type Config = ReturnType<typeof readConfig>

/** Every wrong variable at once, in words. */
export class ConfigRefused extends Error {
  override name = 'ConfigRefused'
}

/**
 * The only reader of the environment. Emulators are chosen by URL alone.
 * @throws ConfigRefused that names every bad variable
 */
export function readConfig(env: Record<string, string | undefined> = process.env) {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  const parsed = Env.safeParse(given)
  if (!parsed.success) throw new ConfigRefused(inWords(parsed.error, given))
  const e = parsed.data
  const s3 = {
    endpoint: e.S3_ENDPOINT ?? null,
    region: e.S3_REGION,
    keyId: e.S3_KEY_ID ?? '',
    secret: e.S3_SECRET ?? '',
    pathStyle: e.S3_PATH_STYLE ?? e.S3_ENDPOINT !== undefined,
  }
  return {
    db: {
      url: e.DATABASE_URL,
      jobsUrl: e.JOBS_DATABASE_URL,
      lakeUrl: e.LAKE_DATABASE_URL,
      connections: e.DATABASE_CONNECTIONS,
      waitMs: e.DATABASE_WAIT * 1_000,
    },
    http: {
      port: e.PORT,
      host: e.HOST,
      publicUrl: e.PUBLIC_URL.replace(/\/$/, ''),
      pagesUrl: (e.PAGES_URL ?? e.PUBLIC_URL).replace(/\/$/, ''),
      trustedProxies: e.TRUSTED_PROXIES,
    },
    masterKeys: [e.MASTER_KEY, ...e.MASTER_KEYS_BEFORE].map((key) => Buffer.from(key, 'base64')),
    objects: e.OBJECTS ? { kind: 's3' as const, ...e.OBJECTS } : { kind: 'folder' as const, dir: e.OBJECTS_DIR ?? '' },
    s3,
    lake: {
      dir: e.LAKE_DIR,
      bucket: e.LAKE ? { ...e.LAKE, ...s3 } : null,
      cacheBytes: bytesOf(e.LAKE_CACHE),
      memory: e.LAKE_MEMORY,
      threads: e.LAKE_THREADS,
      everyMs: e.LAKE_SECONDS * 1_000,
    },
    scanner: addressOf(e.CLAMD),
    logLevel: e.LOG_LEVEL,
    addon: { audiences: e.ADDON_AUDIENCES, minVersion: e.ADDON_MIN_VERSION },
    google: {
      issuers: e.GOOGLE_ISSUERS,
      certsUrl: e.GOOGLE_CERTS_URL,
      authUrl: e.GOOGLE_AUTH_URL,
      tokenUrl: e.GOOGLE_TOKEN_URL,
      gmailUrl: e.GMAIL_URL.replace(/\/$/, ''),
      sheetsUrl: e.SHEETS_URL.replace(/\/$/, ''),
      clientId: e.GOOGLE_CLIENT_ID,
      clientSecret: e.GOOGLE_CLIENT_SECRET,
      signIn: {
        clientId: e.SIGN_IN_CLIENT_ID ?? e.GOOGLE_CLIENT_ID,
        clientSecret: e.SIGN_IN_CLIENT_SECRET ?? e.GOOGLE_CLIENT_SECRET,
      },
    },
    shopify: {
      url: e.SHOPIFY_BASE_URL?.replace(/\/$/, '') ?? null,
      app:
        e.SHOPIFY_CLIENT_ID && e.SHOPIFY_CLIENT_SECRET
          ? {
              clientId: e.SHOPIFY_CLIENT_ID,
              clientSecret: e.SHOPIFY_CLIENT_SECRET,
              secretsBefore: e.SHOPIFY_CLIENT_SECRETS_BEFORE,
            }
          : null,
      sweepMs: e.SHOP_SWEEP_MINUTES * 60_000,
      overlapMs: e.SHOP_SWEEP_OVERLAP_MINUTES * 60_000,
    },
    pubSub: {
      topic: e.PUBSUB_TOPIC,
      audience: e.PUBSUB_AUDIENCE ?? `${e.PUBLIC_URL.replace(/\/$/, '')}/v1/gmail/push`,
      account: e.PUBSUB_ACCOUNT ?? '',
    },
    intake: {
      firstSyncDays: e.FIRST_SYNC_DAYS,
      parserProcesses: e.PARSER_PROCESSES,
      unitsPerMinute: e.GMAIL_UNITS_PER_MINUTE,
      pushPauseMs: e.PUSH_PAUSE_MS,
    },
    jobs: { concurrency: e.JOB_CONCURRENCY },
    effectsPaused: e.EFFECTS_PAUSED,
    webhooks: { toPrivate: e.WEBHOOKS_TO_PRIVATE },
    rates: { actor: e.RATE_ACTOR, workspace: e.RATE_WORKSPACE, address: e.RATE_ADDRESS },
    clockOffsetFile: e.CLOCK_OFFSET_FILE,
  }
}

function addressOf(hostAndPort: string | undefined): { host: string; port: number } | null {
  const [host, port] = hostAndPort?.split(':') ?? []
  return host && port ? { host, port: Number(port) } : null
}

function inWords(error: z.ZodError, given: Record<string, string | undefined>): string {
  const lines = error.issues.map((issue) => {
    const name = String(issue.path[0])
    return `  ${name}: ${given[name] === undefined ? 'is missing' : issue.message}`
  })
  return `The configuration has ${lines.length} wrong variable${lines.length === 1 ? '' : 's'}:\n${[...new Set(lines)].join('\n')}`
}
