import { Prisma } from '../../generated/prisma/client.ts'

/** What every mail says, of row `m`: the layouts of its workspace and its writer's signature. By their keys. */
export const framesSql = Prisma.sql`
  coalesce((select array_agg(l.layout) from desk.mail_template l where l.workspace_id = m.workspace_id), '{}')
  || coalesce((select array_agg(s.text) from desk.mail_signature s where s.workspace_id = m.workspace_id and s.staff_id = m.author_id), '{}')`

/** An answer without the lines that stand in every mail: nobody promised or claimed them to this customer. */
export function ownWords(fresh: string, frames: readonly string[]): string {
  const usual = new Set(frames.flatMap((frame) => frame.split('\n').map((line) => line.trim())))
  return fresh
    .split('\n')
    .filter((line) => line.trim() === '' || !usual.has(line.trim()))
    .join('\n')
}
