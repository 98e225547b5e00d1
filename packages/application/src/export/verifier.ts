import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'

/** The program that checks a bundle, as its text: it goes along with every one. */
export const verifierText = (): Promise<string> =>
  readFile(createRequire(import.meta.url).resolve('@forsat/ledger/verifier'), 'utf8')
