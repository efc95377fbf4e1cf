import { z } from 'zod'
import { event } from '../../../platform/events.ts'

/** `code` is the stable id of the reason. */
export const reasonCodeWritten = event('reason_code.written', z.object({ code: z.string(), retired: z.boolean() }))
export const actionSettingsWritten = event('action_settings.written', z.object({ undoSeconds: z.int() }))
