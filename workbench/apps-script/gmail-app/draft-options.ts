import { ScriptError } from '../realm/script-error.ts'
import type { NewDraft } from './mail.ts'

const TEXTS = ['htmlBody', 'cc', 'bcc', 'from', 'name', 'replyTo'] as const
const KNOWN = [...TEXTS, 'attachments', 'inlineImages']

/** The advanced parameters of createDraft and createDraftReply; attachments are refused rather than lost. */
export function draftOptions(options: Record<string, unknown>): Partial<NewDraft> {
  const draft: Partial<NewDraft> = {}
  for (const key of TEXTS) {
    const value = options[key]
    if (typeof value === 'string') draft[key] = value
    else if (value !== undefined && value !== null) throw new ScriptError(`Invalid argument: ${key}`)
  }
  for (const key of ['attachments', 'inlineImages']) {
    if (options[key] !== undefined) throw new ScriptError(`The emulation cannot put ${key} into a draft.`)
  }
  const unknown = Object.keys(options).find((key) => !KNOWN.includes(key))
  if (unknown) throw new ScriptError(`Invalid argument: ${unknown}`)
  return draft
}
