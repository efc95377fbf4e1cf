/** Who uses the add-on: one Google account. */
export type GoogleUser = { email: string; sub: string; hd: string; locale: string; timeZone: string }
