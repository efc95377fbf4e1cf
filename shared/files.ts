import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { ADMINS, SETTING_READERS } from './roles.ts'

/** Bytes of the largest mail that Gmail takes. */
export const MOST_FILE_BYTES = 50 * 1_048_576

/**
 * How it stands with a file: `waiting` for the scanner, `clean`, `infected` (then it is not given out), `too_large` for the scanner,
 * `unscanned` because the desk has no scanner, or `unreadable` because its bytes are gone or broken, so that nobody could scan it.
 */
export const FileScan = z.enum(['waiting', 'clean', 'infected', 'too_large', 'unscanned', 'unreadable'])
export type FileScan = z.infer<typeof FileScan>

/** What of a mail is kept as files; all of it stays in the stored mail. */
export const FileSettings = z.object({
  /** Bytes of one file. */
  fileBytes: z.int().min(0).max(MOST_FILE_BYTES),
  /** Bytes of all files of one mail together. */
  mailBytes: z.int().min(0).max(MOST_FILE_BYTES),
  filesPerMail: z.int().min(0).max(1_000),
  /** Whether a file may be opened before the scanner has looked at it. */
  openUnscanned: z.boolean(),
})
export type FileSettings = z.infer<typeof FileSettings>

export const getFileSettings = endpoint('GET', '/v1/settings/files', {
  summary: 'How large and how many the files of a mail may be',
  callers: SETTING_READERS,
  reply: FileSettings,
})

export const writeFileSettings = endpoint('PUT', '/v1/settings/files', {
  summary: 'Sets how large and how many the files of a mail may be',
  callers: ADMINS,
  body: FileSettings,
  reply: FileSettings,
})
