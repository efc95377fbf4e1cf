/** Why a value does not fit its type; types that are not named here take any text. */
export function misfit(type: string, value: string): string | undefined {
  if (type === 'json') return isJson(value) ? undefined : 'Value is invalid JSON.'
  if (type === 'number_integer') return /^-?\d+$/.test(value) ? undefined : 'Value must be an integer.'
  if (type === 'boolean') return value === 'true' || value === 'false' ? undefined : 'Value must be true or false.'
  if (type.startsWith('list.')) return isJson(value) ? undefined : 'Value must be a list.'
  const oneLine = type === 'single_line_text_field' || type === 'id'
  return oneLine && /[\r\n]/.test(value) ? 'Value must be a single line.' : undefined
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch (error) {
    if (error instanceof SyntaxError) return false
    throw error
  }
}
