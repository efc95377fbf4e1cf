/** Text of people, for the places where a card reads HTML: paragraphs, decorated text and section headers. */
export const escaped = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;')

/** The same with its line breaks kept. */
export const escapedLines = (text: string): string => escaped(text).replace(/\r?\n/g, '<br>')
