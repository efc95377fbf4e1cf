import type { FileSettings } from '../../../shared/files.ts'
import type { LeftOut } from './keeping.ts'

/** Names told one by one; a mail may have thousands of files. */
const NAMED = 5

/** What a mail brought and was not kept by itself, in words for its reader; none when all of it was. */
export function leftOutWords(left: readonly { name: string; why: LeftOut }[], limits: FileSettings): string[] {
  if (left.length === 0) return []
  const why: Record<LeftOut, string> = {
    file_too_large: `larger than ${inMegabytes(limits.fileBytes)}`,
    mail_too_large: `the files of one mail may have ${inMegabytes(limits.mailBytes)} together`,
    too_many: `only ${limits.filesPerMail} files of a mail are kept`,
  }
  const named = left.slice(0, NAMED).map((file) => `«${file.name}» (${why[file.why]})`)
  const more = left.length - named.length
  const list = [...named, ...(more > 0 ? [`${more} more`] : [])].join(', ')
  return [`Left out: ${list}. The mail itself is kept whole.`]
}

const inMegabytes = (bytes: number): string => `${Math.round((bytes / 1_048_576) * 10) / 10} MB`
