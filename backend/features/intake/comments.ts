/** Comments of a header hold words of strangers, such as the envelope sender's, and may hold semicolons. */
export function withoutComments(text: string): string {
  let depth = 0
  let kept = ''
  for (const character of text) {
    if (character === '(') depth++
    if (depth === 0) kept += character
    if (character === ')') depth = Math.max(0, depth - 1)
  }
  return kept
}
