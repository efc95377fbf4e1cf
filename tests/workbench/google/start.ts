import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gmail, type gmail_v1 } from '@googleapis/gmail'
import { type Google, type GoogleOptions, startGoogle } from '../../../workbench/emulators/google/google.ts'
import type { GoogleSeed } from '../../../workbench/emulators/google/seed.ts'

export const SUPPORT = 'support@honeyhill.example'
export const NORA = 'nora@honeyhill.example'
export const OMAR = 'omar@honeyhill.example'
export const ARCHIVE = 'archive@honeyhill.example'
export const ADA = 'ada@customer.example'

export const seed: GoogleSeed = {
  domains: ['honeyhill.example'],
  archive: ARCHIVE,
  users: [
    { email: NORA, name: 'Nora Lind', sendAs: [{ email: SUPPORT, name: 'Honey Hill' }] },
    { email: OMAR, name: 'Omar Sy', sendAs: [{ email: SUPPORT, name: 'Honey Hill' }] },
    { email: ARCHIVE, name: 'Archive' },
  ],
  groups: [{ email: SUPPORT, name: 'Support', members: [NORA, OMAR, ARCHIVE] }],
  people: [
    { email: ADA, name: 'Ada Byron' },
    { email: 'strict@reject.example', name: 'Strict', dmarcPolicy: 'reject' },
    { email: 'gone@customer.example', refuses: true },
  ],
  oauthClients: [
    { id: 'desk-client', secret: 'desk-secret', type: 'web', redirectUris: ['http://127.0.0.1:1/callback'] },
    { id: 'admin-cli', type: 'installed' },
  ],
  refreshTokens: [
    { token: 'seeded-refresh', email: ARCHIVE, clientId: 'desk-client', scopes: ['https://mail.google.com/'] },
  ],
}

/** A clock that only tests move: between two lines of a test no time passes, however slow the machine is. */
export function travelling() {
  let at = Date.now()
  return {
    now: () => new Date(at),
    travel: (milliseconds: number) => {
      at += milliseconds
    },
  }
}

export const start = (more: Partial<GoogleOptions> = {}): Promise<Google> =>
  startGoogle({ clock: travelling(), seed, pushInterval: 20, pushBackoff: 10, ...more })

/** Google's own client, without its retries, so that every failure shows. */
export const clientFor = (google: Google, email: string, token = google.users.accessToken(email)): gmail_v1.Gmail =>
  gmail({ version: 'v1', rootUrl: `${google.url}/`, retry: false, headers: { authorization: `Bearer ${token}` } })

export async function inFolder(work: (dataDir: string) => Promise<void>) {
  const dataDir = await mkdtemp(join(tmpdir(), 'google-'))
  try {
    await work(dataDir)
  } finally {
    await rm(dataDir, { recursive: true })
  }
}

export const mail = (lines: string[]) => Buffer.from(lines.join('\r\n'), 'latin1')

export const question = (more: string[] = [], id = '<q1@customer.example>') =>
  mail([
    `From: Ada Byron <${ADA}>`,
    `To: ${SUPPORT}`,
    'Subject: Broken jar',
    `Message-ID: ${id}`,
    'Date: Fri, 20 Nov 2026 10:00:00 +0100',
    ...more,
    '',
    'The jar arrived broken.',
    '',
  ])

export const encoded = (raw: Buffer) => raw.toString('base64url')

export const fromAda = { from: ADA, to: [SUPPORT] }

/** The status and reason of a refused call. */
export async function refusalOf(call: Promise<unknown>): Promise<{ status: number; reason: string | undefined }> {
  try {
    await call
  } catch (error) {
    const response = (error as { response?: { status: number; data: { error?: { errors?: { reason: string }[] } } } })
      .response
    if (!response) throw error
    return { status: response.status, reason: response.data.error?.errors?.[0]?.reason }
  }
  throw new Error('the call was not refused')
}
