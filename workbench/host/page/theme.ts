/// <reference lib="dom" />

const root = document.documentElement

/** What was chosen here before; else the system's own choice. */
export function recallTheme(): void {
  const kept = localStorage.getItem('theme')
  if (kept) root.dataset['theme'] = kept
}

export function toggleTheme(): void {
  const dark = root.dataset['theme']
    ? root.dataset['theme'] === 'dark'
    : matchMedia('(prefers-color-scheme: dark)').matches
  root.dataset['theme'] = dark ? 'light' : 'dark'
  localStorage.setItem('theme', root.dataset['theme'])
}
