export { exchangeCode, type SignInClient, signInUrl } from './signing-in.ts'
