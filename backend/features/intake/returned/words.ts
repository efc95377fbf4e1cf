/** RFC 3463 in words, by its most telling part. */
const EXACT: Readonly<Record<string, string>> = {
  '1.1': 'there is no such address',
  '1.2': 'there is no such domain',
  '1.3': 'the address is not written right',
  '1.6': 'they moved, and left no new address',
  '1.10': 'the domain takes no mail',
  '2.1': 'the mailbox is switched off',
  '2.2': 'the mailbox is full',
  '2.3': 'the mail is too large for the mailbox',
  '3.4': 'the mail is too large',
  '4.1': 'their server does not answer',
  '4.4': 'no way to their server is known',
  '4.7': 'the server gave up trying',
  '7.1': 'their server refuses mail from you',
}

const CLASSES: Readonly<Record<string, string>> = {
  '1': 'something is wrong with the address',
  '2': 'something is wrong with the mailbox',
  '3': 'their mail system has a problem',
  '4': 'the network or their server has a problem',
  '5': 'their server and ours did not understand each other',
  '6': 'their server does not take what the mail holds',
  '7': 'their server refuses it, maybe as spam',
}

/** What a status code says to a person; the code stands behind it, for whoever looks after mail. */
export function codeWords(code: string | null): string {
  if (code === null) return 'the report does not say why'
  const [, subject = '', detail = ''] = code.split('.')
  const words = EXACT[`${subject}.${detail}`] ?? CLASSES[subject] ?? 'the report does not say why'
  return /\.0\.0$/.test(code) ? words : `${words} (${code})`
}
