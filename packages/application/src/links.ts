/**
 * The link by which a customer reaches a quotation: a token that is worked out anew whenever it is
 * needed, and of which only a hash is kept.
 *
 * @module
 */
import { createHmac, hash } from 'node:crypto'
import type { Link } from '@forsat/domain'
import { base64url, canonical, randomBytes } from '@forsat/ledger'

export interface Links {
  /** A link that nobody had before. */
  readonly issue: (quotationId: string, version: number) => Promise<Link>
  /** The token of a link, always the same. */
  readonly token: (quotationId: string, version: number, nonce: string) => Promise<string>
}

/** `secret` is asked for when it is first needed, and made then where there is none. */
export const linksBy = (secret: () => Promise<Uint8Array>): Links => {
  const token: Links['token'] = async (quotationId, version, nonce) =>
    createHmac('sha256', await secret())
      .update(canonical([quotationId, version, nonce]))
      .digest('base64url')
  return {
    token,
    issue: async (quotationId, version) => {
      const nonce = base64url(randomBytes(16))
      return { nonce, tokenHash: hashOfToken(await token(quotationId, version, nonce)) }
    },
  }
}

export const hashOfToken = (token: string): string => hash('sha256', token, 'hex')
