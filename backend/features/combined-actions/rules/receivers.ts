/**
 * Addresses of whom an order is for, as staff are compared with them: also without a tag, behind which everybody gets mail all the same.
 * @param emailKeys trimmed and in small letters: nora+tea@fern.example
 */
export const receiversOf = (emailKeys: readonly string[]): string[] => [
  ...new Set(emailKeys.flatMap((key) => [key, key.replace(/\+[^@]*@/, '@')])),
]
