import type { Ctx } from '../../context.ts'
import { DeskError } from '../../platform/errors.ts'
import { type Check, ok, problem } from './check.ts'

/** Whether large mails and attachments can be kept and read; nothing is written to find out. */
export async function checkStorage({ config, objects }: Pick<Ctx, 'config' | 'objects'>): Promise<Check[]> {
  const kept = config.objects
  const place = kept.kind === 'folder' ? kept.dir : `s3://${kept.bucket}/${kept.prefix}`
  try {
    await objects.check()
    return [ok('objects', `large mails and attachments are kept in ${place}`)]
  } catch (error) {
    const says = error instanceof Error ? error.message : String(error)
    const todo =
      kept.kind === 'folder'
        ? 'Give that account the folder of OBJECTS_DIR, on a disk that has room.'
        : `Look at OBJECTS, S3_ENDPOINT, S3_REGION, S3_KEY_ID and S3_SECRET, and at the store itself.${causeOf(error)}`
    return [problem('objects', `${says} Large mails and mails with attachments wait until then (${place}).`, todo)]
  }
}

const causeOf = (error: unknown): string =>
  error instanceof DeskError && error.cause instanceof Error ? ` It said: ${error.cause.message}` : ''
