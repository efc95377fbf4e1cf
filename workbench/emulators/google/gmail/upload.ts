import { type Call, jsonIn } from '../../http/router.ts'
import { invalid } from '../error.ts'
import { partOf } from '../mime/tree.ts'

export interface Upload {
  json: Record<string, unknown>
  /** The mail itself, when it came as media. */
  media?: Buffer
}

/** A body in the three forms the client sends: JSON, media alone, or multipart/related of both. */
export function uploadIn(call: Call): Upload {
  if (!call.path.startsWith('/upload/')) return { json: jsonOf(call.body) }
  const kind = call.query.get('uploadType')
  if (kind === 'media') return { json: {}, media: call.body }
  if (kind !== 'multipart') throw invalid(`uploadType ${kind ?? '(none)'} is not part of this emulation.`)
  const type = call.headers['content-type'] ?? ''
  const whole = Buffer.concat([Buffer.from(`Content-Type: ${type}\r\n\r\n`), call.body])
  const [meta, media] = partOf(whole).parts
  if (!meta || !media) throw invalid('Malformed multipart body.', 'badContent')
  return { json: jsonOf(meta.content), media: media.content }
}

function jsonOf(body: Buffer) {
  const json = jsonIn(body)
  if (!json) throw invalid('Invalid JSON payload received.', 'parseError')
  return json
}
