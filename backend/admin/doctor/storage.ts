import type { ObjectsAway } from '../../clients/objects/index.ts'
import type { Ctx } from '../../context.ts'
import { lakeProblem } from '../../features/analytics/index.ts'
import { type Check, ok, problem } from './check.ts'

/** Whether large mails, attachments and figures can be kept and read; nothing is written to find out. */
export const checkStorage = async (ctx: Pick<Ctx, 'config' | 'objects'>): Promise<Check[]> =>
  (await Promise.all([ofObjects(ctx), ofLake(ctx)])).flat()

async function ofObjects({ config, objects }: Pick<Ctx, 'config' | 'objects'>): Promise<Check> {
  const kept = config.objects
  const place = kept.kind === 'folder' ? kept.dir : nameOf(kept)
  try {
    await objects.check()
    return ok('objects', `large mails and attachments are kept in ${place}`)
  } catch (error) {
    const says = error instanceof Error ? error.message : String(error)
    const todo =
      kept.kind === 'folder'
        ? 'Give that account the folder of OBJECTS_DIR, on a disk that has room.'
        : lookAt('OBJECTS', error)
    return problem('objects', `${says} Large mails and mails with attachments wait until then (${place}).`, todo)
  }
}

/** A lake in a folder is told of by `lake status`. */
async function ofLake({ config }: Pick<Ctx, 'config'>): Promise<Check[]> {
  const { bucket } = config.lake
  if (bucket === null) return []
  const away = await lakeProblem({ config })
  if (away === null) return [ok('figures', `they are kept in ${nameOf(bucket)}`)]
  return [
    problem('figures', `${away.message} They stay as they are until then (${nameOf(bucket)}).`, lookAt('LAKE', away)),
  ]
}

const nameOf = ({ bucket, prefix }: { bucket: string; prefix: string }) =>
  `s3://${[bucket, prefix].filter(Boolean).join('/')}`

function lookAt(variable: string, error: unknown): string {
  const { cause } = error as ObjectsAway
  const said = cause instanceof Error ? ` It said: ${cause.message}` : ''
  return `Look at ${variable}, S3_ENDPOINT, S3_REGION, S3_KEY_ID and S3_SECRET, and at the store itself.${said}`
}
