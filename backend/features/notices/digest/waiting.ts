import { z } from 'zod'
import type { Box } from '../../../platform/keyring.ts'
import type { Notice } from '../notice.ts'

const TABLE = 'notice.content'

/** What a digest says of one notice. */
const Waiting = z.object({ subject: z.string(), path: z.string() })
type Waiting = z.infer<typeof Waiting>

export const sealWaiting = (box: Box, noticeId: string, { subject, path }: Pick<Notice, keyof Waiting>) =>
  box.seal(TABLE, noticeId, JSON.stringify({ subject, path } satisfies Waiting))

export const openWaiting = (box: Box, noticeId: string, content: Uint8Array): Waiting =>
  Waiting.parse(JSON.parse(box.openText(TABLE, noticeId, content)))
